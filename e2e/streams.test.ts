import { afterAll, expect, test } from 'vitest';
import { origins, useBrowser, visit, type Visit } from './browser.ts';
import { currentTime, expectPlaying } from './player.ts';
import { filmEpisode } from './system.ts';

// Two devices of an account that may play one stream at once: the editor has no plan.
const browser = useBrowser();
let tv: Visit;
let phone: Visit;
afterAll(async () => {
  await tv?.context.close();
  await phone?.context.close();
});
const watch = async (device: Visit) => device.page.goto(`${origins.site}/watch/${await filmEpisode()}`);

test('the second device says what plays where', async () => {
  tv = await visit(browser(), { as: 'editor' });
  await watch(tv);
  await expectPlaying(tv.page);
  phone = await visit(browser(), { as: 'editor' });
  await watch(phone);
  const trouble = phone.page.getByRole('alert');
  await trouble.getByRole('heading', { name: 'Too many streams at once' }).waitFor();
  expect(await trouble.getByRole('listitem').allTextContents()).toEqual([
    expect.stringMatching(/Linux: First light · S1 E1/),
  ]);
}, 240_000);

test('“play here instead” plays here; the other stops within a key period and says why', async () => {
  await phone.page
    .getByRole('listitem')
    .getByRole('button', { name: /Play here instead/ })
    .click();
  await expectPlaying(phone.page);
  const told = tv.page.getByRole('alert').getByRole('heading', { name: 'Playing on another device' });
  await told.waitFor({ timeout: 60_000 });
  expect(
    await tv.page.locator('video').evaluate((v: HTMLVideoElement) => v.paused || v.readyState === 0),
  ).toBe(true);
}, 120_000);

test('whoever comes back goes on where they were, or starts over', async () => {
  await phone.page.locator('video').evaluate((v: HTMLVideoElement) => {
    v.pause();
    v.currentTime = 30;
  });
  await phone.page.goto(origins.site); // which says goodbye: the place is free
  await watch(phone);
  await expectPlaying(phone.page);
  expect(await currentTime(phone.page)).toBeGreaterThan(29);
  await phone.page.getByRole('button', { name: 'Start over' }).click();
  await expect.poll(() => currentTime(phone.page)).toBeLessThan(10);
}, 120_000);
