import { expect, test } from 'vitest';
import { origins, useBrowser, visit } from './browser.ts';
import { makeShort } from './films.ts';
import { useFolder } from './folder.ts';
import { expectPlaying } from './player.ts';

const browser = useBrowser();
const folder = useFolder();

test('an editor brings a film from a file to its viewers, by the dashboard alone', async () => {
  const path = await makeShort(folder('episode.mp4'), { seconds: 40, size: '1280x720' });
  const { page, expectClean } = await visit(browser());
  await page.goto('/admin');
  await page.getByLabel('E-mail address').fill('editor@engawa.test');
  await page.getByLabel('Password').fill('engawa-editor');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();

  await page.getByRole('link', { name: 'Titles', exact: true }).click();
  await page.getByRole('link', { name: 'New title' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Under the eaves');
  await page.getByLabel('Name in its own script').fill('軒下');
  await page.getByRole('button', { name: 'Create title' }).click();
  await page.getByRole('heading', { level: 1, name: 'Under the eaves' }).waitFor();
  const parts = page.getByRole('navigation', { name: 'Parts of this title' });
  await parts.getByRole('link', { name: 'Rights' }).click();
  await page.getByRole('button', { name: 'Add licence' }).click();
  await page.getByText('The licence counts from now on.').waitFor();
  await parts.getByRole('link', { name: 'Episodes' }).click();
  await page.getByRole('button', { name: 'Add episode' }).click();
  await page.getByRole('link', { name: 'Episode 1', exact: true }).click();

  await page.getByLabel('Choose files').setInputFiles(path);
  await page.getByRole('link', { name: 'Open the job' }).click();
  await page.getByRole('heading', { level: 1, name: /Under the eaves/ }).waitFor();
  // Live: states come and go without a reload, and tasks appear that were not there.
  const main = page.getByRole('main');
  await main.getByText('Encoding', { exact: true }).first().waitFor();
  await main.getByText('Video, part 1').waitFor();
  await main.getByText('The video is ready and every check holds.').waitFor({ timeout: 120_000 });
  await main.getByText('All checks hold.').waitFor();
  await main.getByRole('button', { name: 'Publish', exact: true }).click();
  await main.getByText('This version is on the site.').waitFor();
  const watch = await main.getByRole('link', { name: 'Watch' }).getAttribute('href');
  await page.goBack();
  await page.getByRole('link', { name: 'Under the eaves' }).click();
  await page.getByRole('button', { name: 'Publish now' }).click();
  await page.getByText('Under the eaves is published.', { exact: true }).waitFor();
  expectClean(origins.store);

  const viewer = await visit(browser(), { as: 'viewer' });
  await viewer.page.goto(watch!);
  expect(await viewer.page.getByRole('link', { name: 'Under the eaves' }).count()).toBeGreaterThan(0);
  await expectPlaying(viewer.page);
  viewer.expectClean();
}, 240_000);

test('a viewer sees no dashboard, nor a way to it', async () => {
  const { page, requests } = await visit(browser(), { as: 'viewer', refusals: [403] });
  await page.goto('/');
  expect(await page.getByRole('link', { name: 'Dashboard' }).count()).toBe(0);
  const answer = await page.goto('/admin/jobs');
  expect(answer!.status()).toBe(403);
  await page.getByRole('heading', { level: 1, name: 'Your account does not open this door' }).waitFor();
  expect(requests.filter(({ pathname }) => pathname.startsWith('/api/admin'))).toEqual([]);
});
