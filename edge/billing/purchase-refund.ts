import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { nothingLeft } from './give-back.ts';
import { isCustomer } from './purchase-queries.ts';
import { settlePayment } from './settle-payment.ts';
import { idOrNull } from './standing.ts';

/**
 * Pays back, and takes over what comes of it: what was bought ends once all is paid back. The key holds what had been paid back before, so that
 * a second click pays nothing back a second time, and a second refund on purpose does.
 * @param amount null: all that is left
 * @throws Problem `not-found`; `conflict`: nothing is left; `invalid-request`: more than is left; `unavailable`
 */
export async function refundPayment(
  platform: Platform,
  paymentId: string,
  amount: number | null,
): Promise<{ refunded: number; left: number; currency: string }> {
  const { db, stripe } = platform;
  const payment = await stripe.find((sdk) =>
    sdk.paymentIntents.retrieve(paymentId, { expand: ['latest_charge'] }),
  );
  const customer = idOrNull(payment?.customer);
  const charge = payment?.latest_charge;
  if (
    !payment ||
    customer === null ||
    !(await isCustomer(db, customer)) ||
    !charge ||
    typeof charge === 'string'
  )
    throw new Problem('not-found', 'There is no such payment of anybody here.');
  const left = charge.amount_captured - charge.amount_refunded;
  if (left <= 0) {
    await settlePayment(platform, paymentId);
    throw new Problem('conflict', 'All of it has been paid back already.');
  }
  const back = amount ?? left;
  if (back > left)
    throw new Problem('invalid-request', {
      detail: `/amount: at most ${left} is left`,
      errors: [{ pointer: '/amount', detail: `at most ${left} is left` }],
    });
  await stripe
    .ask((sdk) =>
      sdk.refunds.create(
        { payment_intent: paymentId, amount: back, reason: 'requested_by_customer' },
        { idempotencyKey: `refund:${paymentId}:${charge.amount_refunded}:${back}` },
      ),
    )
    .catch((error: unknown) => {
      if (!nothingLeft(error)) throw error;
      throw new Problem(
        'conflict',
        'Its bank has taken it back, or it was paid back at this very moment: nothing is left to pay back.',
      );
    });
  await settlePayment(platform, paymentId);
  return { refunded: back, left: left - back, currency: payment.currency };
}
