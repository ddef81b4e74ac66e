import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { OwnBilling, OwnPurchase, OwnSubscription } from '../../schema/api/billing.ts';
import { customers, planPrices, plans, purchases, subscriptions } from '../../schema/db/billing.ts';
import { episodes, titles } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';
import { isHeld, planAt } from '../rights/rows.ts';
import { TAKEN } from './entitled.ts';
import { priceView } from './plan-view.ts';

type PurchaseRow = typeof purchases.$inferSelect;

/** What of a purchase is told with it. */
const shown = {
  row: purchases,
  titleSlug: sql<string>`${titles.slug}`.as('title_slug'),
  titleName: sql<string>`${titles.nameMain}`.as('title_name'),
  episodeNumber: sql<number | null>`${episodes.number}`.as('episode_number'),
};
export const purchasesWhere = (db: Db) =>
  db
    .select(shown)
    .from(purchases)
    .innerJoin(titles, eq(titles.id, purchases.titleId))
    .leftJoin(episodes, eq(episodes.id, purchases.episodeId));

export type ShownPurchase = {
  row: PurchaseRow;
  titleSlug: string;
  titleName: string;
  episodeNumber: number | null;
};

/** When a purchase is over as things stand; null: never. */
export function overAt({ kind, begunAt, beginBy, playsForMs, revokedAt }: PurchaseRow): number | null {
  if (revokedAt !== null) return revokedAt;
  if (kind === 'purchase') return null;
  if (begunAt === null) return beginBy;
  return playsForMs === null ? null : begunAt + playsForMs;
}

export const purchaseView = ({ row, titleSlug, titleName, episodeNumber }: ShownPurchase): OwnPurchase => ({
  id: row.id,
  titleId: row.titleId,
  titleSlug,
  titleName,
  season: row.season,
  episodeId: row.episodeId,
  episodeNumber,
  kind: row.kind,
  source: row.source,
  amount: row.amount,
  currency: row.currency,
  boughtAt: row.boughtAt,
  beginBy: row.beginBy,
  playsForMs: row.playsForMs,
  begunAt: row.begunAt,
  until: overAt(row),
  revokedAt: row.revokedAt,
});

/** Newest first. Not in one batch: columns of the same name would fall together there. */
const subscribed = (db: Db, userId: string) =>
  db
    .select({ row: subscriptions, plan: plans, price: planPrices })
    .from(subscriptions)
    .innerJoin(plans, eq(plans.id, subscriptions.planId))
    .leftJoin(planPrices, eq(planPrices.id, subscriptions.priceId))
    .where(eq(subscriptions.userId, userId))
    .orderBy(desc(subscriptions.since), desc(subscriptions.id));
type Subscribed = Awaited<ReturnType<typeof subscribed>>[number];

const subscriptionView = ({ row, plan, price }: Subscribed, counts: boolean): OwnSubscription => ({
  id: row.id,
  planId: plan.id,
  planName: plan.name,
  source: row.source,
  since: row.since,
  until: row.until,
  counts,
  paid:
    row.stripeId === null || row.state === null
      ? null
      : {
          state: row.state,
          price: price && priceView(price),
          periodEnd: row.periodEnd,
          trialEnd: row.trialEnd,
          cancelAt: row.cancelAt,
          pausedAt: row.pausedAt,
          resumesAt: row.resumesAt,
          pastDueSince: row.pastDueSince,
        },
});

export type Customer = Pick<typeof customers.$inferSelect, 'stripeId' | 'currency' | 'toldHash'>;
export async function customerOf(db: Db, userId: string): Promise<Customer | null> {
  const [row] = await db
    .select({ stripeId: customers.stripeId, currency: customers.currency, toldHash: customers.toldHash })
    .from(customers)
    .where(eq(customers.userId, userId));
  return row ?? null;
}

const PURCHASES = 100;
/** The rows behind what somebody is on and has bought, the latest first. */
export async function holdingsOf(db: Db, userId: string, now: number) {
  const [on, bought, customer] = await Promise.all([
    subscribed(db, userId),
    purchasesWhere(db).where(eq(purchases.userId, userId)).orderBy(desc(purchases.boughtAt)).limit(PURCHASES),
    customerOf(db, userId),
  ]);
  const counting = planAt(
    on.map(({ row, plan }) => ({ plan, since: row.since, until: row.until })),
    now,
  ).id;
  const first = on.find(({ row }) => row.planId === counting && isHeld(row, now));
  return {
    customer,
    subscriptions: on.map((one) => ({ row: one.row, view: subscriptionView(one, one === first) })),
    purchases: bought.map((one) => ({ row: one.row, view: purchaseView(one) })),
  };
}

export async function ownBilling(db: Db, userId: string, now: number): Promise<OwnBilling> {
  const held = await holdingsOf(db, userId, now);
  return {
    subscriptions: held.subscriptions.map(({ view }) => view),
    purchases: held.purchases.map(({ view }) => view),
    customer: held.customer !== null,
    currency: held.customer?.currency ?? null,
  };
}

/** Somebody's subscription that is paid for through Stripe and is not over, with what it costs; null: they have none. */
export async function paidSubscription(db: Db, userId: string) {
  const [found] = await db
    .select({ row: subscriptions, price: planPrices, plan: plans })
    .from(subscriptions)
    .innerJoin(plans, eq(plans.id, subscriptions.planId))
    .leftJoin(planPrices, eq(planPrices.id, subscriptions.priceId))
    .where(
      and(
        eq(subscriptions.userId, userId),
        isNotNull(subscriptions.stripeId),
        inArray(subscriptions.state, [...TAKEN]),
      ),
    )
    .orderBy(desc(subscriptions.createdAt))
    .limit(1);
  const stripeId = found?.row.stripeId ?? null;
  return found && stripeId !== null ? { ...found, stripeId } : null;
}

/** What somebody has of a title and holds now, the latest first. */
export async function holdsOf(
  db: Db,
  userId: string,
  titleId: Id<'title'>,
  now: number,
): Promise<OwnPurchase[]> {
  const rows = await purchasesWhere(db)
    .where(and(eq(purchases.userId, userId), eq(purchases.titleId, titleId)))
    .orderBy(desc(purchases.boughtAt));
  return rows.map(purchaseView).filter(({ until }) => until === null || until > now);
}
