import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Upload, UploadCard } from '../../schema/api/ingest.ts';
import { bearer } from '../testing/sign-in.ts';
import { call } from '../testing/call.ts';
import { asEditor, episode, putParts, sendParts, startUpload, World } from './ingest.fixture.ts';

let world: World;
beforeEach(async () => {
  world = await World.make();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const MIB = 2 ** 20;
const fingerprint = 'ab'.repeat(32);
const begin = (json: object) =>
  asEditor('POST', '/api/uploads', { fileName: 'a.mkv', bytes: 20 * MIB, fingerprint, ...json });
const listed = async (query = '') =>
  (await asEditor('GET', `/api/uploads${query}`)).json<{ items: UploadCard[]; next: string | null }>();

it('goes on with the open upload of the same file, wherever it was begun', async () => {
  const episodeId = await episode();
  const first = await (await begin({ episodeId })).json<Upload>();
  await sendParts(world, first, [2]);
  world.pass(3600);
  const again = await begin({ episodeId, fileName: 'renamed.mkv', publishWhenReady: true });
  expect(again.status).toBe(200);
  expect(await again.json()).toMatchObject({
    id: first.id,
    received: [2],
    publishWhenReady: true,
    expiresAt: first.expiresAt + 3600_000,
  });
  expect(world.store.multiparts.size).toBe(1);
});

it('finds parts in the store that nobody lived to tell of, and none that are cut short', async () => {
  const episodeId = await episode();
  const first = await (await begin({ episodeId })).json<Upload>();
  await sendParts(world, first, [1]);
  await putParts(world, first, [3]);
  await putParts(world, first, [2], 5 * MIB);
  const again = await (await begin({ episodeId })).json<Upload>();
  expect(again).toMatchObject({ id: first.id, received: [1, 3], receivedParts: 2 });
  await sendParts(world, first, [2]);
  const done = await asEditor('POST', `/api/uploads/${first.id}/complete`);
  expect(await done.json()).toMatchObject({ state: 'complete', received: [1, 2, 3] });
});

it('begins one upload of two clicks at once', async () => {
  const episodeId = await episode();
  const answers = await Promise.all([begin({ episodeId }), begin({ episodeId }), begin({ episodeId })]);
  const ids = await Promise.all(answers.map(async (answer) => (await answer.json<Upload>()).id));
  expect(new Set(ids).size).toBe(1);
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(world.store.multiparts.size).toBe(1); // the losers' are given back
});

it.each([
  ['another size', { bytes: 20 * MIB + 1 }],
  ['another file', { fingerprint: 'cd'.repeat(32) }],
  ['no fingerprint', { fingerprint: null }],
])('%s is another upload', async (_, other) => {
  const episodeId = await episode();
  await begin({ episodeId });
  expect((await begin({ episodeId, ...other })).status).toBe(201);
});

it('whoever did not hear that it was complete gets its job, as long as that is under way', async () => {
  const episodeId = await episode();
  const first = await (await begin({ episodeId, bytes: 100 })).json<Upload>();
  await sendParts(world, first, [1]);
  const { jobId } = await (await asEditor('POST', `/api/uploads/${first.id}/complete`)).json<Upload>();
  const again = await begin({ episodeId, bytes: 100 });
  expect(await again.json()).toMatchObject({ id: first.id, state: 'complete', jobId });
  await world.finish();
  expect((await begin({ episodeId, bytes: 100 })).status).toBe(201); // on purpose, then: a version of its own
});

it('an upload that ended is begun anew', async () => {
  const episodeId = await episode();
  const first = await (await begin({ episodeId })).json<Upload>();
  await asEditor('DELETE', `/api/uploads/${first.id}`);
  const again = await begin({ episodeId });
  expect(again.status).toBe(201);
});

it('lists open uploads to editors, newest first, in pages', async () => {
  const made: string[] = [];
  for (let i = 0; i < 5; i++) {
    world.pass(1);
    made.unshift((await startUpload(await episode(`list-${i}`, i + 1), 20 * MIB)).id);
  }
  const newest = await (await asEditor('GET', `/api/uploads/${made[0]}`)).json<Upload>();
  await sendParts(world, newest, [1, 3]);
  await sendParts(world, newest, [1, 1]);
  const first = await listed('?limit=3');
  expect(first.items.map(({ id }) => id)).toEqual(made.slice(0, 3));
  expect(first.items[0]).toMatchObject({
    titleName: 'list-4',
    season: 1,
    episode: 5,
    receivedParts: 2,
    parts: 3,
  });
  const rest = await listed(`?limit=3&cursor=${first.next}`);
  expect(rest.items.map(({ id }) => id)).toEqual(made.slice(3));
  expect(rest.next).toBeNull();
  expect((await listed('?state=held')).items).toEqual([]);
  const viewer = await call('GET', '/api/uploads', { token: await bearer('viewer') });
  expect(viewer.status).toBe(403);
});

it('records no checksum where the store keeps none', async () => {
  world.store.keepsChecksums = false;
  const upload = await startUpload(await episode(), 100);
  await sendParts(world, upload, [1]);
  const done = await asEditor('POST', `/api/uploads/${upload.id}/complete`);
  expect(await done.json()).toMatchObject({ state: 'complete', checksum: null });
});

it('refuses what the store put together otherwise, and leaves nothing', async () => {
  const upload = await startUpload(await episode(), 100);
  await sendParts(world, upload, [1]);
  const put = world.store.checksums.set.bind(world.store.checksums);
  world.store.checksums.set = (key) => put(key, `${'A'.repeat(43)}=-1`);
  const refused = await asEditor('POST', `/api/uploads/${upload.id}/complete`);
  expect(await refused.json()).toMatchObject({
    code: 'upload-mismatch',
    detail: expect.stringContaining('another checksum'),
  });
  expect(world.store.under('sources/')).toEqual([]);
});
