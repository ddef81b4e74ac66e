import type { Stripe } from 'stripe';
import { subscriptionStates, type SubscriptionState } from '../../schema/plans.ts';
import type { Standing } from './entitled.ts';

/** Stripe's times are seconds. */
export const ms = (seconds: number): number => seconds * 1000;
export const msOrNull = (seconds: number | null | undefined): number | null =>
  seconds === null || seconds === undefined ? null : ms(seconds);

/** The id of what Stripe gives as an id, or whole where it was expanded. */
export const idOf = (one: string | { id: string }): string => (typeof one === 'string' ? one : one.id);
export const idOrNull = (one: string | { id: string } | null | undefined): string | null =>
  one === null || one === undefined ? null : idOf(one);

const isState = (status: string): status is SubscriptionState =>
  (subscriptionStates as readonly string[]).includes(status);

/**
 * Where a subscription stands, by Stripe's object of it with `latest_invoice` expanded.
 * @param pausedBefore since when it was known to be paused: Stripe says that collection is, not since when
 * @throws TypeError for a state that Stripe has come up with since
 */
export function standingOf(
  subscription: Stripe.Subscription,
  pausedBefore: number | null,
  now: number,
): Standing {
  const { status, items, latest_invoice: invoice } = subscription;
  if (!isState(status))
    throw new TypeError(`Stripe's subscription ${subscription.id} is ${status}: what is that?`);
  const [item] = items.data;
  const paused = status === 'paused' || subscription.pause_collection !== null;
  const owed =
    typeof invoice === 'object' &&
    invoice !== null &&
    (invoice.status === 'draft' || invoice.status === 'open' || invoice.status === 'uncollectible') &&
    invoice.amount_remaining > 0;
  const periodEnd = ms(item?.current_period_end ?? subscription.start_date);
  return {
    state: status,
    startedAt: ms(subscription.start_date),
    periodStart: ms(item?.current_period_start ?? subscription.start_date),
    periodEnd,
    trialEnd: msOrNull(subscription.trial_end),
    cancelAt: msOrNull(subscription.cancel_at) ?? (subscription.cancel_at_period_end ? periodEnd : null),
    endedAt: msOrNull(subscription.ended_at),
    pausedAt: paused ? (saidPaused(subscription) ?? pausedBefore ?? now) : null,
    resumesAt: msOrNull(subscription.pause_collection?.resumes_at),
    owedSince: owed ? ms(invoice.created) : null,
  };
}

/** We write it down where it is we who pause, with when it ends, to tell it from a pause before and from one that was made at Stripe. */
function saidPaused({ metadata, pause_collection: pause }: Stripe.Subscription): number | null {
  if (metadata['pausedUntil'] !== String(pause?.resumes_at)) return null;
  const at = Number(metadata['pausedAt'] ?? Number.NaN);
  return Number.isSafeInteger(at) && at > 0 ? at : null;
}
