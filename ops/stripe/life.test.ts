import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, DAY, monthly, somebody, started, typesOf, type Started } from './sdk.fixture.ts';

// The whole life of a subscription, as the SDK sees it over HTTP, on a clock that is moved.
let here: Started;
beforeAll(async () => {
  here = await started();
});
afterAll(() => here.stop());

const until = (subscription: { items: { data: { current_period_end: number }[] } }) =>
  new Date((subscription.items.data[0]?.current_period_end ?? 0) * 1000).toISOString().slice(0, 10);

test('a page is paid, a trial ends, the renewal comes an hour after its period', async () => {
  const { stripe, steer } = here;
  const price = await monthly(here);
  const { customer, until: to } = await somebody(here, '2026-01-01', null);
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    client_reference_id: 'cko_1',
    line_items: [{ price: price.id, quantity: 1 }],
    metadata: { checkout: 'cko_1' },
    subscription_data: { trial_period_days: 14, metadata: { user: 'usr_1' } },
    success_url: 'https://engawa.test/back',
  });
  expect(session).toMatchObject({
    status: 'open',
    payment_status: 'unpaid',
    amount_total: 0,
    url: `${here.origin}/c/pay/${session.id}`,
  });
  await steer('POST', `checkout/${session.id}/pay`, {});
  const paid = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['subscription.default_payment_method', 'line_items'],
  });
  expect(paid).toMatchObject({
    status: 'complete',
    payment_status: 'no_payment_required',
    url: null,
    subscription: {
      status: 'trialing',
      metadata: { user: 'usr_1' },
      default_payment_method: { card: { last4: '4242' } },
    },
    line_items: { data: [{ price: { id: price.id } }] },
  });
  const { data } = await stripe.subscriptions.list({ customer: customer.id });
  const id = data[0]?.id ?? '';
  await to('2026-01-15');
  // The trial is over; its invoice is a draft still.
  expect(await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })).toMatchObject({
    status: 'active',
    latest_invoice: { status: 'draft', amount_due: 1000, billing_reason: 'subscription_cycle' },
  });
  await to(at('2026-01-15') + 3600);
  const after = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice.payments'] });
  expect(after).toMatchObject({
    status: 'active',
    latest_invoice: {
      status: 'paid',
      amount_paid: 1000,
      payments: { data: [{ status: 'paid', payment: { type: 'payment_intent' } }] },
    },
  });
  expect(until(after)).toBe('2026-02-15');
  const types = await typesOf(here, customer.id);
  for (const type of [
    'checkout.session.completed',
    'customer.subscription.created',
    'customer.subscription.trial_will_end',
    'invoice.paid',
    'payment_intent.succeeded',
  ])
    expect(types).toContain(type);
});

test('months end where they end, and the anchor comes back', async () => {
  const { stripe } = here;
  const price = await monthly(here);
  const { customer, until: to } = await somebody(here, '2026-01-31');
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const ends = [until(await stripe.subscriptions.retrieve(id))];
  for (const day of ['2026-03-01', '2026-04-01', '2026-05-01']) {
    await to(day);
    ends.push(until(await stripe.subscriptions.retrieve(id)));
  }
  expect(ends).toEqual(['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']);
});

describe('a card that fails after the trial', () => {
  test('is tried again on the days set, then the subscription ends', async () => {
    const { stripe } = here;
    const price = await monthly(here);
    const { customer, until: to } = await somebody(here, '2026-01-01', 'pm_card_chargeCustomerFail');
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_period_days: 7,
    });
    await to('2026-01-09');
    const late = await stripe.subscriptions
      .retrieve(id, { expand: ['latest_invoice.payments.data.payment.payment_intent'] })
      .catch(() => null);
    expect(late).toBeNull(); // five levels are one too many
    const owing = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    expect(owing).toMatchObject({
      status: 'past_due',
      latest_invoice: {
        status: 'open',
        attempt_count: 1,
        next_payment_attempt: at('2026-01-08') + 3600 + 3 * DAY,
      },
    });
    await to('2026-01-12');
    expect(await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })).toMatchObject({
      latest_invoice: { attempt_count: 2 },
    });
    await to('2026-01-25');
    const gone = await stripe.subscriptions.retrieve(id);
    expect(gone).toMatchObject({ status: 'canceled', cancellation_details: { reason: 'payment_failed' } });
    expect(
      (await typesOf(here, customer.id)).filter((type) => type === 'invoice.payment_failed'),
    ).toHaveLength(4);
  });

  test('a new card pays what is owed, and all is well again', async () => {
    const { stripe } = here;
    const price = await monthly(here);
    const { customer, until: to } = await somebody(here, '2026-01-01', 'pm_card_chargeCustomerFail');
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_period_days: 7,
    });
    await to('2026-01-09');
    const card = await stripe.paymentMethods.attach('pm_card_mastercard', { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: card.id } });
    const [invoice] = (await stripe.invoices.list({ customer: customer.id, status: 'open' })).data;
    await stripe.invoices.pay(invoice?.id ?? '');
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' });
  });

  test('pays no more, and is left unpaid where that is set', async () => {
    const other = await started({}, 'sk_test_unpaid');
    await other.steer('POST', 'settings', { afterRetries: 'unpaid', retryDays: [1] });
    const price = await monthly(other);
    const { customer, until: to } = await somebody(other, '2026-01-01', 'pm_card_chargeCustomerFail');
    const { id } = await other.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_period_days: 7,
    });
    await to('2026-01-11');
    expect(await other.stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'unpaid' });
    await to('2026-02-09');
    expect(await other.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })).toMatchObject({
      status: 'unpaid',
      latest_invoice: { status: 'draft', auto_advance: false },
    });
    await other.stop();
  });
});

