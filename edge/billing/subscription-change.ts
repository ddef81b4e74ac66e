import type { Stripe } from 'stripe';
import { eq } from 'drizzle-orm';
import { subscriptions } from '../../schema/db/billing.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { settleSubscription } from './settle-subscription.ts';
import { paidSubscription } from './subscription-own.ts';

type Params = Stripe.SubscriptionUpdateParams;
export type Paid = NonNullable<Awaited<ReturnType<typeof paidSubscription>>>;

/** @throws Problem `conflict` for who subscribes to nothing through Stripe; `unavailable` */
export async function atStripe(platform: Platform, userId: string) {
  const paid = await paidSubscription(platform.db, userId);
  const found = paid && (await platform.stripe.find((sdk) => sdk.subscriptions.retrieve(paid.stripeId)));
  if (!paid || !found || found.status === 'canceled') {
    if (paid) await settleSubscription(platform, paid.stripeId); // it ended, and we had not heard of it
    throw new Problem('conflict', 'There is no subscription that is paid for.');
  }
  return { paid, found };
}

/**
 * Changes somebody's subscription at Stripe, as it stands there now, and takes over what came of it, so that whoever asked sees it at once.
 * @param change null: it is as it is wanted already
 * @param idempotencyKey where doing it twice would do more than once
 */
export async function changeAtStripe(
  platform: Platform,
  userId: string,
  change: (found: Stripe.Subscription, paid: Paid) => Params | null,
  idempotencyKey?: string,
): Promise<void> {
  const { paid, found } = await atStripe(platform, userId);
  const params = change(found, paid);
  if (params)
    await platform.stripe.ask((sdk) =>
      sdk.subscriptions.update(found.id, params, idempotencyKey === undefined ? {} : { idempotencyKey }),
    );
  await settleSubscription(platform, found.id);
}

export const isCancelled = ({ cancel_at: at, cancel_at_period_end: atEnd }: Stripe.Subscription): boolean =>
  atEnd || at !== null;

/** At the end of what is paid for. */
export const cancelled = (found: Stripe.Subscription): Params | null =>
  isCancelled(found) ? null : { cancel_at_period_end: true };

/** Takes that back, however it was said: Stripe refuses the two together. */
export function resumed(found: Stripe.Subscription): Params | null {
  if (found.cancel_at_period_end) return { cancel_at_period_end: false };
  return found.cancel_at === null ? null : { cancel_at: '' };
}

/** Nothing is charged, and the plan does not hold, from now on (ADR 0086). @throws Problem `conflict` */
export function paused(found: Stripe.Subscription, months: number, now: number): Params | null {
  if (found.pause_collection !== null) return null;
  if (isCancelled(found))
    throw new Problem('conflict', 'It is cancelled: there is nothing to pause. Resume it first.');
  if (found.status !== 'active' && found.status !== 'trialing')
    throw new Problem('conflict', 'Its last payment failed: mend the card on Stripe’s page first.');
  const resumes = Math.floor(monthsLater(now, months) / 1000);
  return {
    pause_collection: { behavior: 'void', resumes_at: resumes },
    // Stripe forgets neither when it takes it up again by itself: of a later pause they say nothing.
    metadata: { pausedAt: String(now), pausedUntil: String(resumes) },
  };
}

/**
 * Taken up again early. Where a renewal fell into the pause, its bill was voided, so a new period is paid for from now on: otherwise whoever
 * pauses over the day of payment would have a month for nothing. Where none did, the rest of what was paid goes on.
 */
export function unpaused(found: Stripe.Subscription, pausedAt: number | null): Params | null {
  if (found.pause_collection === null) return null;
  const began = (found.items.data[0]?.current_period_start ?? 0) * 1000;
  const renewed = pausedAt !== null && began > pausedAt && found.status !== 'trialing';
  const taken: Params = { pause_collection: '', metadata: { pausedAt: '', pausedUntil: '' } };
  if (!renewed) return taken;
  const anew: Params = {
    billing_cycle_anchor: { type: 'now' },
    proration_behavior: 'none',
    payment_behavior: 'error_if_incomplete',
  };
  return { ...taken, ...anew };
}

/** The same day so many months later, UTC; of a month that has none, its last. */
export function monthsLater(at: number, months: number): number {
  const day = new Date(at);
  const then = new Date(at);
  then.setUTCMonth(day.getUTCMonth() + months);
  if (then.getUTCDate() !== day.getUTCDate()) then.setUTCDate(0);
  return then.getTime();
}

/** Whoever resumes by themselves is not resumed once more when they keep their account. */
export async function forgetClosing({ db }: Platform, userId: string): Promise<void> {
  await db.update(subscriptions).set({ closing: false }).where(eq(subscriptions.userId, userId));
}
