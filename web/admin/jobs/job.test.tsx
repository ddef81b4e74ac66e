import { afterEach, expect, it, vi } from 'vitest';
import type { Attempt, JobView } from '../../../schema/api/ingest.ts';
import { draw, refusal } from '../testing.tsx';
import { JobPage as Unspoken } from './job.tsx';
import { job as base, task } from './jobs.fixture.ts';
import { saying } from './words.ts';

const JobPage = await saying(Unspoken)('en');

let shown: Awaited<ReturnType<typeof draw>>;
/** The page of a job whose state the test changes as it likes. */
async function page(job: JobView, answers: Record<string, () => unknown> = {}) {
  const now = { job };
  shown = await draw(<JobPage id="job_1" />, { 'GET /api/admin/jobs/job_1': () => now.job, ...answers });
  await shown.shows('Kaze, season 1 episode 3');
  return { ...shown, now };
}
const openDialog = () =>
  vi.waitFor(() => {
    const dialog = shown.place.querySelector('dialog');
    if (!dialog?.open) throw new Error('no dialog is open');
    return dialog;
  });
afterEach(() => shown.leave());

it('a running job: its progress and that of each task', async () => {
  const { place, button } = await page(base);
  const bars = [...place.querySelectorAll('progress')].map((bar) => [
    bar.getAttribute('aria-label'),
    bar.value,
  ]);
  expect(bars).toEqual([
    ['Progress of the whole job', 0.5],
    ['Video, part 3', 0.25],
  ]);
  expect(place.querySelector('tbody')?.textContent).toContain('encoding frame 12 of 48');
  expect(button('Publish')).toBeUndefined();
  expect(button('Try again')).toBeUndefined();
});

it('asks before it cancels, and does not when the answer is no', async () => {
  const { button, changes } = await page(base);
  button('Cancel job')!.click();
  (await openDialog()).close('no');
  await vi.waitFor(() => expect(shown.place.querySelector('dialog')).toBeNull());
  expect(changes()).toEqual([]);
});

it('cancels when the answer is yes, and shows what became of it', async () => {
  const { button, changes, now } = await page(base, {
    'POST /api/admin/jobs/job_1/cancel': () => {
      now.job = { ...base, state: 'cancelled', problem: 'job-cancelled', tasks: [] };
      return now.job;
    },
  });
  button('Cancel job')!.click();
  (await openDialog()).close('yes');
  await shown.shows('The job was cancelled and left nothing behind.');
  expect(changes().map(({ call }) => call)).toEqual(['POST /api/admin/jobs/job_1/cancel']);
  expect(button('Cancel job')).toBeUndefined();
});

it('a failed job whose file is at fault: why, what to do, and another file rather than another try', async () => {
  const { button, place } = await page({
    ...base,
    state: 'failed',
    problem: 'source-no-video',
    detail: 'The file holds one audio stream and nothing else.',
    tasks: [
      { ...task, kind: 'probe', part: '', state: 'failed', problem: 'source-no-video', log: 'stderr …' },
    ],
  });
  expect(place.textContent).toContain('The file has no video in it.');
  expect(place.textContent).toContain('The file holds one audio stream and nothing else.');
  expect(place.textContent).toContain('Choose the file that holds the picture');
  expect(button('Try again')).toBeUndefined();
  expect(button('Upload another file')?.getAttribute('href')).toBe('/admin/titles/ttl_1/episodes/ep_1');
});

it('a failed job that another try can mend; a refusal of that try is said', async () => {
  const failed: JobView = { ...base, state: 'failed', problem: 'storage-failed', finishedAt: 2_000 };
  const detail = 'What the failed try wrote is still being deleted.';
  const { button, now, shows } = await page(failed, {
    'POST /api/admin/jobs/job_1/retry': () =>
      now.job.detail
        ? { ...base }
        : ((now.job = { ...failed, detail: 'again' }), refusal('conflict', { detail })),
  });
  button('Try again')!.click();
  await shows(detail);
  await vi.waitFor(() => expect(button('Try again')).toBeDefined());
});

it('a ready job is published with its asset, and then watched', async () => {
  const certificate = {
    holds: true,
    warnings: [],
    checks: [{ name: 'durations', holds: true, detail: 'equal' }],
  };
  const ready: JobView = { ...base, state: 'ready', progress: 1, finishedAt: 61_000, certificate };
  const { button, changes, now, shows, place } = await page(ready, {
    'POST /api/admin/episodes/ep_1/publish': () => {
      now.job = { ...ready, published: true };
      return {};
    },
  });
  expect(place.textContent).toContain('All checks hold.');
  expect(place.querySelector('progress[aria-label="Progress of the whole job"]')).toBeNull();
  button('Publish')!.click();
  await shows('This version is on the site.');
  expect(changes()).toEqual([{ call: 'POST /api/admin/episodes/ep_1/publish', json: { assetId: 'ast_1' } }]);
  expect(button('Watch')?.getAttribute('href')).toBe('/watch/ep_1');
  expect(button('Publish')).toBeUndefined();
});

it('a certificate that does not hold names its broken checks first', async () => {
  const { place } = await page({
    ...base,
    state: 'failed',
    problem: 'verification-failed',
    certificate: {
      holds: false,
      warnings: [],
      checks: [
        { name: 'codecs', holds: true, detail: 'fine' },
        {
          name: 'durations',
          holds: false,
          detail: 'v720 lasts 19.9 s',
          measured: { value: 22.04, unit: 'ms', limit: 21.333 },
        },
      ],
    },
  });
  expect(place.textContent).toContain('1 check does not hold.');
  const lines = [...place.querySelectorAll('.table--checks tbody tr')].map((line) =>
    line.textContent?.trim(),
  );
  expect(lines[0]).toBe(
    'does not hold: durations22 msat most 21.3 msEvery rendition lasts as long as the episode. v720 lasts 19.9 s',
  );
});

