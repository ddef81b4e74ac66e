import type { Stripe } from 'stripe';
import type { Platform } from '../platform/platform.ts';
import { revokeStreams } from '../playback/revoke.ts';
import {
  accountGone,
  BECAUSE_OF_MONEY,
  disputed,
  moreThanOnce,
  notAsAsked,
  refund,
  refunded,
  type Because,
} from './give-back.ts';
import { paymentEntry, takenBack, tookMoney, type Back, type Entry, type Paid } from './ledger.ts';
import { ownerOf } from './owner.ts';
import { settleInvoice } from './settle-invoice.ts';
import {
  addEntries,
  alike,
  offerBy,
  paymentEntryOf,
  purchaseBy,
  putPurchase,
  refundsBooked,
  type OfferRow,
  type PurchaseRow,
} from './settle-queries.ts';
import { settleSubscription, type Settled } from './settle-subscription.ts';
import { idOf, idOrNull, ms } from './standing.ts';
import { tellOfMoney } from './tell.ts';

const TRIES = 6;

/**
 * Brings to what Stripe says now what a payment bought, and the books: a rental or a purchase is made, revoked, or restored; of an
 * invoice's payment, what went back of it. Like `settleSubscription`: fetched, in any order, any number of times.
 * @param id pi_…, or ch_… of one
 * @throws Problem `unavailable`: ask again
 */
export async function settlePayment(platform: Platform, id: string): Promise<Settled> {
  const { stripe } = platform;
  const paymentId = id.startsWith('pi_')
    ? id
    : idOrNull((await stripe.find((sdk) => sdk.charges.retrieve(id)))?.payment_intent);
  if (paymentId === null) return { did: 'ignored', why: `${id} is no payment of ours` };
  for (let tried = 0; tried < TRIES; tried++) {
    const before = await purchaseBy(platform.db, paymentId);
    const intent = await stripe.find((sdk) =>
      sdk.paymentIntents.retrieve(paymentId, { expand: ['latest_charge'] }),
    );
    if (!intent) return { did: 'ignored', why: `Stripe does not know ${paymentId}` };
    if (intent.metadata['offer'] === undefined) return settleInvoiced(platform, intent);
    const settled = await settleBought(platform, before, intent);
    if (settled !== 'again') return settled;
  }
  throw new Error(`${paymentId} was written by others each of ${TRIES} times`);
}

/** A payment has few of either. */
async function wentBack({ db, stripe }: Platform, payment_intent: string): Promise<Back> {
  const [refunds, disputes] = await Promise.all([
    stripe.ask((sdk) => sdk.refunds.list({ payment_intent, limit: 100 })),
    stripe.ask((sdk) => sdk.disputes.list({ payment_intent, limit: 100 })),
  ]);
  const failed = refunds.data.filter(({ status }) => status === 'failed' || status === 'canceled');
  return {
    refunds: refunds.data,
    disputes: disputes.data,
    failed: await refundsBooked(
      db,
      failed.map(({ id }) => id),
    ),
  };
}

/** What of a subscription's payment went back. The invoice first: the refund may have been told of before the payment. */
async function settleInvoiced(
  platform: Platform,
  intent: Stripe.PaymentIntent,
  booked: Entry | null = null,
): Promise<Settled> {
  if (intent.status !== 'succeeded') return { did: 'nothing' };
  let payment = booked ?? (await paymentEntryOf(platform.db, intent.id));
  if (!payment) {
    const of = await platform.stripe.ask((sdk) =>
      sdk.invoicePayments.list({ payment: { type: 'payment_intent', payment_intent: intent.id }, limit: 1 }),
    );
    const [invoice] = of.data.map((one) => idOf(one.invoice));
    if (invoice === undefined) return { did: 'ignored', why: `${intent.id} is no payment of ours` };
    const settled = await settleInvoice(platform, invoice);
    payment = await paymentEntryOf(platform.db, intent.id);
    if (!payment) return settled;
  }
  const back = await wentBack(platform, intent.id);
  const added = await addEntries(platform.db, takenBack(payment, back, platform.now()));
  // Also where nothing was added: whoever added it may have failed before they came to this.
  await tellOfMoney(platform, added, idOrNull(intent.customer));
  const moved = back.refunds.length > 0 || back.disputes.length > 0;
  if (moved && payment.stripeSubscriptionId) await settleSubscription(platform, payment.stripeSubscriptionId);
  return { did: added.length > 0 ? 'written' : 'nothing' };
}

