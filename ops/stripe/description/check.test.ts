import { Stripe } from 'stripe';
import { expect, test } from 'vitest';
import { strays } from './answer.ts';
import { endpointOf, refusal } from './check.ts';
import { described } from './described.ts';
import { treeOf } from './form.ts';

const refusedFor = (method: string, path: string, form: Record<string, string>) =>
  refusal(method, path, Object.entries(form));

test('brackets are read as Stripe reads them', () => {
  const form = new URLSearchParams('a=1&items[0][price]=p&items[1][price]=q&expand[]=x&expand[]=y');
  expect(treeOf(form)).toEqual(
    new Map<string, unknown>([
      ['a', '1'],
      [
        'items',
        new Map([
          ['0', new Map([['price', 'p']])],
          ['1', new Map([['price', 'q']])],
        ]),
      ],
      [
        'expand',
        new Map([
          ['0', 'x'],
          ['1', 'y'],
        ]),
      ],
    ]),
  );
});

test('an address is found by its pattern, a fixed one before one with an id in it', () => {
  expect(endpointOf('POST', '/v1/subscriptions/sub_1')?.path).toBe('/v1/subscriptions/{}');
  expect(endpointOf('GET', '/v1/subscriptions/search')?.path).toBe('/v1/subscriptions/search');
  expect(endpointOf('DELETE', '/v1/subscriptions/sub_1')?.method).toBe('DELETE');
  expect(endpointOf('PATCH', '/v1/subscriptions/sub_1')).toBeNull();
  expect(endpointOf('POST', '/v1/invoices/')).toBeNull();
});

test.each([
  [
    ['POST', '/v1/customers', { emial: 'a@b.test' }],
    { code: 'parameter_unknown', message: 'Received unknown parameter: emial' },
  ],
  [
    ['POST', '/v1/checkout/sessions', { mode: 'subscription', 'line_items[0][prize]': 'p' }],
    { code: 'parameter_unknown', message: 'Received unknown parameter: line_items[0][prize]' },
  ],
  [
    ['POST', '/v1/checkout/sessions', { mode: 'gift' }],
    { message: 'Invalid mode: must be one of payment, setup, or subscription' },
  ],
  [
    ['POST', '/v1/prices', { unit_amount: '500' }],
    { code: 'parameter_missing', message: 'Missing required param: currency.' },
  ],
  [
    ['POST', '/v1/prices', { currency: 'usd', unit_amount: 'five' }],
    { code: 'parameter_invalid_integer', message: 'Invalid integer: five' },
  ],
  [['POST', '/v1/subscriptions/sub_1', { cancel_at_period_end: 'yes' }], { message: 'Invalid boolean: yes' }],
  [
    ['POST', '/v1/subscriptions/sub_1', { 'pause_collection[behavior]': 'sleep' }],
    { param: 'pause_collection[behavior]' },
  ],
  [['POST', '/v1/subscriptions', { customer: 'cus_1', items: 'p' }], { message: 'Invalid array' }],
  [
    ['POST', '/v1/rentals', {}],
    { status: 404, message: expect.stringMatching(/^Unrecognized request URL \(POST: \/v1\/rentals\)/) },
  ],
] as const)('%j is refused in Stripe’s words', ([method, path, form], said) => {
  expect(refusedFor(method, path, form)).toMatchObject(said);
});

test.each([
  ['POST', '/v1/subscriptions/sub_1', { pause_collection: '' }],
  ['POST', '/v1/subscriptions/sub_1', { cancel_at: 'max_period_end' }],
  ['POST', '/v1/customers/cus_1', { 'metadata[user]': 'usr_1', 'address[country]': 'JP' }],
  ['GET', '/v1/subscriptions', { 'created[gte]': '5', status: 'all', 'expand[]': 'data.customer' }],
  ['GET', '/v1/subscriptions', { created: '5' }],
] as const)('%s %s %j is what Stripe takes', (method, path, form) => {
  expect(refusedFor(method, path, form)).toBeNull();
});

test('what the SDK sends passes, and what passes its types by force does not', async () => {
  const asked: string[] = [];
  const fetch = described((request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
    return Promise.resolve(Response.json({ object: 'checkout.session', id: 'cs_1' }));
  });
  const stripe = new Stripe('sk_test_x', {
    httpClient: Stripe.createFetchHttpClient((url: RequestInfo | URL, init?: RequestInit) =>
      fetch(new Request(url, init)),
    ),
    maxNetworkRetries: 0,
    telemetry: false,
  });
  await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: 'cus_1',
    line_items: [{ price: 'price_1', quantity: 1 }],
    subscription_data: { trial_period_days: 14, metadata: { user: 'usr_1' } },
    automatic_tax: { enabled: true },
    customer_update: { address: 'auto', name: 'auto' },
    allow_promotion_codes: true,
    success_url: 'https://engawa.test/ok',
  });
  expect(asked).toEqual(['POST /v1/checkout/sessions']);
  const wrong = { customer: 'cus_1', items: [{ price: 'p' }], free_of_charge: true };
  await expect(stripe.subscriptions.create(wrong)).rejects.toMatchObject({
    type: 'StripeInvalidRequestError',
    statusCode: 400,
    param: 'free_of_charge',
    message: 'Received unknown parameter: free_of_charge',
  });
  expect(asked).toHaveLength(1);
});

test('what an object has that Stripe’s has not is found, with its place', () => {
  const { answer } = endpointOf('GET', '/v1/refunds/{}')!;
  const refund = { id: 're_1', object: 'refund', amount: 5, charge: 'ch_1', metadata: { a: 'b' } };
  expect(strays(refund, answer!, 'refund')).toEqual([]);
  expect(strays({ ...refund, amount: 'five', when: 1 }, answer!, 'refund')).toEqual([
    'refund.amount: "five" instead of a number',
    'refund.when: is not described',
  ]);
});
