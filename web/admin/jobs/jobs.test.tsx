import type { ComponentChildren } from 'preact';
import { afterEach, expect, it, vi } from 'vitest';
import type { JobCard } from '../../../schema/api/ingest.ts';
import { DeskContext, useDesk } from '../desk.ts';
import type { Listener, LineListener, News } from '../job-news.ts';
import { draw } from '../testing.tsx';
import { card } from './jobs.fixture.ts';
import { JobsPage as Unspoken } from './jobs.tsx';
import { saying } from './words.ts';

const JobsPage = await saying(Unspoken)('en');
const job = (id: number, over: Partial<JobCard> = {}): JobCard => ({
  ...card,
  id: `job_${id}`,
  createdAt: id,
  ...over,
});

/** A line that the test holds in its hand. */
function line() {
  const listeners = new Set<Listener>();
  const lines = new Set<LineListener>();
  let connected = true;
  const news: News = {
    connected: () => connected,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    line: (listener) => {
      lines.add(listener);
      return () => lines.delete(listener);
    },
  };
  return {
    news,
    says: (id: string | null) => listeners.forEach((listener) => listener(id)),
    turn: (now: boolean) => {
      connected = now;
      lines.forEach((listener) => listener(now));
    },
  };
}
function WithNews({ news, children }: { news: News; children: ComponentChildren }) {
  return <DeskContext.Provider value={{ ...useDesk(), news }}>{children}</DeskContext.Provider>;
}

let shown: Awaited<ReturnType<typeof draw>>;
afterEach(() => {
  vi.useRealTimers();
  shown.leave();
});
const held = line();
/** The page over a list that the test changes as it likes. */
async function page(items: JobCard[], search = '', answers: Record<string, () => unknown> = {}) {
  const now = { items };
  shown = await draw(
    <WithNews news={held.news}>
      <JobsPage address={new URL(`http://localhost/admin/jobs${search}`)} />
    </WithNews>,
    { 'GET /api/admin/jobs': () => ({ items: now.items, next: null }), ...answers },
  );
  return { ...shown, now };
}
const reads = () => shown.asked.filter(({ call }) => call === 'GET /api/admin/jobs').length;

it('a running job shows each of its tasks, who began it, and how long it will take', async () => {
  const working: JobCard['working'] = [
    { id: 'tsk_1', kind: 'video-chunk', part: '2', progress: 0.25, note: 'encoding frame 12 of 48' },
  ];
  const startedBy = { id: 'usr_1', name: 'Edo' };
  const { place, shows } = await page([
    job(1, { working, startedBy, tasksDone: 3, tasksAll: 9, readyAt: Date.now() + 90_000 }),
  ]);
  await shows('Kaze');
  const row = place.querySelector('tbody tr')!;
  expect(row.textContent).toContain('3 of 9 tasks done · about 1 min 30 sec left');
  expect(row.textContent).toContain('by Edo');
  const bars = [...row.querySelectorAll('progress')].map((bar) => [
    bar.getAttribute('aria-label'),
    bar.value,
  ]);
  expect(bars).toEqual([
    ['Kaze, season 1 episode 3', 0.5],
    ['Video, part 3', 0.25],
  ]);
});

it('what waits says for what, and how many are before it', async () => {
  const { place, shows } = await page([
    job(1, { state: 'queued', ahead: 0, waits: { for: 'transcoder', until: null } }),
    job(2, { state: 'queued', ahead: 4, waits: { for: 'turn', until: null } }),
    job(3, { state: 'encoding', waits: { for: 'retry', until: Date.now() + 19_500 } }),
  ]);
  await shows('Next in line');
  expect(place.textContent).toContain('no transcoder has room');
  expect(place.textContent).toContain('4 jobs before it');
  expect(place.textContent).toContain('Tried again in 19 seconds');
});

it('of a job that the feed names, only that one is asked for; nothing is asked by the clock while the line is up', async () => {
  const { shows, place, now } = await page([job(2), job(1)], '?tab=running');
  await shows('Kaze');
  expect(reads()).toBe(1);
  now.items = [job(1, { progress: 0.75 })];
  held.says('job_1');
  await vi.waitFor(() => expect(place.querySelectorAll('progress')[1]!.value).toBe(0.75));
  expect(place.querySelectorAll('tbody tr')).toHaveLength(2); // the answer named one, the other is as it was
  now.items = [job(1, { state: 'ready' })];
  held.says('job_1');
  await vi.waitFor(() => expect(place.querySelectorAll('tbody tr')).toHaveLength(1));
  const before = reads();
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  expect(reads()).toBe(before);
});

it('says when the line is down, asks by the clock then, and for everything once it is back', async () => {
  const { shows, place } = await page([job(1)]);
  await shows('Live');
  held.turn(false);
  await vi.waitFor(() => expect(place.querySelector('.live')!.textContent).toBe('Reconnecting …'), 4_000);
  const before = reads();
  await vi.waitFor(() => expect(reads()).toBeGreaterThan(before), 5_000);
  held.turn(true);
  held.says(null);
  await vi.waitFor(() => expect(place.querySelector('.live')!.textContent).toBe('Live'));
});

it('selected jobs are tried again or cancelled together, and each one’s fate is said', async () => {
  const items = [
    job(3, { state: 'failed', problem: 'storage-failed' }),
    job(2, { state: 'failed', problem: 'source-empty' }),
    job(1),
  ];
  const { place, shows, button, changes } = await page(items, '', {
    'POST /api/admin/jobs/bulk': () => ({
      items: [{ id: 'job_3', fate: 'refused', because: 'What the failed try wrote is still being deleted.' }],
    }),
  });
  await shows('Kaze');
  place.querySelector<HTMLInputElement>('[aria-label="Select all that are shown"]')!.click();
  await shows('3 jobs selected');
  expect(button('Cancel 1 job')).toBeDefined();
  button('Try 1 again')!.click(); // a file that is at fault stays so
  await shows('1 refused');
  expect(place.querySelector('.fates')!.textContent).toContain('still being deleted');
  expect(changes()).toEqual([
    { call: 'POST /api/admin/jobs/bulk', json: { action: 'retry', ids: ['job_3'] } },
  ]);
  expect(place.querySelector('.bulk')).toBeNull();
});
