import { expect, it } from 'vitest';
import { timeLeft } from './time-left.ts';

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
it.each([
  [0, null],
  [-1, null],
  [1, '1 minute'],
  [59 * MINUTE, '59 minutes'],
  [HOUR, '1 hour'],
  [2 * DAY + 4 * HOUR + 30 * MINUTE, '2 days 4 hours'],
  [2 * DAY + 30 * MINUTE, '2 days'],
  [140 * DAY + 10 * HOUR, '140 days'],
])('%i ms: %s', (ms, words) => expect(timeLeft('en', ms)).toBe(words));
it('speaks the language of the page', () => expect(timeLeft('ja', 90 * MINUTE)).toBe('1 時間 30 分'));
