import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stripe } from 'stripe';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../local/ports.ts';
import { listen, type Listening } from './listen.ts';
import { startStripe } from './server.ts';

// The double as `npm start` runs it: the SDK, the pages as a browser without script uses them, webhooks.
const KEY = 'sk_test_ofthisplatform';
const SECRET = 'whsec_ofthisplatform';

let folder: string;
let hook: Listening;
let answering: boolean;
let told: Stripe.Event[];
let server: Awaited<ReturnType<typeof startStripe>>;
let stripe: Stripe;
const start = async () => {
  const webhook = { url: `${hook.origin}/api/webhooks/stripe`, secret: SECRET };
  server = await startStripe({
    port: await freePort(),
    file: join(folder, 'stripe.json'),
    key: KEY,
    webhook,
  });
  stripe = new Stripe(KEY, {
    host: 'localhost',
    port: new URL(server.origin).port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engawa-stripe-'));
  told = [];
  answering = true;
  hook = await listen(async (request) => {
    const body = await request.text();
    const signature = request.headers.get('stripe-signature') ?? '';
    if (!answering) return new Response(null, { status: 503 });
    told.push(await Stripe.webhooks.constructEventAsync(body, signature, SECRET));
    return new Response(null, { status: 200 });
  }, 0);
  await start();
});
afterEach(async () => {
  await server.stop();
  await hook.stop();
  await rm(folder, { recursive: true });
});

async function openPage(trialDays?: number) {
  const product = await stripe.products.create({ name: 'Standard' });
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'eur',
    unit_amount: 799,
    recurring: { interval: 'month' },
    tax_behavior: 'inclusive',
  });
  const customer = await stripe.customers.create({ email: 'viewer@engawa.test', name: '<b>Hana</b>' });
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    ...(trialDays ? { subscription_data: { trial_period_days: trialDays } } : {}),
    allow_promotion_codes: true,
    automatic_tax: { enabled: true },
    customer_update: { address: 'auto', name: 'auto' },
    success_url: 'https://engawa.test/paid?{CHECKOUT_SESSION_ID}',
    cancel_url: 'https://engawa.test/plans',
  });
  return { session, customer, price, product };
}
const typed = {
  email: 'viewer@engawa.test',
  name: 'Hana',
  country: 'DE',
  postal_code: '10115',
  promotion_code: '',
};
const press = (address: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(new URL(address, server.origin), {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
    headers,
  });
const types = () => told.map(({ type }) => type);

test('a page says what is bought and whose place it takes; what people typed is text, never markup', async () => {
  const { session } = await openPage(14);
  const page = await (await fetch(session.url!)).text();
  expect(page).toContain('Local stand-in for Stripe');
  expect(page).toContain('Standard');
  expect(page).toMatch(/Free until/);
  expect(page).toContain('&lt;b&gt;Hana');
  expect(page).not.toContain('<b>Hana');
});

test('pressed twice at once, pay pays once, and both go back to the site', async () => {
  const { session, customer } = await openPage();
  const form = { ...typed, card: 'pm_card_visa', do: 'pay' };
  const [one, two] = await Promise.all([press(session.url!, form), press(session.url!, form)]);
  for (const answer of [one, two])
    expect({ status: answer.status, to: answer.headers.get('location') }).toEqual({
      status: 303,
      to: `https://engawa.test/paid?${session.id}`,
    });
  expect((await stripe.subscriptions.list({ customer: customer.id })).data).toHaveLength(1);
  expect((await stripe.charges.list({ customer: customer.id })).data).toHaveLength(1);
  await expect
    .poll(types)
    .toEqual(expect.arrayContaining(['customer.subscription.created', 'checkout.session.completed']));
  expect(types().filter((type) => type === 'checkout.session.completed')).toHaveLength(1);
});

test('a card that is declined is said in words, and nothing is paid; a code and tax are reckoned before', async () => {
  const { session } = await openPage();
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once' });
  await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'HARE50' });
  const reckoned = await press(session.url!, {
    ...typed,
    card: 'pm_card_visa',
    promotion_code: 'HARE50',
    do: 'reckon',
  });
  expect(await reckoned.text()).toMatch(/Discount[\s\S]*€4[\s\S]*Due today/);
  const wrongCode = await press(session.url!, {
    ...typed,
    card: 'pm_card_visa',
    promotion_code: 'NO',
    do: 'reckon',
  });
  expect({ status: wrongCode.status, page: await wrongCode.text() }).toEqual({
    status: 402,
    page: expect.stringContaining('This code is invalid.'),
  });
  const poor = { ...typed, card: 'pm_card_chargeDeclinedInsufficientFunds', do: 'pay' };
  const declined = await press(session.url!, poor);
  expect({ status: declined.status, page: await declined.text() }).toEqual({
    status: 402,
    page: expect.stringContaining('Your card has insufficient funds.'),
  });
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
});

