import { afterEach, expect, it, vi } from 'vitest';
import type { Overview } from '../../../schema/api/overview.ts';
import { draw } from '../testing.tsx';
import { overviewPage } from './overview.tsx';

const DAY = 86_400_000;
const TODAY = Date.UTC(2026, 10, 23);
const none = { plays: 0, minutes: 0, viewers: 0, accounts: 0, encodes: 0, encodeMinutes: 0 };
const overview: Overview = {
  at: TODAY + 14 * 3_600_000,
  needs: [
    {
      kind: 'failed-jobs',
      count: 100,
      more: true,
      first: [
        {
          id: 'job_1',
          name: 'Kaze',
          titleId: 'ttl_1',
          episodeId: 'ep_1',
          season: 2,
          number: 5,
          at: TODAY,
          detail: 'encode-failed',
        },
      ],
    },
    {
      kind: 'posterless',
      count: 1,
      more: false,
      first: [
        {
          id: 'ttl_2',
          name: 'Mori',
          titleId: 'ttl_2',
          episodeId: null,
          season: null,
          number: null,
          at: null,
          detail: null,
        },
      ],
    },
  ],
  live: { streams: 12, accounts: 9 },
  today: { ...none, plays: 30, encodes: 4, encodeMinutes: 50 },
  compared: { hours: 14, now: { ...none, plays: 30 }, before: { ...none, plays: 20, minutes: 5 } },
  days: Array.from({ length: 30 }, (_, i) => ({ ...none, day: TODAY - (29 - i) * DAY, plays: i })),
  titles: [{ id: 'ttl_1', name: 'Kaze', plays: 7, minutes: 140 }],
  countries: [{ code: null, plays: 7, minutes: 140 }],
};

let page: Awaited<ReturnType<typeof draw>>;
afterEach(() => {
  page.leave();
  vi.useRealTimers();
});
const open = async (answer: Overview = overview, titles: unknown[] = [{}]) => {
  const Page = await overviewPage('en');
  page = await draw(<Page />, {
    'GET /api/admin/overview': () => answer,
    'GET /api/admin/titles': () => ({ items: titles, next: null }),
  });
};
const tally = (name: string) =>
  [...page.place.querySelectorAll('.tally')].find((one) => one.querySelector('dt')!.textContent === name)!;

it('names what needs somebody, and leads to it and to all of its kind', async () => {
  await open();
  await page.shows('Jobs that failed: more than 100');
  expect(page.button('Kaze, season 2 episode 5')!.getAttribute('href')).toBe('/admin/jobs/job_1');
  expect(page.button('See all: Jobs that failed')!.getAttribute('href')).toMatch(/^\/admin\/jobs\?/);
  expect(page.button('Mori')!.getAttribute('href')).toBe('/admin/titles/ttl_2');
  expect(page.button('See all: Titles without a poster')).toBeUndefined(); // it is all there
});

it('holds today against the same hours of last week', async () => {
  await open();
  await page.shows('Watching now');
  expect(tally('Watching now').textContent).toContain('12on 9 accounts');
  expect(tally('Plays').textContent).toBe('Plays3050% more than last Monday by 2:00 PM UTC');
  expect(tally('Minutes watched').textContent).toContain('100% less');
  expect(tally('Viewers').textContent).toContain('as many as');
  expect(tally('Minutes per encode').textContent).toContain('13');
});

it('draws a month as bars, and says the same as a table', async () => {
  await open();
  await page.shows('The last 30 days');
  const chart = page.place.querySelector('.chart')!;
  expect(chart.querySelectorAll('.chart__bar')).toHaveLength(30);
  expect(chart.querySelector('title')!.textContent).toBe(
    'Plays a day, from Oct 25 to Nov 23: 0 at least, 29 at most.',
  );
  const rows = [...page.place.querySelectorAll('details tbody tr')];
  expect(rows).toHaveLength(30);
  expect(rows[0]!.textContent).toContain('29');
  page.place.querySelectorAll<HTMLInputElement>('[name="measure"]')[1]!.click();
  await vi.waitFor(() =>
    expect(chart.querySelector('title')!.textContent).toContain('Minutes watched a day'),
  );
});

it('tells an empty system what to do, and does not hide that nothing needs anybody', async () => {
  await open({ ...overview, needs: [], titles: [], countries: [], live: null }, []);
  await page.shows('An empty house');
  await page.shows('Nothing needs you right now.');
  await page.shows('not known at the moment');
  await page.shows('Nothing was watched.');
  expect(page.button('Add the first title')!.getAttribute('href')).toBe('/admin/titles/new');
});

it('asks anew each minute', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  await open();
  await page.shows('Today');
  const asked = () => page.asked.filter(({ call }) => call.endsWith('/overview')).length;
  expect(asked()).toBe(1);
  await vi.advanceTimersByTimeAsync(60_000);
  await vi.waitFor(() => expect(asked()).toBe(2));
});
