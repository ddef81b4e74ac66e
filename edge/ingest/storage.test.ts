import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { EpisodeMedia, Stored } from '../../schema/api/media.ts';
import { episodes, titles } from '../../schema/db/catalog.ts';
import { assets, sources } from '../../schema/db/media.ts';
import { asEditor, uploaded, uploadedTrack, type World } from './ingest.fixture.ts';
import { code, eachInItsWorld } from './world.fixture.ts';

let world: World;
eachInItsWorld((made) => (world = made));

/** What the fixture's transcoder makes of a source of 1,000 bytes. */
const MADE = { video: 6_700, audio: 6_700, subtitles: 2_000, pictures: 0 };
const ENCODED = 6_700 + 6_700 + 2_000;

const used = async (): Promise<Stored> =>
  (await (await asEditor('GET', '/api/admin/storage')).json<{ all: Stored }>()).all;
const list = async <T>(what: string) =>
  (await (await asEditor('GET', `/api/admin/storage/${what}`)).json<{ items: T[] }>()).items;
const versions = async (id: string) =>
  (await (await asEditor('GET', `/api/admin/episodes/${id}/media`)).json<EpisodeMedia>()).assets;
const remove = (path: string) => asEditor('DELETE', `/api/admin/assets/${path}`);
const less = (a: Stored, b: Stored) => a.total - b.total;
/** An episode with a version that is published, and one after it that is, too: the first is idle. */
async function twoVersions() {
  const first = await uploaded(world, { publishWhenReady: true });
  await world.finish();
  const second = await uploaded(world, {
    episodeId: first.episodeId,
    publishWhenReady: true,
  });
  await world.finish();
  return { first, second, episodeId: first.episodeId };
}

it('counts what is stored by kind, for a title and in all, as it comes', async () => {
  const before = await used();
  const { episodeId } = await uploaded(world);
  expect(less(await used(), before)).toBe(1_000); // the source
  await world.finish();
  const after = await used();
  expect(less(after, before)).toBe(1_000 + ENCODED);
  const [asset] = await versions(episodeId);
  expect(asset!.stored).toEqual({ source: 1_000, ...MADE, total: 1_000 + ENCODED });
  const own = (await list<{ id: string; stored: Stored }>('titles')).filter(
    ({ stored }) => stored.total === 1_000 + ENCODED && stored.source === 1_000,
  );
  expect(own.length).toBeGreaterThan(0);
});

it('an amendment counts what it adds and its own file; a source that two versions share counts once', async () => {
  const { episodeId, assetId } = await uploaded(world);
  await world.finish();
  const before = await used();
  await uploadedTrack(world, episodeId, { kind: 'audio', language: 'en' });
  await world.finish();
  const dubbed = await used();
  expect(less(dubbed, before)).toBe(500 + 6_700);
  expect(dubbed.audio - before.audio).toBe(6_700);
  await asEditor('POST', `/api/admin/assets/${assetId}/encode`, { settings: {} });
  await world.finish();
  expect(less(await used(), dubbed)).toBe(ENCODED);
});

it('an old version is deleted for good with its source, and the sweeper clears the store', async () => {
  const { first, second, episodeId } = await twoVersions();
  const idle = await list<{ id: string; shownVersion: number; bytes: number }>('versions');
  expect(idle).toContainEqual(
    expect.objectContaining({ id: first.assetId, shownVersion: 2, bytes: ENCODED }),
  );
  expect(idle.map(({ id }) => id)).not.toContain(second.assetId);
  const before = await used();
  const answer = await remove(first.assetId);
  expect(await answer.json()).toEqual({ bytes: 1_000 + ENCODED });
  expect(less(await used(), before)).toBe(-(1_000 + ENCODED));
  expect((await versions(episodeId)).map(({ version }) => version)).toEqual([2]);
  const prefix = (await world.platform.db.select().from(assets).where(eq(assets.id, first.assetId)))[0]!
    .prefix;
  const under = (folder: string) => [...world.store.objects.keys()].filter((key) => key.startsWith(folder));
  expect(under(prefix)).not.toEqual([]);
  world.pass(1);
  await world.sweep();
  expect(under(prefix)).toEqual([]);
  expect(under(`sources/${first.id}/`)).toEqual([]);
  expect(under(`sources/${second.id}/`)).not.toEqual([]);
  // Its number and prefix are not given again.
  const third = await uploaded(world, { episodeId: episodeId });
  const rows = await world.platform.db.select().from(assets).where(eq(assets.id, third.assetId));
  expect(rows[0]).toMatchObject({ version: 3 });
  expect((await remove(first.assetId)).status).toBe(404);
});

