import { and, eq, lt, sql, type SQL } from 'drizzle-orm';
import { advertDays, monthSums, playDays, reckonedMonths, type Earned } from '../../schema/db/books.ts';
import type { Db } from '../platform/db.ts';
import { shared } from './apportion.ts';
import { earnedOfPlans, sales } from './earned.ts';
import { whole } from './fold.ts';
import { monthAfter } from './months.ts';
import { poolsOf, type Pool, type Watched } from './pools.ts';

// What a month earned and with what, from the sums of its days and from the ledger, into `month_sums` (ADR 0092). Pool by pool: what is in
// memory at once is what was watched in a few countries under one plan.

type Sum = typeof monthSums.$inferInsert;
type Money = Pick<
  Sum,
  'titleId' | 'licenceId' | 'country' | 'audio' | 'planId' | 'model' | 'currency' | 'revenue'
> &
  Partial<Pick<Sum, 'sold'>>;

/** Rows of one statement: each is a few hundred bytes of JSON, and D1 binds a text of 2 MB at most. */
const ROWS = 1_000;
/** Sums of days that are read together, pools of which go into one question. */
const TOGETHER = 20_000;
/** Pools of one question: two parameters each, of a hundred. */
const POOLS = 40;

const inMonth = (column: SQL | { getSQL(): SQL }, month: number) =>
  sql`${column} >= ${whole(month)} and ${column} < ${whole(monthAfter(month))}`;
const KEY = sql.raw('month, licence_id, title_id, country, plan_id, audio, model, given, currency');
const TAKEN = sql.raw(
  'plays = excluded.plays, seconds = excluded.seconds, sold = excluded.sold, revenue = excluded.revenue, reckoned_at = max(reckoned_at, excluded.reckoned_at)',
);
const onConflict = sql`on conflict (${KEY}) do update set ${TAKEN}`;

/**
 * Reckons a month (its beginning) anew; its days are to be folded. May be repeated, also side by side: it comes out the same. What is
 * of an earlier run and of nothing any more goes last, so that nobody reads a month that is not whole.
 */
export async function reckonMonth(db: Db, month: number, at: number): Promise<void> {
  const [last] = await db.select().from(reckonedMonths).where(eq(reckonedMonths.month, month));
  const now = Math.max(at, (last?.reckonedAt ?? 0) + 1); // each run after the one before, whatever clocks say
  await db.insert(monthSums).select(sql`
    select ${whole(month)}, title_id, licence_id, country, audio, plan_id, model, given, '',
      sum(plays), sum(seconds), 0, 0, ${whole(now)}
    from ${playDays} where ${inMonth(playDays.day, month)} group by 2, 3, 4, 5, 6, 7, 8 ${onConflict}`);
  for await (const rows of moneyOf(db, month)) await write(db, month, rows, now);
  const earned = await earnedIn(db, month, now);
  await db.batch([
    db.delete(monthSums).where(and(eq(monthSums.month, month), lt(monthSums.reckonedAt, now))),
    db
      .insert(reckonedMonths)
      .values({ month, reckonedAt: now, earned })
      .onConflictDoUpdate({
        target: reckonedMonths.month,
        set: { reckonedAt: now, earned },
        setWhere: lt(reckonedMonths.reckonedAt, now),
      }),
  ]);
}

async function earnedIn(db: Db, month: number, now: number): Promise<Record<string, Earned>> {
  const rows = await db.all<{ currency: string } & Earned>(sql`
    select currency, sum(iif(model = 'subscription', revenue, 0)) as plans,
      sum(iif(model in ('rental', 'purchase'), revenue, 0)) as sales, sum(iif(model = 'ads', revenue, 0)) as ads
    from ${monthSums} where month = ${whole(month)} and currency <> '' and reckoned_at >= ${whole(now)} group by 1 order by 1`);
  return Object.fromEntries(rows.map(({ currency, ...earned }) => [currency, earned]));
}

async function* moneyOf(db: Db, month: number): AsyncGenerator<Money[]> {
  yield* fromPlans(db, month);
  yield (await sales(db, month)).map((sale) => ({
    ...sale,
    licenceId: sale.licenceId ?? '',
    audio: '',
    planId: '',
  }));
  yield* fromAdverts(db, month);
}

/** A page of rows a statement, as one parameter. */
async function write(db: Db, month: number, rows: readonly Money[], now: number): Promise<void> {
  const nothing = rows.filter(({ revenue, sold = 0 }) => revenue !== 0 || sold !== 0);
  for (let from = 0; from < nothing.length; from += ROWS) {
    const page = nothing
      .slice(from, from + ROWS)
      .map((r) => [
        r.titleId,
        r.licenceId,
        r.country,
        r.audio,
        r.planId,
        r.model,
        r.currency,
        r.sold ?? 0,
        r.revenue,
      ]);
    const field = (i: number) => sql.raw(`value ->> ${i}`);
    await db.insert(monthSums).select(sql`
      select ${whole(month)}, ${field(0)}, ${field(1)}, ${field(2)}, ${field(3)}, ${field(4)}, ${field(5)}, '', ${field(6)},
        0, 0, ${field(7)}, ${field(8)}, ${whole(now)}
      from json_each(${JSON.stringify(page)}) where true ${onConflict}`);
  }
}

