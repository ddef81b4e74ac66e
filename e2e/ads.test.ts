import type { Page } from 'playwright-core';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { Campaign, CampaignNumbers, EpisodeBreaks } from '../schema/api/ads.ts';
import { AdminEpisode, AdminTitle } from '../schema/api/editing.ts';
import { Profile } from '../schema/api/me.ts';
import { Licence } from '../schema/api/rights.ts';
import type { Id } from '../schema/ids.ts';
import { ask } from '../ops/api.ts';
import { signUp } from '../ops/local/session.ts';
import * as v from 'valibot';
import { phone, useBrowser, visit } from './browser.ts';
import { ffmpeg } from './films.ts';
import { useFolder } from './folder.ts';
import { currentTime, expectPlaying } from './player.ts';
import { as, database, editor, jobOf, system, until, upload } from './system.ts';

// Advertising as its viewers, its advertisers and those without it know it.
const browser = useBrowser();
const folder = useFolder();
const admin = as('admin');
const guest = { name: 'Guest', email: 'guest-of-ads@engawa.test', password: 'engawa-guest-1' };
const FILM = { seconds: 76, breaks: [0, 62] };
const SPOT_SECONDS = 4;

let episodeId: Id<'episode'>;
let campaignId: Id<'campaign'>;

async function film(name: string, source: string, seconds: number): Promise<string> {
  const path = folder(`${name}.mp4`);
  const picture = `${source}=size=640x360:rate=24:duration=${seconds}`;
  const sound = `sine=frequency=440:sample_rate=48000:duration=${seconds}`;
  const how = '-c:v libx264 -preset ultrafast -g 48 -pix_fmt yuv420p -c:a aac -b:a 64k';
  await ffmpeg('-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound, ...how.split(' '), path);
  return path;
}

async function published(titleId: Id<'title'>, path: string): Promise<Id<'episode'>> {
  const address = `/api/admin/titles/${titleId}/seasons/1/episodes/1`;
  const { id } = await ask(editor, 'PUT', address, AdminEpisode, { json: {} });
  const { jobId } = await upload(id, path);
  await until(`${path} to be published`, async () => (await jobOf(jobId)).published, 120_000);
  return id;
}

const title = (json: object) => ask(editor, 'POST', '/api/admin/titles', AdminTitle, { json });

beforeAll(async () => {
  const [show, spots] = await Promise.all([
    title({ names: { main: 'Interrupted' } }),
    title({ names: { main: 'Kotori films' }, slug: 'kotori-films', draft: true }),
  ]);
  await ask(editor, 'POST', `/api/admin/titles/${show.id}/licences`, Licence, {
    json: {
      territories: { mode: 'exclude', countries: [] },
      startsAt: null,
      endsAt: null,
      models: ['ads', 'subscription'],
    },
  });
  const [shown, spot] = await Promise.all([
    film('interrupted', 'testsrc2', FILM.seconds).then((path) => published(show.id, path)),
    film('spot', 'smptebars', SPOT_SECONDS).then((path) => published(spots.id, path)),
  ]);
  episodeId = shown;
  await ask(editor, 'PUT', `/api/admin/episodes/${shown}/breaks`, EpisodeBreaks, {
    json: { breaks: FILM.breaks },
  });
  const { id } = await ask(admin, 'POST', '/api/admin/campaigns', Campaign, {
    json: {
      name: 'Tea for rainy days',
      advertiser: 'Kotori Tea',
      creativeEpisodeId: spot,
      clickUrl: `${system.origin}/legal/terms`,
      titleIds: [show.id],
      pacing: 'asap',
      priority: 10,
    },
  });
  campaignId = id;
  await ask(admin, 'POST', `/api/admin/campaigns/${id}/start`, Campaign);
  await signUp(system.origin, guest);
  await database(`UPDATE users SET email_verified = 1 WHERE email = '${guest.email}'`);
}, 300_000);

/** Somebody with an account and no plan. */
async function asGuest(options: Parameters<typeof visit>[1] = {}) {
  const here = await visit(browser(), options);
  // One stream at a time: who leaves says so, also where a journey broke off.
  onTestFinished(async () => {
    for (const page of here.context.pages()) await page.goto('/legal/terms').catch(() => undefined);
    await here.context.close();
  });
  const { email, password } = guest;
  const answer = await here.context.request.post('/api/auth/sign-in', { data: { email, password } });
  expect(answer.ok()).toBe(true);
  return here;
}
const inBreak = (page: Page) => page.locator('.player[data-break]').waitFor({ timeout: 30_000 });
const outOfBreak = (page: Page) =>
  page.locator('.player:not([data-break])[data-state="playing"]').waitFor({ timeout: 30_000 });
const seek = (page: Page, to: number) =>
  page.locator('video').evaluate((video: HTMLVideoElement, at) => void (video.currentTime = at), to);
const numbers = () =>
  ask(admin, 'GET', `/api/admin/campaigns/${campaignId}/numbers?by=hour`, CampaignNumbers);
const sum = async (name: 'impressions' | 'q4' | 'clicks' | 'skips') =>
  (await numbers()).items.reduce((all, item) => all + item[name], 0);

test('who has no plan sees an advertisement first, cannot get out of it, and then the episode', async () => {
  const { page, requests, expectClean } = await asGuest();
  await page.goto(`/watch/${episodeId}`);
  await inBreak(page);
  const box = page.getByRole('region', { name: 'Advertising' });
  await expect
    .poll(() => box.innerText(), { timeout: 20_000 })
    .toMatch(/Advertisement · Kotori Tea · 0:0[1-4]/);
  expect(await page.getByRole('button', { name: 'Skip the advertising' }).isVisible()).toBe(false);
  expect(await page.locator('.player [role=status]').allInnerTexts()).toContainEqual(
    expect.stringContaining('Advertisement by Kotori Tea'),
  );
  // No way forward: by the element itself, by keys, or by its speed.
  await seek(page, SPOT_SECONDS - 0.1);
  await page.keyboard.press('End');
  await page.locator('video').evaluate((video: HTMLVideoElement) => void (video.playbackRate = 4));
  await expect
    .poll(() => page.locator('video').evaluate((video: HTMLVideoElement) => video.playbackRate))
    .toBe(1);
  expect(await page.locator('.player[data-break]').count()).toBe(1);
  await page.screenshot({ path: folder('break.png') });

  await outOfBreak(page);
  await expectPlaying(page);
  expect(await page.locator('video').evaluate((video: HTMLVideoElement) => video.duration)).toBeGreaterThan(
    70,
  );
  expect(await currentTime(page)).toBeLessThan(10);

  // Over a break: that comes first, then the place that was wanted.
  const beats: number[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/heartbeat'))
      beats.push((request.postDataJSON() as { position: number }).position);
  });
  await seek(page, 70);
  await inBreak(page);
  await outOfBreak(page);
  await expect.poll(() => currentTime(page), { timeout: 10_000 }).toBeGreaterThan(69.5);
  await seek(page, 55);
  await expect.poll(() => currentTime(page), { timeout: 20_000 }).toBeGreaterThan(62.5);
  expect(await page.locator('.player[data-break]').count()).toBe(0); // it was seen

  // What is said of the place is said of the episode.
  expect(beats.filter((at) => at < 50)).toEqual([]);
  const marks = requests.filter(({ pathname }) => pathname.includes('/seen/'));
  const names = marks.map(({ pathname }) => pathname.split('/').at(-1));
  expect(names).toEqual(['q1', 'q2', 'q3', 'q4', 'q1', 'q2', 'q3', 'q4']);
  expectClean();
});

