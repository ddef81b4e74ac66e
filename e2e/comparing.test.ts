import { expect, test } from 'vitest';
import { AdminEpisode } from '../schema/api/editing.ts';
import { Begun, EpisodeMedia } from '../schema/api/media.ts';
import { ask } from '../ops/api.ts';
import { origins, useBrowser, visit } from './browser.ts';
import { makeShort } from './films.ts';
import { useFolder } from './folder.ts';
import { editor, jobEnd, newEpisode, publishedEpisode, stored, until, upload } from './system.ts';

const browser = useBrowser();
const folder = useFolder();

test('two versions are compared by one clock, viewers are given the other one and the first again, and the other is deleted', async () => {
  const path = await makeShort(folder('kaze.mp4'), { seconds: 12, size: '640x360' });
  const { title, episodeId } = await publishedEpisode('Two versions', path);
  const media = () => ask(editor, 'GET', `/api/admin/episodes/${episodeId}/media`, EpisodeMedia);
  const [first] = (await media()).assets;
  const { jobId } = await ask(editor, 'POST', `/api/admin/assets/${first!.id}/encode`, Begun, {
    json: { settings: { crf: 34 } },
  });
  expect((await jobEnd(jobId, 120_000)).state).toBe('ready');
  const [second] = (await media()).assets;
  expect(second).toMatchObject({ version: 2, verified: true, published: false });
  // Measured while it was encoded: a higher CRF is less like the source.
  expect(second!.video[0]!.ssim).toBeGreaterThan(0.5);
  expect(second!.video[0]!.ssim).toBeLessThan(first!.video[0]!.ssim!);

  const { page, expectClean } = await visit(browser(), { as: 'editor' });
  await page.goto(`/admin/titles/${title.id}/episodes/${episodeId}`);
  await page.getByRole('link', { name: 'Compare with version 1' }).click();
  await page.getByRole('heading', { level: 1, name: 'Compare versions' }).waitFor();
  const numbers = page.getByRole('table').filter({ hasText: 'Bit rate' });
  await numbers.getByText('CRF').first().waitFor();
  expect(await numbers.textContent()).toContain('34');

  await page.getByRole('button', { name: 'Load both versions' }).click();
  const videos = page.locator('.pane video');
  const facts = () =>
    videos.evaluateAll((all: HTMLVideoElement[]) =>
      all.map(({ currentTime, videoWidth, paused, readyState }) => ({
        currentTime,
        videoWidth,
        paused,
        readyState,
      })),
    );
  await expect
    .poll(async () => (await facts()).map(({ readyState }) => readyState >= 3), { timeout: 30_000 })
    .toEqual([true, true]);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect
    .poll(async () => Math.min(...(await facts()).map(({ currentTime }) => currentTime)), { timeout: 30_000 })
    .toBeGreaterThan(2);
  const apart = async () => {
    const [one, two] = await facts();
    return Math.abs(one!.currentTime - two!.currentTime);
  };
  await expect.poll(apart, { timeout: 15_000 }).toBeLessThan(0.1);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByLabel('Place in the episode').fill('6');
  await page.getByRole('button', { name: 'One picture on' }).click();
  await expect
    .poll(async () => {
      const [a, b] = await facts();
      return a!.paused && b!.paused && a!.currentTime > 6 && a!.currentTime === b!.currentTime;
    })
    .toBe(true);
  await page.keyboard.press('w');
  await page.locator('.compare__stage--beside').waitFor();
  await page.getByRole('radio', { name: '200 %' }).check();
  await expect
    .poll(() => videos.evaluateAll((all) => all.map((video) => video.clientWidth)))
    .toEqual([1280, 1280]);
  await page.getByLabel('Quality, right').selectOption({ index: 1 });

  const shown = async () =>
    (await ask(editor, 'GET', `/api/admin/episodes/${episodeId}`, AdminEpisode)).assetId;
  await page.getByRole('button', { name: 'Switch to version 2' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Switch to version 2' }).click();
  await page.getByText('Viewers get version 2 from now on.').first().waitFor();
  expect(await shown()).toBe(second!.id);
  await page.getByRole('button', { name: 'Go back to version 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Switch to version 1' }).click();
  await page.getByText('Viewers get version 1 from now on.').first().waitFor();
  expect(await shown()).toBe(first!.id);

  await page.goto('/admin/storage?view=versions');
  await page.getByRole('button', { name: 'Delete Two versions, version 2' }).click();
  await page.getByRole('dialog').getByText('This cannot be undone.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete version 2' }).click();
  await page.getByText('will be free in a minute or two').first().waitFor();
  await page.getByRole('button', { name: 'Delete Two versions, version 2' }).waitFor({ state: 'detached' });
  expect((await media()).assets.map(({ version }) => version)).toEqual([1]);
  const prefix = `hls/${title.slug}/season-1/ep-1/v2/`;
  await until('the sweeper to clear it', async () => (await stored(prefix)).length === 0, 90_000);
  expect((await stored(prefix.replace('v2', 'v1'))).length).toBeGreaterThan(0);
  expectClean(origins.cdn);
}, 300_000);

test('the list of jobs follows a job by itself, from the line of jobs to the end, and finds it by its file', async () => {
  const path = await makeShort(folder('follow-me.mp4'), { seconds: 20, size: '640x360' });
  const { page, requests, expectClean } = await visit(browser(), { as: 'editor' });
  await page.goto('/admin/jobs?tab=running');
  await page.getByText('Live', { exact: true }).waitFor();
  const { episodeId } = await newEpisode('Followed');
  const { jobId } = await upload(episodeId, path, false);
  const row = page.getByRole('row').filter({ hasText: 'follow-me.mp4' });
  await row.waitFor({ timeout: 30_000 });
  await row.locator('.working li').first().waitFor({ timeout: 30_000 });
  await jobEnd(jobId, 120_000);
  await row.waitFor({ state: 'detached', timeout: 5_000 });
  // While the line is there, nothing is asked by the clock: after the last news there is silence.
  await page.waitForTimeout(2_000);
  const before = requests.length;
  await page.waitForTimeout(6_000);
  expect(requests.slice(before).map(({ pathname }) => pathname)).toEqual([]);
  await page.getByRole('link', { name: 'Done', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Title or file name' }).fill('follow-me');
  await page.getByRole('row').filter({ hasText: 'follow-me.mp4' }).waitFor();
  await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('follow-me');
  expectClean();
}, 240_000);
