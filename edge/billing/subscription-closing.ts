import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { users } from '../../schema/db/accounts.ts';
import { customers, subscriptions } from '../../schema/db/billing.ts';
import type { Db } from '../platform/db.ts';
import { Problem } from '../http/problem.ts';
import { complain } from '../platform/log.ts';
import type { Platform } from '../platform/platform.ts';
import { TAKEN } from './entitled.ts';
import { settleSubscription } from './settle-subscription.ts';
import { cancelled, resumed } from './subscription-change.ts';

/** A sweep; what is left comes with the next one. */
const MOST = 20;
const isPaidFor = and(isNotNull(subscriptions.stripeId), inArray(subscriptions.state, [...TAKEN]));

/** Notes what is to be cancelled because its account is being closed: nothing that its owner had cancelled themselves. */
async function noteClosing(db: Db, userId: string | null): Promise<void> {
  const closing = sql`${subscriptions.userId} in (select id from users where closes_at is not null${userId === null ? sql`` : sql` and id = ${userId}`})`;
  await db
    .update(subscriptions)
    .set({ closing: true, revision: sql`${subscriptions.revision} + 1` })
    .where(and(closing, isPaidFor, isNull(subscriptions.cancelAt), eq(subscriptions.closing, false)));
}

/** What is noted, and does not stand so at Stripe yet. */
const due = (db: Db, userId: string | null) =>
  db
    .select({
      id: subscriptions.id,
      stripeId: sql<string>`${subscriptions.stripeId}`.as('stripe_id'),
      closes: isNotNull(users.closesAt).mapWith(Boolean).as('closes'),
    })
    .from(subscriptions)
    .innerJoin(users, eq(users.id, subscriptions.userId))
    .where(
      and(
        eq(subscriptions.closing, true),
        isNotNull(subscriptions.stripeId),
        sql`(${users.closesAt} is null or (${subscriptions.cancelAt} is null and ${isPaidFor}))`,
        userId === null ? undefined : eq(subscriptions.userId, userId),
      ),
    )
    .limit(MOST);

/**
 * An account that is closed pays for nothing more than it has; one that is kept goes on as before. What is meant is noted first, so that what
 * Stripe does not answer to now is done by the sweeper.
 * @param userId null: all of them
 */
export async function followClosing(platform: Platform, userId: string | null): Promise<void> {
  const { db, stripe } = platform;
  await noteClosing(db, userId);
  for (const { id, stripeId, closes } of await due(db, userId))
    await oneByOne(stripeId, async () => {
      const found = await stripe.find((sdk) => sdk.subscriptions.retrieve(stripeId));
      const over = !found || found.status === 'canceled' || found.status === 'incomplete_expired';
      const change = over ? null : closes ? cancelled(found) : resumed(found);
      if (change) await stripe.ask((sdk) => sdk.subscriptions.update(stripeId, change));
      if (!closes || over)
        await db.update(subscriptions).set({ closing: false }).where(eq(subscriptions.id, id));
      await settleSubscription(platform, stripeId);
    });
}

/** The same right after an account is closed or kept. Nobody is kept from leaving, or from staying, by a Stripe that is down. */
export const followClosingSoon = (platform: Platform, userId: string): Promise<void> =>
  followClosing(platform, userId).catch((error: unknown) =>
    complain({ event: 'closing not told to Stripe yet', of: userId, error }),
  );

export const sweepClosing = (platform: Platform): Promise<void> => followClosing(platform, null);

/**
 * Ends what deleted accounts still subscribed to, and the pages that they had open, at once. Their rows are gone; the customer's is left for
 * this, and for the books.
 */
export async function sweepLeftCustomers(platform: Platform): Promise<void> {
  const { db } = platform;
  const left = await db
    .select({ stripeId: customers.stripeId })
    .from(customers)
    .where(and(isNull(customers.userId), isNull(customers.endedAt)))
    .limit(MOST);
  for (const { stripeId } of left)
    await oneByOne(stripeId, async () => {
      await endAll(platform, stripeId);
      await db.update(customers).set({ endedAt: platform.now() }).where(eq(customers.stripeId, stripeId));
    });
}

/** Nothing is left to end of one whom Stripe does not know any more. */
async function endAll({ stripe }: Platform, customer: string): Promise<void> {
  const on = await stripe.find((sdk) => sdk.subscriptions.list({ customer, limit: 100 })); // those that are not canceled
  for (const { id } of on?.data ?? []) await stripe.find((sdk) => sdk.subscriptions.cancel(id));
  const open = await stripe.find((sdk) =>
    sdk.checkout.sessions.list({ customer, status: 'open', limit: 100 }),
  );
  for (const { id } of open?.data ?? []) await stripe.ask((sdk) => sdk.checkout.sessions.expire(id));
}

/** One that fails keeps none of the others from it; when Stripe is away all of them wait. */
async function oneByOne(of: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Problem && error.code === 'unavailable') throw error;
    complain({ event: 'not ended at Stripe', of, error });
  }
}
