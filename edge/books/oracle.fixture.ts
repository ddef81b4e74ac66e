import type { EntryRow, PlayRow } from './books.fixture.ts';

// What a month comes to, worked out from the log itself in the slowest and plainest way there is: a day at a time, in fractions.

const DAY = 86_400_000;
const dayOf = (at: number) => Math.floor(at / DAY);

/** Of one entry what is earned in the days [from, until), as the sum of its days, each the difference of two roundings towards zero. */
export function earned(entry: EntryRow, from: number, until: number): number {
  const net = entry.amount - entry.tax;
  const first = dayOf(entry.paidFrom ?? entry.at);
  const end = Math.max(first + 1, dayOf(entry.paidUntil ?? 0));
  const came = dayOf(entry.at);
  let sum = 0;
  for (let day = dayOf(from); day < dayOf(until); day++) {
    const upTo = (d: number) => {
      if (d <= came) return 0;
      const over = Math.min(end - first, Math.max(0, d - first));
      return Number((BigInt(net) * BigInt(over)) / BigInt(end - first));
    };
    sum += upTo(day + 1) - upTo(day);
  }
  return sum;
}

export const secondsOf = (plays: readonly PlayRow[]): number =>
  plays.filter(({ periods }) => periods > 0).reduce((sum, { seconds }) => sum + Math.round(seconds), 0);
