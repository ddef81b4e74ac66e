/**
 * What a stretch of a period costs, of its whole price: by the second (https://docs.stripe.com/billing/subscriptions/prorations).
 * @param amount of the whole period, in the currency's smallest unit @param at s; before the period all of it is left, after it nothing
 */
export function remaining(amount: number, period: { start: number; end: number }, at: number): number {
  const length = period.end - period.start;
  const left = Math.min(Math.max(period.end - at, 0), length);
  const share = Math.round((Math.abs(amount) * left) / Math.max(length, 1));
  return amount < 0 && share > 0 ? -share : share;
}

/** What the same money gives back and asks when one price follows another in mid-period. */
export function switching(
  from: number,
  to: number,
  period: { start: number; end: number },
  at: number,
): { credit: number; debit: number } {
  const unused = remaining(from, period, at);
  return { credit: unused ? -unused : 0, debit: remaining(to, period, at) };
}