async function settleBought(
  platform: Platform,
  before: PurchaseRow | null,
  intent: Stripe.PaymentIntent,
): Promise<Settled | 'again'> {
  if (intent.status !== 'succeeded') return { did: 'nothing' };
  const { db, stripe } = platform;
  const owner = before ?? (await ownerOf(platform, idOrNull(intent.customer), intent.metadata['user']));
  if (owner === 'stranger') return { did: 'ignored', why: `${intent.id} is of no account of ours` };
  const sessions = await stripe.ask((sdk) =>
    sdk.checkout.sessions.list({ payment_intent: intent.id, limit: 1 }),
  );
  const [session] = sessions.data;
  const paid = paidBy(intent, session);
  const offer = await offerBy(db, intent.metadata['offer'] ?? '');
  const userId = owner === 'gone' ? null : owner.userId;
  const why = owner === 'gone' ? accountGone : !offer || !asAsked(intent, session) ? notAsAsked : null;
  if (why !== null && before === null) {
    // Of somebody whose account was deleted afterwards, what they had is theirs: only what goes back of it still counts.
    const booked = await paymentEntryOf(db, intent.id);
    return booked ? settleInvoiced(platform, intent, booked) : giveBack(platform, paid, offer, userId, why);
  }
  if (offer === null || userId === null) return { did: 'nothing' };

  const back = await wentBack(platform, intent.id);
  const row = purchaseOf(platform, before, { offer, userId, paid, back });
  const payment = paymentEntry(
    paid,
    { ...offer, userId, purchaseId: row.id, model: offer.kind },
    platform.now(),
  );
  const entries = [payment, ...takenBack(payment, back, platform.now())];
  return writePurchase(platform, before, row, entries, idOrNull(intent.customer));
}

/**
 * Writes what was bought for nothing: a promotion code paid for all of it, and there is no payment.
 * @param session complete, with nothing to be paid
 */
export async function settleFree(platform: Platform, session: Stripe.Checkout.Session): Promise<Settled> {
  const { db } = platform;
  if (await purchaseBy(db, session.id)) return { did: 'nothing' };
  const owner = await ownerOf(platform, idOrNull(session.customer), session.metadata?.['user']);
  const offer = await offerBy(db, session.metadata?.['offer'] ?? '');
  if (typeof owner === 'string' || !offer) return { did: 'ignored', why: `${session.id} is for nobody` };
  const paid = {
    id: session.id,
    at: ms(session.created),
    amount: 0,
    tax: 0,
    currency: session.currency ?? '',
    country: session.customer_details?.address?.country ?? null,
  };
  const row = purchaseOf(platform, null, {
    offer,
    userId: owner.userId,
    paid,
    back: { refunds: [], disputes: [], failed: [] },
  });
  await putPurchase(db, null, row, []);
  return { did: 'written' };
}

const paidBy = (intent: Stripe.PaymentIntent, session: Stripe.Checkout.Session | undefined): Paid => {
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
  return {
    id: intent.id,
    at: ms(charge?.created ?? intent.created),
    amount: intent.amount_received,
    tax: session?.total_details?.amount_tax ?? 0,
    currency: intent.currency,
    country: charge?.billing_details.address?.country ?? session?.customer_details?.address?.country ?? null,
  };
};

/** Whether what came is what the page asked for, and the page asked for what we had it ask for. */
function asAsked(intent: Stripe.PaymentIntent, session: Stripe.Checkout.Session | undefined): boolean {
  if (!session || intent.amount_received < intent.amount) return false;
  const whole = session.amount_total === intent.amount && session.currency === intent.currency;
  const { amount, currency } = intent.metadata;
  return (
    whole &&
    (amount === undefined || Number(amount) === session.amount_subtotal) &&
    (currency === undefined || currency === session.currency)
  );
}

type Facts = { offer: OfferRow; userId: string; paid: Paid; back: Back };
function purchaseOf(
  { newId, now }: Platform,
  before: PurchaseRow | null,
  { offer, userId, paid, back }: Facts,
): PurchaseRow {
  // Who has paid watches at once, also where Stripe's clock is ahead of ours. The books keep Stripe's time.
  const boughtAt = Math.min(paid.at, now());
  const byStaff = before?.revokedBecause != null && !BECAUSE_OF_MONEY.includes(before.revokedBecause);
  const revoked = byStaff
    ? { at: before.revokedAt, because: before.revokedBecause } // whatever becomes of the money
    : revokedBy(paid, back);
  return {
    id: newId('purchase'),
    userId,
    titleId: offer.titleId,
    season: offer.season,
    episodeId: offer.episodeId,
    kind: offer.kind,
    source: 'stripe',
    offerId: offer.id,
    reason: null,
    boughtAt,
    beginBy: offer.beginWithinMs === null ? null : boughtAt + offer.beginWithinMs,
    playsForMs: offer.playsForMs,
    begunAt: null,
    amount: paid.amount,
    currency: paid.currency,
    stripePaymentId: paid.id,
    revision: 0,
    ...before, // what it was when it was bought stays, whatever the offer is now
    revokedAt: revoked?.at ?? null,
    revokedBecause: revoked?.because ?? null,
  };
}

