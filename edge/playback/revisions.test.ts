import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { beforeAll, expect, it } from 'vitest';
import { Play } from '../../schema/api/playback.ts';
import { episodes } from '../../schema/db/catalog.ts';
import type { Marker } from '../../schema/media-facts.ts';
import type { Package } from '../../schema/package.ts';
import { database } from '../platform/db.ts';
import { packageKey } from '../platform/packages.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { episodeWith, nothingPlays, worldWide } from './playback.fixture.ts';

let viewer: string;
beforeAll(async () => {
  viewer = await bearer('viewer');
});
async function play(episodeId: string): Promise<Play> {
  await nothingPlays();
  return v.parse(
    Play,
    await (await call('POST', `/api/episodes/${episodeId}/hls`, { token: viewer })).json(),
  );
}
const beside = ({ masterUrl }: Play, name: string) =>
  call('GET', new URL(masterUrl).pathname.replace('master.m3u8', name));
const text = async (answer: Response) => new TextDecoder().decode(await answer.arrayBuffer());

it('a play goes on with the revision it began with; the next one has the amended asset', async () => {
  const { episodeId, assetId, pkg } = await episodeWith('amended', [worldWide]);
  const before = await play(episodeId);
  const [japanese, english] = pkg.audio;
  const amended: Package = {
    ...pkg,
    revision: 2,
    audio: [japanese!, { ...english!, id: 'r2-a0-fr', language: 'fr', name: 'fr' }],
  };
  await env.BUCKET.put(packageKey(assetId, 2), JSON.stringify(amended));
  await database(env.DB).update(episodes).set({ assetRevision: 2 }).where(eq(episodes.id, episodeId));

  const after = await play(episodeId);
  expect(before.audio.map(({ id }) => id)).toEqual(['a0-ja', 'a1-en']);
  expect(after.audio.map(({ id }) => id)).toEqual(['a0-ja', 'r2-a0-fr']);
  for (const name of ['a1-en.m3u8', 'v360.m3u8']) expect((await beside(before, name)).status).toBe(200);
  expect((await beside(before, 'r2-a0-fr.m3u8')).status).toBe(404);
  expect((await beside(after, 'a1-en.m3u8')).status).toBe(404);
  expect(await text(await beside(after, 'master.m3u8'))).toContain('URI="r2-a0-fr.m3u8"');
  expect(await text(await beside(before, 'master.m3u8'))).not.toContain('r2-a0-fr');
});

it('an asset that is not encrypted has no keys, neither in its playlists nor at their address', async () => {
  const { episodeId } = await episodeWith('clear', [worldWide], {
    change: (pkg) => ({ ...pkg, keyId: null }),
  });
  const started = await play(episodeId);
  for (const name of ['v360.m3u8', 'a0-ja.m3u8', 's0-en.m3u8']) {
    const playlist = await text(await beside(started, name));
    expect(playlist).toContain('#EXTINF');
    expect(playlist).not.toContain('EXT-X-KEY');
  }
  expect((await beside(started, 'key/0')).status).toBe(404);
});

it('pictures for seeking are a playlist of key frames, within the licensed height', async () => {
  const trick = ([height, width]: readonly [number, number]) => ({
    id: `t${height}`,
    codec: 'avc1.640016',
    init: { uri: `t${height}/init.mp4`, bytes: 700 },
    bandwidth: 90_000,
    averageBandwidth: 60_000,
    width,
    height,
    segments: [{ uri: `t${height}/0.m4s`, duration: 2, bytes: 9_000, period: 0 }],
  });
  const change = (pkg: Package) => ({
    ...pkg,
    trick: (
      [
        [360, 640],
        [720, 1280],
      ] as const
    ).map(trick),
  });
  const open = await play((await episodeWith('trick', [worldWide], { change })).episodeId);
  expect(await text(await beside(open, 't720.m3u8'))).toContain('#EXT-X-I-FRAMES-ONLY');
  const capped = await play(
    (await episodeWith('capped', [{ ...worldWide, maxHeight: 480 }], { change })).episodeId,
  );
  const master = await text(await beside(capped, 'master.m3u8'));
  expect(master).toContain('#EXT-X-I-FRAME-STREAM-INF');
  expect(master).toContain('t360.m3u8');
  expect(master).not.toContain('t720.m3u8');
  expect((await beside(capped, 't360.m3u8')).status).toBe(200);
  expect((await beside(capped, 't720.m3u8')).status).toBe(404);
});

it('says what can be skipped: what was found, or what an editor said instead, be it nothing', async () => {
  const { episodeId } = await episodeWith('skips', [worldWide]);
  const marker = (source: Marker['source'], end: number): Marker => ({
    kind: 'opening',
    start: 10,
    end,
    source,
    first: false,
  });
  const set = (row: Partial<typeof episodes.$inferInsert>) =>
    database(env.DB).update(episodes).set(row).where(eq(episodes.id, episodeId));
  expect((await play(episodeId)).markers).toEqual([]);
  await set({ markers: [marker('fingerprint', 100)] });
  expect((await play(episodeId)).markers).toEqual([marker('fingerprint', 100)]);
  await set({ editedMarkers: [marker('editor', 95)] });
  expect((await play(episodeId)).markers).toEqual([marker('editor', 95)]);
  await set({ editedMarkers: [] });
  expect((await play(episodeId)).markers).toEqual([]);
});
