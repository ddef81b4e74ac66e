import { render } from 'preact';
import { afterEach, expect, it } from 'vitest';
import { here, somebody } from '../../testing/here.ts';
import { problemDocument } from '../../testing/problem.ts';
import { HereContext } from '../../visit.ts';
import CancelPlan from '../cancel-plan/cancel-plan.tsx';
import Paying, { type PayingData } from '../paying/paying.tsx';
import SwitchPlan from '../switch-plan/switch-plan.tsx';
import Billing, { type BillingData } from './billing.tsx';
import { billing, DAY, NOW, paid, price, purchase, subscription, yearly } from './money.fixture.ts';

afterEach(() => render(null, document.body));
const draw = (page: preact.VNode) =>
  render(
    <HereContext.Provider value={here({ me: somebody(), path: '/account/billing' })}>
      {page}
    </HereContext.Provider>,
    document.body,
  );
const open = (given: Partial<BillingData> = {}) =>
  draw(
    <Billing
      data={{
        billing: billing(),
        invoices: { items: [], next: null },
        done: null,
        refused: null,
        wrongCode: null,
        ...given,
      }}
    />,
  );
const text = () => document.body.textContent;
const actions = () => [...document.querySelectorAll('form')].map((form) => form.getAttribute('action'));

it('has a way to leave on the same page, and as large, as every other way', () => {
  open({ billing: billing({ subscriptions: [subscription()] }) });
  const cancel = [...document.querySelectorAll('a')].find(({ textContent }) => textContent === 'Cancel')!;
  const other = [...document.querySelectorAll('a')].find(
    ({ textContent }) => textContent === 'Another plan',
  )!;
  expect(cancel.getAttribute('href')).toBe('/account/billing/cancel');
  expect(cancel.className).toBe(other.className);
});

it('leads who owes to where it is mended', () => {
  const owed = subscription({ paid: paid({ state: 'past_due', pastDueSince: NOW - DAY }) });
  open({ billing: billing({ subscriptions: [owed] }) });
  expect(document.querySelector('[role=alert]')!.textContent).toContain(
    'did not go through on December 31, 2025',
  );
  expect(text()).toContain('holds until January 28, 2026');
  expect(actions()[0]).toBe('/account/billing/portal');
});

it('lists invoices with their own links, and says so where Stripe does not answer', () => {
  const invoice = {
    id: 'in_1',
    number: 'ENG-7',
    at: NOW,
    amount: 980,
    currency: 'jpy',
    state: 'paid',
    what: 'Standard',
    url: 'https://stripe.test/in_1',
    pdf: null,
  } as const;
  open({ invoices: { items: [invoice], next: 'in_1' } });
  expect(document.querySelector('td a')!.getAttribute('aria-label')).toBe('See it: Invoice ENG-7');
  expect(document.querySelector('tbody')!.textContent).toContain('¥980Paid');
  expect(document.querySelector('a[href*="invoices=in_1"]')).not.toBeNull();
  open({ invoices: null });
  expect(text()).toContain('cannot be read right now');
});

it('keeps a code that opened nothing, and says so at its field', () => {
  open({ wrongCode: 'ABCD-1234' });
  const field = document.querySelector<HTMLInputElement>('[name=code]')!;
  expect(field.value).toBe('ABCD-1234');
  expect(document.getElementById(field.getAttribute('aria-describedby')!)!.textContent).toContain('mistyped');
});

it('folds away what can no longer be watched', () => {
  open({
    billing: billing({ purchases: [purchase({ id: 'pur_1' }), purchase({ id: 'pur_2', beginBy: NOW - 1 })] }),
  });
  expect(document.querySelectorAll('details .money__list li')).toHaveLength(1);
});

it('shows what is charged on the button that charges it, and sends what it was reckoned for', () => {
  const preview = {
    price: yearly,
    dueNow: 9_147,
    currency: 'jpy',
    nextAmount: 9_800,
    nextAt: NOW + 365 * DAY,
    prorationAt: NOW,
  };
  const now = { planName: 'Standard', paid: paid() };
  draw(<SwitchPlan data={{ now, preview, planName: 'Standard', stale: false }} />);
  expect(document.querySelector('button')!.textContent).toBe('Switch and pay ¥9,147');
  expect(document.querySelector<HTMLInputElement>('[name=prorationAt]')!.value).toBe(String(NOW));
  draw(<SwitchPlan data={{ now, preview: { ...preview, dueNow: -300 }, planName: 'Lite', stale: true }} />);
  expect(text()).toContain('Credited to your next payments¥300');
  expect(document.querySelector('button')!.textContent).toBe('Switch now');
});

it('asks once before it cancels, and says until when it holds', () => {
  const until = (given: Parameters<typeof paid>[0]) => {
    draw(<CancelPlan data={{ subscription: subscription({ paid: paid({ price: price(), ...given }) }) }} />);
    return document.querySelector('p')!.textContent;
  };
  expect(until({})).toContain('until January 21, 2026');
  expect(until({ state: 'trialing', trialEnd: NOW + DAY })).toContain('until January 2, 2026');
  // An old trial says nothing about now; what is owed holds as long as the grace.
  expect(until({ trialEnd: NOW - DAY })).toContain('until January 21, 2026');
  expect(until({ pastDueSince: NOW - DAY })).toContain('until January 28, 2026');
  expect(actions()).toEqual(['/account/billing/cancel']);
});

it.each([
  [{ state: 'cancelled', next: '/watch/ep_1' }, 'Nothing was charged'],
  [{ state: 'over', next: '/watch/ep_1' }, 'Nothing was charged'],
  [{ state: 'late', again: '/again', next: '/watch/ep_1' }, 'Nothing is charged twice'],
  [{ state: 'refused', problem: problemDocument('unavailable'), next: '/watch/ep_1' }, 'Nothing was charged'],
  [
    { state: 'refused', problem: problemDocument('payment-failed'), next: '/watch/ep_1' },
    'nothing was charged',
  ],
  [{ state: 'refused', problem: problemDocument('conflict', { detail: 'So.' }), next: '/watch/ep_1' }, 'So.'],
] as [PayingData, string][])('coming back, says what of the money: %o', (data, said) => {
  draw(<Paying data={data} />);
  expect(text()).toContain(said);
  expect(document.querySelector('a[href="/watch/ep_1"]')).not.toBeNull();
});
