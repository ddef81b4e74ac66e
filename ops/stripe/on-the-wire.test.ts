import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Stripe } from 'stripe';
import { stripeDouble } from './double.ts';
import { monthly, somebody, started, type Started } from './sdk.fixture.ts';

// How requests are taken, refused, repeated; how events go out.
let here: Started;
beforeAll(async () => {
  here = await started({}, 'sk_test_wire');
});
afterAll(() => here.stop());

test('a key used again gives the same answer; for something else it is refused', async () => {
  const { stripe } = here;
  const options = { idempotencyKey: 'once' };
  const [a, b] = await Promise.all([
    stripe.customers.create({ email: 'a@b.test' }, options),
    stripe.customers.create({ email: 'a@b.test' }, options),
  ]);
  expect(a.id).toBe(b.id);
  expect([a, b].map((one) => one.lastResponse.headers['idempotent-replayed']).filter(Boolean)).toEqual([
    'true',
  ]);
  expect((await stripe.customers.list({ email: 'a@b.test' })).data).toHaveLength(1);
  await expect(stripe.customers.create({ email: 'c@d.test' }, options)).rejects.toMatchObject({
    type: 'StripeIdempotencyError',
    statusCode: 400,
  });
});

test('lists go by pages, forwards and backwards, and filter by time', async () => {
  const { stripe } = here;
  const made: string[] = [];
  for (let i = 0; i < 7; i++)
    made.push((await stripe.products.create({ name: `P${i}`, url: 'https://pages.test' })).id);
  const all: string[] = [];
  for await (const product of stripe.products.list({ url: 'https://pages.test', limit: 3 }))
    all.push(product.id);
  expect(all).toEqual(made.toReversed());
  const back = await stripe.products.list({
    url: 'https://pages.test',
    limit: 2,
    ending_before: made[0] ?? '',
  });
  expect(back).toMatchObject({ has_more: true, data: [{ id: made[2] }, { id: made[1] }] });
  expect(
    (
      await stripe.products.list({
        url: 'https://pages.test',
        created: { gt: Math.floor(Date.now() / 1000) + 60 },
      })
    ).data,
  ).toEqual([]);
});

test('labels are added to and taken away one by one', async () => {
  const { stripe } = here;
  const { id } = await stripe.customers.create({ metadata: { a: '1', b: '2' } });
  expect((await stripe.customers.update(id, { metadata: { b: '', c: '3' } })).metadata).toEqual({
    a: '1',
    c: '3',
  });
  expect((await stripe.customers.update(id, { metadata: '' })).metadata).toEqual({});
});

describe('refused', () => {
  test.each([
    [
      'customer',
      () => here.stripe.customers.retrieve('cus_none'),
      { statusCode: 404, code: 'resource_missing', param: 'id' },
    ],
    [
      'subscription of a customer who is not there',
      () => here.stripe.subscriptions.create({ customer: 'cus_none', items: [{ price: 'price_none' }] }),
      { statusCode: 400, code: 'resource_missing', param: 'customer' },
    ],
    ['name that says nothing', () => here.stripe.products.create({ name: '' }), { statusCode: 400 }],
  ])('%s', async (_, ask, error) => {
    await expect(ask()).rejects.toMatchObject(error);
  });

  test('without a key, with a live one, and where nothing is', async () => {
    const bare = async (headers: Record<string, string>, path = '/v1/customers') => {
      const answer = await fetch(`${here.origin}${path}`, { headers });
      return { status: answer.status, id: answer.headers.get('request-id') };
    };
    expect(await bare({})).toMatchObject({ status: 401, id: expect.stringMatching(/^req_/) });
    expect(await bare({ authorization: 'Bearer sk_live_x' })).toMatchObject({ status: 401 });
    expect(await bare({ authorization: 'Bearer sk_test_wire' }, '/v1/unicorns')).toMatchObject({
      status: 404,
    });
    expect(await bare({ authorization: `Basic ${btoa('sk_test_wire:')}` })).toMatchObject({ status: 200 });
  });

  test('a parameter that Stripe has not, by the engine itself', async () => {
    const double = stripeDouble();
    const ask = async (body: string) =>
      (
        await double.fetch(
          new Request('http://stripe.test/v1/customers', {
            method: 'POST',
            headers: { authorization: 'Bearer sk_test_x' },
            body,
          }),
        )
      ).json();
    expect(await ask('emial=x')).toMatchObject({ error: { code: 'parameter_unknown', param: 'emial' } });
    expect(await ask('balance=many')).toMatchObject({
      error: { code: 'parameter_invalid_integer', param: 'balance' },
    });
    expect(await ask('invoice_settings[default]=x')).toMatchObject({
      error: { code: 'parameter_unknown', param: 'invoice_settings[default]' },
    });
  });
});

