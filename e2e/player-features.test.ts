import { execFile } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Id } from '../schema/ids.ts';
import { anime, drawnByFfmpeg } from './anime.ts';
import { phone, useBrowser, visit, type Visit } from './browser.ts';
import { useFolder } from './folder.ts';
import { choices, choose, currentTime, expectPlaying, goOn, pauseAt, tone } from './player.ts';
import { season, series } from './season.ts';
import { play } from './system.ts';

// A season of two episodes as anime is released, watched with everything that the player can do.
const browser = useBrowser();
const folder = useFolder();
const screens = fileURLToPath(new URL('screens/', import.meta.url));
const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const run = promisify(execFile);
let episodes: Id<'episode'>[];
let here: Visit;
let page: Page;

beforeAll(async () => {
  episodes = await season(folder);
  // As wide as what FFmpeg draws, to the pixel.
  here = await visit(browser(), { as: 'viewer', viewport: { width: 1280, height: 668 } });
  page = here.page;
  page.setDefaultTimeout(15_000);
  await page.goto(`/watch/${episodes[0]}`);
}, 400_000);
afterAll(() => here?.context.close());
afterEach(({ task }) => {
  if (task.result?.state === 'fail')
    return page
      .screenshot({ path: `${screens}failed-${task.name.replaceAll(/\W+/g, '-')}.png` })
      .then(() => undefined);
  return undefined;
});

const video = () => page.locator('video');
const typeset = (state: string) =>
  page.locator(`.player[data-typeset="${state}"]`).waitFor({ timeout: 30_000 });
const picture = (name: string) => page.screenshot({ path: `${screens}player-${name}.png` });
const awake = () => video().hover({ position: { x: 60, y: 60 } });

/** WCAG 2.2 AA as far as a machine can tell. */
async function faults(): Promise<string[]> {
  await page.evaluate(await axe);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations }: AxeResults = await axe.run('.player', {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  });
}

describe('what is heard and read', () => {
  test('the server chose the original with all of its dialogue, and the player plays that', async () => {
    await expectPlaying(page);
    const { audio, subtitles, chosen } = await play(episodes[1]!);
    expect(audio.find(({ id }) => id === chosen.audio)).toMatchObject({ language: 'ja', channels: 2 });
    expect(subtitles.find(({ id }) => id === chosen.subtitles)).toMatchObject({
      language: 'en',
      role: 'full',
    });
    await expect
      .poll(() => tone(page), { timeout: 20_000 })
      .toSatisfy((hertz: number) => Math.abs(hertz - 440) < 15);
    expect(await choices(page, /audio/i)).toEqual(['Japanese', 'Japanese · 5.1', 'English (dub)']);
    expect(await choices(page, /captions/i)).toEqual(['Off', 'English', 'English (signs and songs)']);
  });

  test('5.1 by hand', async () => {
    await choose(page, /audio/i, '5.1');
    await expect
      .poll(() => here.requests.some(({ pathname }) => pathname.endsWith('-51.m3u8')), { timeout: 20_000 })
      .toBe(true);
    await expectPlaying(page);
    await choose(page, /audio/i, /^\s*Japanese\s*$/);
  });
});

describe('typeset subtitles', () => {
  test('are drawn as FFmpeg draws them', async () => {
    await typeset('shown');
    await pauseAt(page, anime.drawn);
    await page.waitForTimeout(800);
    await picture('typeset');
    const size = await page
      .locator('.typeset')
      .evaluate((canvas: HTMLCanvasElement) => [canvas.clientWidth, canvas.clientHeight] as [number, number]);
    expect(size).toEqual([...anime.size]);
    // On black, without what else stands over the picture.
    await page.mouse.move(2, 2);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const bare = await page.addStyleTag({
      content:
        'video { opacity: 0 } media-control-bar, .controls__start, .hint, .picture { visibility: hidden !important }',
    });
    const shot = folder('drawn.png');
    await writeFile(shot, await page.locator('.player').screenshot());
    await bare.evaluate((style) => (style as Element).remove());
    const reference = await drawnByFfmpeg(folder, anime.size, anime.drawn);
    const likeness = await ssim(shot, reference);
    await copyFile(shot, `${screens}player-drawn.png`);
    await copyFile(reference, `${screens}player-drawn-by-ffmpeg.png`);
    expect(likeness).toBeGreaterThan(0.99);
    expect(await ssim(shot, await drawnByFfmpeg(folder, anime.size, 40))).toBeLessThan(0.97); // on which nothing stands
  });

  test('follow a seek, a new speed, another quality, and full screen', async () => {
    await pauseAt(page, 2);
    await page.waitForTimeout(500);
    const lit = () => page.locator('.player').screenshot();
    const first = await lit();
    await pauseAt(page, 30);
    await page.waitForTimeout(500);
    expect(Buffer.compare(first, await lit())).not.toBe(0);
    await choose(page, /quality|settings/i, /^\s*360p\s*$/);
    await pauseAt(page, anime.drawn);
    await page.waitForTimeout(500);
    await picture('typeset-360p');
    const width = () => page.locator('.typeset').evaluate((canvas) => canvas.clientWidth);
    expect(await width()).toBe(960);
    await page.keyboard.press('f');
    await expect.poll(width).toBeGreaterThan(1100);
    await picture('fullscreen');
    await page.keyboard.press('f');
    await expect.poll(width).toBe(960);
    await choose(page, /quality|settings/i, 'Auto');
  });

  test('give way to the plain track when they fail, and are off with it', async () => {
    await choose(page, /captions/i, 'Off');
    await expect.poll(() => page.locator('.typeset').count()).toBe(0);
    await page.route(/typeset\.ass/, (route) => route.abort());
    await choose(page, /captions/i, 'signs');
    await typeset('failed');
    expect(await page.locator('.typeset').count()).toBe(0);
    await page.unroute(/typeset\.ass/);
    await choose(page, /captions/i, /^\s*English\s*$/);
    here.complaints.length = 0; // Chromium writes the request that was stopped in red
    await typeset('shown');
  });
});

