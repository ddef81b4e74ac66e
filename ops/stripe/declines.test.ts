import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Stripe } from 'stripe';
import { monthly, somebody, started, typesOf, type Started } from './sdk.fixture.ts';

// Payments on a page: which cards pay, which are refused, what can be given back and called back.
let here: Started;
beforeAll(async () => {
  here = await started({}, 'sk_test_declines');
});
afterAll(() => here.stop());

const rental = async (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) => {
  const { stripe } = here;
  const customer = await stripe.customers.create({ email: 'hana@engawa.test' });
  const session = await stripe.checkout.sessions.create({
    mode: 'payment',
    customer: customer.id,
    line_items: [
      {
        quantity: 1,
        price_data: { currency: 'jpy', unit_amount: 500, product_data: { name: 'Kaze no Michi' } },
      },
    ],
    payment_intent_data: { metadata: { offer: 'ofr_1' } },
    success_url: 'https://engawa.test/back',
    ...more,
  });
  return { customer, session };
};
const payBy = (id: string, body: object) =>
  here.steer<{
    error?: { code: string; decline_code?: string };
    session?: { status: string };
    requires_action?: boolean;
  }>('POST', `checkout/${id}/pay`, body);

const bought = async (card = 'pm_card_visa') => {
  const { customer, session } = await rental();
  await payBy(session.id, { payment_method: card });
  const paid = await here.stripe.checkout.sessions.retrieve(session.id, {
    expand: ['payment_intent.latest_charge'],
  });
  const { payment_intent: intent } = paid;
  if (
    typeof intent !== 'object' ||
    !intent ||
    typeof intent.latest_charge !== 'object' ||
    !intent.latest_charge
  )
    throw new Error('not paid');
  return { customer, intent, charge: intent.latest_charge };
};

test.each([
  ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired_card', undefined],
  ['pm_card_chargeCustomerFail', 'card_declined', 'generic_decline'],
])('%s is refused, and another card pays on the same page', async (card, code, declineCode) => {
  const { customer, session } = await rental();
  const no = await payBy(session.id, { payment_method: card });
  expect(no.error?.code).toBe(code);
  expect(no.error?.decline_code).toBe(declineCode);
  expect(await here.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    status: 'open',
    payment_status: 'unpaid',
  });
  const yes = await payBy(session.id, {
    card: { number: '5555 5555 5555 4444', exp_month: 12, exp_year: 2040 },
  });
  expect(yes.session?.status).toBe('complete');
  const intents = (await here.stripe.paymentIntents.list({ customer: customer.id })).data;
  expect(intents).toMatchObject([{ status: 'succeeded', metadata: { offer: 'ofr_1' } }]);
  const charges = (await here.stripe.charges.list({ customer: customer.id })).data.map((one) => one.status);
  expect(charges).toEqual(['succeeded', 'failed']);
});

test('3-D Secure asks; passed it pays, failed it does not', async () => {
  const { session } = await rental();
  expect(
    await payBy(session.id, { payment_method: 'pm_card_authenticationRequired', authenticate: 'ask' }),
  ).toEqual({ requires_action: true });
  expect(
    (await payBy(session.id, { payment_method: 'pm_card_authenticationRequired', authenticate: 'fail' }))
      .error?.code,
  ).toBe('payment_intent_authentication_failure');
  expect(
    (await payBy(session.id, { payment_method: 'pm_card_authenticationRequired', authenticate: 'pass' }))
      .session?.status,
  ).toBe('complete');
});

test('3-D Secure at a renewal finds nobody: the payment waits for its owner', async () => {
  const { stripe } = here;
  const price = await monthly(here);
  const { customer, until: to } = await somebody(here, '2026-04-01', null);
  const page = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: 'https://engawa.test/back',
  });
  await payBy(page.id, { payment_method: 'pm_card_authenticationRequired' });
  await to('2026-05-02');
  const [late] = (await stripe.subscriptions.list({ customer: customer.id, expand: ['data.latest_invoice'] }))
    .data;
  expect(late).toMatchObject({ status: 'past_due', latest_invoice: { status: 'open' } });
  expect(await typesOf(here, customer.id)).toContain('invoice.payment_action_required');
  const [intent] = (await stripe.paymentIntents.list({ customer: customer.id })).data;
  expect(intent?.status).toBe('requires_action');
  await stripe.paymentIntents.confirm(intent?.id ?? '');
  const [well] = (await stripe.subscriptions.list({ customer: customer.id, expand: ['data.latest_invoice'] }))
    .data;
  expect(well).toMatchObject({ status: 'active', latest_invoice: { status: 'paid' } });
});

test('two clicks on pay are one payment; a page that is over takes none', async () => {
  const { customer, session } = await rental();
  await Promise.all([payBy(session.id, {}), payBy(session.id, {}), payBy(session.id, {})]);
  expect((await here.stripe.charges.list({ customer: customer.id })).data).toHaveLength(1);
  const { session: other } = await rental();
  await here.stripe.checkout.sessions.expire(other.id);
  expect((await payBy(other.id, {})).error?.code).toBe('checkout_session_expired');
  await expect(here.stripe.checkout.sessions.expire(other.id)).rejects.toMatchObject({ statusCode: 400 });
});