test('a customer who was deleted is known to have been', async () => {
  const { id } = await here.stripe.customers.create({});
  await here.stripe.customers.del(id);
  expect(await here.stripe.customers.retrieve(id)).toEqual(expect.objectContaining({ id, deleted: true }));
  await expect(here.stripe.customers.update(id, { name: 'B' })).rejects.toMatchObject({ statusCode: 404 });
});

test('accounts do not see one another', async () => {
  const other = new Stripe('sk_test_other', {
    host: '127.0.0.1',
    port: Number(new URL(here.origin).port),
    protocol: 'http',
  });
  const { id } = await here.stripe.customers.create({});
  await expect(other.customers.retrieve(id)).rejects.toMatchObject({ statusCode: 404 });
});

describe('faults', () => {
  const patient = () =>
    new Stripe('sk_test_wire', {
      host: '127.0.0.1',
      port: Number(new URL(here.origin).port),
      protocol: 'http',
      maxNetworkRetries: 2,
    });

  test('the SDK tries again, and what was done and lost is not done twice', async () => {
    await here.steer('POST', 'faults', {
      kind: 'error',
      status: 500,
      times: 1,
      after: true,
      match: 'lost%40engawa.test',
    });
    const made = await patient().customers.create({ email: 'lost@engawa.test' });
    expect(
      (await here.stripe.customers.list({ email: 'lost@engawa.test' })).data.map((one) => one.id),
    ).toEqual([made.id]);
  });

  test('too many requests, and down until it is up again', async () => {
    await here.steer('POST', 'faults', { kind: 'error', status: 429, match: '/v1/coupons' });
    await expect(here.stripe.coupons.list()).rejects.toMatchObject({ type: 'StripeRateLimitError' });
    await here.steer('POST', 'faults', { kind: 'down', match: '/v1/prices' });
    await expect(here.stripe.prices.list()).rejects.toMatchObject({ type: 'StripeAPIError' });
    await here.steer('DELETE', 'faults');
    await here.stripe.prices.list();
    await here.stripe.coupons.list();
  });
});

