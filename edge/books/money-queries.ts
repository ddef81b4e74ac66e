import { and, asc, desc, eq, gt, gte, lt, lte, sql } from 'drizzle-orm';
import type { BookGroup, Usage } from '../../schema/api/books.ts';
import type { EntryKind } from '../../schema/book-terms.ts';
import { ledger, moneyDays, monthSums, planDays, reckonedMonths } from '../../schema/db/books.ts';
import { titles } from '../../schema/db/catalog.ts';
import { licences, licensors } from '../../schema/db/rights.ts';
import type { Db } from '../platform/db.ts';
import { DAY, monthAfter } from './months.ts';

/** What one group of a page may hold. */
const MOST = 200;

type Summed = {
  of: string;
  name: string | null;
  currency: string;
  plays: number;
  seconds: number;
  given: number;
  revenue: number;
};

/** Sums of a month by one thing, those with the most minutes first. */
export async function usageBy(db: Db, month: number, by: BookGroup): Promise<Usage['items']> {
  const sums = {
    currency: monthSums.currency,
    plays: sql<number>`sum(${monthSums.plays})`,
    seconds: sql<number>`sum(${monthSums.seconds})`,
    given: sql<number>`sum(iif(${monthSums.given} <> '', ${monthSums.seconds}, 0))`,
    revenue: sql<number>`sum(${monthSums.revenue})`,
  };
  const nameless = sql<string | null>`null`;
  const plain = (of: typeof monthSums.country | typeof monthSums.planId | typeof monthSums.model) =>
    db
      .select({ of: sql<string>`${of}`, name: nameless, ...sums })
      .from(monthSums)
      .where(eq(monthSums.month, month))
      .groupBy(of, monthSums.currency);
  const groups: Record<BookGroup, () => PromiseLike<Summed[]>> = {
    title: () =>
      db
        .select({
          of: sql<string>`${monthSums.titleId}`,
          name: sql<string | null>`${titles.nameMain}`,
          ...sums,
        })
        .from(monthSums)
        .leftJoin(titles, eq(titles.id, monthSums.titleId))
        .where(eq(monthSums.month, month))
        .groupBy(monthSums.titleId, monthSums.currency),
    licensor: () =>
      db
        .select({
          of: sql<string>`coalesce(${licensors.id}, '')`,
          name: sql<string | null>`${licensors.name}`,
          ...sums,
        })
        .from(monthSums)
        .leftJoin(licences, eq(licences.id, monthSums.licenceId))
        .leftJoin(licensors, eq(licensors.id, licences.licensorId))
        .where(eq(monthSums.month, month))
        .groupBy(sql`1`, monthSums.currency),
    territory: () => plain(monthSums.country),
    plan: () => plain(monthSums.planId),
    model: () => plain(monthSums.model),
  };
  const merged = [...Map.groupBy(await groups[by](), ({ of }) => of)].map(([of, rows]) => {
    const add = (what: 'plays' | 'seconds' | 'given') => rows.reduce((sum, row) => sum + row[what], 0);
    return {
      of,
      name: rows[0]!.name,
      plays: add('plays'),
      minutes: Math.floor(add('seconds') / 60),
      givenMinutes: Math.floor(add('given') / 60),
      revenue: Object.fromEntries(
        rows.filter(({ currency }) => currency !== '').map(({ currency, revenue }) => [currency, revenue]),
      ),
    };
  });
  return merged.toSorted((a, b) => b.minutes - a.minutes || (a.of < b.of ? -1 : 1)).slice(0, MOST);
}

/** Money of whole months from `from` on, by month, kind and currency; and what was earned in them. */
export const moneySince = (db: Db, from: number) =>
  db.batch([
    db
      .select({
        month: sql<string>`strftime('%Y-%m', ${moneyDays.day} / 1000, 'unixepoch')`.as('money_month'),
        kind: moneyDays.kind,
        currency: moneyDays.currency,
        amount: sql<number>`sum(${moneyDays.amount})`.as('money_amount'),
        tax: sql<number>`sum(${moneyDays.tax})`.as('money_tax'),
      })
      .from(moneyDays)
      .where(gte(moneyDays.day, from))
      .groupBy(sql`money_month`, moneyDays.kind, moneyDays.currency),
    db.select().from(reckonedMonths).where(gte(reckonedMonths.month, from)),
    db.select({ day: planDays.day }).from(planDays).orderBy(desc(planDays.day)).limit(1),
    // Of what banks took and did not give back; the newest.
    db
      .select({ id: ledger.id, at: ledger.at, amount: ledger.amount, currency: ledger.currency })
      .from(ledger)
      .where(
        and(
          eq(ledger.kind, 'dispute'),
          sql`not exists (select 1 from ledger won where won.id = 'dispute-won:' || substr(${ledger.id}, 9))`,
        ),
      )
      .orderBy(desc(ledger.at), desc(ledger.id))
      .limit(50),
  ]);

