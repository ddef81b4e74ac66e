import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { monthly, somebody, started, type Started } from './sdk.fixture.ts';

let here: Started;
beforeAll(async () => {
  here = await started({}, 'sk_test_changes');
});
afterAll(() => here.stop());

const until = (subscription: { items: { data: { current_period_end: number }[] } }) =>
  new Date((subscription.items.data[0]?.current_period_end ?? 0) * 1000).toISOString().slice(0, 10);

describe('a change in mid-period', () => {
  test('of price waits for the next invoice, or is asked at once', async () => {
    const { stripe } = here;
    const [small, large] = [await monthly(here, 1000), await monthly(here, 2000)];
    const { customer, until: to } = await somebody(here, '2026-04-01');
    const made = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: small.id }] });
    await to('2026-04-16');
    const items = [{ id: made.items.data[0]?.id ?? '', price: large.id }];
    const preview = await stripe.invoices.createPreview({
      subscription: made.id,
      subscription_details: { items, proration_behavior: 'always_invoice' },
    });
    expect(preview).toMatchObject({ amount_due: 500, lines: { data: [{ amount: -500 }, { amount: 1000 }] } });
    await stripe.subscriptions.update(made.id, {
      items,
      proration_behavior: 'always_invoice',
      payment_behavior: 'error_if_incomplete',
    });
    const paid = await stripe.subscriptions.retrieve(made.id, { expand: ['latest_invoice'] });
    expect(paid).toMatchObject({
      status: 'active',
      items: { data: [{ price: { id: large.id } }] },
      latest_invoice: { amount_paid: 500, billing_reason: 'subscription_update' },
    });
    expect(until(paid)).toBe('2026-05-01');
    // Back again: the credit stands on the next invoice.
    await stripe.subscriptions.update(made.id, {
      items: [{ id: made.items.data[0]?.id ?? '', price: small.id }],
    });
    await to('2026-05-02');
    expect(await stripe.subscriptions.retrieve(made.id, { expand: ['latest_invoice'] })).toMatchObject({
      latest_invoice: {
        amount_due: 500,
        lines: { data: [{ amount: -1000 }, { amount: 500 }, { amount: 1000 }] },
      },
    });
  });

  test('from months to years begins a new cycle at once', async () => {
    const { stripe } = here;
    const [month, year] = [await monthly(here, 1000), await monthly(here, 10_000, 'year')];
    const { customer, until: to } = await somebody(here, '2026-04-01');
    const made = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: month.id }] });
    await to('2026-04-16');
    const after = await stripe.subscriptions.update(made.id, {
      items: [{ id: made.items.data[0]?.id ?? '', price: year.id }],
      expand: ['latest_invoice'],
    });
    expect(until(after)).toBe('2027-04-16');
    expect(after.latest_invoice).toMatchObject({ amount_paid: 9500, status: 'paid' });
  });

  test('that a card refuses is not made where that was asked', async () => {
    const { stripe } = here;
    const [small, large] = [await monthly(here, 1000), await monthly(here, 2000)];
    const { customer, until: to } = await somebody(here, '2026-04-01');
    const made = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: small.id }] });
    await to('2026-04-16');
    const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: bad.id } });
    await expect(
      stripe.subscriptions.update(made.id, {
        items: [{ id: made.items.data[0]?.id ?? '', price: large.id }],
        proration_behavior: 'always_invoice',
        payment_behavior: 'error_if_incomplete',
      }),
    ).rejects.toMatchObject({ statusCode: 402, code: 'card_declined', decline_code: 'generic_decline' });
    expect(await stripe.subscriptions.retrieve(made.id)).toMatchObject({
      status: 'active',
      items: { data: [{ price: { id: small.id } }] },
    });
  });
});

test('whatever was answered above is as Stripe’s description has it', () => {
  expect([...new Set(here.strange)]).toEqual([]);
});
