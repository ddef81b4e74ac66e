import type { Stripe } from 'stripe';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import {
  accountsAmong,
  entriesThere,
  noteMet,
  notMet,
  openAmong,
  overdueCheckouts,
  purchasesThere,
  rowsOf,
} from './reconcile-queries.ts';
import { holdsUntil } from './entitled.ts';
import { settleCheckout } from './settle-checkout.ts';
import { settleInvoice } from './settle-invoice.ts';
import { settlePayment } from './settle-payment.ts';
import { plansOfPrices, type SubscriptionRow } from './settle-queries.ts';
import { settleSubscription, type Settled } from './settle-subscription.ts';
import { idOf, idOrNull, standingOf } from './standing.ts';

/** Something that may be amiss. `settle`: brings it to what Stripe says; null: there was nothing to mend after all. */
export type Found = { id: string; what: string; settle: () => Promise<Settled | null> };
/** `ids`: of all that was looked at, in the list's order; any of them may be where the next page begins. */
export type Page = { ids: string[]; amiss: Found[]; next: string | null };
type From = { after: string | null; startedAt: number };
type Stage = (platform: Platform, from: From) => Promise<Page>;

/** At most 99: so many ids are bound beside one more value (D1 takes 100). */
const ROWS = 90;
const DAY_MS = 86_400_000;
/** What was missed shows the next night; three, in case there was none. */
const RECENT_MS = 3 * DAY_MS;
/** A bank may send money back so long after it was given (https://docs.stripe.com/refunds#failed-refunds). */
const REFUNDS_MS = 33 * DAY_MS;
/** Banks take up to this long to decide (https://docs.stripe.com/disputes/responding). */
const DISPUTES_MS = 120 * DAY_MS;

const listed = ({ after }: From) => ({ limit: ROWS, ...(after === null ? {} : { starting_after: after }) });
const since = ({ startedAt }: From, ms: number) => ({
  created: { gte: Math.floor((startedAt - ms) / 1000) },
});
const nextOf = ({ data, has_more: more }: Stripe.ApiList<{ id: string }>): string | null =>
  more ? (data.at(-1)?.id ?? null) : null;

/** Each subscription at Stripe that does not stand here as it does there, or whose last invoice was paid and is not in the books. */
const subscriptions: Stage = async (platform, from) => {
  const { db, stripe, settings, now } = platform;
  const list = await stripe.ask((sdk) =>
    sdk.subscriptions.list({ ...listed(from), status: 'all', expand: ['data.latest_invoice'] }),
  );
  const ids = list.data.map(({ id }) => id);
  const rows = await rowsOf(db, ids);
  const prices = list.data.flatMap(({ items }) => items.data.slice(0, 1).map(({ price }) => price.id));
  const plans = await plansOfPrices(db, [...new Set(prices)]);
  const booked = await entriesThere(
    db,
    list.data.flatMap((found) => lastPaid(found) ?? []).map((id) => `payment:${id}`),
  );
  const over = list.data.filter(({ id, status }) => !rows.has(id) && isOver(status));
  const here = await accountsAmong(
    db,
    over.map(({ customer }) => idOf(customer)),
  );
  const at = now();
  await noteMet(db, ids, at);
  const amiss = list.data.flatMap((found): Found[] => {
    const { id, status } = found;
    const row = rows.get(id);
    // What is over, of nobody's or of an account that was deleted, needs nothing: however many of them there come to be.
    if (!row && isOver(status) && !here.has(idOf(found.customer))) return [];
    const invoice = lastPaid(found);
    // It may have been made weeks ago, and failed until now.
    if (invoice !== null && !booked.has(`payment:${invoice}`)) {
      const what = `its invoice ${invoice} was paid, and was not in the books`;
      return [{ id, what, settle: () => whatChanged(settleBoth(platform, invoice, id)) }];
    }
    const plan = plans.get(found.items.data[0]?.price.id ?? '');
    if (row && row.planId === plan?.planId && standsSo(row, found, settings.graceMs, at)) return [];
    const what = row ? `stood here as ${row.state}, at Stripe it is ${status}` : 'was missing here';
    return [{ id, what, settle: () => whatChanged(settleSubscription(platform, id)) }];
  });
  return { ids, amiss, next: nextOf(list) };
};

