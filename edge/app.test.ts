import { expect, it } from 'vitest';
import app from './app.ts';
import { contracts } from './http/contract.ts';
import { call } from './testing/call.ts';

it('answers an unknown address with a problem document', async () => {
  const answer = await call('GET', '/api/nothing');
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({ code: 'not-found', status: 404 });
});

it.each([...contracts(app)])('%s names its guard and its answers', (_route, contract) => {
  expect(contract.guard).toBeDefined();
  expect(contract.summary).toBeDefined();
  expect(Object.keys(contract.returns).length).toBeGreaterThan(0);
});
