import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { useBrowser, visit } from './browser.ts';
import { makeShort } from './films.ts';
import { expectPlaying } from './player.ts';
import { publishedEpisode } from './system.ts';
import { useFolder } from './folder.ts';

const browser = useBrowser();
const folder = useFolder();
const name = 'Accounts and films';
let watch: string;
beforeAll(async () => {
  const { episodeId } = await publishedEpisode(name, await makeShort(folder('seats.mp4'), { seconds: 10 }));
  watch = `/watch/${episodeId}`;
});

test('somebody new: an account, the home page, a title, its episode; then away and back again', async () => {
  const person = { name: 'Hana', email: `${randomUUID()}@engawa.test`, password: 'a sentence works well' };
  const { page, expectClean } = await visit(browser(), { refusals: [401] });
  await page.goto('/');
  await page.getByRole('link', { name: 'Create account' }).click();
  await page.getByLabel('Name').fill(person.name);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('button', { name: `Menu of ${person.name}` }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/');

  await page.getByRole('link', { name }).first().click();
  await page.waitForURL(/\/(titles|watch)\//);
  // The first card of the home page may lead to the title or straight to its newest episode.
  if (page.url().includes('/watch/'))
    await page.getByRole('main').getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.getByRole('link', { name: 'Watch episode 1' }).click();
  await page.waitForURL(`**${watch}`);
  await expectPlaying(page);

  await page.getByRole('button', { name: `Menu of ${person.name}` }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in to watch' }).waitFor();
  expect(await page.locator('video').count()).toBe(0);

  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  expect(new URL(page.url()).searchParams.get('next')).toBe(watch);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill('not the one');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('The e-mail address or the password is wrong').waitFor();
  // Nothing that was typed is lost.
  expect(await page.getByLabel('E-mail address').inputValue()).toBe(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(`**${watch}`);
  await expectPlaying(page);
  expectClean();
});

test('an address from elsewhere is not followed after signing in', async () => {
  const { page } = await visit(browser());
  await page.goto('/sign-in?next=//example.com/');
  await page.getByLabel('E-mail address').fill('viewer@engawa.test');
  await page.getByLabel('Password').fill('engawa-viewer');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: /^Menu of/ }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
});
