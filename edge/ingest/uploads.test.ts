import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Upload } from '../../schema/api/ingest.ts';
import { titles } from '../../schema/db/catalog.ts';
import { assets, jobs, tasks } from '../../schema/db/media.ts';
import { composite } from '../platform/s3.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { asEditor, episode, sendParts, sha256Of, startUpload, uploaded, World } from './ingest.fixture.ts';

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
const complete = (upload: Upload) => asEditor('POST', `/api/uploads/${upload.id}/complete`);
const jobsOf = (upload: Upload) =>
  world.platform.db.select().from(jobs).where(eq(jobs.episodeId, upload.episodeId));

it('takes a file in parts and starts one job for it', async () => {
  const episodeId = await episode('a-quiet-shore', 4);
  const fileName = '../../etc/ 第４話 🎬 final (2).mkv';
  const upload = await startUpload(episodeId, 16 * MIB + 5, { fileName });
  expect(upload).toMatchObject({ state: 'open', partBytes: 8 * MIB, parts: 3, received: [], fileName });

  await sendParts(world, upload, [3, 1, 2]);
  const done = await (await complete(upload)).json<Upload>();
  expect(done).toMatchObject({ state: 'complete', received: [1, 2, 3], receivedParts: 3 });
  expect(done.checksum).toBe(await composite([1, 2, 3].map((number) => ({ sha256: sha256Of(number) }))));

  const { db } = world.platform;
  const [asset] = await db.select().from(assets).where(eq(assets.id, done.assetId!));
  expect(asset).toMatchObject({
    version: 1,
    sourceKey: `sources/${upload.id}/source`,
    sourceBytes: 16 * MIB + 5,
    fileName,
    prefix: 'hls/a-quiet-shore/season-1/ep-4/v1/',
    keyId: 'c1',
    verified: false,
  });
  const [task] = await db.select().from(tasks).where(eq(tasks.jobId, done.jobId!));
  expect(task).toMatchObject({ kind: 'probe', state: 'queued', attempt: 0 });
  expect(world.queue).toEqual([{ taskId: task!.id, delaySeconds: 0 }]);
  expect(world.store.objects.get(asset!.sourceKey)).toBe(16 * MIB + 5);
});

it('answers a second complete as the first, and makes one job of two at once', async () => {
  const upload = await startUpload(await episode(), 100);
  await sendParts(world, upload, [1]);
  const answers = await Promise.all([complete(upload), complete(upload), complete(upload)]);
  answers.push(await complete(upload));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const bodies = await Promise.all(answers.map((answer) => answer.json<Upload>()));
  expect(new Set(bodies.map((body) => JSON.stringify(body)))).toHaveLength(1);
  expect(await jobsOf(upload)).toHaveLength(1);
  expect(world.queue).toHaveLength(1);
});

it('takes a part again in place of the one before', async () => {
  const upload = await startUpload(await episode(), 8 * MIB + 1);
  await sendParts(world, upload, [1]);
  await sendParts(world, upload, [1, 2]);
  await sendParts(world, upload, [1]);
  expect(await (await complete(upload)).json()).toMatchObject({ state: 'complete', received: [1, 2] });
});

it('names the missing parts, and goes on when they come', async () => {
  const upload = await startUpload(await episode(), 24 * MIB);
  await sendParts(world, upload, [2]);
  const refused = await complete(upload);
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({
    code: 'upload-incomplete',
    detail: expect.stringContaining('part 1, 3.'),
  });
  expect(await (await asEditor('GET', `/api/uploads/${upload.id}`)).json()).toMatchObject({
    state: 'open',
    received: [2],
  });
  await sendParts(world, upload, [1, 3]);
  expect((await complete(upload)).status).toBe(200);
});

it('refuses parts that do not add up to the declared size, and leaves nothing', async () => {
  const upload = await startUpload(await episode(), 100);
  await sendParts(world, upload, [1], 99);
  const refused = await complete(upload);
  expect(await refused.json()).toMatchObject({
    code: 'upload-mismatch',
    detail: expect.stringContaining('99 bytes; 100 were declared'),
  });
  expect(world.store.under('sources/')).toEqual([]);
  expect(await jobsOf(upload)).toEqual([]);
  expect(await (await complete(upload)).json()).toMatchObject({ code: 'conflict' });
});

it.each([{ etag: '"<&>"' }, { sha256: sha256Of(7) }])(
  'lets a part that was told wrongly (%j) be mended',
  async (wrong) => {
    const upload = await startUpload(await episode(), 100);
    await sendParts(world, upload, [1]);
    await asEditor('POST', `/api/uploads/${upload.id}/parts`, {
      received: [{ number: 1, etag: '"part-2"', sha256: sha256Of(1), ...wrong }],
    });
    expect(await (await complete(upload)).json()).toMatchObject({ code: 'upload-mismatch' });
    await sendParts(world, upload, [1]);
    expect((await complete(upload)).status).toBe(200);
  },
);

it('finishes what a crash between store and database left half done', async () => {
  const upload = await startUpload(await episode(), 100);
  await sendParts(world, upload, [1]);
  vi.spyOn(env.DB, 'batch').mockRejectedValueOnce(new Error('D1 is gone'));
  vi.spyOn(console, 'error').mockImplementation(() => {});
  expect((await complete(upload)).status).toBe(500);
  expect(world.store.multiparts.size).toBe(0);
  expect(await jobsOf(upload)).toEqual([]);
  expect((await complete(upload)).status).toBe(200);
  expect(await jobsOf(upload)).toHaveLength(1);
});

