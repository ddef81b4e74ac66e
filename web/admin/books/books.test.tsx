import { afterEach, expect, it, vi } from 'vitest';
import type { Money, StatementDetail, StatementItem, Usage } from '../../../schema/api/books.ts';
import { draw } from '../testing.tsx';
import { LedgerPage } from './ledger.tsx';
import { MoneyPage } from './money.tsx';
import { sharesOf } from './shares.tsx';
import { StatementPage } from './statement.tsx';
import { StatementsPage } from './statements.tsx';
import { UsagePage } from './usage.tsx';
import { saying } from './words.ts';

let page: Awaited<ReturnType<typeof draw>>;
afterEach(() => {
  page.leave();
  vi.restoreAllMocks();
});
/** What was typed has been drawn: forms send what they were drawn with. */
const drawn = () => new Promise(requestAnimationFrame);
const address = (path: string) => new URL(path, 'http://localhost');

const sums = {
  currency: 'jpy',
  payments: 1_100,
  refunds: -110,
  disputes: 0,
  won: 0,
  tax: 90,
  earned: 500,
  earnedByPlans: 400,
  earnedBySales: 100,
  earnedByAds: 0,
};
const money: Money = {
  months: [
    { month: '2026-09', sums: [] },
    { month: '2026-10', sums: [sums, { ...sums, currency: 'usd', payments: 799 }] },
  ],
  subscriptions: {
    day: Date.UTC(2026, 9, 31),
    monthly: { jpy: 980 },
    paying: 9,
    trialing: 2,
    given: 1,
    began: 1,
    ended: 2,
    trialsOver: 4,
    trialsPaid: 3,
  },
  openDisputes: [{ id: 'dispute:dp_1', at: Date.UTC(2026, 9, 2), amount: -550, currency: 'jpy' }],
};

it('shows what came in, what was earned and how subscriptions stand, a currency at a time', async () => {
  const Page = await saying(MoneyPage)('en');
  page = await draw(<Page />, { 'GET /api/admin/books/money': () => money });
  await page.shows('By month');
  const tally = (name: string) =>
    [...page.place.querySelectorAll('.tally')].find((one) => one.querySelector('dt')!.textContent === name)!
      .textContent;
  expect(tally('Monthly recurring revenue')).toContain('¥980');
  expect(tally('Churn, 30 days')).toContain('20%'); // two of the ten that were there
  expect(tally('Trials paid')).toContain('3 of 4');
  expect(page.place.querySelector('tbody')!.textContent).toMatch(/October 2026¥1,100-?.*¥110/);
  expect(page.place.textContent).toContain('¥550');
  const choice = page.place.querySelector<HTMLSelectElement>('[name=currency]')!;
  choice.value = 'usd';
  choice.dispatchEvent(new Event('change', { bubbles: true }));
  await page.shows('$7.99');
  await page.shows('October 2026: $5');
  const axis = [...page.place.querySelectorAll('.chart__text[text-anchor=end]')].map((one) =>
    Number(one.textContent),
  );
  expect(Math.max(...axis.filter((one) => !Number.isNaN(one)))).toBeLessThan(10); // dollars, and not their cents
});

it('shows a month by title, and leads to it', async () => {
  const usage: Usage = {
    month: '2026-10',
    by: 'title',
    reckonedAt: Date.UTC(2026, 10, 3),
    items: [
      { of: 'ttl_1', name: 'Kaze', plays: 7, minutes: 140, givenMinutes: 20, revenue: { jpy: 500 } },
      { of: '', name: null, plays: 0, minutes: 0, givenMinutes: 0, revenue: { jpy: 3 } },
    ],
  };
  const Page = await saying(UsagePage)('en');
  page = await draw(<Page address={address('/admin/books/usage?month=2026-10')} />, {
    'GET /api/admin/books/usage': () => usage,
  });
  await page.shows('Kaze');
  expect(page.button('Kaze')!.getAttribute('href')).toBe('/admin/titles/ttl_1');
  expect(page.place.textContent).toContain('Nobody’s');
  expect(page.place.querySelector('tbody')!.textContent).toContain('140');
});

const item: StatementItem = {
  id: 'stm_1',
  licensorId: 'lsr_1',
  licensorName: 'Kino',
  month: '2026-10',
  number: 2,
  reason: 'A play came late.',
  rules: 1,
  sha256: 'ab'.repeat(32),
  keyId: 'key',
  plays: 4,
  minutes: 138,
  owed: { jpy: 803 },
  createdBy: null,
  createdAt: Date.UTC(2026, 10, 5),
};
const detail: StatementDetail = {
  ...item,
  money: { jpy: { revenue: 1_405, owed: 803 } },
  lines: [
    {
      titleId: 'ttl_1',
      titleName: 'Kaze',
      country: 'JP',
      audio: 'ja',
      planId: 'fan',
      model: 'subscription',
      given: 'gift',
      plays: 1,
      minutes: 60,
      sold: 0,
      currency: 'jpy',
      revenue: 603,
      basisPoints: 5_000,
      owed: 302,
    },
  ],
  more: false,
};