test('the seek bar shows what is there, and in which chapter', async () => {
  await awake();
  const bar = page.locator('media-time-range');
  const { width } = (await bar.boundingBox())!;
  await bar.hover({ position: { x: width * 0.5, y: 10 } });
  const image = bar.locator('media-preview-thumbnail[slot=preview] img');
  await expect
    .poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth), { timeout: 15_000 })
    .toBeGreaterThan(0);
  await expect
    .poll(() =>
      bar.locator('media-preview-chapter-display[slot=preview]').getAttribute('mediapreviewchapter'),
    )
    .toContain('Part A');
  await picture('seek-bar');
});

test('an opening is skipped by its button, and by key', async () => {
  await pauseAt(page, 7);
  await page.getByRole('button', { name: 'Skip opening' }).waitFor();
  await picture('skip');
  expect(await faults()).toEqual([]);
  await page.getByRole('button', { name: 'Skip opening' }).click();
  await expect.poll(() => currentTime(page)).toBeGreaterThan(15.9);
  await pauseAt(page, 8);
  await page.keyboard.press('s');
  await expect.poll(() => currentTime(page)).toBeGreaterThan(15.9);
});

test('keys do what the list says', async () => {
  await page.locator('h1').click();
  await pauseAt(page, 20);
  const at = () => currentTime(page);
  const moves: [string, number][] = [
    ['l', 30],
    ['j', 20],
    ['ArrowRight', 25],
    ['ArrowLeft', 20],
    ['5', 25],
    ['0', 0],
  ];
  for (const [key, seconds] of moves) {
    await page.keyboard.press(key);
    await expect.poll(at, { interval: 50 }).toBeCloseTo(seconds, 0);
  }
  await page.keyboard.press('.');
  await expect.poll(at).toBeCloseTo(1 / 24, 2);
  const state = () =>
    video().evaluate((v: HTMLVideoElement) => [v.muted, v.playbackRate, Math.round(v.volume * 20)]);
  await page.keyboard.press('m');
  expect((await state())[0]).toBe(true);
  await page.keyboard.press('ArrowDown');
  expect(await state()).toEqual([false, 1, 19]);
  await page.keyboard.press('>');
  expect((await state())[1]).toBe(1.25);
  await page.keyboard.press('<');
  await page.keyboard.press('c');
  await expect.poll(() => page.locator('.typeset').count()).toBe(0);
  await page.keyboard.press('c');
  await typeset('shown');
  await page.keyboard.press('k');
  await expectPlaying(page);
  await page.keyboard.press('k');
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Options and shortcuts' });
  await dialog.waitFor();
  await picture('help');
  expect(await faults()).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
});

test('it says why this quality', async () => {
  await page.keyboard.press('q');
  const why = page.getByRole('region', { name: 'Why this quality' });
  await why.waitFor();
  await awake();
  await picture('why');
  expect(await why.textContent()).toMatch(
    /Shown\d+×\d+.*Because.*Allowed hereup to 480p.*Bandwidth.*Buffer.*Dropped frames/,
  );
  expect(await faults()).toEqual([]);
  await page.keyboard.press('q');
  await why.waitFor({ state: 'hidden' });
});