/** Somewhere that hears of events; `answers` in turn, then 200. */
async function ear(answers: number[] = []) {
  const heard: { id: string; body: string; signature: string }[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const event: { id: string } = JSON.parse(body);
      heard.push({ id: event.id, body, signature: String(request.headers['stripe-signature']) });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = server.address();
  return {
    heard,
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hook`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
const soon = async (done: () => boolean) => {
  for (let i = 0; i < 200 && !done(); i++) await new Promise((resolve) => setTimeout(resolve, 25));
  expect(done()).toBe(true);
};

describe('events go out', () => {
  test('signed, to whoever asked for them, again until they are taken', async () => {
    const hears = await ear([500]);
    const endpoint = await here.stripe.webhookEndpoints.create({
      url: hears.url,
      enabled_events: ['customer.created'],
    });
    await here.stripe.customers.create({});
    await here.stripe.products.create({ name: 'not asked for' });
    await soon(() => hears.heard.length === 2);
    const [first, again] = hears.heard;
    expect(again?.id).toBe(first?.id);
    for (const one of hears.heard)
      expect(here.stripe.webhooks.constructEvent(one.body, one.signature, endpoint.secret ?? '').type).toBe(
        'customer.created',
      );
    expect(() =>
      here.stripe.webhooks.constructEvent(`${first?.body} `, first?.signature ?? '', endpoint.secret ?? ''),
    ).toThrow('signature');
    expect((await here.stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined();
    await here.stripe.webhookEndpoints.del(endpoint.id);
    await hears.stop();
  });

  test('all again, shuffled, three times', async () => {
    const hears = await ear();
    const { id } = await here.stripe.customers.create({});
    for (let i = 0; i < 9; i++) await here.stripe.customers.update(id, { name: `N${i}` });
    expect(
      await here.steer('POST', 'deliver', { url: hears.url, customer: id, shuffle: true, times: 3 }),
    ).toEqual({ sent: 30, failed: 0 });
    const ids = hears.heard.map((one) => one.id);
    expect(new Set(ids).size).toBe(10);
    expect(ids).toHaveLength(30);
    expect(
      here.stripe.webhooks.constructEvent(
        hears.heard[0]?.body ?? '',
        hears.heard[0]?.signature ?? '',
        'whsec_test',
      ).object,
    ).toBe('event');
    await hears.stop();
  });

  test('an update says what was otherwise before', async () => {
    const { id } = await here.stripe.customers.create({ name: 'A' });
    await here.stripe.customers.update(id, { name: 'B' });
    const [event] = (await here.stripe.events.list({ type: 'customer.updated', limit: 1 })).data;
    expect(event?.data).toMatchObject({ object: { id, name: 'B' }, previous_attributes: { name: 'A' } });
  });
});

test('what was bought outlives the process', async () => {
  const price = await monthly(here);
  const { customer, clock } = await somebody(here, '2026-04-01');
  const { id } = await here.stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  const saved: unknown = JSON.parse(JSON.stringify(here.double.save()));
  const next = await started({ saved }, 'sk_test_wire');
  await next.stripe.testHelpers.testClocks.advance(clock.id, {
    frozen_time: Date.parse('2026-05-03T00:00:00Z') / 1000,
  });
  expect(await next.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })).toMatchObject({
    status: 'active',
    latest_invoice: { status: 'paid', billing_reason: 'subscription_cycle' },
  });
  await next.stop();
});

test("the account's own clock is moved for those who have none", async () => {
  const other = await started({}, 'sk_test_hand');
  const price = await monthly(other);
  const customer = await other.stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  });
  const { id } = await other.stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  const before = await other.steer<{ now: number; next: number }>('GET', 'clock');
  const after = await other.steer<{ now: number }>('POST', 'clock', { to: before.next + 7200 });
  expect(after.now).toBeGreaterThanOrEqual(before.next + 7200);
  const renewed = await other.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
  expect(renewed.items.data[0]?.current_period_start).toBe(before.next);
  expect(renewed.latest_invoice).toMatchObject({ status: 'paid', created: before.next });
  await other.stop();
});

test('a page is open in real time, whatever clock is moved', async () => {
  let real = Date.parse('2026-04-01T00:00:00Z');
  const double = stripeDouble({ now: () => real });
  const headers = { authorization: 'Bearer sk_test_x' };
  const ask = async (
    method: string,
    path: string,
    body?: string,
  ): Promise<{ id: string; status: string }> => {
    const asked = new Request(`http://stripe.test${path}`, { method, headers, ...(body && { body }) });
    return JSON.parse(await (await double.fetch(asked)).text());
  };
  await ask('POST', '/_double/clock', JSON.stringify({ seconds: 90 * 86_400 }));
  const line = 'line_items[0][price_data][currency]=jpy&line_items[0][price_data][unit_amount]=500';
  const page = `mode=payment&success_url=https://engawa.test&${line}&line_items[0][price_data][product_data][name]=Kaze`;
  const { id } = await ask('POST', '/v1/checkout/sessions', `${page}&expires_at=${real / 1000 + 3600}`);
  await ask('POST', '/_double/clock', JSON.stringify({ seconds: 86_400 }));
  expect((await ask('GET', `/v1/checkout/sessions/${id}`)).status).toBe('open');
  real += 3_601_000;
  expect((await ask('GET', `/v1/checkout/sessions/${id}`)).status).toBe('expired');
  double.stop();
});
