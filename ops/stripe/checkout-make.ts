import type { Stripe } from 'stripe';
import * as v from 'valibot';
import { price } from './checkout-price.ts';
import { couponOf } from './discounts.ts';
import { invalid } from './errors.ts';
import { accepts, labelled, metadata, text, whole, yes } from './form.ts';
import { priceData, priceOf } from './prices.ts';
import { type Account, get, newId, now } from './state.ts';
import type { CheckoutSession } from './stored.ts';
import { oneCurrency } from './subscriptions.ts';

const HOUR = 3600;

export const creates = accepts<Stripe.Checkout.SessionCreateParams>()({
  allow_promotion_codes: v.optional(yes),
  automatic_tax: v.optional(v.strictObject({ enabled: yes })),
  billing_address_collection: v.optional(v.picklist(['auto', 'required'])),
  cancel_url: v.optional(text),
  client_reference_id: v.optional(v.pipe(text, v.maxLength(200))),
  consent_collection: v.optional(
    v.strictObject({ terms_of_service: v.optional(text), promotions: v.optional(text) }),
  ),
  currency: v.optional(text),
  custom_text: v.optional(v.record(v.string(), v.union([v.literal(''), v.strictObject({ message: text })]))),
  customer: v.optional(text),
  customer_creation: v.optional(v.picklist(['always', 'if_required'])),
  customer_email: v.optional(text),
  customer_update: v.optional(
    v.strictObject({ address: v.optional(text), name: v.optional(text), shipping: v.optional(text) }),
  ),
  discounts: v.optional(
    v.array(v.strictObject({ coupon: v.optional(text), promotion_code: v.optional(text) })),
  ),
  expires_at: v.optional(whole),
  invoice_creation: v.optional(v.strictObject({ enabled: yes })),
  line_items: v.optional(
    v.array(
      v.strictObject({
        price: v.optional(text),
        price_data: v.optional(priceData),
        quantity: v.optional(whole),
        metadata: v.optional(metadata),
      }),
    ),
  ),
  locale: v.optional(text),
  metadata: v.optional(metadata),
  mode: v.picklist(['payment', 'subscription']),
  payment_intent_data: v.optional(
    v.strictObject({
      description: v.optional(text),
      metadata: v.optional(metadata),
      receipt_email: v.optional(text),
      setup_future_usage: v.optional(v.picklist(['off_session', 'on_session'])),
      shipping: v.optional(v.record(v.string(), v.unknown())),
      statement_descriptor: v.optional(text),
      statement_descriptor_suffix: v.optional(text),
    }),
  ),
  payment_method_collection: v.optional(v.picklist(['always', 'if_required'])),
  saved_payment_method_options: v.optional(v.record(v.string(), v.unknown())),
  submit_type: v.optional(v.picklist(['auto', 'book', 'donate', 'pay', 'subscribe'])),
  subscription_data: v.optional(
    v.strictObject({
      description: v.optional(text),
      metadata: v.optional(metadata),
      trial_end: v.optional(whole),
      trial_period_days: v.optional(whole),
      trial_settings: v.optional(
        v.strictObject({
          end_behavior: v.strictObject({
            missing_payment_method: v.picklist(['cancel', 'create_invoice', 'pause']),
          }),
        }),
      ),
      billing_mode: v.optional(v.strictObject({ type: v.picklist(['classic', 'flexible']) })),
    }),
  ),
  success_url: v.optional(text),
  /** Nothing is shown in another currency than it is asked in: as with `false`. */
  adaptive_pricing: v.optional(v.strictObject({ enabled: yes })),
  tax_id_collection: v.optional(v.strictObject({ enabled: yes })),
  ui_mode: v.optional(v.literal('hosted_page')),
});
type Create = v.InferOutput<typeof creates>;

function check(account: Account, given: Create, at: number): void {
  if (!given.success_url)
    throw invalid('Missing required param: success_url.', 'success_url', 'parameter_missing');
  if (!given.line_items?.length)
    throw invalid('Missing required param: line_items.', 'line_items', 'parameter_missing');
  if (given.customer && given.customer_email)
    throw invalid('You may only specify one of these parameters: customer, customer_email.');
  if (given.discounts?.length && given.allow_promotion_codes !== undefined)
    throw invalid('You may only specify one of these parameters: allow_promotion_codes, discounts.');
  if (given.subscription_data && given.mode !== 'subscription')
    throw invalid('You can not pass `subscription_data` in `payment` mode.', 'subscription_data');
  if (given.payment_intent_data && given.mode !== 'payment')
    throw invalid('You can not pass `payment_intent_data` in `subscription` mode.', 'payment_intent_data');
  if (given.customer_creation && given.mode === 'subscription')
    throw invalid('`customer_creation` can only be used in `payment` and `setup` mode.', 'customer_creation');
  // A page is open in real time, whatever clock its customer is on.
  const real = account.real();
  // Between half an hour and a day: https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-expires_at
  if (
    given.expires_at !== undefined &&
    (given.expires_at < real + 1800 || given.expires_at > real + 24 * HOUR + 60)
  )
    throw invalid(
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
      'expires_at',
    );
  if (given.subscription_data?.trial_end !== undefined && given.subscription_data.trial_end < at + 48 * HOUR)
    throw invalid(
      'The `trial_end` date has to be at least 2 days in the future.',
      'subscription_data[trial_end]',
    );
  if (
    given.automatic_tax?.enabled &&
    given.customer &&
    !given.customer_update?.address &&
    !account.tables.customer.get(given.customer)?.address
  )
    throw invalid(
      "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
      undefined,
      'customer_tax_location_invalid',
    );
}

