import { expect, it } from 'vitest';
import { problemCodes } from '../../../schema/problem.ts';
import { here } from '../../testing/here.ts';
import { problemDocument } from '../../testing/problem.ts';
import { explain } from './explain.ts';

it.each(problemCodes)('%s has words and a way on', (code) => {
  const { title, text, way } = explain(here(), problemDocument(code, { detail: 'In its own words.' }));
  expect(title).not.toBe('');
  expect(text).not.toBe('');
  expect(['home', 'retry', 'sign-in']).toContain(way);
});

it('tells what only time can mend from what only signing in can', () => {
  expect(explain(here(), problemDocument('not-signed-in')).way).toBe('sign-in');
  expect(explain(here(), problemDocument('internal')).way).toBe('retry');
  expect(explain(here(), problemDocument('storage-failed')).way).toBe('retry');
  expect(explain(here(), problemDocument('conflict', { detail: 'Taken.' }))).toMatchObject({
    text: 'Taken.',
    way: 'home',
  });
});
