import type { Platform } from '../platform/platform.ts';
import { settleInvoice } from './settle-invoice.ts';
import { settleFree, settlePayment } from './settle-payment.ts';
import { closeCheckout } from './settle-queries.ts';
import { settleSubscription } from './settle-subscription.ts';
import { idOrNull } from './standing.ts';

export type CheckoutCame = 'open' | 'paid' | 'over';

/**
 * What came of a page to pay on: what was paid for holds once this has returned, whether or not its webhook has come.
 * @param sessionId cs_…
 * @returns `open` also where a bank takes days to say; `over` where Stripe has no such page (any more)
 * @throws Problem `unavailable`: ask again
 */
export async function settleCheckout(platform: Platform, sessionId: string): Promise<CheckoutCame> {
  const { db, stripe } = platform;
  const session = await stripe.find((sdk) => sdk.checkout.sessions.retrieve(sessionId));
  if (!session || session.status === 'expired') {
    await closeCheckout(db, sessionId, 'over');
    return 'over';
  }
  if (session.status !== 'complete' || session.payment_status === 'unpaid') return 'open';
  const [subscription, invoice, payment] = [
    session.subscription,
    session.invoice,
    session.payment_intent,
  ].map(idOrNull);
  if (invoice) await settleInvoice(platform, invoice);
  if (subscription) await settleSubscription(platform, subscription);
  else if (payment) await settlePayment(platform, payment);
  else await settleFree(platform, session);
  await closeCheckout(db, sessionId, 'paid');
  return 'paid';
}
