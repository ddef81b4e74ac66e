import { and, eq, gte, lt } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { advertPlays } from '../../schema/db/ads.ts';
import { advertDays, foldedDays, monthSums } from '../../schema/db/books.ts';
import { at, db, licensorOf, put, titleOf } from './books.fixture.ts';
import { foldDay } from './fold.ts';
import { sweepAdvertPlays } from './forget-adverts.ts';
import { DAY } from './months.ts';
import { checkStatement, makeStatement, reckonAnew } from './statements.ts';

const MONTH = Date.UTC(2024, 2);
const NEXT = Date.UTC(2024, 3);
const LONG_AFTER = Date.UTC(2025, 4, 1);
const left = (from = MONTH, until = NEXT) =>
  db
    .select({ at: advertPlays.at })
    .from(advertPlays)
    .where(and(gte(advertPlays.at, from), lt(advertPlays.at, until)));

it('forgets single advertisements of long ago, a day at a time, and keeps what they came to', async () => {
  const licensorId = await licensorOf('Kino', { ads: 5_000 });
  const made = await titleOf(licensorId);
  const shown = (moment: number, millis = 40_000) => {
    const seen = { quarters: 4, skipped: false, clicked: false };
    return {
      ...made,
      country: 'JP',
      language: 'ja',
      breakAt: 0,
      at: moment,
      millis,
      currency: 'jpy',
      ...seen,
    };
  };
  await put.adverts([shown(MONTH), shown(MONTH + 5), shown(MONTH + DAY), shown(NEXT)]);

  const sweep = (now = LONG_AFTER) => sweepAdvertPlays(at(now));
  await sweep(LONG_AFTER - 1); // the thirteenth month is not over
  expect(await left()).toHaveLength(3);
  expect(await db.select().from(foldedDays)).toEqual([]);
  await sweep(); // nothing was summed yet: that comes first
  expect(await left()).toHaveLength(3);
  await sweep(); // nor reckoned
  expect(await left()).toHaveLength(3);

  await reckonAnew(at(NEXT + 10 * DAY), MONTH);
  const statement = await makeStatement(at(NEXT + 10 * DAY), {
    licensorId,
    month: MONTH,
    by: null,
    anew: false,
  });
  expect(statement.owed).toEqual({ jpy: 60 });
  await sweep();
  expect(await left()).toEqual([{ at: MONTH + DAY }]);
  await sweep();
  expect(await left()).toEqual([]);
  await sweep();
  expect(await left(NEXT, NEXT + DAY)).toEqual([{ at: NEXT }]); // not thirteen months ago yet

  // The same again, from what is left.
  const days = await db.select().from(advertDays).where(lt(advertDays.day, NEXT));
  expect(days.map(({ shown: times, millis }) => [times, millis])).toEqual([
    [2, 80_000],
    [1, 40_000],
  ]);
  await db.delete(monthSums).where(eq(monthSums.month, MONTH));
  expect(await checkStatement(at(LONG_AFTER + DAY), statement)).toMatchObject({
    same: true,
    owed: { jpy: 60 },
  });
  expect(await db.select().from(advertDays).where(lt(advertDays.day, NEXT))).toEqual(days);
});

it('counts nothing that comes for a day that is forgotten, and forgets it', async () => {
  const made = await titleOf(null);
  const day = Date.UTC(2023, 0, 5);
  const seen = { quarters: 0, skipped: false, clicked: false, millis: 1_000, currency: 'usd' };
  const row = { ...made, country: 'US', language: null, breakAt: 0, ...seen };
  await put.adverts([{ ...row, at: day }]);
  await reckonAnew(at(day + 60 * DAY), Date.UTC(2023, 0));
  await sweepAdvertPlays(at(LONG_AFTER));
  await put.adverts([{ ...row, at: day + 7 }]);
  await foldDay(db, day, day + 60 * DAY);
  const sums = await db.select().from(advertDays).where(eq(advertDays.day, day));
  expect(sums.map(({ shown }) => shown)).toEqual([1]);
  await sweepAdvertPlays(at(LONG_AFTER));
  expect(await left(day, day + DAY)).toEqual([]);
});
