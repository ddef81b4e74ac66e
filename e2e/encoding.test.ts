import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { origins, useBrowser, visit } from './browser.ts';
import { ffmpeg, makeShort } from './films.ts';
import { useFolder } from './folder.ts';
import { writeFile } from 'node:fs/promises';
import { jobEnd, newEpisode, play, publishedEpisode, upload } from './system.ts';

// What an editor sees of a job while it runs, and what stands between a finished one and its viewers.
const browser = useBrowser();
const folder = useFolder();

type Shown = { time: number; width: number; sound: boolean };
const shown = (page: Page): Promise<Shown> =>
  page.locator('video').evaluate((video: HTMLVideoElement) => ({
    time: video.currentTime,
    width: video.videoWidth,
    sound:
      (video as HTMLVideoElement & { webkitAudioDecodedByteCount: number }).webkitAudioDecodedByteCount > 0,
  }));

test('an editor watches a film while it is encoded; the job tells of itself, in logs too', async () => {
  const film = await makeShort(folder('long.mp4'), { seconds: 100, size: '640x360' });
  const { episodeId } = await newEpisode('Growing');
  const { jobId } = await upload(episodeId, film, false);
  const { page, requests, expectClean } = await visit(browser(), { as: 'editor' });
  const lines: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => void lines.push(String(payload))),
  );
  await page.goto(`/admin/jobs/${jobId}`);
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'Watch what is ready' }).click({ timeout: 60_000 });
  // The picture moves while parts of the film are not there yet.
  await expect.poll(async () => (await shown(page)).time, { timeout: 30_000 }).toBeGreaterThan(0.3);
  expect((await shown(page)).width).toBe(640);
  expect(await main.getByText('The video is ready and every check holds.').count()).toBe(0);
  // It goes on past the head, as the playlist grows; and the sound joins it.
  await expect
    .poll(() => shown(page), { timeout: 90_000, interval: 500 })
    .toSatisfy(({ time, sound }: Shown) => time > 3 && sound);

  await main.getByText('The video is ready and every check holds.').waitFor({ timeout: 120_000 });
  // Live by news: each asks once, and nothing is asked every two seconds.
  const news = lines.filter((line) => line.includes(jobId)).length;
  const asked = requests.filter(({ pathname }) => pathname === `/api/admin/jobs/${jobId}`).length;
  expect(news).toBeGreaterThan(3);
  expect(asked).toBeLessThanOrEqual(news + 6);
  // Ready, but not published: nobody else can watch it.
  await expect(play(episodeId)).rejects.toThrow('There is nothing here');
  await main.getByRole('button', { name: 'Attempts and logs of Video, part 1', exact: true }).click();
  await expect
    .poll(() => main.getByRole('log', { name: 'Log of Video, part 1', exact: true }).textContent(), {
      timeout: 15_000,
    })
    .toContain('libx264');
  expectClean(origins.store);
}, 240_000);

const STYLES = `[Script Info]
ScriptType: v4.00+
[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Nowhere Gothic,30
[Events]
Format: Layer, Start, End, Style, Text
Dialogue: 0,0:00:00.50,0:00:02.50,Default,Hello from the veranda
`;

test('a film whose font is missing is published with a reason only', async () => {
  await writeFile(folder('signs.ass'), STYLES);
  const film = await makeShort(folder('plain.mp4'));
  await ffmpeg(
    '-i',
    film,
    '-i',
    folder('signs.ass'),
    '-map',
    '0',
    '-map',
    '1',
    '-c',
    'copy',
    folder('signs.mkv'),
  );
  const { episodeId } = await newEpisode('Without its font');
  const { jobId } = await upload(episodeId, folder('signs.mkv'), true);
  const job = await jobEnd(jobId);
  // Not even when it was to be published as soon as it is ready.
  expect(job).toMatchObject({ state: 'ready', published: false, certificate: { holds: true } });
  expect(job.certificate!.warnings).toMatchObject([{ code: 'glyphs-missing', blocks: true }]);

  const { page, expectClean } = await visit(browser(), { as: 'editor' });
  await page.goto(`/admin/jobs/${jobId}`);
  const main = page.getByRole('main');
  await main.getByText('Characters are missing from a font').waitFor();
  expect(await main.getByText('Nowhere Gothic').count()).toBe(1);
  expect(await main.getByRole('button', { name: 'Publish', exact: true }).count()).toBe(0);
  await main.getByRole('button', { name: 'Publish all the same …' }).click();
  const dialog = page.getByRole('dialog');
  const yes = dialog.getByRole('button', { name: 'Publish all the same' });
  expect(await yes.isDisabled()).toBe(true);
  await dialog.getByLabel('Why it may be published all the same').fill('The studio has no such font either.');
  await yes.click();
  await main.getByText('This version is on the site.').waitFor();
  await main.getByRole('link', { name: 'To the episode' }).click();
  await main
    .getByText(/^Published in spite of its warnings .*The studio has no such font either\./)
    .waitFor();
  expect((await play(episodeId)).subtitles).toHaveLength(1);
  expectClean();
}, 120_000);

test('an episode that flashes says so, and waits until somebody wants it', async () => {
  const film = folder('flash.mp4');
  const colours = ['red', 'blue'].flatMap((colour) => [
    '-f',
    'lavfi',
    '-i',
    `color=${colour}:size=320x180:rate=24:duration=4`,
  ]);
  const flashing = ['-filter_complex', "[0][1]blend=all_expr='if(mod(N,2),A,B)'", '-pix_fmt', 'yuv420p'];
  await ffmpeg(...colours, ...flashing, '-c:v', 'libx264', '-preset', 'ultrafast', film);
  const { episodeId } = await publishedEpisode('Flashing', film);
  const { page, expectClean } = await visit(browser(), { as: 'viewer' });
  await page.goto(`/watch/${episodeId}`);
  await page.getByText('can harm people with photosensitive epilepsy').waitFor();
  const begin = page.getByRole('button', { name: /^Play/ });
  await begin.waitFor();
  await page.waitForTimeout(1_000);
  expect(await page.locator('video').count()).toBe(0);
  await begin.click();
  await expect.poll(async () => (await shown(page)).time, { timeout: 15_000 }).toBeGreaterThan(0.5);
  expectClean();
}, 120_000);