/** Since when a purchase holds no more: all of it was given back, or a bank took it. Pending refunds are on their way. */
function revokedBy({ amount }: Paid, { refunds, disputes }: Back): { at: number; because: string } | null {
  const lost = disputes.filter((one) => tookMoney(one) && one.status !== 'won');
  const [first] = lost.toSorted((a, b) => a.created - b.created);
  if (first) return { at: ms(first.created), because: disputed };
  const given = refunds.filter(({ status }) => status === 'succeeded' || status === 'pending');
  const last = given.toSorted((a, b) => a.created - b.created).at(-1);
  if (!last || given.reduce((sum, one) => sum + one.amount, 0) < amount) return null;
  const ours = BECAUSE_OF_MONEY.find((one) => one === last.metadata?.['because']);
  return { at: ms(last.created), because: ours ?? refunded };
}

async function writePurchase(
  platform: Platform,
  before: PurchaseRow | null,
  row: PurchaseRow,
  entries: readonly Entry[],
  customerId: string | null,
): Promise<Settled | 'again'> {
  const { db } = platform;
  const moved =
    before === null || before.revokedAt !== row.revokedAt || before.revokedBecause !== row.revokedBecause;
  const lost = before !== null && before.revokedAt === null && row.revokedAt !== null;
  const end = () => revokeStreams(platform, { userId: row.userId }, 'rights-changed');
  if (lost) await end(); // before and after, as with subscriptions
  const { written, added } = moved
    ? await putPurchase(db, before, row, entries)
    : { written: false, added: await addEntries(db, entries) };
  await tellOfMoney(platform, added, customerId, row.beginBy);
  if (moved && !written) return 'again';
  if (lost) await end();
  if (row.revokedAt === null) await dropTwice(platform, row);
  return { did: written || added.length > 0 ? 'written' : 'nothing' };
}

/**
 * The same bought twice (two devices, two pages): the first stays, the others are given back. Looked at after each was written, so that
 * whoever writes last sees both.
 */
async function dropTwice(platform: Platform, { id, ...own }: PurchaseRow): Promise<void> {
  const all = [{ id, ...own }, ...(await alike(platform.db, { id, ...own }))]
    .filter(({ revokedAt }) => revokedAt === null)
    .toSorted(
      (a, b) => a.boughtAt - b.boughtAt || (a.stripePaymentId ?? '').localeCompare(b.stripePaymentId ?? ''),
    );
  for (const [i, one] of all.entries()) {
    const paymentId = one.stripePaymentId;
    if (!paymentId?.startsWith('pi_') || !all.slice(0, i).some((first) => heldAt(first, one.boughtAt)))
      continue;
    await refund(platform, paymentId, moreThanOnce);
    await settlePayment(platform, paymentId);
    return; // what is left is looked at again by that
  }
}

/** Whether what was bought could still be watched at a moment: then there was no need to buy it again. */
const heldAt = ({ kind, beginBy, begunAt, playsForMs }: PurchaseRow, at: number): boolean =>
  kind === 'purchase' ||
  (begunAt === null ? at < (beginBy ?? Infinity) : at < begunAt + (playsForMs ?? Infinity));

/** What cannot be granted is not kept. It stands in the books, both ways. */
async function giveBack(
  platform: Platform,
  paid: Paid,
  offer: OfferRow | null,
  userId: string | null,
  because: Because,
): Promise<Settled> {
  await refund(platform, paid.id, because);
  const of = {
    userId,
    purchaseId: null,
    model: offer?.kind ?? ('purchase' as const),
    titleId: offer?.titleId ?? null,
    season: offer?.season ?? null,
    episodeId: offer?.episodeId ?? null,
  };
  const payment = paymentEntry(paid, of, platform.now());
  const back = await wentBack(platform, paid.id);
  const added = await addEntries(platform.db, [payment, ...takenBack(payment, back, platform.now())]);
  await tellOfMoney(platform, added, null);
  return { did: added.length > 0 ? 'written' : 'nothing' };
}
