import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { db, entryOf, put, type EntryRow } from './books.fixture.ts';
import { earnedOfPlans } from './earned.ts';
import { DAY, monthAfter } from './months.ts';
import { earned } from './oracle.fixture.ts';

const JANUARY = Date.UTC(2026, 0);
const within = fc.integer({ min: JANUARY - 40 * DAY, max: JANUARY + 120 * DAY });

/** Payments with what is given back of them, each of a plan of its own. */
const entries = fc
  .array(
    fc.record({
      amount: fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }),
      taxed: fc.integer({ min: 0, max: 20 }),
      at: within,
      from: within,
      lasts: fc.oneof(fc.constant(30 * DAY), fc.constant(365 * DAY), fc.integer({ min: 0, max: 90 * DAY })),
      open: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((list) =>
    list.map(({ amount, taxed, at, from, lasts, open }, i) =>
      entryOf({
        planId: `p${i}`,
        at,
        amount,
        tax: Math.trunc((amount * taxed) / 100),
        ...(open ? {} : { paidFrom: from, paidUntil: from + lasts }),
      }),
    ),
  );

it('earns every entry a day at a time, from the day it came on; its months add up to it', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(entries, async (drawn) => {
      const prefix = `run${run++}-`;
      const rows: EntryRow[] = drawn.map((row) => ({
        ...row,
        id: `${prefix}${row.id}`,
        planId: `${prefix}${row.planId}`,
      }));
      await put.entries(rows);
      const total = new Map<string, number>();
      for (let month = monthAfter(JANUARY, -2); month < monthAfter(JANUARY, 18); month = monthAfter(month)) {
        const money = (await earnedOfPlans(db, month)).filter(({ planId }) => planId.startsWith(prefix));
        for (const row of rows) {
          const got = money.find(({ planId }) => planId === row.planId)?.revenue ?? 0;
          expect(got).toBe(earned(row, month, monthAfter(month)));
          total.set(row.id, (total.get(row.id) ?? 0) + got);
        }
      }
      for (const row of rows) expect(total.get(row.id)).toBe(row.amount - row.tax);
    }),
    { numRuns: 15 },
  );
}, 120_000);

it('takes back what was earned so far on the day it is given back, and the rest day by day', async () => {
  const year = { planId: 'refunded', paidFrom: JANUARY, paidUntil: monthAfter(JANUARY, 12) };
  const paid = entryOf({ ...year, at: JANUARY, amount: 36_500 });
  const back = entryOf({ ...year, kind: 'refund', at: JANUARY + 40 * DAY, amount: -36_500 });
  await put.entries([paid, back]);
  const of = async (month: number) =>
    (await earnedOfPlans(db, month)).find(({ planId }) => planId === 'refunded')?.revenue ?? 0;
  expect(await of(JANUARY)).toBe(3_100); // told already, and stays
  expect(await of(monthAfter(JANUARY))).toBe(-3_100);
  expect(await of(monthAfter(JANUARY, 2))).toBe(0);
});
