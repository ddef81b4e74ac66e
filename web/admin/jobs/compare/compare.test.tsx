import { afterEach, expect, it, vi } from 'vitest';
import type { AdminEpisode } from '../../../../schema/api/editing.ts';
import type { AssetView, EpisodeMedia } from '../../../../schema/api/media.ts';
import { draw } from '../../testing.tsx';
import { asset, job, rung } from '../jobs.fixture.ts';
import { saying } from '../words.ts';
import { ComparePage as Unspoken } from './compare.tsx';

const ComparePage = await saying(Unspoken)('en');
const episode: AdminEpisode = {
  id: 'ep_1',
  titleId: 'ttl_1',
  season: 1,
  number: 3,
  kind: 'story',
  name: null,
  synopsis: null,
  airsAt: null,
  absoluteNumber: null,
  translations: {},
  assetId: 'ast_1',
  publishedAt: 1,
  takenDownAt: null,
  publishAssetId: null,
  publishAt: null,
  publishRefused: null,
  latestJobId: 'job_2',
  revision: 7,
  updatedAt: 1,
};
const sound: AssetView['audio'][number] = {
  id: 'a0-ja',
  language: 'ja',
  name: 'Japanese',
  default: true,
  role: 'main',
  channels: 2,
  averageBandwidth: 160_000,
  bytes: 28_000_000,
  facts: null,
};
const first: AssetView = { ...asset, audio: [sound] };
const second: AssetView = {
  ...asset,
  id: 'ast_2',
  version: 2,
  jobId: 'job_2',
  published: false,
  bytes: 300_000_000,
  video: [{ ...rung, bytes: 180_000_000, averageBandwidth: 1_006_000, ssim: 0.95 }],
  audio: [{ ...sound, id: 'a0-en', name: 'English', language: 'en', role: 'dub' }],
};

let shown: Awaited<ReturnType<typeof draw>>;
afterEach(() => shown.leave());
async function page(assets: AssetView[], query = '') {
  const media: EpisodeMedia = { assets, markers: [], flashes: [] };
  shown = await draw(
    <ComparePage
      titleId="ttl_1"
      episodeId="ep_1"
      address={new URL(`http://localhost/admin/titles/ttl_1/episodes/ep_1/compare${query}`)}
    />,
    {
      'GET /api/admin/episodes/ep_1/media': () => media,
      'GET /api/admin/episodes/ep_1': () => episode,
      'GET /api/admin/jobs/job_1': () => ({
        ...job,
        rungs: [{ id: 'v1080', codec: 'h264', width: 1920, height: 1080, crf: 22, maxrate: 1 }],
      }),
      'GET /api/admin/jobs/job_2': () => ({
        ...job,
        id: 'job_2',
        rungs: [{ id: 'v1080', codec: 'h264', width: 1920, height: 1080, crf: 28, maxrate: 1 }],
      }),
      'POST /api/admin/episodes/ep_1/publish': () => ({ ...episode, assetId: 'ast_2' }),
    },
  );
  return shown;
}
const rows = () =>
  [...shown.place.querySelectorAll('.table--compare tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent),
  );

it('shows what viewers get beside the newest other version, in the numbers that differ', async () => {
  const { shows } = await page([second, first]);
  await shows('28');
  await vi.waitFor(() => expect(rows()).toContainEqual(['1920 × 1080 H.264: CRF', '22', '28', '']));
  expect(rows()).toContainEqual(['Stored', '400 MB', '300 MB', '−25%']);
  expect(rows()).toContainEqual(['1920 × 1080 H.264: Size', '360 MB', '180 MB', '−50%']);
  expect(rows()).toContainEqual(['1920 × 1080 H.264: Likeness (SSIM)', '0.9800', '0.9500', '']);
  const names = rows().map(([what]) => what);
  expect(names).toContain('Japanese, Original (removed)');
  expect(names).toContain('English, Dub (added)');
});

it('asks before it switches, and sends the revision that was seen', async () => {
  const { button, changes, place, shows } = await page([second, first]);
  await vi.waitFor(() => expect(button('Switch to version 2')).toMatchObject({ disabled: false }));
  button('Switch to version 2')!.click();
  const dialog = await vi.waitFor(() => {
    const open = place.querySelector('dialog');
    if (!open?.open) throw new Error('no dialog is open');
    return open;
  });
  expect(changes()).toEqual([]);
  dialog.close('yes');
  await shows('Viewers get version 2 from now on.');
  expect(changes()).toEqual([{ call: 'POST /api/admin/episodes/ep_1/publish', json: { assetId: 'ast_2' } }]);
});

it('an earlier version is gone back to; a planned switch is said', async () => {
  const { button, shows } = await page([
    { ...second, published: true },
    { ...first, published: false, publishAt: 1_800_000_000_000 },
  ]);
  await shows('Viewers get version 1 from');
  expect(button('Go back to version 1')).toBeDefined();
});

it('with one finished version there is nothing to compare, and what to do', async () => {
  const { shows, button } = await page([{ ...second, verified: false }, first]);
  await shows('There is nothing to compare');
  expect(button('Load both versions')).toBeUndefined();
});
