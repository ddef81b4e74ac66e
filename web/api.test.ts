import { expect, test } from 'vitest';
import { answer } from './api.ts';

const read = (body: string | null, status: number) => answer(async () => new Response(body, { status }));

test('an answer is read by what it holds: of those that are begun, one names its job and one says nothing', async () => {
  expect(await read('{"jobId":"job_1"}', 202)).toEqual({ ok: true, value: { jobId: 'job_1' } });
  expect(await read(null, 202)).toEqual({ ok: true, value: null });
  expect(await read(null, 204)).toEqual({ ok: true, value: null });
  expect(await read('{"items":[]}', 200)).toEqual({ ok: true, value: { items: [] } });
});

test('a refusal is its problem document; what is no JSON, or a refusal without a word, is no answer', async () => {
  expect(await read('{"code":"conflict"}', 409)).toEqual({ ok: false, problem: { code: 'conflict' } });
  const none = { ok: false, problem: null, offline: true };
  expect(await read('<h1>Bad gateway</h1>', 502)).toEqual(none);
  expect(await read('', 500)).toEqual(none);
  expect(await answer(() => Promise.reject(new TypeError('Failed to fetch')))).toEqual(none);
});
