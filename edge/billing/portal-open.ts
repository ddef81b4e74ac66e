import type { Stripe } from 'stripe';
import type { Actor } from '../http/context.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { tellStripeOfAddress } from './checkout-customer.ts';
import { customerOf } from './subscription-own.ts';

/**
 * What Stripe's page lets people do: what only it can do. Cancelling, pausing and switching stand on our own pages, where their rules are
 * (ADR 0086); whatever is done at Stripe all the same arrives here by its events. Raise the version to change it: a configuration is
 * never changed, as somebody may be looking at it.
 */
const VERSION = '1';
const configuration = (origin: string): Stripe.BillingPortal.ConfigurationCreateParams => ({
  business_profile: { privacy_policy_url: `${origin}/privacy`, terms_of_service_url: `${origin}/terms` },
  default_return_url: `${origin}/account/billing`,
  features: {
    customer_update: { enabled: true, allowed_updates: ['address', 'name', 'phone', 'tax_id'] },
    invoice_history: { enabled: true },
    payment_method_update: { enabled: true },
    subscription_cancel: { enabled: false },
    subscription_update: { enabled: false },
  },
  metadata: { engawa: VERSION, origin },
});

/** @throws Problem `not-found` for who never paid; `unavailable` */
export async function openPortal(
  platform: Platform,
  { userId }: Actor,
  { next, locale }: { next: string; locale: Stripe.BillingPortal.SessionCreateParams.Locale },
): Promise<string> {
  const { db, stripe, settings } = platform;
  const customer = await customerOf(db, userId);
  if (!customer) throw new Problem('not-found', 'Nothing was ever paid for with this account.');
  await tellStripeOfAddress(platform, userId);
  const session = await stripe.find(async (sdk) => {
    const made = await sdk.billingPortal.configurations.list({ active: true, limit: 100 });
    const ours = made.data.find(
      ({ metadata }) => metadata?.['engawa'] === VERSION && metadata['origin'] === settings.origin,
    );
    const { id } =
      ours ??
      (await sdk.billingPortal.configurations.create(configuration(settings.origin), {
        idempotencyKey: `portal:${VERSION}:${settings.origin}`,
      }));
    return sdk.billingPortal.sessions.create({
      customer: customer.stripeId,
      configuration: id,
      locale,
      return_url: `${settings.origin}${next}`,
    });
  });
  if (!session) throw new Problem('not-found', 'Stripe has nothing of this account any more.');
  return session.url;
}
