import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { byDay, clock, daysAgo } from './days.ts';

it('puts moments on the days of the zone', () => {
  const items = ['2026-01-02T16:00Z', '2026-01-02T14:00Z', '2026-01-01T20:00Z'].map((text) => ({
    at: Date.parse(text),
  }));
  expect(byDay(items, 'UTC').map(({ day, items }) => [day, items.length])).toEqual([
    ['2026-01-02', 2],
    ['2026-01-01', 1],
  ]);
  expect(byDay(items, 'Asia/Tokyo').map(({ day, items }) => [day, items.length])).toEqual([
    ['2026-01-03', 1],
    ['2026-01-02', 2],
  ]);
});

it('keeps every item, in its order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4e12 })), (moments) => {
      const items = moments.map((at, i) => ({ at, i }));
      expect(byDay(items, 'America/New_York').flatMap(({ items }) => items)).toEqual(items);
    }),
  );
});

it('counts days by the calendar, not by hours', () => {
  const now = Date.parse('2026-01-03T01:00Z');
  expect(daysAgo(Date.parse('2026-01-03T00:30Z'), now, 'UTC')).toBe(0);
  expect(daysAgo(Date.parse('2026-01-02T23:30Z'), now, 'UTC')).toBe(1);
  expect(daysAgo(Date.parse('2026-01-02T23:30Z'), now, 'Asia/Tokyo')).toBe(0);
  // The day on which clocks went forward has 23 hours.
  const berlin = 'Europe/Berlin';
  expect(daysAgo(Date.parse('2026-03-28T22:30Z'), Date.parse('2026-03-29T22:30Z'), berlin)).toBe(2);
});

it('shows seconds as a player does', () => {
  expect([0, 5, 65.9, 600, 3723].map(clock)).toEqual(['0:00', '0:05', '1:05', '10:00', '1:02:03']);
});
