import { expect, it } from 'vitest';
import { DAY, HOUR, numbersOf, SERIES, type Hour } from './days.ts';

const TODAY = Date.UTC(2026, 10, 23); // a Monday
const now = TODAY + 14 * HOUR + 25 * 60_000;
const hour = (at: number, plays: number): Hour => ({
  hour: at,
  plays,
  seconds: plays * 60,
  viewers: 1,
  accounts: 0,
  encodes: 0,
  encodeSeconds: 0,
});

it('holds a morning against the same hours of the same weekday, not against all of it', () => {
  const lastMonday = TODAY - 7 * DAY;
  const { today, compared } = numbersOf(
    [
      hour(TODAY + 9 * HOUR, 10),
      hour(TODAY + 14 * HOUR, 5), // the hour that has just begun
      hour(lastMonday + 9 * HOUR, 8),
      hour(lastMonday + 14 * HOUR, 70),
      hour(lastMonday + 20 * HOUR, 500),
      hour(TODAY - 6 * DAY, 900),
    ],
    now,
  );
  expect(today).toMatchObject({ plays: 15, minutes: 15, viewers: 2 });
  expect(compared).toMatchObject({ hours: 14, now: { plays: 10 }, before: { plays: 8 } });
});

it('has each of thirty days once, also those on which nothing happened', () => {
  const { days } = numbersOf([hour(TODAY - 29 * DAY, 3), hour(TODAY - DAY + 23 * HOUR, 4)], now);
  expect(days).toHaveLength(SERIES);
  expect(days.map(({ day }) => day)).toEqual(Array.from({ length: 30 }, (_, i) => TODAY - (29 - i) * DAY));
  expect([days[0]!.plays, days[28]!.plays, days[29]!.plays]).toEqual([3, 4, 0]);
  expect(days.reduce((all, { plays }) => all + plays, 0)).toBe(7);
});

it('says at midnight that there is nothing to compare yet', () => {
  expect(numbersOf([], TODAY).compared).toMatchObject({ hours: 0, now: { plays: 0 }, before: { plays: 0 } });
});
