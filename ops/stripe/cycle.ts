export type Interval = {
  interval: 'day' | 'week' | 'month' | 'year' | (string & Record<never, never>);
  interval_count: number;
};

const DAY = 86_400;
const LONGEST = new Map<string, number>([
  ['day', DAY],
  ['week', 7 * DAY],
  ['month', 31 * DAY],
  ['year', 366 * DAY],
]);

/**
 * The n-th boundary of a billing cycle, s UTC. A month without the anchor's day ends on its last one, and the next again on the anchor's
 * (https://docs.stripe.com/billing/subscriptions/billing-cycle): 31 January, 28 February, 31 March.
 */
export function boundary(anchor: number, every: Interval, n: number): number {
  const count = every.interval_count * n;
  if (every.interval === 'day' || every.interval === 'week')
    return anchor + count * (every.interval === 'week' ? 7 : 1) * DAY;
  const at = new Date(anchor * 1000);
  const months = at.getUTCMonth() + (every.interval === 'year' ? 12 : 1) * count;
  const last = new Date(Date.UTC(at.getUTCFullYear(), months + 1, 0)).getUTCDate();
  const day = Date.UTC(at.getUTCFullYear(), months, Math.min(at.getUTCDate(), last)) / 1000;
  return day + (anchor - Math.floor(anchor / DAY) * DAY);
}

/** The first boundary after a moment. */
export function boundaryAfter(anchor: number, every: Interval, at: number): number {
  const length = LONGEST.get(every.interval) ?? DAY;
  let n = Math.floor((at - anchor) / (length * every.interval_count)); // never too many: no interval is longer
  while (boundary(anchor, every, n) > at) n--;
  while (boundary(anchor, every, n) <= at) n++;
  return boundary(anchor, every, n);
}

export const sameInterval = (a: Interval, b: Interval): boolean =>
  a.interval === b.interval && a.interval_count === b.interval_count;
