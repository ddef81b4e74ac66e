import { expect, it } from 'vitest';
import { airTimes, freeNumbers } from './weekly.ts';

const iso = (times: number[]) => times.map((at) => new Date(at).toISOString());

it('keeps the hour of the zone when its clocks change', () => {
  expect(iso(airTimes('2026-03-20T22:30', 'Europe/Berlin', { count: 3, days: 7 }))).toEqual([
    '2026-03-20T21:30:00.000Z',
    '2026-03-27T21:30:00.000Z',
    '2026-04-03T20:30:00.000Z', // summer time
  ]);
  expect(iso(airTimes('2026-03-20T22:30', 'Asia/Tokyo', { count: 2, days: 1 }))).toEqual([
    '2026-03-20T13:30:00.000Z',
    '2026-03-21T13:30:00.000Z',
  ]);
  expect(airTimes('', 'UTC', { count: 3, days: 7 })).toEqual([]);
});

it('leaves out the numbers that are there', () => {
  expect(freeNumbers(new Set([2, 3]), 1, 3)).toEqual([1, 4, 5]);
});
