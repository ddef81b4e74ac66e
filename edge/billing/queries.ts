import { and, asc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import { users } from '../../schema/db/accounts.ts';
import { planPrices, plans, purchases, subscriptions } from '../../schema/db/billing.ts';
import { licences } from '../../schema/db/rights.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';

export type PlanRow = typeof plans.$inferSelect;
export type SubscriptionRow = typeof subscriptions.$inferSelect;

export const allPlans = (db: Db): Promise<PlanRow[]> =>
  db.select().from(plans).orderBy(asc(plans.rank), asc(plans.id));

/**
 * Every plan that is sold, what is asked for it, and how long before an episode airs the licences that are open at `now` let its
 * subscribers watch.
 */
export async function soldPlans(db: Db, now: number) {
  const early = sql`json_each(${licences.earlyAccess})`;
  const [rows, prices, ahead] = await db.batch([
    db.select().from(plans).where(eq(plans.sold, true)).orderBy(asc(plans.rank), asc(plans.id)),
    db.select().from(planPrices).where(isNull(planPrices.endedAt)).orderBy(asc(planPrices.interval)),
    db
      .select({
        planId: sql<string>`value ->> 'plan'`.as('plan_id'),
        ms: sql<number>`max(value ->> 'ms')`.as('ms'),
      })
      .from(licences)
      .crossJoin(early)
      .where(
        and(
          sql`early_access <> '[]'`, // as the partial index has it
          isNull(licences.endedAt),
          or(isNull(licences.startsAt), lte(licences.startsAt, now)),
          or(isNull(licences.endsAt), gt(licences.endsAt, now)),
        ),
      )
      .groupBy(sql`1`),
  ]);
  const msOf = new Map(ahead.map(({ planId, ms }) => [planId, ms]));
  return rows.map((plan) => ({
    plan,
    prices: prices.filter(({ planId }) => planId === plan.id),
    earlyAccessMs: msOf.get(plan.id) ?? null,
  }));
}

export const planRow = async (db: Db, id: string): Promise<PlanRow | null> =>
  (await db.select().from(plans).where(eq(plans.id, id)))[0] ?? null;

/** Makes a plan or changes it. */
export async function putPlan(db: Db, { createdAt, ...row }: PlanRow): Promise<void> {
  await db
    .insert(plans)
    .values({ ...row, createdAt })
    .onConflictDoUpdate({ target: plans.id, set: row });
}

/** What somebody is on and what they bought of a title; null: there is nobody. */
export async function holdings(db: Db, userId: string, titleId: Id<'title'>) {
  const [[user], subscribed, bought] = await db.batch([
    db.select({ id: users.id }).from(users).where(eq(users.id, userId)),
    db
      .select({
        since: subscriptions.since,
        until: subscriptions.until,
        id: plans.id,
        streams: plans.streams,
        maxHeight: plans.maxHeight,
        ads: plans.ads,
        skipAds: plans.skipAds,
        downloads: plans.downloads,
        rank: plans.rank,
      })
      .from(subscriptions)
      .innerJoin(plans, eq(plans.id, subscriptions.planId))
      .where(eq(subscriptions.userId, userId)),
    db
      .select()
      .from(purchases)
      .where(and(eq(purchases.userId, userId), eq(purchases.titleId, titleId))),
  ]);
  return user ? { subscribed, bought } : null;
}

/** All that somebody is or was on, the plan beside it; null: there is nobody. */
export async function subscriptionsOf(db: Db, userId: string) {
  // Not a batch: rows of one come back by the names of their columns, and of two columns of one name (`id`) only one is left.
  const [[user], rows] = await Promise.all([
    db.select({ id: users.id }).from(users).where(eq(users.id, userId)),
    db
      .select({ row: subscriptions, plan: plans })
      .from(subscriptions)
      .innerJoin(plans, eq(plans.id, subscriptions.planId))
      .where(eq(subscriptions.userId, userId)),
  ]);
  return user ? rows : null;
}

/** Puts somebody on a plan by hand, in place of the one they were put on before; null: off it. What they pay for stays. */
export async function setByHand(
  db: Db,
  userId: string,
  row: Pick<SubscriptionRow, 'id' | 'planId' | 'since' | 'until' | 'reason'> | null,
  at: number,
): Promise<void> {
  const byHand = and(eq(subscriptions.userId, userId), eq(subscriptions.source, 'staff'));
  const gone = db.delete(subscriptions).where(byHand);
  if (!row) await gone;
  else
    await db.batch([
      gone,
      db.insert(subscriptions).values({ ...row, userId, source: 'staff', createdAt: at, updatedAt: at }),
    ]);
}
