import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import type { EpisodeMedia } from '../../schema/api/media.ts';
import { episodes } from '../../schema/db/catalog.ts';
import { jobs } from '../../schema/db/media.ts';
import type { Id } from '../../schema/ids.ts';
import type { Marker } from '../../schema/media-facts.ts';
import { Package } from '../../schema/package.ts';
import { packageKey } from '../platform/packages.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { asEditor, episode, uploaded, type World } from './ingest.fixture.ts';
import { storedOf } from './stored.ts';
import { code, eachInItsWorld } from './world.fixture.ts';

let world: World;
eachInItsWorld((made) => (world = made));

const media = async (episodeId: string): Promise<EpisodeMedia> => {
  const answer = await asEditor('GET', `/api/admin/episodes/${episodeId}/media`);
  expect(answer.status).toBe(200);
  return answer.json();
};
const put = (episodeId: string, markers: unknown) =>
  asEditor('PUT', `/api/admin/episodes/${episodeId}/markers`, { markers });
const setRow = (id: Id<'episode'>, row: Partial<typeof episodes.$inferInsert>) =>
  world.platform.db.update(episodes).set(row).where(eq(episodes.id, id));

/** Adds to the package that the pipeline left in R2. */
async function amendPackage(assetId: string, change: (pack: Package) => Package): Promise<Package> {
  const key = packageKey(assetId, 1);
  const pack = change(v.parse(Package, await (await env.BUCKET.get(key))!.json()));
  await env.BUCKET.put(key, JSON.stringify(pack));
  return pack;
}

it('shows each asset of an episode with what it holds, from the upload on', async () => {
  const first = await uploaded(world, { publishWhenReady: true });
  expect((await media(first.episodeId)).assets).toMatchObject([
    {
      version: 1,
      jobId: first.jobId,
      verified: false,
      published: false,
      duration: null,
      video: [],
      bytes: 0,
    },
  ]);
  await world.finish();
  const second = await uploaded(world, { episodeId: first.episodeId });
  const { assets } = await media(first.episodeId);
  expect(assets.map(({ version, published }) => `${version} ${published}`)).toEqual(['2 false', '1 true']);
  expect(assets[1]).toMatchObject({
    id: first.assetId,
    jobId: first.jobId,
    revision: 1,
    verified: true,
    encrypted: true,
    duration: 12,
    video: [{ id: 'v360', codec: 'avc1.640015', width: 640, height: 360, bandwidth: 900_000 }],
    audio: [{ id: 'a0-ja', language: 'ja', role: 'main', channels: 2, default: true, facts: null }],
    subtitles: [{ id: 's0-en', role: 'full', typeset: false, fonts: [] }],
    amending: [],
    override: null,
  });
  expect(assets[1]!.bytes).toBe(6 * 1_000 + 6 * 1_000 + 2 * 1_000 + 2 * 700);

  // A job that changes the asset is not the one that made it.
  const [row] = await world.platform.db.select().from(jobs).where(eq(jobs.id, second.jobId));
  const id = world.platform.newId('job');
  await world.platform.db.insert(jobs).values({
    ...row!,
    id,
    assetId: first.assetId,
    change: { number: 2, add: null, remove: ['s0-en'] },
  });
  expect((await media(first.episodeId)).assets[1]).toMatchObject({ jobId: first.jobId, amending: [id] });
});