const MONTH_DAYS = 30;
/** How subscriptions stood on a day, and what came of them in the thirty up to it. */
export const plansAt = (db: Db, day: number) =>
  db.batch([
    db.select().from(planDays).where(eq(planDays.day, day)),
    db
      .select({
        began: sql<number>`sum(${planDays.began})`,
        ended: sql<number>`sum(${planDays.ended})`,
        trialsOver: sql<number>`sum(${planDays.trialsOver})`,
        trialsPaid: sql<number>`sum(${planDays.trialsPaid})`,
      })
      .from(planDays)
      .where(and(gt(planDays.day, day - MONTH_DAYS * DAY))),
  ]);

export const taxesOf = (db: Db, month: number) =>
  db
    .select({
      country: moneyDays.country,
      currency: moneyDays.currency,
      entries: sql<number>`sum(${moneyDays.entries})`,
      amount: sql<number>`sum(${moneyDays.amount})`,
      tax: sql<number>`sum(${moneyDays.tax})`,
    })
    .from(moneyDays)
    .where(and(gte(moneyDays.day, month), lt(moneyDays.day, monthAfter(month))))
    .groupBy(moneyDays.country, moneyDays.currency)
    .orderBy(asc(moneyDays.country), asc(moneyDays.currency));

export type Filter = { month?: number | undefined; kind?: EntryKind | undefined; user?: string | undefined };
type Place = { at: number; id: string };
const listed = {
  id: ledger.id,
  kind: ledger.kind,
  at: ledger.at,
  userId: ledger.userId,
  country: ledger.country,
  currency: ledger.currency,
  amount: ledger.amount,
  tax: ledger.tax,
  planId: ledger.planId,
  paidFrom: ledger.paidFrom,
  paidUntil: ledger.paidUntil,
  model: ledger.model,
  titleId: ledger.titleId,
  titleName: sql<string | null>`${titles.nameMain}`,
  season: ledger.season,
  episodeId: ledger.episodeId,
  stripePaymentId: ledger.stripePaymentId,
};
const narrowed = ({ kind, user }: Filter) => [
  kind ? eq(ledger.kind, kind) : undefined,
  user ? eq(ledger.userId, user) : undefined,
];

/** The newest first, along an index of time, of the kind or of the person. */
export const ledgerPage = (db: Db, filter: Filter, before: Place | null, limit: number) =>
  db
    .select(listed)
    .from(ledger)
    .leftJoin(titles, eq(titles.id, ledger.titleId))
    .where(
      and(
        ...narrowed(filter),
        filter.month === undefined ? undefined : gte(ledger.at, filter.month),
        // One bound, where the page begins: the index is entered there, however far down the list that is.
        before
          ? and(lte(ledger.at, before.at), sql`(${ledger.at}, ${ledger.id}) < (${before.at}, ${before.id})`)
          : filter.month === undefined
            ? undefined
            : lt(ledger.at, monthAfter(filter.month)),
      ),
    )
    .orderBy(desc(ledger.at), desc(ledger.id))
    .limit(limit + 1);

/** The oldest first: what an export reads, page after page. */
export const ledgerAfter = (db: Db, month: number, after: Place | null, limit: number) =>
  db
    .select(listed)
    .from(ledger)
    .leftJoin(titles, eq(titles.id, ledger.titleId))
    .where(
      and(
        gte(ledger.at, after?.at ?? month),
        lt(ledger.at, monthAfter(month)),
        after ? sql`(${ledger.at}, ${ledger.id}) > (${after.at}, ${after.id})` : undefined,
      ),
    )
    .orderBy(asc(ledger.at), asc(ledger.id))
    .limit(limit);
