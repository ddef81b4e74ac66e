import { expect, test } from 'vitest';
import { Begun, EpisodeMedia } from '../schema/api/media.ts';
import { ask } from '../ops/api.ts';
import { useBrowser, visit } from './browser.ts';
import { ffmpeg } from './films.ts';
import { useFolder } from './folder.ts';
import { choices, expectPlaying } from './player.ts';
import { editor, jobEnd, publishedEpisode } from './system.ts';

const browser = useBrowser();
const folder = useFolder();

test('pictures in two codecs and sound in two shapes are one choice each; AV1 plays where it can', async () => {
  const film = folder('surround.mkv');
  const inputs = [
    'testsrc2=size=854x480:rate=24:duration=4',
    'sine=frequency=440:sample_rate=48000:duration=4',
  ];
  const codecs = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -ac 6'.split(' ');
  await ffmpeg(...inputs.flatMap((input) => ['-f', 'lavfi', '-i', input]), ...codecs, film);
  const { episodeId } = await publishedEpisode('Twins', film);
  const asset = async () => {
    const { assets } = await ask(editor, 'GET', `/api/admin/episodes/${episodeId}/media`, EpisodeMedia);
    return assets[0]!;
  };
  const before = await asset();
  const path = `/api/admin/assets/${before.id}/av1`;
  const { jobId } = await ask(editor, 'POST', path, Begun, { json: {} });
  expect((await jobEnd(jobId, 120_000)).state).toBe('ready');
  const { video, audio } = await asset();
  const av1 = video.filter(({ codec }) => codec.startsWith('av01'));
  expect(av1.length).toBeGreaterThan(1);
  expect(video.length).toBe(before.video.length + av1.length);
  expect(new Set(audio.map(({ channels }) => channels))).toEqual(new Set([2, 6]));

  const { page, requests, expectClean } = await visit(browser(), { as: 'viewer' });
  await page.goto(`/watch/${episodeId}`);
  await expectPlaying(page);
  const lists = new Set(requests.flatMap(({ pathname }) => /([^/]+)\.m3u8$/.exec(pathname)?.[1] ?? []));
  expect(video.filter(({ id }) => lists.has(id)).every(({ codec }) => codec.startsWith('av01'))).toBe(true);
  expect(av1.some(({ id }) => lists.has(id))).toBe(true);
  // Sound in its two shapes. Of pictures, each of this codec once, and no two with the same name.
  const sounds = await choices(page, /audio/i);
  expect(sounds).toHaveLength(2);
  expect(sounds[1]).toBe(`${sounds[0]} · 5.1`);
  const names = await choices(page, /quality|settings/i);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toHaveLength(av1.length + 1); // and “Auto”
  expectClean();
}, 200_000);
