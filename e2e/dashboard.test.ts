import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { origins, useBrowser, visit } from './browser.ts';
import { ffmpeg, makeShort } from './films.ts';
import { useFolder } from './folder.ts';
import { expectPlaying } from './player.ts';

const browser = useBrowser();
const folder = useFolder();
const name = 'Under the eaves';

/** Somewhere else in the dashboard, by its navigation. */
const enter = (page: Page, room: string) =>
  page.getByRole('navigation', { name: 'Dashboard' }).getByRole('link', { name: room, exact: true }).click();

/** Puts a picture of one colour in its place of the title's artwork. */
async function putPicture(page: Page, role: 'poster' | 'backdrop', size: string) {
  const path = folder(`${role}.png`);
  await ffmpeg('-f', 'lavfi', '-i', `color=c=0x506030:s=${size}`, '-frames:v', '1', path);
  const slot = page.locator(`[data-role="${role}"]`);
  await slot.locator('input[type="file"]').setInputFiles(path);
  await slot.getByRole('button', { name: 'Use this picture' }).click();
  await slot.getByRole('img').waitFor();
}

test('an editor brings a series from nothing to its viewers, by the dashboard alone', async () => {
  // The first is long enough to be watched while it is encoded.
  const lengths = { '01': 20, '02': 4 };
  const films = await Promise.all(
    Object.entries(lengths).map(([episode, seconds]) =>
      makeShort(folder(`[Engawa] ${name} - ${episode} (360p).mp4`), { seconds, size: '640x360' }),
    ),
  );
  const { page, expectClean } = await visit(browser());
  await page.goto('/admin');
  await page.getByLabel('E-mail address').fill('editor@engawa.test');
  await page.getByLabel('Password').fill('engawa-editor');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  const main = page.getByRole('main');
  const part = (of: string) =>
    page.getByRole('navigation', { name: 'Parts of this title' }).getByRole('link', { name: of }).click();

  // A title: its names, its pictures.
  await main.getByRole('link', { name: 'New title' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Name in its own script').fill('軒下');
  await page.getByRole('button', { name: 'Create title' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  const titleAddress = page.url();
  await part('Artwork');
  await putPicture(page, 'poster', '800x1200');
  await putPicture(page, 'backdrop', '1920x1080');

  // Two files, which say by their names what they are.
  await enter(page, 'Uploads');
  await page.getByLabel('Choose files').first().setInputFiles(films);
  await main.getByRole('heading', { name: 'What goes where' }).waitFor();
  await main.getByRole('button', { name: 'Upload 2 files' }).click();
  await main.getByText('Uploaded', { exact: true }).nth(1).waitFor();

  // The first job: watched while it is encoded, then its certificate.
  await enter(page, 'Jobs');
  await main.getByRole('link', { name: new RegExp(`${name}.*1.*1$`) }).click();
  await page.getByRole('heading', { level: 1, name: new RegExp(name) }).waitFor();
  const jobAddress = page.url();
  await main.getByText('Video, part 1').waitFor({ timeout: 60_000 });
  await main.getByRole('button', { name: /^Watch (what is ready|before publishing)$/ }).click();
  await expect
    .poll(() => main.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime), {
      timeout: 60_000,
    })
    .toBeGreaterThan(0.5);
  await main.getByText('The video is ready and every check holds.').waitFor({ timeout: 120_000 });
  await main.getByText('All checks hold.').waitFor();

  // Where it may be watched.
  await page.goto(titleAddress);
  await part('Rights');
  await page.getByRole('button', { name: 'Add licence' }).click();
  await page.getByText('The licence counts from now on.').waitFor();

  // To the site: the episode, then the title, which was a draft until now.
  await page.goto(jobAddress);
  await main.getByRole('button', { name: 'Publish', exact: true }).click();
  await main.getByText('This version is on the site.').waitFor();
  const watch = await main.getByRole('link', { name: 'Watch', exact: true }).getAttribute('href');
  const viewer = await visit(browser(), { as: 'viewer', refusals: [404] });
  await viewer.page.goto(watch!);
  expect(await viewer.page.locator('video').count(), 'a draft is watched by nobody').toBe(0);
  await page.goto(titleAddress);
  await main.getByRole('button', { name: 'Publish now' }).click();
  await page.getByText(`${name} is published.`).first().waitFor();
  expectClean(origins.store);

  await viewer.page.goto(`/search?q=${encodeURIComponent('軒下')}`);
  await viewer.page.getByRole('main').getByRole('link', { name }).first().click();
  await viewer.page.getByRole('heading', { level: 1, name }).waitFor();
  await viewer.page.goto(watch!);
  await expectPlaying(viewer.page);
  viewer.expectClean();
}, 300_000);

test('a viewer sees no dashboard, nor a way to it', async () => {
  const { page, requests } = await visit(browser(), { as: 'viewer', refusals: [403] });
  await page.goto('/');
  expect(await page.getByRole('link', { name: 'Dashboard' }).count()).toBe(0);
  const answer = await page.goto('/admin/jobs');
  expect(answer!.status()).toBe(403);
  await page.getByRole('heading', { level: 1, name: 'Your account does not open this door' }).waitFor();
  expect(requests.filter(({ pathname }) => pathname.startsWith('/api/admin'))).toEqual([]);
  // Not a byte of it: no page of the site names a file of the dashboard.
  expect(requests.filter(({ pathname }) => /\/assets\/(app|desk)-/.test(pathname))).toEqual([]);
});
