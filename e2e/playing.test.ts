import { afterAll, expect, test } from 'vitest';
import { film, makeShort, timeOf } from './films.ts';
import { origins, useBrowser, visit, type Visit } from './browser.ts';
import { choose, choices, colour, cues, currentTime, expectPlaying, goOn, pauseAt, tone } from './player.ts';
import { useFolder } from './folder.ts';
import { filmEpisode, ingest, play } from './system.ts';

// A stranger's film: from the command line through the whole system to somebody who watches it.
const browser = useBrowser();
const folder = useFolder();
let here: Visit;
afterAll(() => here?.context.close());

test('one command puts a film in, and says in one line where it is', async () => {
  const { episodeId, watchUrl } = await ingest(await makeShort(folder('a.mp4')), 'By one command');
  expect(watchUrl).toBe(`${origins.site}/watch/${episodeId}`);
  expect((await play(episodeId)).audio).toHaveLength(1);
}, 120_000);

test('it plays by itself', async () => {
  here = await visit(browser(), { as: 'viewer' });
  await here.page.goto(`/watch/${await filmEpisode()}`);
  await expectPlaying(here.page);
  expect(here.complaints).toEqual([]);
}, 240_000);

test('the menus offer what the file had: every height, both dubs, both subtitles', async () => {
  const heights = film.heights.map((height) => `${height}p`);
  expect(await choices(here.page, /quality|settings/i)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Auto/), ...heights]),
  );
  expect(await choices(here.page, /audio/i)).toEqual(['Japanese', 'English (dub)']);
  expect(await choices(here.page, /captions/i)).toEqual(['Off', 'English', 'Japanese']);
});

test('another dub is another sound, where one was', async () => {
  const heard = (hertz: number) =>
    expect
      .poll(() => tone(here.page), { timeout: 20_000, interval: 250 })
      .toSatisfy((loudest: number) => Math.abs(loudest - hertz) < 15);
  await heard(film.audio[0].hertz);
  const before = await currentTime(here.page);
  await choose(here.page, /audio/i, 'English (dub)');
  await heard(film.audio[1].hertz);
  expect(await currentTime(here.page)).toBeGreaterThanOrEqual(before);
  await expectPlaying(here.page);
});

test('subtitles show when the picture does what they speak of', async () => {
  await choose(here.page, /captions/i, 'English');
  const wanted = film.subtitles[0].cues;
  await expect.poll(async () => (await cues(here.page)).length, { timeout: 20_000 }).toBeGreaterThan(0);
  const [from, to, text] = wanted[0];
  const cue = (await cues(here.page)).find((shown) => shown.text === text);
  expect(Math.abs(cue!.from - from)).toBeLessThan(0.15);
  expect(Math.abs(cue!.to - to)).toBeLessThan(0.15);
  // The film is red for exactly as long as the cue stands.
  await pauseAt(here.page, (cue!.from + cue!.to) / 2);
  expect(await colour(here.page)).toSatisfy(near(film.signals.red.rgb));
  await pauseAt(here.page, cue!.from - 0.15);
  expect(await colour(here.page)).not.toSatisfy(near(film.signals.red.rgb));
});

test('a seek crosses into the next key period, picture and cue alike', async () => {
  const keys = () => here.requests.filter(({ pathname }) => pathname.endsWith('/key/1')).length;
  const { first, last, rgb } = film.signals.blue;
  await pauseAt(here.page, timeOf((first + last) / 2));
  expect(await colour(here.page)).toSatisfy(near(rgb));
  expect(keys()).toBeGreaterThan(0);
  const [from, , text] = film.subtitles[0].cues[1];
  await expect.poll(async () => (await cues(here.page)).map((cue) => cue.text)).toContain(text);
  const cue = (await cues(here.page)).find((shown) => shown.text === text)!;
  expect(Math.abs(cue.from - from)).toBeLessThan(0.15);
  await goOn(here.page);
  await expectPlaying(here.page);
});

test('a quality that is chosen is the one that is shown', async () => {
  await choose(here.page, /quality|settings/i, /^\s*360p\s*$/);
  await expect
    .poll(() => here.page.locator('video').evaluate((video: HTMLVideoElement) => video.videoHeight), {
      timeout: 20_000,
    })
    .toBe(360);
  await expectPlaying(here.page);
});

test('keys come from the site, media from the CDN, and nobody else is asked', async () => {
  const from = (pattern: RegExp) =>
    new Set(here.requests.filter(({ pathname }) => pattern.test(pathname)).map(({ origin }) => origin));
  expect(from(/\/key\/\d+$|\.m3u8$/)).toEqual(new Set([origins.site]));
  expect(from(/\.(m4s|mp4|vtt)$/)).toEqual(new Set([origins.cdn]));
  here.expectClean();
});

/** The picture is this colour, give or take what YUV 4:2:0 and an encoder make of it. */
const near = (rgb: readonly number[]) => (seen: readonly number[]) =>
  seen.every((channel, i) => Math.abs(channel - rgb[i]!) < 40);
