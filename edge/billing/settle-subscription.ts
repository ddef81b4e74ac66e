import type { Stripe } from 'stripe';
import { moreThanOnce, refundAll } from './give-back.ts';
import type { Platform } from '../platform/platform.ts';
import { revokeStreams } from '../playback/revoke.ts';
import { isHeld } from '../rights/rows.ts';
import { holdsUntil, isLive, isTaken } from './entitled.ts';
import { ownerOf } from './owner.ts';
import {
  liveSubscriptions,
  noteCurrency,
  paymentsFor,
  planOfProduct,
  plansOfPrices,
  putSubscription,
  rankOf,
  subscriptionBy,
  type PlanOfPrice,
  type SettledRow,
  type SubscriptionRow,
} from './settle-queries.ts';
import { idOf, ms, standingOf } from './standing.ts';
import { tellOfSubscription } from './tell.ts';

/** What settling came to: `ignored` where it is none of ours, and why; nothing is amiss then. */
export type Settled = { did: 'written' | 'nothing' } | { did: 'ignored'; why: string };

/** As often as somebody else may write in between. */
const TRIES = 6;

/**
 * Brings our row of a subscription to what Stripe says now: fetched, never taken from an event; written only if nobody has written since
 * it was read, or it is fetched again. So it comes out the same in any order, side by side, and however often (ADR 0082).
 * Whoever loses their plan, or goes to a lower one, stops watching.
 * @param stripeId sub_…
 * @throws Problem `unavailable`: ask again
 */
export async function settleSubscription(platform: Platform, stripeId: string): Promise<Settled> {
  for (let tried = 0; tried < TRIES; tried++) {
    const before = await subscriptionBy(platform.db, stripeId);
    const found = await platform.stripe.find((sdk) =>
      sdk.subscriptions.retrieve(stripeId, { expand: ['latest_invoice'] }),
    );
    if (!found) return forgotten(platform, before, stripeId);
    const settled = await settleFetched(platform, before, found);
    if (settled !== 'again') return settled;
  }
  throw new Error(`${stripeId} was written by others each of ${TRIES} times`);
}

/** @param found with `latest_invoice` expanded, fetched after `before` was read */
export async function settleFetched(
  platform: Platform,
  before: SubscriptionRow | null,
  found: Stripe.Subscription,
): Promise<Settled | 'again'> {
  const customerId = idOf(found.customer);
  // Whose row it is stays, also where its customer was deleted at Stripe.
  const owner = before ?? (await ownerOf(platform, customerId, found.metadata['user']));
  if (owner === 'stranger') return { did: 'ignored', why: `${customerId} is no customer of ours` };
  if (owner === 'gone') return endFor(platform, found);
  const plan = await planOf(platform, found);
  if (!plan) return { did: 'ignored', why: `no plan has a price of ${found.id}` };
  await noteCurrency(platform.db, customerId, {
    stripeId: found.id,
    currency: isTaken(standingOf(found, null, platform.now()).state) ? found.currency : null,
  });
  const row = await rowOf(platform, before, found, owner.userId, plan);
  const changed = before === null || differs(before, row);
  if (changed && !(await write(platform, before, row, plan))) return 'again';
  if (changed) await tellOfSubscription(platform, { before, row, customerId }, owedOf(found));
  if (isLive(row.state)) await dropSurplus(platform, owner.userId);
  return { did: changed ? 'written' : 'nothing' };
}

const owedOf = ({ latest_invoice: invoice }: Stripe.Subscription) =>
  typeof invoice === 'object' && invoice !== null
    ? { amount: invoice.amount_remaining, currency: invoice.currency }
    : null;

async function rowOf(
  { db, settings, newId, now }: Platform,
  before: SubscriptionRow | null,
  found: Stripe.Subscription,
  userId: string,
  { planId, priceId }: PlanOfPrice,
): Promise<SettledRow> {
  const at = now();
  const standing = standingOf(found, before?.pausedAt ?? null, at);
  const held = holdsUntil(standing, settings.graceMs);
  const { periodStart, periodEnd } = standing;
  const back = takenBack(await paymentsFor(db, found.id, periodStart, periodEnd));
  return {
    id: before?.id ?? newId('subscription'),
    userId,
    planId,
    source: 'stripe',
    // By our clock it may not have begun yet.
    since: Math.min(before?.since ?? at, standing.startedAt),
    until: Math.min(held, back ?? Infinity),
    reason: null,
    giftId: null,
    stripeId: found.id,
    priceId,
    state: standing.state,
    periodStart: standing.periodStart,
    periodEnd: standing.periodEnd,
    trialEnd: standing.trialEnd,
    cancelAt: standing.cancelAt,
    pausedAt: standing.pausedAt,
    resumesAt: standing.resumesAt,
    pastDueSince: standing.state === 'past_due' ? (standing.owedSince ?? standing.periodStart) : null,
    revision: before?.revision ?? 0,
    createdAt: ms(found.created),
    updatedAt: at,
  };
}

