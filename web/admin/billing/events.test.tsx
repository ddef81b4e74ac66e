import { afterEach, expect, it, vi } from 'vitest';
import type { Reconciliation, StripeEventDetail } from '../../../schema/api/billing-events.ts';
import { draw, refusal } from '../testing.tsx';
import { EventPage } from './event.tsx';
import { EventsPage } from './events.tsx';
import { saying } from './event-words.ts';

const list = '/api/admin/billing/events';
const runs = '/api/admin/billing/reconciliations';
const dead: StripeEventDetail = {
  id: 'evt_1',
  type: 'invoice.paid',
  objectId: 'in_1',
  state: 'dead',
  happenedAt: 1,
  receivedAt: 2,
  deliveries: 3,
  attempts: 8,
  problem: 'Stripe does not answer right now.',
  dueAt: 3,
  doneAt: null,
  body: { id: 'evt_1', data: { object: { id: 'in_1', customer_name: '‹hidden›' } } },
};
const run = (over: Partial<Reconciliation> = {}): Reconciliation => ({
  startedAt: 5,
  endedAt: 6,
  looked: 12,
  mended: 0,
  findings: [],
  ...over,
});

let page: Awaited<ReturnType<typeof draw>>;
afterEach(() => page.leave());
const openList = async (search: string, answers: Record<string, () => unknown>) => {
  const address = new URL(`http://localhost/admin/money/events${search}`);
  const Page = await saying(() => <EventsPage address={address} />)('en');
  page = await draw(<Page />, {
    [`GET ${list}`]: () => ({ items: [dead], next: null }),
    [`GET ${runs}`]: () => ({ items: [] }),
    ...answers,
  });
};

it('lists what Stripe told, with what is the matter, and tries all again that were given up', async () => {
  await openList('?state=dead', { [`POST ${list}/replay`]: () => ({ ids: ['evt_1', 'evt_2'] }) });
  await page.shows('Given up');
  await page.shows('Stripe does not answer right now.');
  page.button('Try all again that were given up')!.click();
  await page.shows('2 events are tried again.');
  expect(page.changes()).toEqual([{ call: `POST ${list}/replay`, json: {} }]);
});

it('says how the comparisons came out, and begins one', async () => {
  let compared = false;
  await openList('', {
    [`GET ${list}`]: () => ({ items: [], next: null }),
    [`GET ${runs}`]: () => ({
      items: compared
        ? [run({ startedAt: 9, mended: 1, findings: [{ id: 'sub_1', what: 'was missing here' }] }), run()]
        : [],
    }),
    [`POST ${runs}`]: () => {
      compared = true;
      return run({ startedAt: 9 });
    },
  });
  await page.shows('There is no such event');
  await page.shows('It has not been compared yet.');
  page.button('Compare now')!.click();
  await page.shows('1 thing mended');
  await page.shows('Nothing amiss');
  expect(page.place.querySelector('details')?.textContent).toContain('sub_1: was missing here');
});

it('shows one event as it came, and tries it again', async () => {
  let shown = dead;
  const Page = await saying(() => <EventPage id="evt_1" />)('en');
  page = await draw(<Page />, {
    [`GET ${list}/evt_1`]: () => shown,
    [`POST ${list}/replay`]: () => {
      shown = { ...dead, state: 'done', problem: null, attempts: 0, doneAt: 7 };
      return { ids: ['evt_1'] };
    },
  });
  await page.shows('8 times');
  expect(page.place.querySelector('textarea')?.value).toContain('‹hidden›');
  page.button('Try again')!.click();
  await page.shows('1 event is tried again.');
  await vi.waitFor(() => expect(page.place.querySelector('.state')?.textContent).toBe('Done'));
  expect(page.changes()).toEqual([{ call: `POST ${list}/replay`, json: { ids: ['evt_1'] } }]);
});

it('says why the list is not there', async () => {
  await openList('', { [`GET ${list}`]: () => refusal('unavailable', { detail: 'Later.' }) });
  await page.shows('Later.');
  expect(page.button('Try again')).toBeDefined();
});
