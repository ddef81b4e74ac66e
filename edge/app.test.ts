import { exports } from 'cloudflare:workers';
import { expect, it } from 'vitest';

it('answers an unknown address with a problem document', async () => {
  const answer = await exports.default.fetch('https://engawa.test/api/nothing');
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({ code: 'not-found', status: 404 });
});
