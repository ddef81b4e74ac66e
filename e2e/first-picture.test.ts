import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { film, timeOf } from './films.ts';
import { useBrowser, visit, type Visit } from './browser.ts';
import { picture } from './judged.ts';
import { colour, currentTime, expectPlaying, pauseAt } from './player.ts';
import { people } from '../ops/local/people.ts';
import { freshBearer } from '../ops/local/session.ts';
import { filmEpisode, system } from './system.ts';

// What plays before there is a player: the first picture without a playlist, and hls.js that takes over behind it.
const browser = useBrowser();
const tokenOf = freshBearer(system.origin, people.viewer);
let path: string;
let here: Visit;
beforeAll(async () => {
  path = `/watch/${await filmEpisode()}`;
  await wasAt(0);
}, 240_000);
afterEach(() => here?.context.close());
afterAll(() => wasAt(0));

/** The viewer has watched until there, elsewhere. */
async function wasAt(position: number): Promise<void> {
  const token = await tokenOf();
  const ask = (of: string, json: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return fetch(new URL(of, system.origin), { method: 'POST', headers, body: JSON.stringify(json) });
  };
  const answer = await ask(`/api${path.replace('watch', 'episodes')}/hls`, {});
  const { sessionId } = (await answer.json()) as { sessionId: string };
  await ask(`/api/playback/${sessionId}/heartbeat`, { position, number: 0, stopped: true });
}

/** Opens the page and has it write down each moment at which the video waits for something after its first frame. */
async function open(before?: (page: Page) => Promise<unknown>): Promise<Page> {
  here = await visit(browser(), { as: 'viewer', viewport: { width: 1280, height: 800 } });
  const { page } = here;
  await page.addInitScript(() => {
    const stalls: number[] = [];
    Object.assign(globalThis, { stalls });
    new MutationObserver(() => {
      const video = document.querySelector('video:not([data-seen])');
      if (!(video instanceof HTMLVideoElement)) return;
      video.dataset['seen'] = '';
      video.addEventListener('playing', () =>
        video.addEventListener('waiting', () => !video.seeking && stalls.push(video.currentTime)),
      );
    }).observe(document, { subtree: true, childList: true });
  });
  await before?.(page);
  await page.goto(path);
  return page;
}
const stalls = (page: Page) => page.evaluate(() => (globalThis as unknown as { stalls: number[] }).stalls);
const ranges = (page: Page) =>
  page
    .locator('video')
    .evaluate(({ buffered }: HTMLVideoElement) =>
      Array.from({ length: buffered.length }, (_, i) => [buffered.start(i), buffered.end(i)] as const),
    );
const asked = (what: RegExp) => here.requests.findIndex(({ pathname }) => what.test(pathname));
const rgb = (wanted: readonly number[]) => (seen: readonly number[]) =>
  seen.every((channel, i) => Math.abs(channel - wanted[i]!) < 40);
/** hls.js has taken over, and what it fetched stands behind what was there, without a gap. */
const takenOver = (page: Page) =>
  expect
    .poll(
      async () => {
        const all = await ranges(page);
        return asked(/\.m3u8$/) >= 0 && all.length === 1 && all[0]![1] > 25;
      },
      { timeout: 30_000 },
    )
    .toBe(true);

test('segments come before any playlist, and hls.js goes on behind them without a stall', async () => {
  const page = await open();
  await expectPlaying(page);
  await takenOver(page);
  expect(asked(/v360\/0\.m4s$/)).toBeLessThan(asked(/master\.m3u8$/));
  expect(here.requests.filter(({ pathname }) => pathname.endsWith('v360/0.m4s'))).toHaveLength(1);
  expect(here.requests.filter(({ pathname }) => pathname.endsWith('/hls'))).toHaveLength(1);
  await expect.poll(() => currentTime(page), { timeout: 30_000 }).toBeGreaterThan(10);
  expect(await stalls(page)).toEqual([]);
  here.expectClean();
});

test('pictures stand where they stood, on both sides of the seam', async () => {
  const page = await open();
  await expectPlaying(page);
  await takenOver(page);
  const { red, blue } = film.signals;
  for (const signal of [red, blue]) {
    await pauseAt(page, timeOf((signal.first + signal.last) / 2));
    expect(await colour(page)).toSatisfy(rgb(signal.rgb));
    await pauseAt(page, timeOf(signal.first) - 0.15);
    expect(await colour(page)).not.toSatisfy(rgb(signal.rgb));
  }
});

test('a jump in the first moments lands where it was meant to', async () => {
  const page = await open();
  const { blue } = film.signals;
  const at = timeOf((blue.first + blue.last) / 2);
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
  await pauseAt(page, at);
  expect(await colour(page)).toSatisfy(rgb(blue.rgb));
  expect(await currentTime(page)).toBeCloseTo(at, 2);
});

test('it begins where the viewer was', async () => {
  await wasAt(45);
  const page = await open();
  await expectPlaying(page);
  expect(await currentTime(page)).toBeGreaterThanOrEqual(45);
  expect(await currentTime(page)).toBeLessThan(60);
  await page.locator('.resumed').waitFor();
  await picture(page, 'player resumed');
  await takenOver(page);
  expect(asked(/v360\/0\.m4s$/)).toBe(-1);
  expect(await stalls(page)).toEqual([]);
});

test.each([
  ['is not there', { status: 404, body: 'gone' }],
  ['is not what it should be', { status: 200, body: 'x'.repeat(5000) }],
])('a first segment that %s leaves the play to hls.js', async (_, answer) => {
  const page = await open((of) =>
    of.route(
      /v360\/[0-9]+\.m4s/,
      (route) => route.fulfill({ ...answer, headers: { 'access-control-allow-origin': '*' } }),
      { times: 1 },
    ),
  );
  await expectPlaying(page);
  await takenOver(page);
  expect(here.requests.filter(({ pathname }) => pathname.endsWith('/hls'))).toHaveLength(1); // with the play it had
  expect(asked(/master\.m3u8$/)).toBeGreaterThan(0);
});

test('a browser that wants a click first gets a button, and takes no stream before it', async () => {
  const page = await open((of) =>
    of.addInitScript(() => {
      let allowed = false;
      addEventListener('click', () => (allowed = true), { capture: true });
      const allowing: () => Promise<void> = Reflect.get(HTMLMediaElement.prototype, 'play');
      HTMLMediaElement.prototype.play = async function refusing() {
        if (!allowed) throw new DOMException('a click first', 'NotAllowedError');
        return allowing.call(this);
      };
    }),
  );
  const button = page.locator('.player__begin');
  await button.waitFor();
  expect(asked(/\/hls$|player-.*\.js$/)).toBe(-1);
  await picture(page, 'player wants a click');
  await button.click();
  await expectPlaying(page);
});
