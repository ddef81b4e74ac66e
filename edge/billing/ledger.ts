import type { Stripe } from 'stripe';
import type { ledger } from '../../schema/db/books.ts';
import type { BusinessModel } from '../../schema/plans.ts';
import { idOrNull, ms, msOrNull } from './standing.ts';

export type Entry = typeof ledger.$inferInsert;

/** What an invoice was for, with what is ours about it. */
export type Billed = {
  userId: string | null;
  /** By Stripe's id of a price. */
  planOf: (priceId: string) => string | null;
};

/** The entry of an invoice, `payments` expanded; null: no money came by it. */
export function invoiceEntry(invoice: Stripe.Invoice, { userId, planOf }: Billed, now: number): Entry | null {
  const { id, status, amount_paid: amount, total, lines } = invoice;
  if (status !== 'paid' || amount <= 0) return null;
  // Of a switch there is a credit for what is left of the old plan, and a line for the new one: that is what is paid for.
  const charged = lines.data.filter((line) => line.amount > 0);
  const [main] = charged.toSorted((a, b) => b.amount - a.amount);
  const priceId = idOrNull(main?.pricing?.price_details?.price);
  const tax = (invoice.total_taxes ?? []).reduce((sum, one) => sum + one.amount, 0);
  return {
    id: `payment:${id}`,
    kind: 'payment',
    at: msOrNull(invoice.status_transitions.paid_at) ?? ms(invoice.created),
    userId,
    country: invoice.customer_address?.country ?? null,
    currency: invoice.currency,
    amount,
    tax: shareOf(tax, amount, total),
    planId: priceId === null ? null : planOf(priceId),
    stripeSubscriptionId: subscriptionOf(invoice),
    paidFrom: main ? ms(main.period.start) : null,
    paidUntil: main ? ms(main.period.end) : null,
    model: 'subscription',
    stripePaymentId: paymentOf(invoice),
    recordedAt: now,
  };
}

export const subscriptionOf = (invoice: Stripe.Invoice): string | null =>
  idOrNull(invoice.parent?.subscription_details?.subscription);

/** pi_…, by which it was paid; null: by credit, or out of Stripe's sight. */
export const paymentOf = (invoice: Stripe.Invoice): string | null =>
  idOrNull(invoice.payments?.data.find(({ status }) => status === 'paid')?.payment.payment_intent);

/** What was bought with a payment. */
export type Bought = {
  userId: string | null;
  purchaseId: Entry['purchaseId'];
  model: BusinessModel;
  titleId: Entry['titleId'];
  season: number | null;
  episodeId: Entry['episodeId'];
};
export type Paid = {
  /** pi_…, or cs_… of what a promotion code paid in whole. */
  id: string;
  at: number;
  amount: number;
  tax: number;
  currency: string;
  country: string | null;
};

export function paymentEntry({ id, ...paid }: Paid, bought: Bought, recordedAt: number): Entry {
  const { userId, purchaseId, model, titleId, season, episodeId } = bought;
  return {
    id: `payment:${id}`,
    kind: 'payment',
    ...paid,
    userId,
    purchaseId,
    model,
    titleId,
    season,
    episodeId,
    stripePaymentId: id,
    recordedAt,
  };
}

/** What of a payment is with its payer or their bank again. */
export type Back = {
  refunds: readonly Stripe.Refund[];
  disputes: readonly Stripe.Dispute[];
  /** Entries of refunds that failed after they had been booked. */
  failed: readonly Entry[];
};

/**
 * What was given back of a payment, and what banks took back. Each says of what it is as the payment's entry does. The tax of several
 * refunds adds up to that of all of them together.
 */
export function takenBack(payment: Entry, { refunds, disputes, failed }: Back, now: number): Entry[] {
  const taxOf = (amount: number) => shareOf(payment.tax, amount, payment.amount);
  const part = (kind: Entry['kind'], at: number, of: { id: string; amount: number; tax: number }): Entry => ({
    ...payment,
    ...of,
    id: `${kind}:${of.id}`,
    kind,
    at,
    recordedAt: now,
  });
  let before = 0;
  const given = refunds
    .filter(({ status }) => status === 'succeeded')
    .toSorted((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1))
    .map(({ id, created, amount }) => {
      const tax = taxOf(before) - taxOf(before + amount);
      before += amount;
      return part('refund', ms(created), { id, amount: -amount, tax });
    });
  // Stripe does not say since when the money is here again: it is when we heard of it.
  const returned = failed.map(({ id, amount, tax }) =>
    part('refund-failed', now, { id: refundOf(id), amount: 0 - amount, tax: 0 - tax }),
  );
  const taken = disputes.filter(tookMoney).flatMap((dispute) => {
    const { id, created, amount } = dispute;
    const entry = part('dispute', ms(created), { id, amount: -amount, tax: 0 - taxOf(amount) });
    return dispute.status === 'won'
      ? [entry, part('dispute-won', wonAt(dispute), { id, amount, tax: taxOf(amount) })]
      : [entry];
  });
  return [...given, ...returned, ...taken];
}

/** re_… of its entry. */
const refundOf = (entryId: string): string => entryId.slice('refund:'.length);

/** An inquiry of a bank takes nothing yet (https://docs.stripe.com/disputes/how-disputes-work#inquiries). */
export const tookMoney = ({ status }: Stripe.Dispute): boolean =>
  !status.startsWith('warning_') && status !== 'prevented';

/** When the bank gave it back: the last movement of its money. */
const wonAt = ({ created, balance_transactions: moved }: Stripe.Dispute): number =>
  ms(Math.max(created, ...moved.map((one) => one.created)));

const shareOf = (tax: number, amount: number, of: number): number =>
  of === 0 ? 0 : Math.round((tax * amount) / of);