test('a trial that ends with nothing on file goes the way that was asked', async () => {
  const { stripe } = here;
  const price = await monthly(here);
  const ended = async (missing_payment_method: 'cancel' | 'create_invoice' | 'pause') => {
    const { customer, until: to } = await somebody(here, '2026-01-01', null);
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_period_days: 7,
      trial_settings: { end_behavior: { missing_payment_method } },
    });
    await to('2026-01-09');
    return { ...(await stripe.subscriptions.retrieve(id)), who: customer.id };
  };
  expect(await ended('cancel')).toMatchObject({ status: 'canceled' });
  expect(await ended('create_invoice')).toMatchObject({ status: 'past_due' });
  const paused = await ended('pause');
  expect(paused).toMatchObject({ status: 'paused' });
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: paused.who });
  await stripe.customers.update(paused.who, { invoice_settings: { default_payment_method: card.id } });
  expect(await stripe.subscriptions.resume(paused.id)).toMatchObject({ status: 'active' });
});

test('ends at the end of its period, unless it is taken up again; or at once', async () => {
  const { stripe } = here;
  const price = await monthly(here);
  const { customer, until: to } = await somebody(here, '2026-04-01');
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const ending = await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  expect(ending).toMatchObject({
    cancel_at_period_end: true,
    cancel_at: at('2026-05-01'),
    status: 'active',
    cancellation_details: { reason: 'cancellation_requested' },
  });
  expect(await stripe.subscriptions.update(id, { cancel_at_period_end: false })).toMatchObject({
    cancel_at: null,
    canceled_at: null,
  });
  await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  await to('2026-05-02');
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
    status: 'canceled',
    ended_at: at('2026-05-01'),
  });
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
  await expect(stripe.subscriptions.cancel(id)).rejects.toMatchObject({ code: 'resource_missing' });
});

test('paused, it asks for nothing until the day it goes on', async () => {
  const { stripe } = here;
  const price = await monthly(here);
  const { customer, until: to } = await somebody(here, '2026-04-01');
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  await stripe.subscriptions.update(id, {
    pause_collection: { behavior: 'void', resumes_at: at('2026-05-15') },
  });
  await to('2026-05-02');
  expect(await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })).toMatchObject({
    status: 'active',
    latest_invoice: { status: 'void' },
  });
  await to('2026-06-02');
  expect(await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })).toMatchObject({
    pause_collection: null,
    latest_invoice: { status: 'paid' },
  });
});

test('a promotion code takes off what it says, as long as it says', async () => {
  const { stripe, steer } = here;
  const price = await monthly(here);
  const coupon = await stripe.coupons.create({
    percent_off: 25,
    duration: 'repeating',
    duration_in_months: 2,
  });
  const code = await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: coupon.id },
    code: `SPRING-${coupon.id}`,
    max_redemptions: 1,
  });
  const { customer, until: to } = await somebody(here, '2026-04-01', null);
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    allow_promotion_codes: true,
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: 'https://engawa.test/back',
  });
  const wrong = await steer<{ error: { code: string } }>('POST', `checkout/${session.id}/price`, {
    promotion_code: 'NONE',
  });
  expect(wrong.error.code).toBe('promotion_code_invalid');
  await steer('POST', `checkout/${session.id}/pay`, { promotion_code: code.code.toLowerCase() });
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    amount_total: 750,
    total_details: { amount_discount: 250 },
    discounts: [{ promotion_code: code.id }],
  });
  await to('2026-05-02');
  await to('2026-06-02');
  const invoices = (await stripe.invoices.list({ customer: customer.id })).data.map((one) => one.amount_paid);
  expect(invoices).toEqual([1000, 750, 750]);
  expect(await stripe.promotionCodes.retrieve(code.id)).toMatchObject({ active: false, times_redeemed: 1 });
});

test('the first payment fails: incomplete for a day, then over; or made good by another card', async () => {
  const { stripe } = here;
  const price = await monthly(here);
  const { customer, until: to } = await somebody(here, '2026-04-01', 'pm_card_chargeCustomerFail');
  const first = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  expect(first.status).toBe('incomplete');
  const second = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  const [open] = (await stripe.invoices.list({ subscription: second.id })).data;
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  await stripe.invoices.pay(open?.id ?? '', { payment_method: card.id });
  expect(await stripe.subscriptions.retrieve(second.id)).toMatchObject({ status: 'active' });
  await to('2026-04-02');
  expect(await stripe.subscriptions.retrieve(first.id)).toMatchObject({ status: 'incomplete_expired' });
});

test('whatever was answered above is as Stripe’s description has it', () => {
  expect([...new Set(here.strange)]).toEqual([]);
});
