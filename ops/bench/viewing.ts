/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { people } from '../local/people.ts';

/** A line, as Chromium's developer tools make one: bit/s both ways, and milliseconds that each request waits more. */
export type Line = { bits: number; latency: number };

/** Whose player it is. `asks`: hls.js asks for the play with the click, as it has to; `told`: it was given the address long before. */
export type Player = 'ours' | 'asks' | 'told';

export const launchBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });

/** A request is in the browser's books once it is answered: so long after the first frame, those before it are. */
const ANSWERED_MS = 3_000;

const HLS = fileURLToPath(new URL('../../node_modules/hls.js/dist/hls.min.js', import.meta.url));

/** What the page writes down of itself; times are performance.now(). */
type Notes = { click: number; frame: number | null; stoodMs: number };
type Noting = { notes: Notes; play: (master: string | null) => Promise<void> };

export type Visit = {
  /** Presses play, once the page stands and is idle. */
  press(): Promise<void>;
  line(line: Line): Promise<void>;
  /** Waits for the first frame. @returns milliseconds from the click, and how many requests began in between */
  firstFrame(): Promise<{ ms: number; requests: number; bytes: number }>;
  /** Seconds in which the picture stood still, from a second after the first frame on. */
  stalled(): Promise<number>;
  /** Lines of the picture that shows. */
  height(): Promise<number>;
  close(): Promise<void>;
};

/** Somebody with a browser that has seen nothing, in front of an episode; the page stands and is idle. */
export async function sitDown(
  browser: Browser,
  origin: string,
  episode: string,
  player: Player,
): Promise<Visit> {
  // Our own pages forbid scripts that are not theirs; the bare page is made by one.
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 1280, height: 800 },
    bypassCSP: player !== 'ours',
  });
  const { email, password } = people.viewer;
  const signedIn = await context.request.post('/api/auth/sign-in', { data: { email, password } });
  if (!signedIn.ok()) throw new Error(`signing in: ${signedIn.status()} ${await signedIn.text()}`);
  await fromTheBeginning(context, episode);
  const page = await context.newPage();
  await page.addInitScript(note);
  const button =
    player === 'ours' ? await watchPage(page, episode) : await barePage(page, context, episode, player);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  return {
    press: () => page.locator(button).click(),
    line: async ({ bits, latency }) => {
      const bytes = bits / 8;
      await devtools.send('Network.emulateNetworkConditions', {
        offline: false,
        latency,
        downloadThroughput: bytes,
        uploadThroughput: bytes,
      });
    },
    firstFrame: async () => {
      await page.waitForFunction(() => (globalThis as unknown as Noting).notes.frame !== null, null, {
        timeout: 60_000,
      });
      await sleep(ANSWERED_MS);
      return page.evaluate(() => {
        const { click, frame } = (globalThis as unknown as Noting).notes;
        const asked = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(
          // The icon of the tab is no part of the page; headless Chromium fetches it when it has nothing else to do.
          ({ startTime, name }) => startTime >= click && startTime <= frame! && !name.includes('/favicon.'),
        );
        return {
          ms: frame! - click,
          requests: asked.length,
          bytes: asked.reduce((sum, { transferSize }) => sum + transferSize, 0),
        };
      });
    },
    stalled: () => page.evaluate(() => (globalThis as unknown as Noting).notes.stoodMs / 1000),
    height: () => page.evaluate(() => document.querySelector('video')!.videoHeight),
    close: () => context.close(),
  };
}

/** Runs in the page before anything of it: the click, and the first frame of whatever video appears. */
function note(): void {
  const notes: Notes = { click: 0, frame: null, stoodMs: 0 };
  Object.assign(globalThis, { notes });
  performance.setResourceTimingBufferSize(2000);
  addEventListener('click', ({ timeStamp }) => (notes.click ||= timeStamp), { capture: true });
  const seen = new WeakSet<HTMLVideoElement>();
  /** From a second after the first frame on, so that getting under way is not taken for standing still. */
  const watch = (video: HTMLVideoElement) => {
    let [time, at] = [-1, performance.now() + 1000];
    setInterval(() => {
      const now = performance.now();
      if (now < at) return;
      if (video.currentTime === time) notes.stoodMs += now - at;
      [time, at] = [video.currentTime, now];
    }, 100);
  };
  const look = () => {
    for (const video of document.querySelectorAll('video')) {
      if (seen.has(video)) continue;
      seen.add(video);
      video.requestVideoFrameCallback((now) => {
        notes.frame ??= now;
        watch(video);
      });
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true });
}

/** Who watched it before begins where they were; here everybody begins at the beginning. */
async function fromTheBeginning(context: BrowserContext, episode: string): Promise<void> {
  const play = await context.request.post(`/api/episodes/${episode}/hls`, { data: {} });
  const { sessionId } = (await play.json()) as { sessionId: string };
  const data = { position: 0, number: 0, stopped: true };
  const told = await context.request.post(`/api/playback/${sessionId}/heartbeat`, { data });
  if (!told.ok()) throw new Error(`starting over: ${told.status()} ${await told.text()}`);
}

async function watchPage(page: Page, episode: string): Promise<string> {
  await page.goto(`/watch/${episode}`);
  await page.locator('html[data-ready]').waitFor();
  await page.waitForLoadState('networkidle');
  return '.player__begin';
}

/** hls.js with its defaults, a button and a video, on a page that has nothing else to do. */
async function barePage(
  page: Page,
  context: BrowserContext,
  episode: string,
  player: Player,
): Promise<string> {
  const path = `/api/episodes/${episode}/hls`;
  const known =
    player === 'told'
      ? ((await (await context.request.post(path, { data: {} })).json()) as { masterUrl: string }).masterUrl
      : null;
  await page.goto('/robots.txt');
  await page.addScriptTag({ content: await readFile(HLS, 'utf8') });
  await page.evaluate(
    ([path, known]) => {
      type HlsJs = new () => { loadSource(url: string): void; attachMedia(video: HTMLVideoElement): void };
      const { Hls } = globalThis as unknown as { Hls: HlsJs };
      document.body.innerHTML = '<button id="play">Play</button><video width="1280" height="720"></video>';
      const video = document.querySelector('video')!;
      document.querySelector('#play')!.addEventListener('click', () => {
        void video.play().catch(() => undefined);
        const begin = (masterUrl: string) => {
          const hls = new Hls();
          hls.loadSource(masterUrl);
          hls.attachMedia(video);
        };
        if (known !== null) return begin(known);
        const headers = { 'content-type': 'application/json' };
        void fetch(path, { method: 'POST', headers, body: '{}' })
          .then((answer) => answer.json() as Promise<{ masterUrl: string }>)
          .then(({ masterUrl }) => begin(masterUrl));
      });
    },
    [path, known] as const,
  );
  return '#play';
}
