import { expect, it } from 'vitest';
import { afterSetback, lostContact, offerAgainSeconds } from './setbacks.ts';

it('doubles the wait and gives up after five', () => {
  const waits = [0, 1, 2, 3].map((failures) => afterSetback(failures, lostContact, 1_000));
  expect(waits).toEqual([6_000, 11_000, 21_000, 41_000].map((dueAt) => ({ again: true, dueAt })));
  expect(afterSetback(4, lostContact, 1_000)).toEqual({
    again: false,
    problem: 'attempts-exhausted',
    detail: expect.stringMatching(/^Tried 5 times.*unavailable.*stopped reporting/),
    keeps: true,
  });
});

it('does not try again what cannot succeed', () => {
  const setback = { problem: 'source-no-video', detail: 'sound only', retryable: false } as const;
  expect(afterSetback(0, setback, 0)).toEqual({
    again: false,
    problem: 'source-no-video',
    detail: 'sound only',
    keeps: false,
  });
});

it('offers again later and later, at most a minute apart', () => {
  expect([1, 2, 12, 90].map(offerAgainSeconds)).toEqual([5, 10, 60, 60]);
});
