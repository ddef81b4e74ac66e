import { and, eq, gt, inArray, isNotNull, lt, ne, notExists, sql } from 'drizzle-orm';
import { users } from '../../schema/db/accounts.ts';
import {
  checkouts,
  customers,
  offers,
  planPrices,
  plans,
  purchases,
  subscriptions,
} from '../../schema/db/billing.ts';
import { ledger } from '../../schema/db/books.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';
import { TAKEN } from './entitled.ts';
import type { Entry } from './ledger.ts';

export type SubscriptionRow = typeof subscriptions.$inferSelect;
/** What is settled of one: all but what others write (why it was cancelled, when it was met last). */
export type SettledRow = Omit<SubscriptionRow, 'closing' | 'checkedAt'>;
export type PurchaseRow = typeof purchases.$inferSelect;
export type OfferRow = typeof offers.$inferSelect;

/** Whose a customer of Stripe's is. `unknown`: none of ours, as far as we know. */
export async function accountOf(db: Db, customerId: string): Promise<{ userId: string | null } | 'unknown'> {
  const [row] = await db
    .select({ userId: customers.userId })
    .from(customers)
    .where(eq(customers.stripeId, customerId));
  return row ?? 'unknown';
}

/**
 * Writes down whose a customer is, where we had not. Somebody who has another already keeps that one: both are theirs.
 * @returns whether there is such an account
 */
export async function adoptCustomer(
  db: Db,
  customerId: string | null,
  userId: string,
  now: number,
): Promise<boolean> {
  const [user] = await db.select({ id: users.id }).from(users).where(eq(users.id, userId));
  if (user && customerId !== null)
    await db.insert(customers).values({ stripeId: customerId, userId, createdAt: now }).onConflictDoNothing();
  return user !== undefined;
}

/**
 * Notes what a customer is billed in, which Stripe lets nobody change as long as they subscribe to anything there.
 * @param currency null: this subscription is over; where there is another it stays
 */
export async function noteCurrency(
  db: Db,
  customerId: string,
  { stripeId, currency }: { stripeId: string; currency: string | null },
): Promise<void> {
  const others = db
    .select({ one: sql`1` })
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.userId, customers.userId),
        isNotNull(subscriptions.stripeId),
        ne(subscriptions.stripeId, stripeId),
        inArray(subscriptions.state, [...TAKEN]),
      ),
    );
  await db
    .update(customers)
    .set({ currency })
    .where(
      and(
        eq(customers.stripeId, customerId),
        sql`${customers.currency} is not ${currency}`,
        currency === null ? notExists(others) : undefined,
      ),
    );
}

export type PlanOfPrice = { planId: string; priceId: Id<'price'> | null; rank: number };

/** The plans that Stripe's prices are for. A plan has few prices, and all that it ever had are kept. */
export async function plansOfPrices(
  db: Db,
  stripePriceIds: readonly string[],
): Promise<Map<string, PlanOfPrice>> {
  const rows =
    stripePriceIds.length === 0
      ? []
      : await db
          .select({
            stripePriceId: planPrices.stripePriceId,
            priceId: planPrices.id,
            planId: planPrices.planId,
            rank: plans.rank,
          })
          .from(planPrices)
          .innerJoin(plans, eq(plans.id, planPrices.planId))
          .where(inArray(planPrices.stripePriceId, [...stripePriceIds]));
  return new Map(rows.map(({ stripePriceId, ...plan }) => [stripePriceId, plan]));
}

/** The plan that a product of Stripe's is: for prices that were made there by hand. */
export async function planOfProduct(db: Db, productId: string): Promise<PlanOfPrice | null> {
  const [row] = await db
    .select({ planId: plans.id, rank: plans.rank })
    .from(plans)
    .where(eq(plans.stripeProductId, productId));
  return row ? { ...row, priceId: null } : null;
}

export async function rankOf(db: Db, planId: string): Promise<number> {
  const [row] = await db.select({ rank: plans.rank }).from(plans).where(eq(plans.id, planId));
  return row?.rank ?? 0;
}

export async function subscriptionBy(db: Db, stripeId: string): Promise<SubscriptionRow | null> {
  const [row] = await db.select().from(subscriptions).where(eq(subscriptions.stripeId, stripeId));
  return row ?? null;
}

/** Writes a subscription as it was fetched, if nobody has written since it was read. @returns whether it was written */
export async function putSubscription(
  db: Db,
  before: SubscriptionRow | null,
  row: SettledRow,
): Promise<boolean> {
  if (!before) {
    const made = await db
      .insert(subscriptions)
      .values(row)
      .onConflictDoNothing()
      .returning({ id: subscriptions.id });
    return made.length > 0;
  }
  const { id: _same, createdAt: _then, ...changes } = row;
  const changed = await db
    .update(subscriptions)
    .set({ ...changes, revision: before.revision + 1 })
    .where(and(eq(subscriptions.id, before.id), eq(subscriptions.revision, before.revision)))
    .returning({ id: subscriptions.id });
  return changed.length > 0;
}

