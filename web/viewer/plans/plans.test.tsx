import { render } from 'preact';
import { afterEach, expect, it } from 'vitest';
import type { OwnBilling } from '../../../schema/api/billing.ts';
import { here, somebody } from '../../testing/here.ts';
import { HereContext } from '../../visit.ts';
import { billing, paid, plan, price, subscription, yearly } from '../billing/money.fixture.ts';
import PlansPage from './plans.tsx';
import { savedByYear, type SoldPlan } from './sold.ts';

const base = { streams: 1, maxHeight: 480, ads: true, skipAds: false, downloads: false };
const premium = plan({
  id: 'premium',
  name: 'Premium',
  prices: [
    price({ id: 'prc_0pm', amount: 1_480 }),
    price({ id: 'prc_0py', interval: 'year', amount: 14_800 }),
  ],
});
afterEach(() => render(null, document.body));
const open = (mine: OwnBilling | null, items: SoldPlan[] = [plan(), premium], signedIn = mine !== null) =>
  render(
    <HereContext.Provider value={here({ me: signedIn ? somebody() : null, path: '/plans' })}>
      <PlansPage data={{ plans: { items, base }, mine }} />
    </HereContext.Provider>,
    document.body,
  );
const card = (id: string) => document.querySelector<HTMLElement>(`#${id}`)!;
const month = (id: string) => card(id).querySelector<HTMLElement>('[data-per=month]')!;

it('tells strangers what it costs, for how long, and leads them to sign in and back', () => {
  open(null);
  expect(month('standard').textContent).toContain('¥980 a month');
  expect(month('standard').textContent).toContain('7 days free, then ¥980 a month. Cancel any time.');
  expect(month('standard').querySelector('a')!.getAttribute('href')).toBe('/sign-in?next=%2Fplans');
  expect(document.querySelectorAll('form')).toHaveLength(0);
  expect(document.querySelector('.plans__per')!.textContent).toContain('saves 16%');
});

it('sends whoever has no plan to pay, with the free days that they have', () => {
  open(billing());
  const form = month('standard').querySelector('form')!;
  expect([form.method, form.getAttribute('action')]).toEqual(['post', '/account/billing/checkout']);
  expect(form.querySelector<HTMLInputElement>('[name=priceId]')!.value).toBe('prc_0month');
  expect(form.querySelector('button')!.textContent).toBe('Try it free for 7 days');
  // The price stands at each button.
  for (const one of document.querySelectorAll('form')) {
    const told = document.getElementById(one.querySelector('button')!.getAttribute('aria-describedby')!);
    expect(told!.textContent).toMatch(/¥[\d,]+ a (month|year)/);
  }
});

it('gives no second trial, and says so by its price', () => {
  open(
    billing({
      subscriptions: [subscription({ counts: false, until: 0, paid: paid({ state: 'canceled' }) })],
    }),
  );
  const button = month('standard').querySelector('form button')!;
  expect(button.textContent).toBe('Subscribe for ¥980 a month');
  expect(document.body.textContent).not.toContain('days free');
});

it('lets subscribers switch, and marks what they are on', () => {
  open(billing({ subscriptions: [subscription()] }));
  expect(document.querySelectorAll('[aria-current]')).toHaveLength(1);
  expect(card('standard').getAttribute('aria-current')).toBe('true');
  const href = (id: string, per: string) =>
    card(id).querySelector(`[data-per=${per}] .plan-way a`)!.getAttribute('href');
  expect(href('standard', 'month')).toBe('/account/billing');
  expect(href('standard', 'year')).toBe('/account/billing/switch?price=prc_0year');
  expect(href('premium', 'month')).toBe('/account/billing/switch?price=prc_0pm');
  expect(document.querySelectorAll('form')).toHaveLength(0);
});

it('has what is owed set right before anything is switched', () => {
  open(billing({ subscriptions: [subscription({ paid: paid({ state: 'past_due', pastDueSince: 1 }) })] }));
  expect(card('premium').querySelector('.plan-way a')!.getAttribute('href')).toBe('/account/billing');
});

it('sells nothing where there is no price, and shows no choice where there is none', () => {
  open(billing(), [plan({ prices: [] })]);
  expect(card('standard').textContent).toContain('Not sold where you are');
  expect(document.querySelector('.plans__per')).toBeNull();
});

it('never tells more to be saved than is', () => {
  const saved = (amount: number) => savedByYear(plan({ prices: [price(), { ...yearly, amount }] }));
  expect(saved(9_800)).toBe(0.16); // 16.7 %
  expect(saved(11_760)).toBeNull();
  expect(saved(12_000)).toBeNull();
  expect(savedByYear(plan({ prices: [price(), { ...yearly, currency: 'usd' }] }))).toBeNull();
});
