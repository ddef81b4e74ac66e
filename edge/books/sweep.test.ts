import { asc, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { subscriptions } from '../../schema/db/billing.ts';
import {
  foldedDays,
  moneyDays,
  monthSums,
  planDays,
  playDays,
  reckonedMonths,
} from '../../schema/db/books.ts';
import { users } from '../../schema/db/accounts.ts';
import { planPrices, plans } from '../../schema/db/billing.ts';
import { plays } from '../../schema/db/library.ts';
import { at, db, entryOf, playOf, put, titleOf } from './books.fixture.ts';
import { DAY, monthOf } from './months.ts';
import { sweepBooks } from './sweep.ts';

const NOW = Date.UTC(2026, 4, 10, 12);
const HOUR = 3_600_000;
const sweep = async (now: number, times = 1) => {
  for (let i = 0; i < times; i++) await sweepBooks(at(now));
};
const days = async () =>
  (await db.select({ day: foldedDays.day }).from(foldedDays).orderBy(asc(foldedDays.day))).map(
    ({ day }) => day,
  );

it('begins with today, goes on day by day, and back to whatever is brought in from before', async () => {
  const made = await titleOf(null);
  await sweep(NOW, 2);
  expect(await days()).toEqual([NOW - 12 * HOUR]);
  await put.plays([playOf(made, { startedAt: NOW - 20 * DAY, seconds: 100 })]);
  await sweep(NOW + DAY, 5);
  const all = await days();
  expect(all).toHaveLength(22);
  expect(all.every((day, i) => i === 0 || day === all[i - 1]! + DAY)).toBe(true);
  const april = await db
    .select()
    .from(monthSums)
    .where(eq(monthSums.month, monthOf(NOW - 20 * DAY)));
  expect(april.map(({ seconds }) => seconds)).toEqual([100]);
});

it('counts what is written late, until a day has settled; then it costs nothing any more', async () => {
  const made = await titleOf(null);
  const day = NOW + 2 * DAY;
  const play = playOf(made, { startedAt: day, seconds: 60 });
  const counted = async () =>
    (await db.select().from(playDays).where(eq(playDays.titleId, made.titleId))).map(
      ({ seconds }) => seconds,
    );
  await put.plays([play]);
  await sweep(day + HOUR, 2);
  expect(await counted()).toEqual([60]);
  await db.update(plays).set({ seconds: 120 }).where(eq(plays.id, play.id));
  await sweep(day + 1.5 * HOUR, 2); // within the hour
  expect(await counted()).toEqual([60]);
  await sweep(day + 30 * HOUR, 2);
  expect(await counted()).toEqual([120]);
  await sweep(day + 50 * HOUR, 3); // settled: the last time
  await db.update(plays).set({ seconds: 180 }).where(eq(plays.id, play.id));
  await sweep(day + 52 * HOUR, 3);
  expect(await counted()).toEqual([120]); // a statement is reckoned from the log all the same
  const before = await db.select().from(reckonedMonths);
  await sweep(day + 52 * HOUR, 3);
  expect(await db.select().from(reckonedMonths)).toEqual(before);
});

it('reckons a settled day and its month again when the ledger is told of it late, and only then', async () => {
  const day = Date.UTC(2026, 4, 31);
  const told = async () => ({
    money: (await db.select().from(moneyDays).where(eq(moneyDays.day, day))).map(({ amount }) => amount),
    earned: (
      await db
        .select()
        .from(reckonedMonths)
        .where(eq(reckonedMonths.month, monthOf(day)))
    )[0]?.earned,
  });
  const paid = { planId: 'late', paidFrom: day, paidUntil: day + DAY };
  await put.entries([entryOf({ at: day, amount: 100, ...paid })]);
  await sweep(day + 12 * HOUR, 3);
  await sweep(day + 61 * HOUR, 9); // settled, and May with it
  expect(await told()).toEqual({ money: [100], earned: { jpy: { plans: 100, sales: 0, ads: 0 } } });
  await put.entries([entryOf({ at: day + HOUR, amount: 30, recordedAt: day + 70 * HOUR, ...paid })]);
  await sweep(day + 70 * HOUR, 3);
  expect(await told()).toEqual({ money: [130], earned: { jpy: { plans: 130, sales: 0, ads: 0 } } });
  const before = await db.select().from(foldedDays).where(eq(foldedDays.day, day));
  await sweep(day + 80 * HOUR, 3);
  expect(await db.select().from(foldedDays).where(eq(foldedDays.day, day))).toEqual(before);
});

it('keeps how subscriptions stand: paying, on trial, given; who began and who left', async () => {
  const day = NOW + 40 * DAY;
  const made = { createdAt: 0, updatedAt: 0 };
  await db
    .insert(plans)
    .values({ id: 'kept', name: 'Kept', streams: 1, ads: false, downloads: false, ...made });
  const price = (id: string, interval: 'month' | 'year', amount: number) => ({
    id: `prc_${id}` as const,
    planId: 'kept',
    currency: 'jpy',
    interval,
    amount,
    stripePriceId: id,
    createdAt: 0,
  });
  await db.insert(planPrices).values([price('monthly', 'month', 980), price('yearly', 'year', 9_800)]);
  const on = async (name: string, row: Partial<typeof subscriptions.$inferInsert>) => {
    await db.insert(users).values({
      id: `usr_0${name}`,
      name,
      email: `${name}@engawa.test`,
      emailVerified: true,
      role: 'viewer',
      createdAt: new Date(0),
      updatedAt: new Date(0),
    });
    await db.insert(subscriptions).values({
      id: `sbn_0${name}`,
      userId: `usr_0${name}`,
      planId: 'kept',
      source: 'stripe',
      since: 0,
      state: 'active',
      priceId: 'prc_monthly',
      stripeId: `sub_${name}`,
      ...made,
      ...row,
    });
  };
  await on('monthly', {});
  await on('yearly', { priceId: 'prc_yearly', since: day - HOUR });
  await on('trying', { state: 'trialing', trialEnd: day + 5 * DAY });
  await on('tried', { trialEnd: day - HOUR });
  await on('left', { state: 'canceled', until: day - HOUR });
  await on('resting', { pausedAt: day - DAY });
  await on('present', { source: 'gift', state: null, priceId: null, stripeId: null });
  await sweep(day, 3);
  const rows = await db.select().from(planDays).where(eq(planDays.planId, 'kept'));
  expect(rows.map(({ day: _day, planId: _plan, ...row }) => row)).toEqual([
    expect.objectContaining({ currency: '', paying: 0, monthly: 0, given: 1 }),
    {
      currency: 'jpy',
      paying: 3,
      monthly: 980 + 980 + 816,
      trialing: 1,
      given: 0,
      began: 2,
      ended: 1,
      trialsOver: 1,
      trialsPaid: 1,
    },
  ]);
  // Who leaves after the day was reckoned last is counted on it all the same; how they stood stays.
  await db
    .update(subscriptions)
    .set({ state: 'canceled', until: day + 11 * HOUR })
    .where(eq(subscriptions.id, 'sbn_0yearly'));
  await sweep(day + 14 * HOUR, 3);
  const after = await db.select().from(planDays).where(eq(planDays.planId, 'kept'));
  const jpy = ({ day: of, currency }: (typeof after)[number]) => of === day - 12 * HOUR && currency === 'jpy';
  expect(after.filter(jpy)).toMatchObject([{ paying: 3, monthly: 980 + 980 + 816, ended: 2 }]);
});