/** Everything that somebody takes out at Stripe now, the first one first. */
export const liveSubscriptions = (db: Db, userId: string) =>
  db
    .select({ stripeId: sql<string>`${subscriptions.stripeId}` })
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.userId, userId),
        isNotNull(subscriptions.stripeId),
        inArray(subscriptions.state, ['trialing', 'active', 'past_due']),
      ),
    )
    .orderBy(subscriptions.createdAt, subscriptions.stripeId);

/** Of a subscription's payments for a period: what of each is left, what banks have taken, and when something was last taken. */
export const paymentsFor = (db: Db, stripeSubscriptionId: string, from: number, until: number) =>
  db
    .select({
      left: sql<number>`sum(${ledger.amount})`,
      disputed: sql<number>`sum(iif(${ledger.kind} in ('dispute', 'dispute-won'), -${ledger.amount}, 0))`,
      takenAt: sql<number | null>`max(iif(${ledger.kind} in ('refund', 'dispute'), ${ledger.at}, null))`,
    })
    .from(ledger)
    .where(
      and(
        eq(ledger.stripeSubscriptionId, stripeSubscriptionId),
        gt(ledger.paidUntil, from),
        lt(ledger.paidFrom, until),
      ),
    )
    .groupBy(ledger.stripePaymentId);

export async function paymentEntryOf(db: Db, stripePaymentId: string): Promise<Entry | null> {
  const [row] = await db
    .select()
    .from(ledger)
    .where(and(eq(ledger.stripePaymentId, stripePaymentId), eq(ledger.kind, 'payment')));
  return row ?? null;
}

/** The entries of those of some refunds that are in the books. @param refundIds re_…, at most 100 */
export const refundsBooked = async (db: Db, refundIds: readonly string[]): Promise<Entry[]> =>
  refundIds.length === 0
    ? []
    : db
        .select()
        .from(ledger)
        .where(
          inArray(
            ledger.id,
            refundIds.map((id) => `refund:${id}`),
          ),
        );

/** Each once, however often: what is there stays. @returns those that are new */
export async function addEntries(db: Db, entries: readonly Entry[]): Promise<Entry[]> {
  const added: Entry[] = [];
  for (const entry of entries) {
    const rows = await db.insert(ledger).values(entry).onConflictDoNothing().returning({ id: ledger.id });
    if (rows.length > 0) added.push(entry);
  }
  return added;
}

export async function purchaseBy(db: Db, stripePaymentId: string): Promise<PurchaseRow | null> {
  const [row] = await db.select().from(purchases).where(eq(purchases.stripePaymentId, stripePaymentId));
  return row ?? null;
}

export async function offerBy(db: Db, id: string): Promise<OfferRow | null> {
  const [row] = await db
    .select()
    .from(offers)
    .where(eq(offers.id, id as Id<'offer'>));
  return row ?? null;
}

/**
 * A purchase, with its entries, if nobody has written since it was read.
 * @returns whether it was written, and the entries that are new all the same
 */
export async function putPurchase(
  db: Db,
  before: PurchaseRow | null,
  row: typeof purchases.$inferInsert,
  entries: readonly Entry[],
): Promise<{ written: boolean; added: Entry[] }> {
  const { revokedAt = null, revokedBecause = null } = row;
  const write = before
    ? db
        .update(purchases)
        .set({ revokedAt, revokedBecause, revision: before.revision + 1 })
        .where(and(eq(purchases.id, before.id), eq(purchases.revision, before.revision)))
        .returning({ id: purchases.id })
    : db.insert(purchases).values(row).onConflictDoNothing().returning({ id: purchases.id });
  // Entries say what moved, whoever writes the purchase.
  const [written, ...rows] = await db.batch([
    write,
    ...entries.map((entry) =>
      db.insert(ledger).values(entry).onConflictDoNothing().returning({ id: ledger.id }),
    ),
  ]);
  return { written: written.length > 0, added: entries.filter((_, i) => (rows[i]?.length ?? 0) > 0) };
}

/** What else somebody has of the same, paid for or given. */
export const alike = (db: Db, { id, userId, titleId, season, episodeId, kind }: PurchaseRow) =>
  db
    .select()
    .from(purchases)
    .where(
      and(
        eq(purchases.userId, userId),
        eq(purchases.titleId, titleId),
        eq(purchases.kind, kind),
        sql`${purchases.season} is ${season}`,
        sql`${purchases.episodeId} is ${episodeId}`,
        ne(purchases.id, id),
      ),
    );

export async function closeCheckout(db: Db, stripeId: string, state: 'paid' | 'over'): Promise<void> {
  await db
    .update(checkouts)
    .set({ state })
    .where(and(eq(checkouts.stripeId, stripeId), eq(checkouts.state, 'open')));
}
