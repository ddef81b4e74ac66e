import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../ops/local/people.ts';
import { useBrowser, visit, type Visit } from './browser.ts';
import { useFolder } from './folder.ts';
import { expectPlaying } from './player.ts';
import { season, series } from './season.ts';

// A whole evening without a mouse: each step is reached by Tab, can be seen to have the focus, and is done by a key.
const browser = useBrowser();
const folder = useFolder();
let episodes: string[];
let here: Visit;
let page: Page;
beforeAll(async () => {
  episodes = await season(folder);
  here = await visit(browser(), { viewport: { width: 1280, height: 800 } });
  page = here.page;
  page.setDefaultTimeout(15_000);
}, 400_000);
afterAll(() => here?.context.close());

const ready = () => page.locator('html[data-ready]').waitFor({ state: 'attached' });

/** What has the focus: its role and name as a screen reader says them, and whether the eye can tell. */
const focused = () =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element || element === document.body) return { name: '', seen: true };
    const labelled = element.getAttribute('aria-label') ?? '';
    const label = element.id ? (document.querySelector(`label[for="${element.id}"]`)?.textContent ?? '') : '';
    const style = getComputedStyle(element);
    const seen =
      style.outlineStyle !== 'none' || style.boxShadow !== 'none' || element.localName.includes('-');
    return { name: (labelled || label || element.textContent || '').trim().replaceAll(/\s+/g, ' '), seen };
  });

/** Tab until something of this name has the focus; everything on the way shows that it has it. */
async function tabTo(name: RegExp, most = 70): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const now = await focused();
    passed.push(now.name.slice(0, 40));
    expect(now.seen, `“${now.name}” has the focus and does not show it`).toBe(true);
    if (name.test(now.name)) return;
  }
  throw new Error(`${most} times Tab, and no ${String(name)}: ${passed.join(' | ')}`);
}

test('signs in', async () => {
  await page.goto('/sign-in');
  await ready();
  await tabTo(/^E-mail address$/);
  await page.keyboard.type(people.viewer.email);
  await tabTo(/^Password$/);
  await page.keyboard.type(people.viewer.password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Menu of/ }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
});

test('jumps over the head of the page', async () => {
  await page.keyboard.press('Tab');
  expect((await focused()).name).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
});

test('searches, and chooses a suggestion', async () => {
  await page.goto('/');
  await ready();
  await tabTo(/^Search titles$/);
  await page.keyboard.type('rantan');
  await page
    .getByRole('option', { name: new RegExp(series.name) })
    .first()
    .waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/titles/${series.slug}`);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(series.name);
});

test('puts the title on the list', async () => {
  await ready();
  await page.locator('.list-button').waitFor();
  if (await page.getByRole('button', { name: 'Add to my list' }).isVisible()) {
    await tabTo(/^Add to my list$/);
    await page.keyboard.press('Enter');
  }
  expect(await page.getByLabel('Where on my list').inputValue()).toMatch(/planning|watching|completed/);
});

test('watches: plays, pauses, steps and skips by keys', async () => {
  await page.goto(`/watch/${episodes[0]}`);
  await ready();
  await expectPlaying(page);
  const paused = () => page.locator('video').evaluate((video: HTMLVideoElement) => video.paused);
  await page.keyboard.press('k');
  await expect.poll(paused).toBe(true);
  await page.locator('video').evaluate((video: HTMLVideoElement) => (video.currentTime = 8));
  await page.getByRole('button', { name: 'Skip opening' }).waitFor();
  await page.keyboard.press('s');
  await expect
    .poll(() => page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime))
    .toBeGreaterThan(15);
  await page.keyboard.press('k');
  await expect.poll(paused).toBe(false);
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('dialog').isVisible()).toBe(false);
});

test('opens the menu, goes to the list, and scores by typing the number', async () => {
  await page.goto('/');
  await ready();
  await tabTo(/^Menu of/);
  await page.keyboard.press('Enter');
  await tabTo(/^My list$/, 6);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/list');
  await ready();
  await tabTo(new RegExp(`^Score of ${series.name}$`));
  await page.keyboard.type('8');
  const score = page.getByLabel(`Score of ${series.name}`);
  await expect.poll(() => score.inputValue()).toBe('8');
  await page.reload();
  expect(await score.inputValue()).toBe('8');
});

test('the menu closes by Escape, and the focus is back on its button', async () => {
  await ready();
  await tabTo(/^Menu of/);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'History' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('link', { name: 'History' }).isVisible()).toBe(false);
  expect((await focused()).name).toMatch(/^Menu of/);
});

test('chooses the light theme in the foot of the page', async () => {
  await page.goto('/legal/terms');
  await ready();
  await tabTo(/^Light$/);
  await page.keyboard.press('Enter');
  await page.locator('html[data-theme="light"]').waitFor();
  expect(here.complaints).toEqual([]);
});
