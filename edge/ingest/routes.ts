import { Hono } from 'hono';
import * as v from 'valibot';
import { NewUpload, PartsAnswer, PartsRequest, Upload } from '../../schema/api/ingest.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, signedIn } from '../http/guards.ts';
import { limited } from '../http/limits.ts';
import { Problem } from '../http/problem.ts';
import type { Db } from '../platform/db.ts';
import type { Platform } from '../platform/platform.ts';
import { assetForTrack } from './amendments.ts';
import { finishUpload, giveUp } from './complete-upload.ts';
import { partCount, partSize } from './part-size.ts';
import {
  episodeExists,
  insertUpload,
  ledger,
  readUpload,
  recordParts,
  type UploadRow,
} from './queries/uploads.ts';
import { fromStore, sourceKey } from './store.ts';

/** An upload nobody has touched for this long is given up. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;
const PART_URL_SECONDS = 60 * 60;
const byId = accepts('param', v.object({ id: idSchema('upload') }));

/** Multipart uploads, straight to the store by presigned parts; the ledger of parts makes them resumable. */
export const ingest = new Hono<AppEnv>()
  .post(
    '/api/uploads',
    allow('editor'),
    limited('uploads', 'actor'),
    accepts('json', NewUpload),
    returns('Starts an upload', { 201: Upload }),
    async (c) => {
      const { userId } = signedIn(await c.var.actor());
      const upload = await startUpload(c.var.platform, userId, c.req.valid('json'));
      return c.json(view(upload, []), 201);
    },
  )
  .get(
    '/api/uploads/:id',
    allow('editor'),
    limited('uploads', 'actor'),
    byId,
    returns('An upload, with the parts that have arrived', { 200: Upload }),
    async (c) => {
      const { db } = c.var.platform;
      const upload = await found(db, c.req.valid('param').id);
      return c.json(view(upload, await ledger(db, upload.id)));
    },
  )
  .post(
    '/api/uploads/:id/parts',
    allow('editor'),
    limited('uploads', 'actor'),
    byId,
    accepts('json', PartsRequest),
    returns('Takes note of parts that arrived, and gives addresses for others', { 200: PartsAnswer }),
    async (c) => {
      const upload = await found(c.var.platform.db, c.req.valid('param').id);
      return c.json(await takeParts(c.var.platform, upload, c.req.valid('json')));
    },
  )
  .post(
    '/api/uploads/:id/complete',
    allow('editor'),
    limited('uploads', 'actor'),
    byId,
    returns('Ends an upload and starts its job', { 200: Upload }),
    async (c) => {
      const { platform } = c.var;
      const upload = await finishUpload(platform, await found(platform.db, c.req.valid('param').id));
      return c.json(view(upload, await ledger(platform.db, upload.id)));
    },
  )
  .delete(
    '/api/uploads/:id',
    allow('editor'),
    limited('uploads', 'actor'),
    byId,
    returns('Gives an upload up; it leaves nothing', { 204: null }),
    async (c) => {
      const { platform } = c.var;
      const { id } = c.req.valid('param');
      await giveUp(platform, id);
      if ((await found(platform.db, id)).state === 'complete')
        throw new Problem('conflict', 'This upload is complete; cancel its job instead.');
      return c.body(null, 204);
    },
  );

async function found(db: Db, id: Id<'upload'>): Promise<UploadRow> {
  const upload = await readUpload(db, id);
  if (!upload) throw new Problem('not-found', 'There is no such upload.');
  return upload;
}

async function startUpload(
  platform: Platform,
  userId: string,
  { episodeId, fileName, bytes, publishWhenReady, settings, track }: v.InferOutput<typeof NewUpload>,
): Promise<UploadRow> {
  if (!(await episodeExists(platform.db, episodeId)))
    throw new Problem('not-found', `There is no episode ${episodeId}.`);
  if (track) await assetForTrack(platform, episodeId, track); // before gigabytes are sent for nothing
  const id = platform.newId('upload');
  const key = sourceKey(id);
  const createdAt = platform.now();
  const upload: UploadRow = {
    id,
    episodeId,
    userId,
    fileName,
    bytes,
    partBytes: partSize(bytes),
    key,
    multipartId: await fromStore(platform.media.createMultipart(key)),
    state: 'open',
    publishWhenReady,
    settings: settings ?? null,
    track,
    assetId: null,
    jobId: null,
    clearAt: null,
    createdAt,
    expiresAt: createdAt + ABANDONED_MS,
  };
  await insertUpload(platform.db, upload);
  return upload;
}

async function takeParts(
  platform: Platform,
  upload: UploadRow,
  { received, want }: v.InferOutput<typeof PartsRequest>,
): Promise<v.InferOutput<typeof PartsAnswer>> {
  if (upload.state !== 'open')
    throw new Problem('conflict', `This upload is ${upload.state}; it takes no more parts.`);
  const count = partCount(upload.bytes, upload.partBytes);
  const beyond = [...received.map(({ number }) => number), ...want].find((number) => number > count);
  if (beyond !== undefined)
    throw new Problem('invalid-request', `There is no part ${beyond}: this upload has ${count}.`);
  const now = platform.now();
  const arrived = await recordParts(platform.db, upload.id, received, now + ABANDONED_MS);
  const urls = await Promise.all(
    want.map(async (number) => ({
      number,
      url: await platform.media.partUrl(upload.key, upload.multipartId, number, PART_URL_SECONDS),
    })),
  );
  return { urls, expiresAt: now + PART_URL_SECONDS * 1000, missing: count - arrived };
}

const view = (upload: UploadRow, parts: readonly { number: number }[]): Upload => ({
  id: upload.id,
  episodeId: upload.episodeId,
  fileName: upload.fileName,
  bytes: upload.bytes,
  state: upload.state,
  partBytes: upload.partBytes,
  parts: partCount(upload.bytes, upload.partBytes),
  received: parts.map(({ number }) => number),
  assetId: upload.assetId,
  jobId: upload.jobId,
  expiresAt: upload.expiresAt,
});
