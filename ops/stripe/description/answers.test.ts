import { Stripe } from 'stripe';
import { expect, test } from 'vitest';
import { stripeDouble } from '../double.ts';
import { strays } from './answer.ts';
import { endpointOf } from './check.ts';
import { described } from './described.ts';

const KEY = 'sk_test_answers';
const double = stripeDouble({ key: KEY, now: () => 1_790_000_000_000 });
const fetch = described((request) => double.fetch(request));
const stripe = new Stripe(KEY, {
  httpClient: Stripe.createFetchHttpClient((url: RequestInfo | URL, init?: RequestInit) =>
    fetch(new Request(url, init)),
  ),
  maxNetworkRetries: 0,
  telemetry: false,
});
const get = async (path: string): Promise<unknown> => {
  const headers = { authorization: `Bearer ${KEY}` };
  return (await fetch(new Request(`http://stripe.test${path}`, { headers }))).json();
};
const steer = (path: string, json: object) =>
  fetch(
    new Request(`http://stripe.test/_double/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}` },
      body: JSON.stringify(json),
    }),
  );

/** A life with some of everything in it: a subscription, its renewal, a purchase, a refund, a dispute, a gift of a coupon. */
async function live() {
  const product = await stripe.products.create({ name: 'Standard', metadata: { plan: 'standard' } });
  const recurring = { interval: 'month' } as const;
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'eur',
    unit_amount: 799,
    tax_behavior: 'inclusive',
    recurring,
  });
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: 'once' });
  await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'HARE20' });
  const customer = await stripe.customers.create({ email: 'a@engawa.test' });
  const common = {
    customer: customer.id,
    automatic_tax: { enabled: true },
    customer_update: { address: 'auto', name: 'auto' },
    allow_promotion_codes: true,
    success_url: 'https://engawa.test/paid',
  } as const;
  const subscribing = await stripe.checkout.sessions.create({
    ...common,
    mode: 'subscription',
    line_items: [{ price: price.id, quantity: 1 }],
    subscription_data: { trial_period_days: 14, metadata: { user: 'usr_1' } },
  });
  await steer(`checkout/${subscribing.id}/pay`, { promotion_code: 'HARE20', address: { country: 'DE' } });
  const price_data = { currency: 'eur', unit_amount: 499, product_data: { name: 'Yukiokuri' } };
  for (const method of ['pm_card_visa', 'pm_card_createDispute']) {
    const buying = await stripe.checkout.sessions.create({
      ...common,
      mode: 'payment',
      line_items: [{ price_data, quantity: 1 }],
      payment_intent_data: { metadata: { user: 'usr_1' } },
    });
    await steer(`checkout/${buying.id}/pay`, { payment_method: method, address: { country: 'DE' } });
  }
  const [, first] = (await stripe.paymentIntents.list({ customer: customer.id })).data;
  await stripe.refunds.create({ payment_intent: first!.id });
  await steer('clock', { seconds: 50 * 86_400 });
  await stripe.billingPortal.configurations.create({ features: { invoice_history: { enabled: true } } });
  return customer.id;
}

/** Where what the double answers with can be listed, and the endpoint whose answer it is. */
const kinds = [
  ['/v1/customers', 1],
  ['/v1/products', 1],
  ['/v1/prices', 1],
  ['/v1/coupons', 1],
  ['/v1/promotion_codes', 1],
  ['/v1/checkout/sessions', 3],
  ['/v1/subscriptions', 1],
  ['/v1/invoices', 2],
  ['/v1/invoice_payments', 1],
  ['/v1/payment_intents', 3],
  ['/v1/charges', 3],
  ['/v1/refunds', 1],
  ['/v1/disputes', 1],
  ['/v1/payment_methods', 1],
  ['/v1/events', 20],
  ['/v1/billing_portal/configurations', 1],
] as const;

test('nothing that the double answers is Stripe’s unknown, or of another kind than Stripe’s', async () => {
  const customer = await live();
  const found: string[] = [];
  for (const [path, least] of kinds) {
    const shape = endpointOf('GET', `${path}/some_id`)?.answer ?? { kind: 'nothing' };
    // Cards are listed by whose they are.
    const whose = path === '/v1/payment_methods' ? `&customer=${customer}` : '';
    const list = await get(`${path}?limit=100${whose}`);
    const data: unknown[] =
      typeof list === 'object' && list !== null && 'data' in list && Array.isArray(list.data)
        ? list.data
        : [];
    if (data.length < least) found.push(`${path}: ${data.length} of at least ${least}`);
    for (const one of data) found.push(...strays(one, shape, path));
  }
  expect([...new Set(found.map((line) => line.replaceAll(/\.\d+\./g, '.n.')))]).toEqual([]);
});