test('3-D Secure asks: refused, another try; agreed, it is paid', async () => {
  const { session } = await openPage();
  const form = { ...typed, card: 'pm_card_threeDSecure2Required', do: 'pay' };
  expect(await (await press(session.url!, form)).text()).toContain('your bank asks');
  const failed = await press(session.url!, { ...form, authenticate: 'fail' });
  expect(await failed.text()).toContain('unable to authenticate');
  const passed = await press(session.url!, { ...form, authenticate: 'pass' });
  expect(passed.headers.get('location')).toBe(`https://engawa.test/paid?${session.id}`);
});

test('forms of other sites are not taken, and no page runs a script', async () => {
  const { session } = await openPage();
  const form = { ...typed, card: 'pm_card_visa', do: 'pay' };
  expect((await press(session.url!, form, { origin: 'https://elsewhere.test' })).status).toBe(403);
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
  expect((await fetch(session.url!)).headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('stopped and started again, it knows everything, and delivers what it had not', async () => {
  answering = false;
  const { customer } = await openPage();
  await server.stop();
  expect((await stat(join(folder, 'stripe.json'))).mode & 0o777).toBe(0o600);
  answering = true;
  await start();
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ email: 'viewer@engawa.test' });
  await expect.poll(types, { timeout: 5_000 }).toContain('customer.created');
});

test('the console moves time to the next renewal, and takes the double down and up again', async () => {
  const { session, customer } = await openPage();
  await press(session.url!, { ...typed, card: 'pm_card_visa', do: 'pay' });
  await press('/clock', { by: 'renewal' });
  await expect.poll(async () => (await stripe.charges.list({ customer: customer.id })).data.length).toBe(2);
  await press('/faults', { fault: 'down' });
  await expect(stripe.customers.list()).rejects.toBeInstanceOf(Stripe.errors.StripeAPIError);
  expect(await (await fetch(server.origin)).text()).toContain('nothing is answered');
  await press('/faults', { fault: 'none' });
  expect((await stripe.customers.list()).data).toHaveLength(1);
});

test('the portal switches after showing what it costs, cancels and takes that back', async () => {
  const { session, customer, price, product } = await openPage();
  await press(session.url!, { ...typed, card: 'pm_card_visa', do: 'pay' });
  const yearly = await stripe.prices.create({
    product: product.id,
    currency: 'eur',
    unit_amount: 7990,
    recurring: { interval: 'year' },
    tax_behavior: 'inclusive',
  });
  const configuration = await stripe.billingPortal.configurations.create({
    features: {
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true, mode: 'at_period_end' },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price'],
        proration_behavior: 'always_invoice',
        products: [{ product: product.id, prices: [price.id, yearly.id] }],
      },
    },
  });
  const { url } = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    configuration: configuration.id,
    return_url: 'https://engawa.test/account',
  });
  const [{ id } = { id: '' }] = (await stripe.subscriptions.list({ customer: customer.id })).data;
  const now = () => stripe.subscriptions.retrieve(id);
  await press(`${url}/cancel`, { subscription: id });
  expect(await (await fetch(url)).text()).toContain('Do not cancel');
  await press(`${url}/resume`, { subscription: id });
  expect((await now()).cancel_at_period_end).toBe(false);

  const preview = await (await fetch(`${url}?subscription=${id}&price=${yearly.id}`)).text();
  expect(preview).toMatch(/Due today[\s\S]*€71\.91/);
  const at = /name="at" value="(\d+)"/.exec(preview)?.[1] ?? '';
  await press(`${url}/switch`, { subscription: id, price: yearly.id, at });
  expect((await now()).items.data[0]?.price.id).toBe(yearly.id);
  const [last] = (await stripe.invoices.list({ customer: customer.id })).data;
  expect(last).toMatchObject({ amount_paid: 7191, status: 'paid' });
  expect(await (await fetch(last!.hosted_invoice_url!)).text()).toContain('€71.91');
});

test('a card that is changed in the portal is the subscription’s own from then on, and pays what is owed', async () => {
  const { session, customer } = await openPage(7);
  await press(session.url!, { ...typed, card: 'pm_card_chargeCustomerFail', do: 'pay' });
  await press('/clock', { by: 'renewal' });
  const now = async () => (await stripe.subscriptions.list({ customer: customer.id })).data[0];
  await expect.poll(async () => (await now())?.status).toBe('past_due');
  const configuration = await stripe.billingPortal.configurations.create({
    features: { payment_method_update: { enabled: true } },
  });
  const { url } = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    configuration: configuration.id,
  });
  expect((await press(`${url}/card`, { card: 'pm_card_chargeDeclined' })).status).toBe(402);
  expect((await now())?.status).toBe('past_due');
  expect((await press(`${url}/card`, { card: 'pm_card_visa' })).status).toBe(303);
  const { data: cards } = await stripe.paymentMethods.list({ customer: customer.id });
  const paying = cards.find((card) => card.card?.last4 === '4242');
  expect(await now()).toMatchObject({ status: 'active', default_payment_method: paying?.id });
  const { data: invoices } = await stripe.invoices.list({ customer: customer.id });
  expect(invoices.map(({ status, amount_paid: paid }) => [status, paid])).toContainEqual(['paid', 799]);
  expect(invoices.filter(({ status }) => status === 'open')).toEqual([]);
});
