import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { phone, useBrowser, visit, type Visit } from './browser.ts';
import { useFolder } from './folder.ts';
import { faults } from './judged.ts';
import { choose, currentTime, expectPlaying, pauseAt, tone } from './player.ts';
import { season, series } from './season.ts';

// What somebody does who comes for anime: from the first visit to the list, on two devices, at a desk, on a phone, on a slow line.
const browser = useBrowser();
const folder = useFolder();
let episodes: string[];
beforeAll(async () => {
  episodes = await season(folder);
}, 400_000);

const ready = (page: Page) => page.locator('html[data-ready]').waitFor({ state: 'attached' });
const sound = (page: Page, hertz: number) =>
  expect
    .poll(() => tone(page), { timeout: 20_000, interval: 250 })
    .toSatisfy((loudest: number) => Math.abs(loudest - hertz) < 15);

describe.each([
  ['desk', { viewport: { width: 1280, height: 800 } }],
  ['phone', phone],
] as const)('at a %s', (device, options) => {
  const person = { name: 'Hana', email: `${randomUUID()}@engawa.test`, password: 'a sentence works well' };
  let here: Visit;
  let page: Page;

  test('signs up', async () => {
    here = await visit(browser(), { ...options, refusals: [401] });
    page = here.page;
    page.setDefaultTimeout(15_000);
    await page.goto('/sign-up');
    await ready(page);
    await page.getByLabel('Name').fill(person.name);
    await page.getByLabel('E-mail address').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('button', { name: 'Menu of Hana' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
  });

  test('browses', async () => {
    await page.getByRole('link', { name: 'Browse' }).first().click();
    await page.waitForURL('**/browse');
    const card = page.getByRole('main').getByRole('link', { name: new RegExp(series.name) });
    expect(await card.first().getAttribute('href')).toBe(`/titles/${series.slug}`);
    expect(await faults(page, `journey browse ${device}`)).toEqual([]);
  });

  test('searches, by a word in kana', async () => {
    await page.goto('/search');
    const field = page
      .getByRole('main')
      .getByRole('searchbox')
      .or(page.getByRole('main').getByRole('combobox'));
    await field.fill('ランタン');
    await field.press('Enter');
    await page.waitForURL('**/search?q=*');
    await page
      .getByRole('main')
      .getByRole('link', { name: new RegExp(series.name) })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: series.name }).waitFor();
    expect(await faults(page, `journey title ${device}`)).toEqual([]);
  });

  test('watches with a dub, and subtitles as they were typeset', async () => {
    await page.getByRole('link', { name: 'Watch episode 1' }).click();
    await page.waitForURL(`**/watch/${episodes[0]}`);
    await expectPlaying(page);
    await sound(page, 440);
    await choose(page, /audio/i, 'English (dub)');
    await sound(page, 880);
    await choose(page, /captions/i, /^\s*English\s*$/);
    await page.locator('.player[data-typeset="shown"]').waitFor({ timeout: 30_000 });
    expect(await page.locator('canvas.typeset').isVisible()).toBe(true);
    await expectPlaying(page);
  });

  test('skips the opening', async () => {
    await pauseAt(page, 7);
    await page.getByRole('button', { name: 'Skip opening' }).click();
    expect(await currentTime(page)).toBeGreaterThanOrEqual(15.9);
    expect(await faults(page, `journey watch ${device}`)).toEqual([]);
  });

  test('goes on with the next episode, in place', async () => {
    await pauseAt(page, 47);
    await page.getByRole('button', { name: 'Play now' }).click();
    await page.waitForURL(`**/watch/${episodes[1]}`);
    await expectPlaying(page);
    await sound(page, 880); // the dub that was chosen for the series
    await pauseAt(page, 24);
    await page.goto('/');
    await page.getByRole('region', { name: 'Continue watching' }).waitFor();
    expect(await faults(page, `journey home ${device}`)).toEqual([]);
    expect(here.complaints).toEqual([]);
    await here.context.close();
  });

  test('resumes on a second device, to the second', async () => {
    here = await visit(browser(), { ...options, refusals: [401] });
    page = here.page;
    page.setDefaultTimeout(15_000);
    await page.goto('/sign-in');
    await ready(page);
    await page.getByLabel('E-mail address').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    const row = page.getByRole('region', { name: 'Continue watching' });
    await row.getByRole('link', { name: /The Second Lantern/ }).click();
    await page.waitForURL(`**/watch/${episodes[1]}`);
    await expectPlaying(page);
    const at = await currentTime(page);
    expect(at).toBeGreaterThan(22.5);
    expect(at).toBeLessThan(30);
  });

  test('finds it on the list, and says what it was like', async () => {
    await page.goto('/list');
    await ready(page);
    const entry = page.getByRole('article', { name: series.name });
    expect(await entry.getByLabel(`State of ${series.name}`).inputValue()).toBe('watching');
    await entry.getByLabel(`Score of ${series.name}`).selectOption('9');
    await entry.getByRole('button', { name: 'Tell me of new episodes' }).click();
    await expect
      .poll(() => entry.getByRole('button', { name: 'Tell me of new episodes' }).getAttribute('aria-pressed'))
      .toBe('true');
    await page.waitForLoadState('networkidle'); // shown at once, saved a moment later
    await page.reload();
    expect(await entry.getByLabel(`Score of ${series.name}`).inputValue()).toBe('9');
    expect(await faults(page, `journey list ${device}`)).toEqual([]);

    await page.goto('/history');
    await ready(page);
    await page.getByRole('link', { name: /The First Lantern/ }).waitFor();
    expect(await faults(page, `journey history ${device}`)).toEqual([]);
    await page.getByRole('button', { name: `Forget ${series.name}, S1 E1` }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: /The First Lantern/ }).waitFor();
    expect(here.complaints).toEqual([]);
    await here.context.close();
  });
});

test('on a slow line the page can be read at once, and the episode plays', async () => {
  const { page, context, complaints } = await visit(browser(), { as: 'viewer' });
  const line = await context.newCDPSession(page);
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 200_000, // 1.6 Mb/s in bytes
    uploadThroughput: 93_750,
  });
  await page.goto(`/titles/${series.slug}`, { waitUntil: 'commit' });
  await page.getByRole('heading', { level: 1, name: series.name }).waitFor();
  await page.goto(`/watch/${episodes[0]}`);
  await expectPlaying(page);
  expect(complaints).toEqual([]);
  await context.close();
});