const isOver = (status: Stripe.Subscription.Status): boolean =>
  status === 'canceled' || status === 'incomplete_expired';

/** in_… of the last invoice, `latest_invoice` expanded, if money came by it. */
const lastPaid = ({ latest_invoice: last }: Stripe.Subscription): string | null =>
  typeof last === 'object' && last?.status === 'paid' && last.amount_paid > 0 ? (last.id ?? null) : null;

async function settleBoth(platform: Platform, invoice: string, subscription: string): Promise<Settled> {
  const [paid, stands] = [
    await settleInvoice(platform, invoice),
    await settleSubscription(platform, subscription),
  ];
  return stands.did === 'written' ? stands : paid;
}

/** Whether a row says what Stripe does; where it does not for a reason (money that went back), settling finds nothing to do. */
function standsSo(row: SubscriptionRow, found: Stripe.Subscription, graceMs: number, now: number): boolean {
  const { state, periodEnd, cancelAt, pausedAt, resumesAt, ...more } = standingOf(found, row.pausedAt, now);
  return (
    row.state === state &&
    row.periodEnd === periodEnd &&
    row.cancelAt === cancelAt &&
    row.pausedAt === pausedAt &&
    row.resumesAt === resumesAt &&
    row.until === holdsUntil({ state, periodEnd, cancelAt, pausedAt, resumesAt, ...more }, graceMs)
  );
}

/** Subscriptions that stand here and that Stripe did not list: it does not know them, or they came in between. */
const rowsTooMany: Stage = async (platform, { startedAt }) => {
  const { db, now } = platform;
  const ids = await notMet(db, startedAt, ROWS);
  const amiss = ids.map((id) => ({
    id,
    what: 'stood here, and Stripe does not list it',
    settle: async () => {
      const settling = whatChanged(settleSubscription(platform, id));
      await settling.catch((error: unknown) => {
        if (error instanceof Problem) throw error; // Stripe is away: it is looked at again
      });
      await noteMet(db, [id], now());
      return settling;
    },
  }));
  return { ids, amiss, next: ids.length === ROWS ? ids.at(-1)! : null };
};

/** Pages that were paid on and that we never heard of. */
const checkouts: Stage = async (platform, from) => {
  const { db, stripe } = platform;
  const list = await stripe.ask((sdk) =>
    sdk.checkout.sessions.list({ ...listed(from), ...since(from, RECENT_MS), status: 'complete' }),
  );
  const open = await openAmong(
    db,
    list.data.map(({ id }) => id),
  );
  return {
    ids: list.data.map(({ id }) => id),
    amiss: list.data
      .filter(({ id, payment_status: paid }) => paid !== 'unpaid' && open.has(id))
      .map(({ id }) => checkout(platform, id, 'was paid, and we had not heard of it')),
    next: nextOf(list),
  };
};

/** Pages that are open here and over there. */
const overdue: Stage = async (platform, { after, startedAt }) => {
  const ids = await overdueCheckouts(platform.db, { before: startedAt, after }, ROWS);
  return {
    ids,
    amiss: ids.map((id) => checkout(platform, id, 'was over, and stood open here')),
    next: ids.length === ROWS ? ids.at(-1)! : null,
  };
};

const checkout = (platform: Platform, id: string, what: string): Found => ({
  id,
  what,
  settle: async () => ((await settleCheckout(platform, id)) === 'open' ? null : { did: 'written' }),
});

/** Invoices that were paid and are not in the books. */
const invoices: Stage = async (platform, from) => {
  const { db, stripe } = platform;
  const list = await stripe.ask((sdk) =>
    sdk.invoices.list({ ...listed(from), ...since(from, RECENT_MS), status: 'paid' }),
  );
  const paid = list.data.filter(({ amount_paid: amount }) => amount > 0);
  const there = await entriesThere(
    db,
    paid.map(({ id }) => `payment:${id}`),
  );
  return {
    ids: list.data.map(({ id }) => id ?? ''),
    amiss: paid
      .filter(({ id }) => !there.has(`payment:${id}`))
      .map(({ id }) => ({
        id: id ?? '',
        what: 'was paid, and was not in the books',
        settle: () => whatChanged(settleInvoice(platform, id ?? '')),
      })),
    next: nextOf(list),
  };
};