async function* fromPlans(db: Db, month: number): AsyncGenerator<Money[]> {
  const [money, watched] = [await earnedOfPlans(db, month), await watchedUnderPlans(db, month)];
  const pools = poolsOf(money, watched);
  const nobodys = pools.filter(({ country }) => country === null);
  yield nobodys.map(({ planId, currency, revenue }) => ({ ...NOBODYS, planId, currency, revenue }));
  for (const group of together(pools, watched)) {
    const parts = Map.groupBy(await partsOf(db, month, group), ({ planId, country }) =>
      placeOf(planId, country),
    );
    for (const { planId, country, currency, revenue } of group) {
      const those = parts.get(placeOf(planId, country)) ?? [];
      const of = shared(
        revenue,
        those.map(({ seconds }) => seconds),
      );
      yield those.map((part, i) => ({ ...part, model: 'subscription' as const, currency, revenue: of[i]! }));
    }
  }
}
const NOBODYS = { titleId: '', licenceId: '', country: '', audio: '', model: 'subscription' } as const;
const placeOf = (planId: string, country: string | null): string => JSON.stringify([planId, country]);

/** What was paid for: minutes that were given away take no part of what others paid. */
const paidFor = sql`model = 'subscription' and given = ''`;

const watchedUnderPlans = (db: Db, month: number): Promise<Watched[]> =>
  db.all<Watched>(sql`
    select plan_id as planId, country, sum(seconds) as seconds, count(*) as rows
    from ${playDays} where ${inMonth(playDays.day, month)} and ${paidFor} group by 1, 2 order by 1, 2`);

/** Pools in groups that are small enough to be read together; those of one place are in one group. */
function together(pools: readonly Pool[], watched: readonly Watched[]): (Pool & { country: string })[][] {
  const rows = new Map(watched.map((one) => [placeOf(one.planId, one.country), one.rows]));
  const groups: (Pool & { country: string })[][] = [];
  let size = Infinity;
  let places = 0;
  const byPlace = Map.groupBy(
    pools.flatMap((pool) => (pool.country === null ? [] : [{ ...pool, country: pool.country }])),
    ({ planId, country }) => placeOf(planId, country),
  );
  for (const [place, list] of byPlace) {
    size += rows.get(place) ?? 0;
    if (size > TOGETHER || ++places > POOLS) {
      groups.push([]);
      [size, places] = [rows.get(place) ?? 0, 1];
    }
    groups.at(-1)!.push(...list);
  }
  return groups;
}

type Part = Pick<Sum, 'planId' | 'country' | 'titleId' | 'licenceId' | 'audio' | 'seconds'>;
const partsOf = (db: Db, month: number, pools: readonly (Pool & { country: string })[]): Promise<Part[]> => {
  const places = [...new Map(pools.map((pool) => [placeOf(pool.planId, pool.country), pool])).values()];
  const named = sql.join(
    places.map(({ planId, country }) => sql`(${planId}, ${country})`),
    sql`, `,
  );
  return db.all<Part>(sql`
    select plan_id as planId, country, title_id as titleId, licence_id as licenceId, audio, sum(seconds) as seconds
    from ${playDays} indexed by play_days_pool
    where (plan_id, country) in (values ${named}) and ${inMonth(playDays.day, month)} and ${paidFor}
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`);
};

/** Thousandths come to whole units once a month and currency, and those are shared by them: first among countries, then there. */
async function* fromAdverts(db: Db, month: number): AsyncGenerator<Money[]> {
  const places = await db.all<{ country: string; currency: string; millis: number }>(sql`
    select country, currency, sum(millis) as millis from ${advertDays} where ${inMonth(advertDays.day, month)}
    group by 1, 2 having sum(millis) > 0 order by 2, 1`);
  for (const [currency, list] of Map.groupBy(places, (place) => place.currency)) {
    const millis = list.map((place) => place.millis);
    const units = shared(Math.floor(millis.reduce((sum, one) => sum + one, 0) / 1000), millis);
    for (const [i, { country }] of list.entries()) {
      const parts = await db.all<Pick<Part, 'titleId' | 'licenceId' | 'audio'> & { millis: number }>(sql`
        select title_id as titleId, licence_id as licenceId, audio, sum(millis) as millis
        from ${advertDays} indexed by advert_days_pool
        where currency = ${currency} and country = ${country} and ${inMonth(advertDays.day, month)}
        group by 1, 2, 3 order by 1, 2, 3`);
      const of = shared(
        units[i]!,
        parts.map((part) => part.millis),
      );
      yield parts.map(({ titleId, licenceId, audio }, n) => {
        const place = { titleId, licenceId, country, audio, planId: '' };
        return { ...place, model: 'ads' as const, currency, revenue: of[n]! };
      });
    }
  }
}