it('signs the stills for the CDN, in the size that lists need, and counts every file', async () => {
  const { episodeId, assetId } = await uploaded(world);
  await world.finish();
  const file = (name: string, type: 'image/avif' | 'image/jpeg', bytes: number) => ({
    uri: `pictures/${name}`,
    bytes,
    type,
  });
  const before = (await media(episodeId)).assets[0]!.bytes;
  const pack = await amendPackage(assetId, (pack) => ({
    ...pack,
    pictures: {
      stills: [
        {
          time: 3,
          thumbhash: 'aGFzaA==',
          sizes: [
            { width: 320, height: 180, files: [file('0-320.avif', 'image/avif', 5)] },
            {
              width: 640,
              height: 360,
              files: [file('0-640.avif', 'image/avif', 10), file('0-640.jpg', 'image/jpeg', 20)],
            },
          ],
        },
      ],
      storyboard: {
        uri: 'pictures/storyboard.vtt',
        width: 160,
        height: 90,
        tiles: 1,
        sprites: [{ uri: 'pictures/sprite-0.jpg', bytes: 40 }],
      },
      preview: null,
      waveform: { uri: 'pictures/waveform.bin', bytes: 80, perSecond: 10 },
    },
    subtitles: pack.subtitles.map((track) => ({
      ...track,
      typeset: {
        uri: 's0-en/a.ass',
        bytes: 160,
        fonts: [{ uri: 's0-en/f.ttf', bytes: 320, family: 'Gothic' }],
      },
    })),
    analysis: { ...pack.analysis, flashes: [{ start: 1, end: 2, badness: 1.4 }] },
  }));
  const { assets, flashes } = await media(episodeId);
  const [still] = assets[0]!.stills;
  expect(still).toMatchObject({ width: 640, height: 360 });
  const url = new URL(still!.url);
  expect(url.origin + url.pathname).toBe(`${env.CDN_ORIGIN}/${pack.prefix}pictures/0-640.avif`);
  expect([...url.searchParams.keys()]).toEqual(
    expect.arrayContaining(['Policy', 'Signature', 'Key-Pair-Id']),
  );
  expect((await media(episodeId)).assets[0]!.stills[0]!.url).toBe(still!.url);
  expect(storedOf(pack).bytes - before).toBe(5 + 10 + 20 + 40 + 80 + 160 + 320);
  expect(assets[0]!.subtitles).toMatchObject([{ typeset: true, fonts: ['Gothic'] }]);
  expect(flashes).toEqual([{ start: 1, end: 2, badness: 1.4 }]);
});

it('lets an editor say what can be skipped, and brings the found markers back', async () => {
  const id = await episode();
  const opening: Marker = { kind: 'opening', start: 60, end: 150, source: 'fingerprint', first: true };
  const ending: Marker = { kind: 'ending', start: 1300, end: 1390, source: 'fingerprint', first: false };
  await setRow(id, { markers: [opening, ending], duration: 1440 });
  expect((await media(id)).markers).toEqual([opening, ending]);

  const moved = await put(id, [
    { kind: 'preview', start: 1400, end: 1430 },
    { kind: 'opening', start: 61.5, end: 149 },
  ]);
  expect((await moved.json<EpisodeMedia>()).markers).toEqual([
    { kind: 'opening', start: 61.5, end: 149, source: 'editor', first: true },
    { kind: 'preview', start: 1400, end: 1430, source: 'editor', first: false },
  ]);
  await setRow(id, { markers: [ending] }); // a later episode's job compares the season anew
  expect((await media(id)).markers).toHaveLength(2);
  await put(id, []);
  expect((await media(id)).markers).toEqual([]);
  await put(id, null);
  expect((await media(id)).markers).toEqual([ending]);
});

it('refuses markers that make no sense, and whoever is no editor', async () => {
  const id = await episode();
  await setRow(id, { duration: 100 });
  const wrong = async (marker: object, pointer: string) => {
    const answer = await put(id, [{ kind: 'opening', start: 0, end: 90, ...marker }]);
    expect(await answer.json()).toMatchObject({ code: 'invalid-request', errors: [{ pointer }] });
  };
  await wrong({ start: 90 }, '/markers/0');
  await wrong({ start: -1 }, '/markers/0/start');
  await wrong({ end: 102 }, '/markers/0/end');
  await wrong({ kind: 'advert' }, '/markers/0/kind');
  expect(await code(await put('ep_nobody', []))).toBe('not-found');
  const viewer = { token: await bearer('viewer') };
  expect((await call('GET', `/api/admin/episodes/${id}/media`, viewer)).status).toBe(403);
  expect(
    (await call('PUT', `/api/admin/episodes/${id}/markers`, { ...viewer, json: { markers: [] } })).status,
  ).toBe(403);
});