test('menus open, by keyboard alone, and axe finds nothing', async () => {
  await page.getByRole('button', { name: /audio/i }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitemradio').filter({ visible: true }).first().waitFor();
  expect(await faults()).toEqual([]);
  await picture('menu');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await goOn(page);
  await expect
    .poll(() => tone(page), { timeout: 20_000 })
    .toSatisfy((hertz: number) => Math.abs(hertz - 880) < 15);
});

test('the system knows what plays', async () => {
  const told = await page.evaluate(() => {
    const { metadata, playbackState } = navigator.mediaSession;
    return { title: metadata?.title, artist: metadata?.artist, playbackState };
  });
  expect(told).toEqual({ title: 'The First Lantern', artist: series.name, playbackState: 'playing' });
});

test('the network goes, and comes back: it says so, and goes on by itself', async () => {
  await page.reload();
  await expectPlaying(page);
  await pauseAt(page, 1);
  await here.context.setOffline(true);
  await video().evaluate((v: HTMLVideoElement) => (v.currentTime = 40)); // further than any buffer goes
  void goOn(page).catch(() => undefined);
  await page.locator('.trouble h2', { hasText: 'No connection' }).waitFor({ timeout: 50_000 });
  await picture('offline');
  expect(await faults()).toEqual([]);
  await here.context.setOffline(false);
  await page.locator('.trouble').waitFor({ state: 'detached', timeout: 30_000 });
  await expectPlaying(page);
  here.complaints.length = 0; // Chromium writes each request that found no network in red
}, 120_000);

test('the next episode comes in place, with the dub that was chosen, and its place in the list', async () => {
  await page.goto(`/watch/${episodes[0]}`);
  await expectPlaying(page);
  await pauseAt(page, 35);
  const card = page.getByRole('region', { name: 'Next episode' });
  await card.waitFor();
  await picture('next-card');
  expect(await faults()).toEqual([]);
  expect(await card.textContent()).toMatch(/The Second Lanternin \d+ s/);
  await card.getByRole('button', { name: 'Not now' }).click();
  await card.waitFor({ state: 'detached' });
  await pauseAt(page, 20);
  await page.keyboard.press('f');
  await pauseAt(page, 49);
  await card.waitFor();
  await goOn(page);
  await page.waitForURL(`**/watch/${episodes[1]}`);
  await expectPlaying(page);
  expect(await page.evaluate(() => document.fullscreenElement?.className)).toBe('player');
  await page.keyboard.press('f');
  await expect.poll(() => page.title()).toContain('The Second Lantern');
  await expect
    .poll(() => tone(page), { timeout: 20_000 })
    .toSatisfy((hertz: number) => Math.abs(hertz - 880) < 15);
  await page.locator(`a[aria-current="page"][href$="${episodes[1]}"]`).waitFor();
  await page.locator('.watch__more .tag', { hasText: 'Watched' }).waitFor();
  await page.keyboard.press('p');
  await page.waitForURL(`**/watch/${episodes[0]}`);
  await expectPlaying(page);
  await page.goBack();
  await page.waitForURL(`**/watch/${episodes[1]}`);
  await expectPlaying(page);
}, 120_000);

test('another device begins with what was chosen here', async () => {
  const { audio, subtitles, chosen } = await play(episodes[0]!);
  expect(audio.find(({ id }) => id === chosen.audio)).toMatchObject({ language: 'en', role: 'dub' });
  expect(subtitles.find(({ id }) => id === chosen.subtitles)).toMatchObject({ role: 'full' });
});

test('openings and endings are skipped by themselves where that was asked for', async () => {
  await page.keyboard.press('?');
  await page.getByLabel('Skip openings, endings and recaps by themselves').check();
  await page.keyboard.press('Escape');
  await pauseAt(page, 5.5);
  await goOn(page);
  await expect.poll(() => currentTime(page), { timeout: 10_000 }).toBeGreaterThan(16);
  await picture('skipped');
});

test('on a phone, in Japanese', async () => {
  const small = await visit(browser(), { ...phone, locale: 'ja-JP', as: 'viewer' });
  const own = page;
  page = small.page;
  await page.goto(`/watch/${episodes[0]}`);
  await expectPlaying(page);
  await pauseAt(page, 7);
  await page.getByRole('button', { name: 'オープニングをスキップ' }).waitFor();
  await picture('phone-skip');
  await pauseAt(page, 40);
  await page.getByRole('button', { name: '設定とショートカットキー' }).click();
  await page.getByRole('dialog').waitFor();
  await picture('phone-help');
  expect(await faults()).toEqual([]);
  await page.keyboard.press('Escape');
  small.expectClean();
  await small.context.close();
  page = own;
});

test('nobody else was asked, and nothing was red', () => {
  here.expectClean();
  expect(here.requests.length).toBeGreaterThan(0);
});

/** How alike two pictures are, 1: the same (Wang et al. 2004), of all channels. */
async function ssim(a: string, b: string): Promise<number> {
  const filter = '[0:v]format=rgb24[a];[1:v]format=rgb24[b];[a][b]ssim';
  const { stderr } = await run('ffmpeg', ['-nostdin', '-i', a, '-i', b, '-lavfi', filter, '-f', 'null', '-']);
  return Number(/All:([\d.]+)/.exec(stderr)?.[1]);
}