export function make(account: Account, given: Create): CheckoutSession {
  const { tables } = account;
  if (given.customer) get(tables.customer, 'customer', given.customer, 'customer');
  const at = now(account, given.customer);
  check(account, given, at);
  const lines = (given.line_items ?? []).map((line, i) => {
    const found = priceOf(account, line, `line_items[${i}]`);
    if (given.mode === 'payment' && found.recurring)
      throw invalid(
        'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
        'line_items',
      );
    return { price: found, quantity: line.quantity ?? 1, metadata: labelled(null, line.metadata) };
  });
  const currency = lines[0]?.price.currency ?? '';
  if (lines.some((line) => line.price.currency !== currency))
    throw invalid('All line items must have the same currency.', 'line_items');
  if (given.mode === 'subscription') {
    if (!lines.some((line) => line.price.recurring))
      throw invalid(
        'You must provide at least one recurring price in `subscription` mode when using prices.',
        'line_items',
      );
    if (given.customer) oneCurrency(account, given.customer, currency);
  }
  const data = given.subscription_data;
  const id = newId('cs_test', 58);
  tables.promise.set(id, {
    trialEnd: data?.trial_end ?? null,
    trialDays: data?.trial_period_days ?? null,
    missingPaymentMethod: data?.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
    metadata: labelled(null, (data ?? given.payment_intent_data)?.metadata),
    description: (data ?? given.payment_intent_data)?.description ?? null,
    lines: lines.map((line) => ({ ...line, price: line.price.id })),
    discounts: (given.discounts ?? []).map((one) => {
      const { coupon, code } = couponOf(account, one, given.customer ?? null);
      return { coupon: coupon.id, promotionCode: code?.id ?? null };
    }),
    setupFutureUsage: given.payment_intent_data?.setup_future_usage ?? null,
  });
  const customer = given.customer ? tables.customer.get(given.customer) : undefined;
  const session: CheckoutSession = {
    id,
    object: 'checkout.session',
    adaptive_pricing: given.mode === 'payment' ? { enabled: false } : null,
    after_expiration: null,
    allow_promotion_codes: given.allow_promotion_codes ?? null,
    allowed_payment_method_types: null,
    amount_subtotal: null,
    amount_total: null,
    automatic_tax: {
      enabled: given.automatic_tax?.enabled ?? false,
      liability: given.automatic_tax?.enabled ? { type: 'self' } : null,
      provider: given.automatic_tax?.enabled ? 'stripe' : null,
      status: null,
    },
    billing_address_collection: given.billing_address_collection ?? null,
    cancel_url: given.cancel_url ?? null,
    client_reference_id: given.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: at,
    currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: given.customer ?? null,
    customer_account: null,
    customer_creation:
      given.mode === 'payment' && !given.customer ? (given.customer_creation ?? 'if_required') : null,
    customer_details: customer
      ? {
          address: null,
          business_name: null,
          email: customer.email,
          individual_name: null,
          name: null,
          phone: null,
          tax_exempt: 'none',
          tax_ids: null,
        }
      : null,
    customer_email: given.customer_email ?? null,
    discounts: [],
    expires_at: given.expires_at ?? account.real() + 24 * HOUR,
    integration_identifier: null,
    invoice: null,
    invoice_creation:
      given.mode === 'payment'
        ? {
            enabled: given.invoice_creation?.enabled ?? false,
            invoice_data: {
              account_tax_ids: null,
              custom_fields: null,
              description: null,
              footer: null,
              issuer: null,
              metadata: {},
              rendering_options: null,
            },
          }
        : null,
    livemode: false,
    locale: localeOf(given.locale),
    managed_payments: null,
    metadata: labelled(null, given.metadata),
    mode: given.mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection:
      given.payment_method_collection ?? (given.mode === 'subscription' ? 'always' : 'if_required'),
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_status: 'unpaid',
    permissions: null,
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: given.submit_type ?? null,
    subscription: null,
    success_url: given.success_url ?? null,
    total_details: null,
    ui_mode: 'hosted_page',
    url: `${account.pages}/c/pay/${id}`,
    wallet_options: null,
  };
  tables['checkout.session'].set(id, session);
  price(account, session);
  return session;
}

const localeOf = (given: string | undefined): CheckoutSession['locale'] =>
  given === 'ja' || given === 'en' || given === 'auto' || given === 'de' || given === 'fr' ? given : null;
