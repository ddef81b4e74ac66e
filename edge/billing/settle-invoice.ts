import type { Stripe } from 'stripe';
import type { Platform } from '../platform/platform.ts';
import { invoiceEntry, subscriptionOf } from './ledger.ts';
import { ownerOf } from './owner.ts';
import { addEntries, planOfProduct, plansOfPrices } from './settle-queries.ts';
import type { Settled } from './settle-subscription.ts';
import { idOrNull } from './standing.ts';
import { tellOfMoney } from './tell.ts';

/** Writes down what was paid for an invoice, once. @param stripeId in_… */
export async function settleInvoice(platform: Platform, stripeId: string): Promise<Settled> {
  const invoice = await platform.stripe.find((sdk) =>
    sdk.invoices.retrieve(stripeId, { expand: ['payments'] }),
  );
  if (!invoice) return { did: 'ignored', why: `Stripe does not know ${stripeId}` };
  if (invoice.status !== 'paid') return { did: 'nothing' };
  // Of a rental or a purchase it is a bill for its owner; what was paid is settled by the payment.
  if (subscriptionOf(invoice) === null)
    return { did: 'ignored', why: `${stripeId} is of no subscription: its payment says the rest` };
  const customerId = idOrNull(invoice.customer);
  const owner = await ownerOf(platform, customerId, saidOf(invoice));
  if (owner === 'stranger') return { did: 'ignored', why: `${customerId} is no customer of ours` };
  const planOf = await planner(platform, invoice);
  const userId = owner === 'gone' ? null : owner.userId;
  const entry = invoiceEntry(invoice, { userId, planOf }, platform.now());
  if (!entry) return { did: 'nothing' };
  const added = await addEntries(platform.db, [entry]);
  await tellOfMoney(platform, added, customerId);
  return { did: added.length > 0 ? 'written' : 'nothing' };
}

const saidOf = ({ parent }: Stripe.Invoice): string | undefined =>
  parent?.subscription_details?.metadata?.['user'];

async function planner({ db }: Platform, invoice: Stripe.Invoice) {
  const details = invoice.lines.data.flatMap(({ pricing }) => pricing?.price_details ?? []);
  const prices = details.map(({ price }) => idOrNull(price)).filter((id) => id !== null);
  const known = new Map(
    [...(await plansOfPrices(db, [...new Set(prices)]))].map(([id, plan]) => [id, plan.planId]),
  );
  for (const { price, product } of details) {
    const id = idOrNull(price);
    if (id !== null && !known.has(id)) {
      const plan = await planOfProduct(db, product);
      if (plan) known.set(id, plan.planId);
    }
  }
  return (priceId: string) => known.get(priceId) ?? null;
}
