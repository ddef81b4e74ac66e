import { writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EpisodeMedia } from '../schema/api/media.ts';
import type { Id } from '../schema/ids.ts';
import { ask } from '../ops/api.ts';
import { useBrowser, origins, visit, type Visit } from './browser.ts';
import { makeShort } from './films.ts';
import { useFolder } from './folder.ts';
import { choices, choose, expectPlaying, tone } from './player.ts';
import { editor, publishedEpisode, stored } from './system.ts';

// An episode that people watch gets subtitles and a dub, and loses one: by the dashboard, without a new encode.
const browser = useBrowser();
const folder = useFolder();
const SECONDS = 12;

let episode: { id: Id<'episode'>; slug: string };
let desk: Visit;
let pictures: string[];
beforeAll(async () => {
  const film = await makeShort(folder('film.mp4'), { seconds: SECONDS });
  const made = await publishedEpisode('Amended', film);
  episode = { id: made.episodeId, slug: made.title.slug };
  pictures = await videoObjects();
  desk = await visit(browser(), { as: 'editor' });
  await desk.page.goto(`/admin/titles/${made.title.id}/episodes/${made.episodeId}`);
  await desk.page.getByRole('article', { name: 'Version 1' }).waitFor();
});
afterAll(() => desk?.context.close());

const media = () => ask(editor, 'GET', `/api/admin/episodes/${episode.id}/media`, EpisodeMedia);
const videoObjects = async () =>
  (await stored(`hls/${episode.slug}/`)).filter((key) => /\/v\d+\/v\d+/.test(key)).sort();
const tracks = (page: Page) => page.getByRole('table', { name: 'Sound and subtitles' });
const row = (page: Page, name: string) => tracks(page).getByRole('rowheader', { name, exact: true });

async function add(page: Page, file: string): Promise<void> {
  await page.getByRole('button', { name: 'Add or replace a track' }).click();
  const form = page.getByRole('form', { name: 'Add or replace a track' });
  await form.getByLabel('File', { exact: true }).setInputFiles(file);
  await form.getByRole('button', { name: 'Upload' }).click();
}

/** What a viewer who comes now can choose from. */
async function offered<T>(look: (page: Page) => Promise<T>): Promise<T> {
  const viewer = await visit(browser(), { as: 'viewer' });
  await viewer.page.goto(`/watch/${episode.id}`);
  await expectPlaying(viewer.page);
  const seen = await look(viewer.page);
  viewer.expectClean();
  await viewer.context.close();
  return seen;
}

test('subtitles from a file are there for the next play', async () => {
  await writeFile(folder('film.fr.srt'), '1\n00:00:00,500 --> 00:00:11,000\nBonjour\n');
  await add(desk.page, folder('film.fr.srt'));
  await row(desk.page, 'French').waitFor({ timeout: 60_000 });
  expect(await offered((page) => choices(page, /captions/i))).toEqual(['Off', 'French']);
}, 120_000);

test('so is a dub, which sounds', async () => {
  const sound = ['-af', 'asetrate=96000,aresample=48000'];
  const dub = await makeShort(folder('film.de.m4a'), { seconds: SECONDS * 2, picture: false, more: sound });
  await add(desk.page, dub);
  await row(desk.page, 'German').waitFor({ timeout: 60_000 });
  const heard = await offered(async (page) => {
    expect(await choices(page, /audio/i)).toEqual(['Language unknown', 'German (dub)']);
    await choose(page, /audio/i, 'German (dub)');
    await expect.poll(() => tone(page), { timeout: 20_000, interval: 250 }).toBeGreaterThan(800);
    return tone(page);
  });
  expect(Math.abs(heard - 880)).toBeLessThan(30);
}, 120_000);

test('a file that is not of this episode is refused in words, and changes nothing', async () => {
  const { assets } = await media();
  await add(desk.page, await makeShort(folder('short.en.m4a'), { seconds: 2, picture: false }));
  await desk.page.getByText('The file has no such track for this episode.').waitFor({ timeout: 60_000 });
  const after = await media();
  expect(after.assets[0]!.revision).toBe(assets[0]!.revision);
  expect(after.assets[0]!.audio).toEqual(assets[0]!.audio);
}, 90_000);

test('what an editor removes is gone from the next play', async () => {
  await desk.page.getByRole('button', { name: 'Remove French' }).click();
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await row(desk.page, 'French').waitFor({ state: 'detached', timeout: 60_000 });
  const { assets } = await media();
  expect(assets[0]!.subtitles).toEqual([]);
  expect(await offered((page) => choices(page, /audio/i))).toHaveLength(2);
}, 120_000);

test('no picture was made anew, and no address but the platform’s was asked', async () => {
  const { assets } = await media();
  expect(assets).toHaveLength(1);
  expect(assets[0]).toMatchObject({ version: 1, revision: 4, published: true });
  expect(pictures.length).toBeGreaterThan(3);
  expect(await videoObjects()).toEqual(pictures);
  desk.expectClean(origins.store);
});
