/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext } from 'playwright-core';
import { taskToken } from '../../edge/ingest/task-token.ts';
import type { Api } from '../api.ts';
import { findChromium } from '../check/browser.ts';
import { place } from '../local/ingest/place.ts';
import { launch } from '../local/launch.ts';
import { people } from '../local/people.ts';
import { localSecrets } from '../local/secrets.ts';
import { freshBearer } from '../local/session.ts';
import { d1 } from '../local/worker.ts';
import { bounded, shown, type Figure } from './figure.ts';
import { launchBrowser } from './viewing.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Jobs that are worked on at once, and how often each of their transcoders reports, ms: `HEARTBEAT_MS` of schema/jobs/state.ts. */
const JOBS = 12;
const EVERY_MS = 5_000;
const REPORTS = 240;
const AT_MOST_MS = 2_000;
/** How long nobody reports, to see who asks nevertheless. */
const QUIET_MS = 10_000;
/** Beside the page with its list: tools that listen and then read. */
const LISTENERS = 3;

/**
 * From the moment a transcoder's heartbeat is answered to the moment its words stand in the dashboard's list of running jobs, and to
 * the moment somebody who listens to the feed has read them; in the whole platform, with real calls of a transcoder's own kind.
 */
export async function live(): Promise<Figure[]> {
  const found = await findChromium(() => undefined);
  if (!('path' in found)) throw new Error(found.howTo);
  const platform = await launch();
  try {
    const { origin, data } = platform;
    const api = { origin, token: freshBearer(origin, people.editor) };
    const claims = await claimed(api, data);
    const browser = await launchBrowser(found.path);
    try {
      return await measured(browser, api, claims);
    } finally {
      await browser.close();
    }
  } finally {
    await platform.stop();
  }
}

type Claim = { callback: string; token: string };

/** Jobs that are encoding, each with a task that a transcoder has: as the database stands then, without the hours it takes. */
async function claimed(api: Api, data: string): Promise<Claim[]> {
  const { AUTH_SECRET } = await localSecrets(data);
  const claims: Claim[] = [];
  const rows: string[] = [];
  for (let i = 0; i < JOBS; i++) {
    const { episodeId } = await place(api, 'A bench', 1, i + 1, () => {});
    const [asset, job, task] = [`ast_bench0${i}`, `job_bench0${i}`, `tsk_bench0${i}`];
    const now = Date.now();
    rows.push(
      `insert into assets (id, episode_id, version, source_key, source_bytes, file_name, prefix, created_at) values ('${asset}', '${episodeId}', 1, 'sources/bench${i}/source', 1000, 'bench ${i}.mkv', 'hls/bench/${i}/', ${now})`,
      `insert into jobs (id, asset_id, episode_id, state, publish_when_ready, created_at, updated_at) values ('${job}', '${asset}', '${episodeId}', 'encoding', 0, ${now}, ${now})`,
      `insert into tasks (id, job_id, kind, part, state, attempt, due_at, started_at, created_at) values ('${task}', '${job}', 'video-chunk', '0', 'leased', 1, ${now + 3_600_000}, ${now}, ${now})`,
    );
    claims.push({
      callback: `${api.origin}/api/transcoder/tasks/${task}/heartbeat`,
      token: await taskToken(AUTH_SECRET, task, 1),
    });
  }
  await d1(['execute', 'engawa', '--yes', '--command', rows.join(';\n')], { root, data });
  return claims;
}

async function measured(browser: Browser, api: Api, claims: readonly Claim[]): Promise<Figure[]> {
  const context = await editor(browser, api.origin);
  const watching = await watchPage(context);
  const listeners = await Promise.all(Array.from({ length: LISTENERS }, () => listen(context)));
  const answered = new Map<string, number>();
  for (let i = 0; i < REPORTS; i++) {
    const note = `report ${i}`;
    const { callback, token } = claims[i % claims.length]!;
    const answer = await fetch(callback, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ progress: i / REPORTS, note }),
    });
    if (!answer.ok) throw new Error(`a report was answered ${answer.status}: ${await answer.text()}`);
    answered.set(note, Date.now());
    await sleep(EVERY_MS / claims.length);
  }
  await sleep(AT_MOST_MS * 2);
  const before = watching.asked();
  await sleep(QUIET_MS);
  const idle = watching.asked() - before;
  const onPage = delays(answered, await watching.seen());
  const read: number[] = [];
  for (const listener of listeners) read.push(...delays(answered, await listener.seen()));
  const ms = (name: string, value: number) => ({ name, value, unit: 'ms' });
  return [
    bounded(
      { name: `reports that never showed, of ${REPORTS}`, value: REPORTS - onPage.length, unit: '' },
      0,
    ),
    shown(ms('answered report → words in the list of jobs, p50', quantile(onPage, 0.5))),
    bounded(ms('answered report → words in the list of jobs, p99', quantile(onPage, 0.99)), AT_MOST_MS),
    shown(ms(`answered report → read by ${LISTENERS} who listen, p50`, quantile(read, 0.5))),
    bounded(ms(`answered report → read by ${LISTENERS} who listen, p99`, quantile(read, 0.99)), AT_MOST_MS),
    bounded({ name: `requests of the page in ${QUIET_MS / 1000} quiet seconds`, value: idle, unit: '' }, 0),
  ];
}

/** Of every report that was seen, ms; what was read before its report was answered took no time. */
const delays = (answered: ReadonlyMap<string, number>, seen: ReadonlyMap<string, number>): number[] =>
  [...answered].flatMap(([note, at]) => {
    const then = seen.get(note);
    return then === undefined ? [] : Math.max(0, then - at);
  });

const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Infinity;
};

async function editor(browser: Browser, origin: string): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: origin, viewport: { width: 1440, height: 900 } });
  const { email, password } = people.editor;
  const signedIn = await context.request.post('/api/auth/sign-in', { data: { email, password } });
  if (!signedIn.ok()) throw new Error(`signing in: ${signedIn.status()} ${await signedIn.text()}`);
  return context;
}

/** Somebody in front of the list of running jobs: every note is written down when it first stands in the page. */
async function watchPage(context: BrowserContext) {
  const page = await context.newPage();
  let asked = 0;
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/api/')) asked += 1;
  });
  await page.goto('/admin/jobs?tab=running');
  await page.locator('.working li').first().waitFor();
  const notes = await page.evaluateHandle(() => {
    const seen: Record<string, number> = {};
    const look = () => {
      for (const task of document.querySelectorAll<HTMLElement>('.working li'))
        seen[task.title] ??= Date.now();
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    return seen;
  });
  return {
    asked: () => asked,
    seen: async () => new Map(Object.entries(await notes.jsonValue())),
  };
}

/** A tool that listens to the feed and reads the job that it names, in a tab that shows nothing of it. */
async function listen(context: BrowserContext) {
  const page = await context.newPage();
  await page.goto('/admin/uploads');
  const notes = await page.evaluateHandle(async () => {
    const seen: Record<string, number> = {};
    const socket = new WebSocket('/api/admin/jobs/feed');
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const { jobId } = JSON.parse(data) as { jobId: string };
      void fetch(`/api/admin/jobs?ids=${jobId}`)
        .then(async (answer) => (await answer.json()) as { items: { working: { note: string }[] }[] })
        .then(({ items }) => {
          for (const { working } of items) for (const { note } of working) seen[note] ??= Date.now();
        });
    });
    return seen;
  });
  return { seen: async () => new Map(Object.entries(await notes.jsonValue())) };
}
