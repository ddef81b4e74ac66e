import type { Stripe } from 'stripe';
import type { CheckoutRow } from './checkout-queries.ts';
import type { Subject } from './checkout-subject.ts';

/** How long a page is open. Stripe takes 30 minutes to 24 hours. */
export const PAGE_MS = 60 * 60_000;
/** A page whose making broke off is made again under the same key this long; after that Stripe would find its end too near. */
export const MAKING_MS = 25 * 60_000;
/** A page that closes so soon is not worth coming back to. */
export const TOO_LATE_MS = 5 * 60_000;

/** Languages in which Stripe has its page, of those that we have; any other is chosen by the browser. */
const LOCALES = ['en', 'ja', 'es', 'fr', 'de', 'pt'] as const;
type Locale = (typeof LOCALES)[number] | 'auto';
export const localeFor = (language: string): Locale =>
  LOCALES.find((one) => language.startsWith(one)) ?? 'auto';

/** Where Stripe sends the browser afterwards. */
const back = (origin: string, { id }: CheckoutRow, left: boolean) =>
  `${origin}/account/billing/return?checkout=${id}${left ? '&left=yes' : ''}`;

/**
 * What Stripe is asked for. It follows from the row and from what is paid for, and from nothing else: whoever else makes the page of the same
 * row asks the same, as a key that comes with another question is refused.
 */
export function pageOf(
  row: CheckoutRow,
  { mode, line, priceId, offerId }: Subject,
  { customer, origin }: { customer: string; origin: string },
): Stripe.Checkout.SessionCreateParams {
  const metadata = {
    user: row.userId,
    checkout: row.id,
    ...(priceId ? { price: priceId } : { offer: offerId }),
  };
  const common: Stripe.Checkout.SessionCreateParams = {
    mode,
    customer,
    customer_update: { address: 'auto', name: 'auto' }, // what is typed there is what later bills are taxed by
    client_reference_id: row.userId,
    line_items: [line],
    metadata,
    automatic_tax: { enabled: true },
    billing_address_collection: 'auto', // as much as tax takes
    tax_id_collection: { enabled: mode === 'subscription' },
    allow_promotion_codes: true,
    adaptive_pricing: { enabled: false }, // the price that was shown is the price (ADR 0087)
    locale: row.locale ?? 'auto',
    expires_at: Math.floor(row.expiresAt / 1000),
    success_url: back(origin, row, false),
    cancel_url: back(origin, row, true),
  };
  if (mode === 'payment')
    return {
      ...common,
      payment_intent_data: { metadata },
      invoice_creation: { enabled: true }, // so that it stands among the bills
    };
  return {
    ...common,
    payment_method_collection: 'always', // what a trial is followed by is agreed to now
    subscription_data: {
      metadata,
      ...(row.trialDays > 0
        ? {
            trial_period_days: row.trialDays,
            trial_settings: { end_behavior: { missing_payment_method: 'cancel' } },
          }
        : {}),
    },
  };
}
