import { and, eq } from 'drizzle-orm';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthSums } from '../../schema/db/books.ts';
import { plays } from '../../schema/db/library.ts';
import {
  at,
  db,
  entryOf,
  licensorOf,
  playOf,
  put,
  titleOf,
  type Made,
  type PlayRow,
} from './books.fixture.ts';
import { DAY, monthAfter } from './months.ts';
import { earned, secondsOf } from './oracle.fixture.ts';
import { reckonAnew } from './statements.ts';

/** Each test has a month of its own, since they share a database. */
let next = Date.UTC(2020, 0);
const ownMonth = () => (next = monthAfter(next));
const rowsOf = (month: number) => db.select().from(monthSums).where(eq(monthSums.month, month));
const reckon = (month: number) => reckonAnew(at(monthAfter(month, 2)), month);
/** All that they say, but when they were reckoned. */
const said = (rows: Awaited<ReturnType<typeof rowsOf>>) =>
  JSON.stringify(rows.map((row) => ({ ...row, reckonedAt: 0 })));
const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);

describe('a month', () => {
  it('shares what each plan earned in each country to the unit, whoever watched what', async () => {
    const [a, b] = [await licensorOf('A'), await licensorOf('B')];
    const titles = [await titleOf(a), await titleOf(a), await titleOf(b), await titleOf(null)];
    let run = 0;
    const play = fc.record({
      title: fc.nat(3),
      country: fc.constantFrom('JP', 'US', 'DE', null),
      plan: fc.constantFrom('fan', 'family', null),
      audio: fc.constantFrom('ja', 'en', null),
      given: fc.constantFrom(null, null, null, 'trial' as const, 'gift' as const),
      seconds: fc.double({ min: 0, max: 9_000, noNaN: true }),
      periods: fc.nat(3),
      day: fc.nat(27),
    });
    const bill = fc.record({
      country: fc.constantFrom('JP', 'US', 'FR', null),
      plan: fc.constantFrom('fan', 'family', 'unwatched'),
      currency: fc.constantFrom('jpy', 'usd'),
      amount: fc.integer({ min: -5_000, max: 90_000 }),
      day: fc.nat(27),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(play, { maxLength: 30 }),
        fc.array(bill, { maxLength: 8 }),
        async (watched, bills) => {
          const month = ownMonth();
          const prefix = `r${run++}-`;
          const rows: PlayRow[] = watched.map(
            ({ title, country, plan, audio, given, seconds, periods, day }) =>
              playOf(titles[title]!, {
                startedAt: month + day * DAY + 5,
                country,
                planId: plan && prefix + plan,
                model: plan ? 'subscription' : 'free',
                audio,
                given,
                seconds,
                periods,
              }),
          );
          const entries = bills.map(({ country, plan, currency, amount, day }) =>
            entryOf({
              country,
              planId: prefix + plan,
              currency,
              amount,
              at: month + day * DAY,
              paidFrom: month,
              paidUntil: monthAfter(month),
            }),
          );
          await put.plays(rows);
          await put.entries(entries);
          await reckon(month);
          const sums = await rowsOf(month);
          expect(sum(sums.map(({ seconds }) => seconds))).toBe(secondsOf(rows));
          expect(sum(sums.map(({ plays }) => plays))).toBe(rows.filter(({ periods }) => periods > 0).length);
          for (const planId of new Set(entries.map((one) => one.planId)))
            for (const currency of ['jpy', 'usd']) {
              const mine = entries.filter((one) => one.planId === planId && one.currency === currency);
              const parts = sums.filter((one) => one.planId === planId && one.currency === currency);
              expect(sum(parts.map(({ revenue }) => revenue))).toBe(
                sum(mine.map((one) => earned(one, month, monthAfter(month)))),
              );
              // Nothing is nobody's as long as somebody watched something under the plan that was paid for.
              const paid = rows.some(
                (one) =>
                  one.planId === planId && !one.given && one.periods > 0 && Math.round(one.seconds) > 0,
              );
              expect(paid && parts.some(({ titleId }) => titleId === '')).toBe(false);
            }
          expect(sums.filter(({ given, revenue }) => given !== '' && revenue !== 0)).toEqual([]);
          const before = said(sums);
          await reckon(month);
          expect(said(await rowsOf(month))).toBe(before);
        },
      ),
      { numRuns: 12 },
    );
  }, 300_000);

  it('gives money of a country where nobody watched to those who watched elsewhere under the plan', async () => {
    const month = ownMonth();
    const [one, two] = [await titleOf(null), await titleOf(null)];
    await put.plays([
      playOf(one, { startedAt: month, planId: 'rest', country: 'JP', seconds: 3_000 }),
      playOf(two, { startedAt: month, planId: 'rest', country: 'US', seconds: 1_000 }),
    ]);
    await put.entries([
      entryOf({ at: month, amount: 1_000, country: 'JP', planId: 'rest' }),
      entryOf({ at: month, amount: 1_000, country: 'FR', planId: 'rest' }),
    ]);
    await reckon(month);
    const of = (made: Made, rows: Awaited<ReturnType<typeof rowsOf>>) =>
      sum(rows.filter(({ titleId }) => titleId === made.titleId).map(({ revenue }) => revenue));
    const rows = await rowsOf(month);
    expect([of(one, rows), of(two, rows)]).toEqual([1_750, 250]);
  });

  it('gives a sale to whose licence it was under, also what is given back later', async () => {
    const [month, licensor] = [ownMonth(), await licensorOf('Seller')];
    const sold = await titleOf(licensor);
    const { titleId } = sold;
    const rental = { titleId, model: 'rental' as const, stripePaymentId: `pi_${titleId}` };
    await put.entries([
      entryOf({ ...rental, at: month, amount: 500, tax: 45 }),
      entryOf({ ...rental, kind: 'refund', at: month + DAY, amount: -100, tax: -9 }),
      entryOf({ titleId, model: 'purchase', at: month, amount: 2_000 }),
    ]);
    await reckon(month);
    const rows = (await rowsOf(month)).filter((row) => row.titleId === titleId);
    expect(
      Object.fromEntries(
        rows.map(({ model, sold, revenue, licenceId }) => [model, [sold, revenue, licenceId]]),
      ),
    ).toEqual({ purchase: [1, 2_000, sold.licenceId], rental: [1, 364, sold.licenceId] });
  });

  it('rounds advertising once a month, and shares that', async () => {
    const month = ownMonth();
    const [one, two] = [await titleOf(null), await titleOf(null)];
    const shown = ({ titleId, episodeId, licenceId }: Made, millis: number, country: string | null) => ({
      titleId,
      episodeId,
      licenceId,
      country,
      language: 'ja',
      playbackId: 'ply_0' as const,
      breakAt: 0,
      at: month,
      quarters: 4,
      millis,
      currency: 'jpy',
    });
    await put.adverts([
      shown(one, 700, 'JP'),
      shown(one, 700, 'JP'),
      shown(two, 700, 'JP'),
      shown(two, 400, null),
    ]);
    await reckon(month);
    const rows = (await rowsOf(month)).filter(({ model }) => model === 'ads');
    expect(sum(rows.map(({ revenue }) => revenue))).toBe(2); // 2.5 yen
  });

  it('counts a play once, however often and late it was told of, and forgets what is no more', async () => {
    const month = ownMonth();
    const made = await titleOf(null);
    const play = playOf(made, { startedAt: month, seconds: 600, audio: 'ja' });
    await put.plays([play]);
    await reckon(month);
    await db.update(plays).set({ seconds: 1_200, periods: 2, audio: 'en' }).where(eq(plays.id, play.id));
    await reckon(month);
    const rows = await db
      .select()
      .from(monthSums)
      .where(and(eq(monthSums.month, month), eq(monthSums.titleId, made.titleId)));
    expect(rows.map(({ audio, plays, seconds }) => [audio, plays, seconds])).toEqual([['en', 1, 1_200]]);
  });
});