/** Payments for rentals and purchases that nobody has. */
const payments: Stage = async (platform, from) => {
  const { db, stripe } = platform;
  const list = await stripe.ask((sdk) =>
    sdk.paymentIntents.list({ ...listed(from), ...since(from, RECENT_MS) }),
  );
  const ours = list.data.filter(
    ({ status, metadata }) => status === 'succeeded' && metadata['offer'] !== undefined,
  );
  const ids = ours.map(({ id }) => id);
  const [bought, booked] = [
    await purchasesThere(db, ids),
    await entriesThere(
      db,
      ids.map((id) => `payment:${id}`),
    ),
  ];
  return {
    ids: list.data.map(({ id }) => id),
    amiss: ids
      .filter((id) => !bought.has(id) && !booked.has(`payment:${id}`))
      .map((id) => payment(platform, id, id, 'was paid, and nobody had what it bought')),
    next: nextOf(list),
  };
};

/** Money that went back, or did so and came again, and stands in no book. */
const refunds: Stage = async (platform, from) => {
  const { db, stripe } = platform;
  const list = await stripe.ask((sdk) => sdk.refunds.list({ ...listed(from), ...since(from, REFUNDS_MS) }));
  const ids = list.data.map(({ id }) => id);
  const [given, returned] = [
    await entriesThere(
      db,
      ids.map((id) => `refund:${id}`),
    ),
    await entriesThere(
      db,
      ids.map((id) => `refund-failed:${id}`),
    ),
  ];
  const amiss = list.data.flatMap((one) => {
    const booked = given.has(`refund:${one.id}`);
    if (one.status === 'succeeded')
      return booked ? [] : ofPayment(platform, one, 'was given back, and was not in the books');
    const failed = one.status === 'failed' || one.status === 'canceled';
    return failed && booked && !returned.has(`refund-failed:${one.id}`)
      ? ofPayment(platform, one, 'was sent back by its bank, and the books did not say so')
      : [];
  });
  return { ids, amiss, next: nextOf(list) };
};

/** Disputes, begun or decided, that stand in no book. */
const disputes: Stage = async (platform, from) => {
  const { db, stripe } = platform;
  const list = await stripe.ask((sdk) => sdk.disputes.list({ ...listed(from), ...since(from, DISPUTES_MS) }));
  const entryOf = ({ id, status }: Stripe.Dispute) => `${status === 'won' ? 'dispute-won' : 'dispute'}:${id}`;
  const there = await entriesThere(db, list.data.map(entryOf));
  return {
    ids: list.data.map(({ id }) => id),
    amiss: list.data
      .filter(
        (one) => !one.status.startsWith('warning_') && one.status !== 'prevented' && !there.has(entryOf(one)),
      )
      .flatMap((one) => ofPayment(platform, one, `is ${one.status}, and the books did not say so`)),
    next: nextOf(list),
  };
};

type OfPayment = { id: string } & Pick<Stripe.Refund, 'payment_intent' | 'charge'>;
function ofPayment(platform: Platform, one: OfPayment, what: string): Found[] {
  const id = idOrNull(one.payment_intent) ?? idOrNull(one.charge);
  return id === null ? [] : [payment(platform, one.id, id, what)];
}

const payment = (platform: Platform, id: string, of: string, what: string): Found => ({
  id,
  what,
  settle: () => whatChanged(settlePayment(platform, of)),
});

/** Only what was another is a finding. */
const whatChanged = async (settling: Promise<Settled>): Promise<Settled | null> => {
  const settled = await settling;
  return settled.did === 'nothing' ? null : settled;
};

/** In this order: who pays, what was paid, what went back. A payment says how its subscription stands, so what is mended last counts. */
export const stages: readonly Stage[] = [
  invoices,
  subscriptions,
  rowsTooMany,
  checkouts,
  overdue,
  payments,
  refunds,
  disputes,
];