it('makes a statement, and says why not', async () => {
  let conflict = true;
  const Page = await saying(StatementsPage)('en');
  page = await draw(<Page address={address('/admin/books/statements')} />, {
    'GET /api/admin/books/statements': () => ({ items: [item], next: null }),
    'GET /api/admin/licensors': () => ({ items: [{ id: 'lsr_1', name: 'Kino', notes: null }] }),
    'POST /api/admin/books/statements': () =>
      conflict
        ? {
            type: 'https://x/problems/conflict',
            code: 'conflict',
            status: 409,
            title: 'No',
            detail: 'A correction of it takes a reason.',
          }
        : item,
  });
  await page.shows('Kino');
  const whose = page.place.querySelector<HTMLSelectElement>('[name=licensor]')!;
  await vi.waitFor(() => expect(whose.options.length).toBe(2));
  whose.value = 'lsr_1';
  whose.dispatchEvent(new Event('change', { bubbles: true }));
  await vi.waitFor(() => expect((page.button('Make') as HTMLButtonElement).disabled).toBe(false));
  page.place.querySelector('form')!.requestSubmit();
  await page.shows('A correction of it takes a reason.');
  conflict = false;
  page.type(page.field('reason'), 'A play came late.');
  await drawn();
  page.place.querySelector('form')!.requestSubmit();
  await page.shows('Statement 2 was made.');
  expect(page.changes().at(-1)!.json).toMatchObject({ licensorId: 'lsr_1', reason: 'A play came late.' });
});

it('shows a statement as it was told, gives its bytes, and checks it', async () => {
  let same = false;
  const Page = await saying(StatementPage)('en');
  page = await draw(<Page id="stm_1" />, {
    'GET /api/admin/books/statements/stm_1': () => detail,
    'GET /api/admin/books/statements/stm_1/csv': () =>
      new Response('\uFEFFtitle_id\r\n', { headers: { 'content-type': 'text/csv' } }),
    'POST /api/admin/books/statements/stm_1/check': () => ({
      same,
      sha256: 'x',
      plays: 5,
      minutes: 148,
      owed: { jpy: 850 },
      checkedAt: 0,
    }),
  });
  await page.shows('Subscription (gift)');
  expect(page.place.querySelector('tbody')!.textContent).toContain('¥60350%¥302');
  expect(page.place.querySelector('tfoot')!.textContent).toContain('¥803');
  let saved: Blob | null = null;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => ((saved = blob as Blob), 'blob:x'));
  page.button('Download CSV')!.click();
  await vi.waitFor(() => expect(saved).not.toBe(null));
  expect([...new Uint8Array(await saved!.arrayBuffer())].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf]); // what was signed, to the byte
  page.button('Check')!.click();
  await page.shows('148 minutes, and owed: ¥850');
  same = true;
  page.button('Check')!.click();
  await page.shows('byte for byte the same');
});

it('lists the ledger, also of accounts that are gone, with the tax of a month', async () => {
  const Page = await saying(LedgerPage)('en');
  page = await draw(<Page address={address('/admin/books/ledger?month=2026-10')} />, {
    'GET /api/admin/books/taxes': () => ({
      month: '2026-10',
      items: [{ country: 'JP', currency: 'jpy', entries: 2, amount: 990, tax: 90 }],
    }),
    'GET /api/admin/books/ledger': () => ({
      items: [
        {
          id: 'refund:re_1',
          kind: 'refund',
          at: Date.UTC(2026, 9, 3),
          userId: null,
          country: 'JP',
          currency: 'jpy',
          amount: -110,
          tax: -10,
          planId: 'fan',
          paidFrom: null,
          paidUntil: null,
          model: 'subscription',
          titleId: null,
          titleName: null,
          season: null,
          episodeId: null,
          stripePaymentId: 'pi_1',
        },
      ],
      next: null,
    }),
  });
  await page.shows('-¥110');
  expect(page.place.querySelector('.long')!.textContent).toMatch(/Refund.*deleted/);
  await page.shows('Japan');
  expect(page.button('Download journal')).toBeDefined();
});

it('sets a share in ten-thousandths, from a month on', async () => {
  const Page = await sharesOf('en');
  page = await draw(<Page licensorId="lsr_1" />, {
    'GET /api/admin/licensors/lsr_1/shares': () => ({
      items: [
        {
          id: 'shr_1',
          model: 'subscription',
          basisPoints: 4_550,
          month: '2026-01',
          createdAt: 0,
          holds: true,
        },
      ],
    }),
    'POST /api/admin/licensors/lsr_1/shares': () => ({}),
  });
  await page.shows('45.5%');
  await page.shows('holds now');
  page.type(page.field('percent'), '33.25');
  await drawn();
  page.place.querySelector('form')!.requestSubmit();
  await page.shows('The share was set.');
  expect(page.changes()[0]!.json).toMatchObject({ model: 'subscription', basisPoints: 3_325 });
});
