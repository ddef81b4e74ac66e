import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Upload } from '../../schema/api/ingest.ts';
import { assets, jobs } from '../../schema/db/media.ts';
import type { Id } from '../../schema/ids.ts';
import { asEditor, episode, sendParts, startUpload, uploaded, World } from './ingest.fixture.ts';

let world: World;
beforeEach(async () => {
  world = await World.make();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const track = { kind: 'subtitles', language: 'en', role: 'signs' };
const complete = async ({ id }: Upload) =>
  (await asEditor('POST', `/api/uploads/${id}/complete`)).json<Upload>();
const read = async ({ id }: Upload) => (await asEditor('GET', `/api/uploads/${id}`)).json<Upload>();
const amended = (episodeId: Id<'episode'>) =>
  world.platform.db.select().from(jobs).where(eq(jobs.episodeId, episodeId)).orderBy(jobs.id);

/** A video that is on its way, and subtitles that belong to it. */
async function together(episodeId: Id<'episode'>) {
  const video = await startUpload(episodeId, 1_000);
  const subtitles = await startUpload(episodeId, 500, { fileName: 'a.ass', track, after: video.id });
  return { video, subtitles };
}

it('a track that is sent along with its video waits until that is ready, then joins it', async () => {
  const episodeId = await episode();
  const { video, subtitles } = await together(episodeId);
  await sendParts(world, subtitles, [1]);
  expect(await complete(subtitles)).toMatchObject({ state: 'held', jobId: null, receivedParts: 1 });
  expect(await complete(subtitles)).toMatchObject({ state: 'held' }); // said again

  await sendParts(world, video, [1]);
  const { assetId } = await complete(video);
  await world.sweep();
  expect(await read(subtitles)).toMatchObject({ state: 'held' }); // uploaded, but not encoded
  await world.finish();
  await world.sweep();
  const joined = await read(subtitles);
  expect(joined).toMatchObject({ state: 'complete', assetId });
  const amendment = (await amended(episodeId)).find(({ id }) => id === joined.jobId);
  expect(amendment).toMatchObject({ assetId, fileName: 'a.ass' });
  await world.sweep();
  expect(await amended(episodeId)).toHaveLength(2);
});

it('whoever goes on with a track elsewhere need not know its video', async () => {
  const fingerprint = 'ab'.repeat(32);
  const episodeId = await episode();
  const video = await startUpload(episodeId, 1_000);
  const file = { fileName: 'a.ass', track, fingerprint };
  const subtitles = await startUpload(episodeId, 500, { ...file, after: video.id });
  const again = await asEditor('POST', '/api/uploads', { episodeId, bytes: 500, ...file });
  expect(again.status).toBe(200);
  expect(await again.json()).toMatchObject({ id: subtitles.id, after: video.id });
});

it('joins at once a video that is ready already', async () => {
  const episodeId = await episode();
  const { video, subtitles } = await together(episodeId);
  await sendParts(world, video, [1]);
  const { assetId } = await complete(video);
  await world.finish();
  await sendParts(world, subtitles, [1]);
  expect(await complete(subtitles)).toMatchObject({ state: 'complete', assetId });
});

it('does not join a version that was there before its video, but one that takes the place of a failed one', async () => {
  const episodeId = await episode();
  await uploaded(world, { episodeId });
  await world.finish();
  world.pass(60);
  const { video, subtitles } = await together(episodeId);
  await sendParts(world, subtitles, [1]);
  expect(await complete(subtitles)).toMatchObject({ state: 'held' });
  await asEditor('DELETE', `/api/uploads/${video.id}`);
  await world.sweep();
  expect(await read(subtitles)).toMatchObject({ state: 'held' });

  world.pass(60);
  const { assetId } = await uploaded(world, { episodeId });
  await world.finish();
  await world.sweep();
  expect(await read(subtitles)).toMatchObject({ state: 'complete', assetId });
  expect(await world.platform.db.select().from(assets).where(eq(assets.episodeId, episodeId))).toHaveLength(
    2,
  );
});

it('is given up with everything it left when its video never comes', async () => {
  const { video, subtitles } = await together(await episode());
  await sendParts(world, subtitles, [1]);
  await complete(subtitles);
  await asEditor('DELETE', `/api/uploads/${video.id}`);
  expect(world.store.under('sources/')).toHaveLength(1);
  world.pass(31 * 86_400);
  await world.sweep();
  expect(await read(subtitles)).toMatchObject({ state: 'aborted' });
  expect(world.store.under('sources/')).toEqual([]);
});

it('can be given up while it waits', async () => {
  const { subtitles } = await together(await episode());
  await sendParts(world, subtitles, [1]);
  await complete(subtitles);
  expect((await asEditor('DELETE', `/api/uploads/${subtitles.id}`)).status).toBe(204);
  expect(world.store.under('sources/')).toEqual([]);
});

it('refuses `after` what is no video of the same episode', async () => {
  const episodeId = await episode();
  const { subtitles } = await together(episodeId);
  const elsewhere = await startUpload(await episode(), 10);
  for (const wrong of [
    { track, after: subtitles.id },
    { track, after: elsewhere.id },
    { track, after: 'upl_nowhere' },
    { after: subtitles.id },
  ]) {
    const answer = await asEditor('POST', '/api/uploads', {
      episodeId,
      fileName: 'a.ass',
      bytes: 5,
      ...wrong,
    });
    expect(await answer.json()).toMatchObject({
      code: 'invalid-request',
      detail: expect.stringContaining('/after'),
    });
  }
});
