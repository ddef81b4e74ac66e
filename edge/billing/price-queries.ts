import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { planPrices, plans, subscriptions } from '../../schema/db/billing.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';

export type PriceRow = typeof planPrices.$inferSelect;
/** How far people on a plan are counted. */
export const COUNTED = 1_000;

/** All plans, what each costs and did, and how many are on each: at most so many entries of an index are read for it. */
export async function adminPlans(db: Db, now: number) {
  const on = (when: string) =>
    sql.raw(
      `(select count(*) from (select 1 from subscriptions where plan_id = plans.id and until ${when} limit ${COUNTED + 1}))`,
    );
  const [rows, prices] = await db.batch([
    db
      .select({
        plan: sql<string>`${plans.id}`.as('plan'),
        people: sql<number>`${on('is null')} + ${on(`> ${Math.trunc(now)}`)}`.as('people'),
      })
      .from(plans),
    db
      .select()
      .from(planPrices)
      .orderBy(
        asc(planPrices.planId),
        asc(planPrices.endedAt),
        asc(planPrices.currency),
        asc(planPrices.interval),
      ),
  ]);
  return { people: new Map(rows.map(({ plan, people }) => [plan, people])), prices };
}

/** A price with its plan. */
export async function priceById(db: Db, id: Id<'price'>) {
  const [row] = await db
    .select({ price: planPrices, plan: plans })
    .from(planPrices)
    .innerJoin(plans, eq(plans.id, planPrices.planId))
    .where(eq(planPrices.id, id));
  return row ?? null;
}

export const priceByStripe = async (db: Db, stripePriceId: string): Promise<PriceRow | null> =>
  (await db.select().from(planPrices).where(eq(planPrices.stripePriceId, stripePriceId)))[0] ?? null;

/** What of a plan is asked in a currency and interval; null: nothing. */
export async function asked(
  db: Db,
  { planId, currency, interval }: Pick<PriceRow, 'planId' | 'currency' | 'interval'>,
): Promise<PriceRow | null> {
  const [row] = await db
    .select()
    .from(planPrices)
    .where(
      and(
        eq(planPrices.planId, planId),
        eq(planPrices.currency, currency),
        eq(planPrices.interval, interval),
        isNull(planPrices.endedAt),
      ),
    );
  return row ?? null;
}

/** Asks a price from now on, in the place of another, at once. Of two that do so, the later one's is asked. */
export async function askPrice(db: Db, row: PriceRow): Promise<void> {
  const { planId, currency, interval } = row;
  await db.batch([
    db
      .update(planPrices)
      .set({ endedAt: row.createdAt })
      .where(
        and(
          eq(planPrices.planId, planId),
          eq(planPrices.currency, currency),
          eq(planPrices.interval, interval),
          isNull(planPrices.endedAt),
        ),
      ),
    db
      .insert(planPrices)
      .values(row)
      // Asked once already, it is asked anew.
      .onConflictDoUpdate({ target: planPrices.stripePriceId, set: { endedAt: null } }),
  ]);
}

/** @returns whether it was asked until now */
export async function endPrice(db: Db, id: Id<'price'>, at: number): Promise<boolean> {
  const ended = await db
    .update(planPrices)
    .set({ endedAt: at })
    .where(and(eq(planPrices.id, id), isNull(planPrices.endedAt)))
    .returning({ id: planPrices.id });
  return ended.length > 0;
}

/** Notes the plan's product at Stripe, if none is noted. @returns the one that is */
export async function noteProduct(db: Db, planId: string, productId: string): Promise<string> {
  await db
    .update(plans)
    .set({ stripeProductId: productId })
    .where(and(eq(plans.id, planId), isNull(plans.stripeProductId)));
  const [row] = await db.select({ id: plans.stripeProductId }).from(plans).where(eq(plans.id, planId));
  return row?.id ?? productId;
}

/** Whether anybody subscribes to a plan through Stripe, whatever became of it. */
export async function neverSubscribed(db: Db, userId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.userId, userId),
        eq(subscriptions.source, 'stripe'),
        sql`state is not 'incomplete_expired'`,
      ),
    )
    .limit(1);
  return row === undefined;
}