type PaidFor = { left: number; disputed: number; takenAt: number | null };
/** When what was paid for a period went back: all of it, or any of it to a bank; null: it is still ours. */
export function takenBack(payments: readonly PaidFor[]): number | null {
  const taken = payments.filter(({ takenAt }) => takenAt !== null);
  const left = payments.reduce((sum, one) => sum + one.left, 0);
  if (taken.length === 0 || (left > 0 && taken.every(({ disputed }) => disputed <= 0))) return null;
  return Math.max(...taken.map(({ takenAt }) => takenAt ?? 0));
}

const MINOR = new Set(['revision', 'updatedAt', 'createdAt']);
/** Whether something of it that matters is another. */
const differs = (before: SubscriptionRow, row: SettledRow): boolean =>
  (Object.keys(row) as (keyof SettledRow)[]).some((name) => !MINOR.has(name) && row[name] !== before[name]);

const isOwing = ({ state }: Pick<SubscriptionRow, 'state'>) => state === 'past_due' || state === 'unpaid';

async function write(
  platform: Platform,
  before: SubscriptionRow | null,
  row: SettledRow,
  plan: PlanOfPrice,
): Promise<boolean> {
  const at = platform.now();
  const lost = before !== null && isHeld(before, at) && !isHeld(row, at);
  const lower =
    before !== null &&
    before.planId !== row.planId &&
    isHeld(before, at) &&
    (await rankOf(platform.db, before.planId)) > plan.rank;
  // Whoever owes nothing is not told to pay: they paused, switched, or it was ended for them.
  const unpaid = isOwing(row) || (row.state === 'canceled' && before !== null && isOwing(before));
  const end = () =>
    revokeStreams(platform, { userId: row.userId }, unpaid ? 'payment-failed' : 'rights-changed');
  // Before and after: whoever fails in between has written nothing, and is tried again; what began in between ends as well.
  if (lost || lower) await end();
  const written = await putSubscription(platform.db, before, row);
  if (written && (lost || lower)) await end();
  return written;
}

/** The plan that is subscribed to, by the price; by its product where the price was made at Stripe by hand. */
async function planOf({ db }: Platform, { items }: Stripe.Subscription): Promise<PlanOfPrice | null> {
  const prices = items.data.map(({ price }) => price);
  const known = await plansOfPrices(
    db,
    prices.map(({ id }) => id),
  );
  for (const { id, product } of prices) {
    const plan = known.get(id) ?? (await planOfProduct(db, idOf(product)));
    if (plan) return plan;
  }
  return null;
}

/** Stripe does not know it, or not any more: it holds no longer. */
async function forgotten(
  platform: Platform,
  before: SubscriptionRow | null,
  stripeId: string,
): Promise<Settled> {
  if (!before) return { did: 'ignored', why: `Stripe does not know ${stripeId}` };
  if (before.state === 'canceled') return { did: 'nothing' };
  const at = platform.now();
  const { closing: _why, checkedAt: _met, ...known } = before;
  const row = {
    ...known,
    state: 'canceled' as const,
    until: Math.min(before.until ?? at, at),
    updatedAt: at,
  };
  const plan = { planId: row.planId, priceId: row.priceId, rank: await rankOf(platform.db, row.planId) };
  if (await write(platform, before, row, plan)) return { did: 'written' };
  return settleSubscription(platform, stripeId);
}

/** Whose account was deleted pays no longer. What they paid last is kept: they had it. */
async function endFor({ stripe }: Platform, { id, status }: Stripe.Subscription): Promise<Settled> {
  if (status === 'canceled' || status === 'incomplete_expired') return { did: 'nothing' };
  await stripe.find((sdk) => sdk.subscriptions.cancel(id, {}, { idempotencyKey: `gone:${id}` }));
  return { did: 'written' };
}

/**
 * Of several that somebody takes out at once (two devices, two pages), the first stays; what was paid for the others is given back, and
 * they end. Looked at after each was written, so that whoever writes last sees both.
 */
async function dropSurplus(platform: Platform, userId: string): Promise<void> {
  const [first, ...others] = await liveSubscriptions(platform.db, userId);
  if (!first || others.length === 0) return;
  // What is given back cannot be taken again: the one that stays is asked for, as word of its end may be late.
  const stays = await platform.stripe.find((sdk) => sdk.subscriptions.retrieve(first.stripeId));
  if (!stays || !isLive(standingOf(stays, null, platform.now()).state)) {
    await settleSubscription(platform, first.stripeId);
    const [next] = await liveSubscriptions(platform.db, userId);
    return next?.stripeId === first.stripeId ? undefined : dropSurplus(platform, userId);
  }
  for (const { stripeId } of others) {
    await refundAll(platform, stripeId, moreThanOnce);
    await platform.stripe.find((sdk) =>
      sdk.subscriptions.cancel(stripeId, {}, { idempotencyKey: `${moreThanOnce}:${stripeId}` }),
    );
    await settleSubscription(platform, stripeId);
  }
}
