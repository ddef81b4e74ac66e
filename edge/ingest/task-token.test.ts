import { expect, it } from 'vitest';
import { attemptOf, taskToken } from './task-token.ts';

it('is good for its own task and attempt only', async () => {
  const token = await taskToken('secret', 'tsk_a', 3);
  expect(await attemptOf('secret', 'tsk_a', token)).toBe(3);
  expect(await attemptOf('secret', 'tsk_b', token)).toBeNull();
  expect(await attemptOf('other', 'tsk_a', token)).toBeNull();
  expect(await attemptOf('secret', 'tsk_a', token.replace('3.', '4.'))).toBeNull();
});

it.each([
  '',
  '3',
  '3.',
  '.x',
  'null.null',
  `0.${'A'.repeat(43)}`,
  `3.${'A'.repeat(43)}`,
  `3.${'!'.repeat(43)}`,
])('refuses %j', async (token) => {
  expect(await attemptOf('secret', 'tsk_a', token)).toBeNull();
});