it('sends by the sweeper what the queue did not take', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  world.queueIsDown = true;
  const { jobId } = await uploaded(world);
  expect(world.queue).toEqual([]);
  world.queueIsDown = false;
  await world.sweep();
  await world.sweep();
  expect(world.queue).toHaveLength(1);
  await world.deliverAll();
  expect((await world.job(jobId)).state).toBe('probing');
});

it('gives up abandoned uploads, and none that somebody goes on with', async () => {
  const [abandoned, slow] = [
    await startUpload(await episode(), 16 * MIB),
    await startUpload(await episode(), 16 * MIB),
  ];
  await sendParts(world, abandoned, [1]);
  world.pass(71 * 3600);
  await sendParts(world, slow, [1]);
  world.pass(2 * 3600);
  await world.sweep();

  expect(await (await asEditor('GET', `/api/uploads/${abandoned.id}`)).json()).toMatchObject({
    state: 'aborted',
  });
  expect([...world.store.multiparts.values()].map(({ key }) => key)).toEqual([`sources/${slow.id}/source`]);
  for (const answer of [
    await complete(abandoned),
    await asEditor('POST', `/api/uploads/${abandoned.id}/parts`, {
      want: [{ number: 2, sha256: sha256Of(2) }],
    }),
  ])
    expect(await answer.json()).toMatchObject({ code: 'conflict' });
  await sendParts(world, slow, [2]);
  expect((await complete(slow)).status).toBe(200);
});

it('leaves nothing when aborted, also where the store does not answer at first', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const upload = await startUpload(await episode(), 100);
  await sendParts(world, upload, [1]);
  world.store.isDown = true;
  const path = `/api/uploads/${upload.id}`;
  expect(await (await asEditor('DELETE', path)).json()).toMatchObject({ code: 'storage-failed' });
  world.store.isDown = false;
  expect((await complete(upload)).status).toBe(409);
  await world.sweep();
  expect(world.store.multiparts.size).toBe(0);
  expect((await asEditor('DELETE', path)).status).toBe(204);
});

it('does not abort what is complete', async () => {
  const { id } = await uploaded(world);
  expect(await (await asEditor('DELETE', `/api/uploads/${id}`)).json()).toMatchObject({ code: 'conflict' });
});

it('does not say that it gave up what was completed meanwhile', async () => {
  const upload = await startUpload(await episode(), 100);
  await sendParts(world, upload, [1]);
  const path = `/api/uploads/${upload.id}`;
  const [completed, given] = await Promise.all([complete(upload), asEditor('DELETE', path)]);
  const { state } = await (await asEditor('GET', path)).json<{ state: string }>();
  expect([state, completed.status, given.status]).toEqual(
    state === 'complete' ? ['complete', 200, 409] : ['aborted', 409, 204],
  );
  expect(world.store.under('sources/')).toHaveLength(state === 'complete' ? 1 : 0);
});

it('an upload aborted while it is being completed makes no job', async () => {
  const upload = await startUpload(await episode(), 100);
  await sendParts(world, upload, [1]);
  world.store.beforeComplete = async () => {
    world.store.beforeComplete = undefined;
    expect((await asEditor('DELETE', `/api/uploads/${upload.id}`)).status).toBe(204);
  };
  expect((await complete(upload)).status).toBe(409);
  expect(await jobsOf(upload)).toEqual([]);
  expect(world.store.under('sources/')).toEqual([]);
});

it('numbers versions by episode, and never writes where another title has written', async () => {
  const episodeId = await episode('moving-slug');
  await uploaded(world, { episodeId });
  const { db } = world.platform;
  await db.update(titles).set({ slug: 'moved' }).where(eq(titles.slug, 'moving-slug'));
  const heir = await episode('moving-slug');
  const prefixes = async (id: typeof heir) =>
    (await db.select({ prefix: assets.prefix }).from(assets).where(eq(assets.episodeId, id))).map(
      ({ prefix }) => prefix,
    );
  await uploaded(world, { episodeId });
  await uploaded(world, { episodeId: heir });
  expect(await prefixes(episodeId)).toEqual([
    'hls/moving-slug/season-1/ep-1/v1/',
    'hls/moved/season-1/ep-1/v2/',
  ]);
  expect(await prefixes(heir)).toEqual(['hls/moving-slug/season-1/ep-1/v2/']);
});

it.each([
  [{ bytes: 0 }, 'invalid-request', 'the file is empty'],
  [{ bytes: 1.5 }, 'invalid-request', '/bytes'],
  [{ fileName: '' }, 'invalid-request', '/fileName'],
  [{ episodeId: 'ep_nowhere' }, 'not-found', 'ep_nowhere'],
])('refuses %j', async (wrong, code, detail) => {
  const json = { episodeId: await episode(), fileName: 'a.mkv', bytes: 10, ...wrong };
  const answer = await asEditor('POST', '/api/uploads', json);
  expect(await answer.json()).toMatchObject({ code, detail: expect.stringContaining(detail) });
});

it('refuses parts beyond the last', async () => {
  const upload = await startUpload(await episode(), 100);
  const answer = await asEditor('POST', `/api/uploads/${upload.id}/parts`, {
    want: [{ number: 2, sha256: sha256Of(2) }],
  });
  expect(await answer.json()).toMatchObject({
    code: 'invalid-request',
    detail: expect.stringContaining('1'),
  });
});

it('is for editors', async () => {
  const json = { episodeId: await episode(), fileName: 'a.mkv', bytes: 10 };
  const token = await bearer('viewer');
  expect(await (await call('POST', '/api/uploads', { json, token })).json()).toMatchObject({
    code: 'not-allowed',
  });
  expect((await call('POST', '/api/uploads', { json })).status).toBe(401);
});
