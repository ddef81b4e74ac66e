import { expect, it } from 'vitest';
import { problemCodes } from '../../../schema/problem.ts';
import { here } from '../../testing/here.ts';
import { problemDocument } from '../../testing/problem.ts';
import { explain } from './explain.ts';

it.each(problemCodes)('%s has words and a way on', (code) => {
  const { title, text, way } = explain(here(), problemDocument(code, { detail: 'In its own words.' }));
  expect(title).not.toBe('');
  expect(text).not.toBe('');
  expect(['home', 'retry', 'sign-in', 'profiles', 'plans', 'streams']).toContain(way);
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

it('leads to the plans where one of them opens it now', () => {
  const { now } = here().visit;
  const way = (at: number, plans: string[] | null, code: 'not-yet' | 'plan-required' = 'not-yet') =>
    explain(here(), problemDocument(code, { offer: { at, models: ['subscription'], plans } })).way;
  expect(way(now, null, 'plan-required')).toBe('plans');
  expect(way(now, ['gold'])).toBe('plans');
  expect(way(now + 1, ['gold'])).toBe('home');
  expect(way(now, null)).toBe('home');
});

it('says when it opens by itself, in the visitor’s zone, and what would open it before', () => {
  const now = here().visit.now;
  const said = (more: Parameters<typeof problemDocument>[1], code: 'not-yet' | 'plan-required' = 'not-yet') =>
    explain(here(), problemDocument(code, more)).when;
  expect(said({ retryAt: now - 1 })).toEqual([]);
  const [opens] = said({ retryAt: Date.UTC(2031, 3, 2, 15, 30) });
  expect(opens).toContain('2031');
  expect(opens).toMatch(/\d:30/);
  expect(
    said({ offer: { at: now, models: ['free', 'subscription', 'rental'], plans: null } }, 'plan-required'),
  ).toEqual(['With a subscription you can watch it now.', 'You can rent it now.']);
  expect(said({ offer: { at: now, models: ['subscription'], plans: ['gold', 'silver'] } })).toEqual([
    'Early access: subscribers of gold or silver can watch it now.',
  ]);
});
