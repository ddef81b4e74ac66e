import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundary, boundaryAfter } from './cycle.ts';
import { nextAttempt } from './dunning.ts';
import { remaining, switching } from './proration.ts';
import { reckon } from './totals.ts';

const moment = fc.integer({ min: Date.UTC(2000, 0, 1) / 1000, max: Date.UTC(2080, 0, 1) / 1000 });
const every = fc.record({
  interval: fc.constantFrom('day', 'week', 'month', 'year'),
  interval_count: fc.integer({ min: 1, max: 12 }),
});

describe('the cycle', () => {
  test('goes on without gaps: each boundary is the next after the one before', () => {
    fc.assert(
      fc.property(moment, every, fc.integer({ min: -30, max: 60 }), (anchor, interval, n) => {
        expect(boundaryAfter(anchor, interval, boundary(anchor, interval, n))).toBe(
          boundary(anchor, interval, n + 1),
        );
      }),
    );
  });

  test('of months falls on the anchor’s day, or on the last where there is none', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 60 }), (anchor, n) => {
        const day = new Date(anchor * 1000).getUTCDate();
        const is = new Date(boundary(anchor, { interval: 'month', interval_count: 1 }, n) * 1000);
        const last = new Date(Date.UTC(is.getUTCFullYear(), is.getUTCMonth() + 1, 0)).getUTCDate();
        expect(is.getUTCDate()).toBe(Math.min(day, last));
      }),
    );
  });
});

describe('proration', () => {
  const period = fc
    .tuple(moment, fc.integer({ min: 1, max: 400 * 86_400 }))
    .map(([start, length]) => ({ start, end: start + length }));
  test('gives back no more than was paid, and the whole at once', () => {
    fc.assert(
      fc.property(
        fc.nat(10_000_000),
        period,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (amount, of, share) => {
          const at = Math.round(of.start + (of.end - of.start) * share);
          expect(remaining(amount, of, of.start)).toBe(amount);
          expect(remaining(amount, of, of.end)).toBe(0);
          expect(remaining(amount, of, at)).toBeLessThanOrEqual(amount);
          expect(remaining(-amount, of, at) + remaining(amount, of, at)).toBe(0);
        },
      ),
    );
  });

  test('there and back again at the same moment costs nothing', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.nat(1_000_000),
        period,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b, of, share) => {
          const at = Math.round(of.start + (of.end - of.start) * share);
          const there = switching(a, b, of, at);
          const back = switching(b, a, of, at);
          expect(there.credit + there.debit + back.credit + back.debit).toBe(0);
        },
      ),
    );
  });
});

test('what lines come to adds up, whatever is taken off, and never goes below nothing by a discount', () => {
  const line = fc.record({
    amount: fc.integer({ min: -5000, max: 100_000 }),
    discountable: fc.boolean(),
    inclusive: fc.boolean(),
  });
  const off = fc.oneof(
    fc.record({
      id: fc.constantFrom('a', 'b'),
      percent: fc.double({ min: 0.01, max: 100, noNaN: true }),
      amount: fc.constant(null),
    }),
    fc.record({
      id: fc.constantFrom('a', 'b'),
      percent: fc.constant(null),
      amount: fc.integer({ min: 1, max: 200_000 }),
    }),
  );
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 6 }),
      fc.array(off, { maxLength: 3 }),
      fc.integer({ min: 0, max: 30 }),
      (lines, offs, rate) => {
        const made = reckon(lines, offs, rate);
        const taken = made.discounts.reduce((a, b) => a + b.amount, 0);
        const byLine = made.lines.flatMap((one) => one.discounts).reduce((a, b) => a + b.amount, 0);
        expect(byLine).toBe(taken);
        expect(made.total).toBe(made.subtotal - taken + made.exclusive);
        const discountable = lines
          .filter((one) => one.discountable)
          .reduce((a, b) => a + Math.max(b.amount, 0), 0);
        expect(taken).toBeLessThanOrEqual(discountable);
        expect(taken).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});

test('a failed payment is tried on each of the days, then no more', () => {
  expect([1, 2, 3, 4].map((attempts) => nextAttempt(attempts, [3, 5, 7], 0))).toEqual([
    3 * 86_400,
    5 * 86_400,
    7 * 86_400,
    null,
  ]);
});
