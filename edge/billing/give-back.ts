import type { Platform } from '../platform/platform.ts';
import { refusalOf } from '../platform/stripe.ts';
import { idOf, idOrNull } from './standing.ts';

/** Why we give money back by ourselves, as it stands in the refund's metadata and, of a purchase, in `revokedBecause`. */
export const moreThanOnce = 'bought-twice';
export const accountGone = 'account-deleted';
export const notAsAsked = 'not-as-asked';
export type Because = typeof moreThanOnce | typeof accountGone | typeof notAsAsked;
/** What a purchase is revoked for because its money went; any other reason is staff's own. */
export const disputed = 'disputed';
export const refunded = 'refunded';
export const BECAUSE_OF_MONEY: readonly string[] = [
  moreThanOnce,
  accountGone,
  notAsAsked,
  disputed,
  refunded,
];

/**
 * What Stripe has no more to give back of: a bank has taken it, or somebody was quicker. A bank's dispute is decided there, and told of; what
 * is given back besides would be paid twice.
 */
const NOTHING_LEFT = new Set(['charge_disputed', 'charge_already_refunded']);
export const nothingLeft = (error: unknown): boolean => NOTHING_LEFT.has(refusalOf(error) ?? '');

/** Gives a payment back in whole: once, however often it is asked for, and nothing where that was done by others. */
export async function refund({ stripe }: Platform, paymentId: string, because: Because): Promise<void> {
  const given = await stripe.ask((sdk) => sdk.refunds.list({ payment_intent: paymentId, limit: 100 }));
  if (given.data.some(({ status }) => status === 'succeeded' || status === 'pending')) return;
  const reason = because === moreThanOnce ? ('duplicate' as const) : undefined;
  await stripe
    .ask((sdk) =>
      sdk.refunds.create(
        { payment_intent: paymentId, metadata: { because }, ...(reason ? { reason } : {}) },
        { idempotencyKey: `${because}:${paymentId}` },
      ),
    )
    .catch((error: unknown) => {
      if (!nothingLeft(error)) throw error;
    });
}

/** Gives back what was paid for a subscription. */
export async function refundAll(platform: Platform, subscriptionId: string, because: Because): Promise<void> {
  const { stripe } = platform;
  const invoices = await stripe.ask((sdk) =>
    sdk.invoices.list({ subscription: subscriptionId, status: 'paid', limit: 100 }),
  );
  for (const { id, amount_paid: amount } of invoices.data) {
    if (amount === 0) continue;
    const payments = await stripe.ask((sdk) =>
      sdk.invoicePayments.list({ invoice: idOf(id), status: 'paid' }),
    );
    for (const { payment } of payments.data) {
      const paymentId = idOrNull(payment.payment_intent);
      if (paymentId !== null) await refund(platform, paymentId, because);
    }
  }
}