test('the dashboard counts what was seen', async () => {
  await until('the numbers', async () => (await sum('q4')) === 2, 100_000);
  expect(await sum('impressions')).toBe(2);
  expect(await sum('skips')).toBe(0);
  const { page, expectClean } = await visit(browser(), {
    as: 'admin',
    viewport: { width: 1440, height: 1000 },
  });
  await page.goto(`/admin/ads`);
  await page.getByRole('link', { name: 'Tea for rainy days' }).click();
  await page.getByRole('heading', { level: 1, name: 'Tea for rainy days' }).waitFor();
  const row = page.getByRole('row', { name: /To the end/ });
  await row.waitFor();
  expect(await row.innerText()).toMatch(/2\s+100/);
  expectClean();
  await page.context().close();
}, 150_000);

test('a click opens the advertiser and is counted; the episode waits', async () => {
  const { page, context } = await asGuest(phone);
  await page.goto(`/watch/${episodeId}`);
  await inBreak(page);
  const more = page.getByRole('link', { name: /Learn more from Kotori Tea/ });
  const [opened] = await Promise.all([context.waitForEvent('page'), more.click()]);
  expect(new URL(opened.url()).pathname).toBe('/legal/terms');
  await opened.close();
  const paused = () => page.locator('video').evaluate((video: HTMLVideoElement) => video.paused);
  await page.locator('.player[data-state="paused"]').waitFor();
  expect(await paused()).toBe(true);
  await page.locator('video').evaluate((video: HTMLVideoElement) => video.play());
  await outOfBreak(page);
  await until('the click', async () => (await sum('clicks')) === 1, 100_000);
}, 150_000);

test('neither a subscriber nor a child sees any', async () => {
  const subscriber = await visit(browser(), { as: 'viewer' });
  const kid = await asGuest();
  const made = await kid.context.request.post('/api/me/profiles', {
    data: { name: 'Kid', avatar: 'koi', ageCeiling: 'all' },
  });
  const { id } = v.parse(Profile, await made.json());
  expect((await kid.context.request.post(`/api/me/profiles/${id}/enter`, { data: {} })).ok()).toBe(true);
  for (const { page, requests } of [subscriber, kid]) {
    await page.goto(`/watch/${episodeId}`);
    await expectPlaying(page);
    expect(await page.locator('.player[data-break]').count()).toBe(0);
    expect(await page.locator('.break-marks__mark').count()).toBe(0);
    await seek(page, 70);
    await expect.poll(() => currentTime(page), { timeout: 20_000 }).toBeGreaterThan(70.5);
    expect(requests.filter(({ pathname }) => pathname.includes('/breaks/'))).toEqual([]);
  }
});

test('a break whose list cannot be had keeps nobody from the episode', async () => {
  const { page, context } = await asGuest({ refusals: [503] });
  await context.route('**/breaks/*.json*', (route) => route.fulfill({ status: 503, body: '' }));
  await page.goto(`/watch/${episodeId}`);
  await expectPlaying(page);
  expect(await page.locator('.player[data-break]').count()).toBe(0);
});