it('a job that is not there says so, and is not asked for again', async () => {
  vi.useFakeTimers();
  shown = await draw(<JobPage id="job_1" />, {});
  await shown.shows('There is nothing here');
  await vi.advanceTimersByTimeAsync(120_000);
  expect(shown.asked).toHaveLength(1);
  vi.useRealTimers();
});

it('each attempt with its outcome and its log is read when somebody opens it', async () => {
  const failed: Attempt = {
    attempt: 1,
    outcome: 'lost',
    problem: 'unavailable',
    detail: 'The transcoder stopped reporting.',
    log: 'stderr …',
    cpuSeconds: 12,
    diskPeak: 4_000_000,
    startedAt: 1_000,
    endedAt: 61_000,
  };
  const { place, asked } = await page(base, { 'GET /api/admin/tasks/tsk_1/attempts': () => [failed] });
  expect(asked).toHaveLength(1);
  const opens = place.querySelector<HTMLButtonElement>('.opens')!;
  opens.click();
  await shown.shows('Transcoder lost');
  expect(place.querySelector('.attempts .log')?.textContent).toBe('stderr …');
  expect(place.querySelector('.attempts')?.textContent).toContain('12 sec of CPU · 4 MB of disk');
  expect(opens.getAttribute('aria-expanded')).toBe('true');
  opens.click();
  await vi.waitFor(() => expect(place.querySelector('.attempts')).toBeNull());
});

it('says about how long it will take, and what is on the disk', async () => {
  const { place } = await page({
    ...base,
    readyAt: Date.now() + 90_000,
    tasks: [{ ...task, disk: { now: 3_000_000, peak: 9_000_000 } }],
  });
  expect(place.textContent).toMatch(/about 1 min 30 sec|about 1 min 29 sec/);
  expect(place.textContent).toContain('Disk: 3 MB now, 9 MB at most');
});

it('warnings that keep it from being published come first', async () => {
  const { place } = await page({
    ...base,
    state: 'ready',
    certificate: {
      holds: true,
      checks: [],
      warnings: [
        { code: 'flashing', detail: '12.0 to 14.5 s', blocks: false },
        { code: 'glyphs-missing', detail: 'Gandhi Sans lacks 縁', blocks: true },
      ],
    },
  });
  const lines = [...place.querySelectorAll('.warnings li')].map((line) => line.textContent?.trim());
  expect(lines).toEqual([
    'Keeps it from being published Characters are missing from a font Gandhi Sans lacks 縁',
    'To know Pictures flash 12.0 to 14.5 s',
  ]);
});

it('a version whose warnings block it is published with a reason only', async () => {
  const ready: JobView = {
    ...base,
    state: 'ready',
    certificate: {
      holds: true,
      checks: [],
      warnings: [{ code: 'glyphs-missing', detail: 'Gandhi Sans lacks 縁', blocks: true }],
    },
  };
  const { button, changes, place } = await page(ready, {
    'POST /api/admin/episodes/ep_1/publish': () => ({}),
  });
  expect(button('Publish')).toBeUndefined();
  button('Publish all the same …')!.click();
  const dialog = await openDialog();
  expect(dialog.textContent).toContain('Gandhi Sans lacks 縁');
  const reason = place.querySelector('textarea')!;
  reason.value = 'The character is never shown.';
  reason.dispatchEvent(new Event('input', { bubbles: true }));
  await vi.waitFor(() => expect(button('Publish all the same')).toHaveProperty('disabled', false));
  button('Publish all the same')!.click();
  await vi.waitFor(() =>
    expect(changes()).toEqual([
      {
        call: 'POST /api/admin/episodes/ep_1/publish',
        json: { assetId: 'ast_1', override: { reason: 'The character is never shown.' } },
      },
    ]),
  );
});

it('what is encoded can be watched once the head is there, and not before', async () => {
  const head = { ...task, part: '0', state: 'done' as const };
  const grant = {
    masterUrl: 'blob:nothing',
    until: 0,
    available: 8,
    duration: 1440,
    audio: [],
  };
  const { button, shows, now, changes } = await page(base, {
    'POST /api/admin/jobs/job_1/watch': () => grant,
  });
  expect(button('Watch what is ready')).toBeUndefined();
  now.job = { ...base, tasks: [head, task] };
  await vi.waitFor(() => expect(button('Watch what is ready')).toBeDefined(), 4_000);
  button('Watch what is ready')!.click();
  await shows('8 sec of 24 min can be watched so far. The sound is still being made.');
  expect(shown.place.querySelector('video')?.controls).toBe(true);
  now.job = {
    ...now.job,
    tasks: [head, { ...task, id: 'tsk_2', kind: 'audio', part: 'a0-ja', state: 'done' }],
  };
  await vi.waitFor(() => expect(changes()).toHaveLength(2), 4_000);
});

it('one task is begun anew, and a refusal is said', async () => {
  const detail = 'Its job is over.';
  const { place, changes, shows } = await page(base, {
    'POST /api/admin/tasks/tsk_1/retry': () => refusal('conflict', { detail }),
  });
  place.querySelector<HTMLElement>('[aria-label="Begin anew: Video, part 3"]')!.click();
  await shows(detail);
  expect(changes().map(({ call }) => call)).toEqual(['POST /api/admin/tasks/tsk_1/retry']);
});