test('tax stands in the price where the customer lives', async () => {
  const { session } = await rental({
    automatic_tax: { enabled: true },
    customer_update: { address: 'auto' },
  });
  await payBy(session.id, { address: { country: 'JP', postal_code: '100-0001' } });
  expect(await here.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    amount_total: 500,
    total_details: { amount_tax: 45 },
    automatic_tax: { status: 'complete' },
    customer_details: { address: { country: 'JP' } },
  });
});

test('what was paid once has an invoice, where that was asked', async () => {
  const { customer, session } = await rental({ invoice_creation: { enabled: true } });
  await payBy(session.id, {});
  const paid = await here.stripe.checkout.sessions.retrieve(session.id);
  const [invoice] = (await here.stripe.invoices.list({ customer: customer.id, expand: ['data.payments'] }))
    .data;
  expect(invoice).toMatchObject({ id: paid.invoice, status: 'paid', amount_paid: 500 });
  expect(invoice?.payments?.data[0]?.payment.payment_intent).toBe(paid.payment_intent);
});

describe('given back', () => {
  test('in parts, and never more than was paid', async () => {
    const { stripe } = here;
    const { customer, intent, charge } = await bought();
    expect(await stripe.refunds.create({ payment_intent: intent.id, amount: 200 })).toMatchObject({
      status: 'succeeded',
      amount: 200,
      charge: charge.id,
    });
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 200, refunded: false });
    await expect(stripe.refunds.create({ charge: charge.id, amount: 301 })).rejects.toMatchObject({
      param: 'amount',
    });
    await stripe.refunds.create({ charge: charge.id, reason: 'requested_by_customer' });
    expect(await stripe.charges.retrieve(charge.id, { expand: ['refunds'] })).toMatchObject({
      amount_refunded: 500,
      refunded: true,
      refunds: { data: [{ amount: 300 }, { amount: 200 }] },
    });
    await expect(stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    });
    expect((await typesOf(here, customer.id)).filter((type) => type === 'charge.refunded')).toHaveLength(2);
  });

  test('and sent back by the bank', async () => {
    const { intent, charge } = await bought('pm_card_refundFail');
    const refund = await here.stripe.refunds.create({ payment_intent: intent.id });
    expect(await here.stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'failed' });
    expect(await here.stripe.charges.retrieve(charge.id)).toMatchObject({
      refunded: false,
      amount_refunded: 0,
    });
  });
});

describe('called back', () => {
  test('the money goes, and comes again when it is won', async () => {
    const { stripe } = here;
    const { customer, charge, intent } = await bought('pm_card_createDispute');
    const [dispute] = (await stripe.disputes.list({ payment_intent: intent.id })).data;
    expect(dispute).toMatchObject({
      status: 'needs_response',
      reason: 'fraudulent',
      charge: charge.id,
      amount: 500,
      balance_transactions: [{ amount: -500 }],
    });
    await expect(stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({
      code: 'charge_disputed',
    });
    const won = await stripe.disputes.update(dispute?.id ?? '', {
      evidence: { uncategorized_text: 'winning_evidence' },
    });
    expect(won).toMatchObject({ status: 'won', balance_transactions: [{ amount: -500 }, { amount: 500 }] });
    expect(await typesOf(here, customer.id)).toEqual(
      expect.arrayContaining([
        'charge.dispute.created',
        'charge.dispute.funds_withdrawn',
        'charge.dispute.closed',
        'charge.dispute.funds_reinstated',
      ]),
    );
  });

  test('later, and lost', async () => {
    const { charge } = await bought();
    const dispute = await here.steer<{ id: string }>('POST', 'disputes', {
      charge: charge.id,
      reason: 'product_not_received',
    });
    expect(await here.stripe.disputes.close(dispute.id)).toMatchObject({ status: 'lost' });
    expect(await here.stripe.charges.retrieve(charge.id)).toMatchObject({ disputed: true, refunded: false });
  });
});

test('every card is declined while that is set', async () => {
  const other = await started({}, 'sk_test_all');
  await other.steer('POST', 'settings', { declines: true });
  const price = await monthly(other);
  const { customer } = await somebody(other, '2026-04-01');
  const session = await other.stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: 'https://engawa.test',
  });
  expect(await other.steer('POST', `checkout/${session.id}/pay`, {})).toMatchObject({
    error: { code: 'card_declined' },
  });
  await other.steer('POST', 'settings', { declines: false });
  expect(await other.steer('POST', `checkout/${session.id}/pay`, {})).toMatchObject({
    session: { status: 'complete', payment_status: 'paid' },
  });
  await other.stop();
});

test('whatever was answered above is as Stripe’s description has it', () => {
  expect([...new Set(here.strange)]).toEqual([]);
});