it('never one that viewers get or are to get, nor one that is worked on; each says why', async () => {
  const { first, second, episodeId } = await twoVersions();
  const refused = async (id: string) => {
    const answer = await remove(id);
    expect(answer.status).toBe(409);
    return (await answer.json<{ detail: string }>()).detail;
  };
  expect(await refused(second.assetId)).toContain('Viewers get this version');
  const { db } = world.platform;
  const own = eq(episodes.id, episodeId);
  await db
    .update(episodes)
    .set({ publishAssetId: first.assetId, publishAt: Date.now() + 1e6 })
    .where(own);
  expect(await refused(first.assetId)).toContain('scheduled');
  await db.update(episodes).set({ publishAssetId: null, publishAt: null }).where(own);
  const running = await uploaded(world, { episodeId: episodeId });
  expect(await refused(running.assetId)).toContain(running.jobId);
});

it('never one that somebody began to watch; once their play is over, it can go', async () => {
  const { first } = await twoVersions();
  const audience = world.platform.streams.audience(first.assetId);
  const until = Date.now() + 60_000;
  await audience.join({ userId: 'usr_watching', decidedAt: Date.now(), until });
  const answer = await remove(first.assetId);
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({
    detail: expect.stringContaining('Somebody began'),
    retryAt: until,
  });
});

it('a source goes alone: the version plays on, and cannot be encoded again nor be given AV1', async () => {
  const { episodeId, assetId, id } = await uploaded(world, { publishWhenReady: true });
  await world.finish();
  expect((await list<{ id: string }>('sources')).map((one) => one.id)).toContain(`sources/${id}/source`);
  expect(await (await remove(`${assetId}/source`)).json()).toEqual({ bytes: 1_000 });
  expect((await versions(episodeId))[0]).toMatchObject({ verified: true, published: true, sourceGone: true });
  expect(await code(await asEditor('POST', `/api/admin/assets/${assetId}/encode`, { settings: {} }))).toBe(
    'conflict',
  );
  expect(await code(await asEditor('POST', `/api/admin/assets/${assetId}/av1`))).toBe('conflict');
  expect(await code(await remove(`${assetId}/source`))).toBe('conflict');
  await world.sweep();
  expect([...world.store.objects.keys()].filter((key) => key.startsWith(`sources/${id}/`))).toEqual([]);
});

it('a cancelled job’s source is gone, too', async () => {
  const before = await used();
  const { jobId, id } = await uploaded(world);
  await asEditor('POST', `/api/admin/jobs/${jobId}/cancel`);
  await world.sweep();
  const [row] = await world.platform.db
    .select()
    .from(sources)
    .where(eq(sources.key, `sources/${id}/source`));
  expect(row!.goneAt).not.toBeNull();
  expect(less(await used(), before)).toBe(0);
});

it('what goes with its title or its episode is counted no more', async () => {
  const before = await used();
  const { episodeId } = await uploaded(world);
  const other = await uploaded(world);
  await world.finish();
  const { db } = world.platform;
  const rows = await db.select().from(episodes).where(eq(episodes.id, episodeId));
  await db.delete(episodes).where(eq(episodes.id, other.episodeId));
  expect(less(await used(), before)).toBe(1_000 + ENCODED);
  await db.delete(titles).where(eq(titles.id, rows[0]!.titleId));
  expect(await used()).toEqual(before);
});
