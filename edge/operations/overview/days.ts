import type { Sums } from '../../../schema/api/overview.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** Days in the series. */
export const SERIES = 30;
/** The day of a moment, by its beginning, ms UTC. */
export const dayOf = (at: number): number => at - (at % DAY);
/** The first day that an overview reads: that of the series, and the weekday before today’s. */
export const firstDay = (now: number): number => dayOf(now) - (SERIES - 1) * DAY;

/** An hour as it is stored (schema/db/insights.ts). */
export type Hour = {
  hour: number;
  plays: number;
  seconds: number;
  viewers: number;
  accounts: number;
  encodes: number;
  encodeSeconds: number;
};

const sum = (hours: readonly Hour[]): Sums => {
  const total = (of: Exclude<keyof Hour, 'hour'>) => hours.reduce((all, hour) => all + hour[of], 0);
  return {
    plays: total('plays'),
    minutes: Math.round(total('seconds') / 60),
    viewers: total('viewers'),
    accounts: total('accounts'),
    encodes: total('encodes'),
    encodeMinutes: Math.round(total('encodeSeconds') / 60),
  };
};

/**
 * The numbers of today, beside those of the same weekday a week ago, and of each day of the series; days of which nothing is stored are
 * days on which nothing happened. Today and then are compared up to the last full hour, so that a morning is not held against a day.
 */
export function numbersOf(hours: readonly Hour[], now: number) {
  const today = dayOf(now);
  const full = now - (now % HOUR);
  const between = (from: number, to: number) => sum(hours.filter(({ hour }) => hour >= from && hour < to));
  return {
    today: between(today, today + DAY),
    compared: {
      hours: (full - today) / HOUR,
      now: between(today, full),
      before: between(today - 7 * DAY, full - 7 * DAY),
    },
    days: Array.from({ length: SERIES }, (_, i) => {
      const day = firstDay(now) + i * DAY;
      return { day, ...between(day, day + DAY) };
    }),
  };
}
