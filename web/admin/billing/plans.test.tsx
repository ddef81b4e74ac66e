import { afterEach, expect, it, vi } from 'vitest';
import type { AdminPlans, BillingOfPerson } from '../../../schema/api/billing-admin.ts';
import { draw } from '../testing.tsx';
import { planPages } from './pages.tsx';
import { personBilling } from './person-billing.tsx';

let page: Awaited<ReturnType<typeof draw>>;
afterEach(() => page.leave());

const plans: AdminPlans = {
  items: [
    {
      id: 'standard',
      name: 'Standard',
      streams: 2,
      maxHeight: 1080,
      ads: false,
      skipAds: false,
      downloads: false,
      rank: 1,
      trialDays: 14,
      sold: true,
      stripeProductId: 'prod_1',
      people: 1000,
      morePeople: true,
      prices: [
        {
          id: 'prc_0001',
          currency: 'jpy',
          interval: 'month',
          amount: 980,
          endedAt: null,
          stripePriceId: 'price_1',
        },
      ],
    },
  ],
};
const open = async (name: keyof typeof planPages, more: Parameters<typeof draw>[1] = {}) => {
  const Page = planPages[name];
  page = await draw(<Page values={{}} address={new URL('http://localhost/admin/plans')} />, {
    'GET /api/admin/plans': () => plans,
    'GET /api/admin/gifts': () => ({ items: [], next: null }),
    'GET /api/admin/promotions': () => ({ items: [], next: null }),
    ...more,
  });
};
/** After what was typed is drawn, as nobody presses a key and a button at once. */
const submit = async (name: string) => {
  await new Promise((resolve) => setTimeout(resolve, 50));
  return sent(name);
};
const sent = (name: string) =>
  vi.waitFor(() =>
    page.field(name).form!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })),
  );

it(
  'shows what plans cost and how many are on them, and asks another price as people count',
  { timeout: 20_000 },
  async () => {
    await open('plans', { 'POST /api/admin/plans/standard/prices': () => plans });
    await page.shows('more than 1,000 people');
    await page.shows('¥980 a month');
    page.type(page.field('/currency'), 'USD');
    page.type(page.field('/amount'), '9.99');
    await submit('/amount');
    await vi.waitFor(() =>
      expect(page.changes()).toEqual([
        {
          call: 'POST /api/admin/plans/standard/prices',
          json: { currency: 'usd', interval: 'month', amount: 999 },
        },
      ]),
    );
  },
);

it('makes no new plan in the place of one that is there', async () => {
  await open('plans', { 'PUT /api/admin/plans/standard': () => plans.items[0] });
  await page.shows('New plan');
  page.type(page.field('/id'), 'standard');
  await page.shows('There is a plan by this id already');
  await submit('/id');
  expect(page.changes()).toEqual([]);
});

it('shows gift codes once, right after they are made', async () => {
  const made = {
    id: 'gft_0001',
    hint: 'VT4C',
    planId: 'standard',
    days: 30,
    uses: 1,
    used: 0,
    reason: 'fans',
  };
  const rest = { redeemBy: null, endedAt: null, createdAt: 0, code: '7K3M-9XQ2-VT4C' };
  await open('codes', { 'POST /api/admin/gifts': () => ({ items: [{ ...made, ...rest }] }) });
  await page.shows('No gift codes yet');
  page.type(page.field('/reason'), 'fans');
  await submit('/reason');
  await page.shows('7K3M-9XQ2-VT4C');
  await page.shows('Save as CSV');
  page.leave();
  await open('codes', {});
  await page.shows('No gift codes yet');
  expect(document.body.textContent).not.toContain('7K3M');
});

it('asks before a code is ended, chooses a plan for new ones, and says which have run out', async () => {
  const gift = {
    planId: 'standard',
    days: 30,
    uses: 1,
    used: 0,
    reason: 'fans',
    endedAt: null,
    createdAt: 0,
  };
  const items = [
    { ...gift, id: 'gft_0001', hint: 'VT4C', redeemBy: null },
    { ...gift, id: 'gft_0002', hint: 'OVER', redeemBy: 1 },
    { ...gift, id: 'gft_0003', hint: 'USED', redeemBy: null, used: 1 },
  ];
  await open('codes', {
    'GET /api/admin/gifts': () => ({ items, next: null }),
    'POST /api/admin/gifts/gft_0001/end': () => ({ ...items[0], endedAt: 2 }),
  });
  await page.shows('Run out');
  await page.shows('Used up');
  await vi.waitFor(() => expect(page.place.querySelector('select')!.value).toBe('standard'));
  page.button('End: VT4C')!.click();
  await page.shows('End the gift code …VT4C?');
  expect(page.changes()).toEqual([]);
  const dialog = page.place.querySelector('dialog')!;
  [...dialog.querySelectorAll('button')].find((one) => one.textContent === 'End')!.click();
  await vi.waitFor(() =>
    expect(page.changes()).toMatchObject([{ call: 'POST /api/admin/gifts/gft_0001/end' }]),
  );
});

it('pays back what somebody paid, for a reason', async () => {
  const billing: BillingOfPerson = {
    subscriptions: [],
    purchases: [],
    customer: {
      stripeId: 'cus_1',
      currency: 'jpy',
      url: 'https://dashboard.stripe.com/test/customers/cus_1',
    },
    payments: [
      {
        id: 'in_1',
        number: 'A-1',
        at: 0,
        amount: 980,
        currency: 'jpy',
        state: 'paid',
        what: 'Standard',
        url: null,
        pdf: null,
        paymentId: 'pi_1',
        refunded: 0,
        left: 480,
      },
    ],
  };
  const Person = await personBilling('en');
  page = await draw(<Person id="usr_1" />, {
    'GET /api/admin/users/usr_1/billing': () => billing,
    'POST /api/admin/payments/pi_1/refund': () => ({ refunded: 480, left: 0, currency: 'jpy' }),
  });
  await page.shows('At Stripe: cus_1');
  page.button('Pay back: ¥480')!.click();
  const dialog = await vi.waitFor(() => {
    const found = page.place.querySelector('dialog');
    expect(found).not.toBeNull();
    return found!;
  });
  page.type(dialog.querySelector<HTMLInputElement>('[name="reason"]')!, 'Ticket 42');
  await vi.waitFor(() => {
    const yes = [...dialog.querySelectorAll('button')].find((one) => one.textContent === 'Pay back')!;
    expect(yes.disabled).toBe(false);
    yes.click();
  });
  await vi.waitFor(() =>
    expect(page.changes()).toEqual([
      { call: 'POST /api/admin/payments/pi_1/refund', json: { reason: 'Ticket 42' } },
    ]),
  );
});
