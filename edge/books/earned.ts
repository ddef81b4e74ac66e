import { and, asc, eq, gt, gte, isNotNull, lt, or, sql } from 'drizzle-orm';
import type { Id } from '../../schema/ids.ts';
import type { BusinessModel } from '../../schema/plans.ts';
import { ledger } from '../../schema/db/books.ts';
import { episodes } from '../../schema/db/catalog.ts';
import { licences } from '../../schema/db/rights.ts';
import type { Db } from '../platform/db.ts';
import { soldUnder, type Sellable } from './sold-under.ts';
import { DAY, monthAfter } from './months.ts';
import { whole } from './fold.ts';

/** Money of a plan that was earned in a country: smallest units, net of tax. */
export type PlanMoney = { planId: string; country: string; currency: string; revenue: number };

/**
 * What a month earned of plans, by plan, country of the bill and currency. An entry is earned a day at a time over the days it paid for
 * (UTC; the day on which it ends is the next one's), and none of it before the day it came or went: what was paid late, given back or
 * disputed catches up on that day. So months that are over never change, and the months of an entry add up to it: of each the
 * part up to its last day, rounded towards zero, less the part up to the month before.
 */
export function earnedOfPlans(db: Db, month: number): Promise<PlanMoney[]> {
  const [from, until] = [month, monthAfter(month)];
  const upTo = (moment: number) => sql`case
    when ${whole(moment / DAY)} <= at_day then 0
    when ${whole(moment / DAY)} >= until_day then net
    else net * max(0, ${whole(moment / DAY)} - from_day) / (until_day - from_day) end`;
  const days = sql`at / ${whole(DAY)} as at_day, coalesce(paid_from, at) / ${whole(DAY)} as from_day,
    max(coalesce(paid_from, at) / ${whole(DAY)} + 1, coalesce(paid_until, 0) / ${whole(DAY)}) as until_day`;
  const entries = (which: ReturnType<typeof sql>) => sql`
    select plan_id, coalesce(country, '') as country, currency, amount - tax as net, ${days}
    from ${ledger} where ${which} and title_id is null`;
  return db.all<PlanMoney>(sql`
    select coalesce(plan_id, '') as planId, country, currency, sum(${upTo(until)} - ${upTo(from)}) as revenue
    from (
      ${entries(sql`paid_until > ${whole(from)} and at < ${whole(until)}`)}
      union all
      ${entries(sql`at >= ${whole(from)} and at < ${whole(until)} and coalesce(paid_until, 0) <= ${whole(from)}`)})
    group by 1, 2, 3 having revenue <> 0 order by 1, 2, 3`);
}

/** What was rented or bought, summed: revenue on the day it was paid or given back. */
export type Sales = {
  titleId: Id<'title'>;
  /** Null: no licence of the title allowed it then. */
  licenceId: Id<'licence'> | null;
  country: string;
  model: BusinessModel;
  currency: string;
  sold: number;
  revenue: number;
};

const PAGE = 1_000;

/** Sales of a month, each under the licence that was in force when it was paid. A page of the ledger at a time. */
export async function sales(db: Db, month: number): Promise<Sales[]> {
  const sums = new Map<string, Sales>();
  let after: { at: number; id: string } | null = null;
  for (let more = true; more;) {
    const rows: Awaited<ReturnType<typeof soldAfter>> = await soldAfter(db, month, after);
    const terms = await termsOf(db, new Set(rows.map(({ titleId }) => titleId)));
    for (const row of rows) {
      const licenceId = soldUnder(row, terms(row.titleId));
      const { titleId, model, currency } = row;
      const country = row.country ?? '';
      const key = JSON.stringify([titleId, licenceId, country, model, currency]);
      const sum = sums.get(key) ?? { titleId, licenceId, country, model, currency, sold: 0, revenue: 0 };
      if (row.kind === 'payment') sum.sold += 1;
      sum.revenue += row.amount - row.tax;
      sums.set(key, sum);
    }
    more = rows.length === PAGE;
    after = rows.at(-1) ?? after;
  }
  return [...sums.values()];
}

async function soldAfter(db: Db, month: number, after: { at: number; id: string } | null) {
  // What is taken back is taken back from whoever got it.
  const paidAt = sql<number>`coalesce((select p.at from ledger p where p.stripe_payment_id = ${ledger.stripePaymentId} and p.kind = 'payment' limit 1), ${ledger.at})`;
  const rows = await db
    .select({
      id: ledger.id,
      kind: ledger.kind,
      at: ledger.at,
      paidAt,
      country: ledger.country,
      currency: ledger.currency,
      amount: ledger.amount,
      tax: ledger.tax,
      model: ledger.model,
      titleId: ledger.titleId,
      season: ledger.season,
      episode: sql<{
        season: number;
        number: number;
      } | null>`iif(${episodes.id} is null, null, json_object('season', ${episodes.season}, 'number', ${episodes.number}))`.mapWith(
        (text: string | null) =>
          text === null ? null : (JSON.parse(text) as { season: number; number: number }),
      ),
    })
    .from(ledger)
    .leftJoin(episodes, eq(episodes.id, ledger.episodeId))
    .where(
      and(
        isNotNull(ledger.titleId),
        gte(ledger.at, after?.at ?? month),
        lt(ledger.at, monthAfter(month)),
        after ? or(gt(ledger.at, after.at), gt(ledger.id, after.id)) : undefined,
      ),
    )
    .orderBy(asc(ledger.at), asc(ledger.id))
    .limit(PAGE);
  return rows.map(({ titleId, model, ...row }) => ({
    ...row,
    titleId: titleId!,
    model: model ?? 'purchase',
  }));
}

async function termsOf(db: Db, titleIds: ReadonlySet<Id<'title'>>) {
  const rows: Sellable[] =
    titleIds.size === 0
      ? []
      : await db
          .select({
            id: licences.id,
            titleId: licences.titleId,
            season: licences.season,
            episodeFrom: licences.episodeFrom,
            episodeTo: licences.episodeTo,
            territoryMode: licences.territoryMode,
            countries: licences.countries,
            startsAt: licences.startsAt,
            endsAt: licences.endsAt,
            models: licences.models,
            maxHeight: licences.maxHeight,
            endedAt: licences.endedAt,
            createdAt: licences.createdAt,
          })
          .from(licences)
          .where(sql`${licences.titleId} in (select value from json_each(${JSON.stringify([...titleIds])}))`);
  const byTitle = Map.groupBy(rows, ({ titleId }) => titleId);
  return (titleId: Id<'title'>): readonly Sellable[] => byTitle.get(titleId) ?? [];
}
