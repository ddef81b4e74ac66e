import { Hono } from 'hono';
import * as v from 'valibot';
import {
  NewUpload,
  PartsAnswer,
  PartsRequest,
  Upload,
  UploadPage,
  UploadQuery,
} from '../../schema/api/ingest.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow, signedIn } from '../http/guards.ts';
import { limited } from '../http/limits.ts';
import { Problem } from '../http/problem.ts';
import type { Db } from '../platform/db.ts';
import type { Platform } from '../platform/platform.ts';
import { finishUpload, giveUp } from './complete-upload.ts';
import { partCount } from './part-size.ts';
import { listUploads } from './queries/upload-list.ts';
import { ledger, readUpload, recordParts, type UploadRow } from './queries/uploads.ts';
import { ABANDONED_MS, beginUpload } from './begin-upload.ts';
import { uploadCard, uploadView } from './upload-view.ts';

const PART_URL_SECONDS = 60 * 60;
const PAGE = 50;
const Position = v.tuple([idSchema('upload')]);
const byId = accepts('param', v.object({ id: idSchema('upload') }));

/** Multipart uploads, straight to the store by presigned parts; the ledger of parts makes them resumable. */
export const ingest = new Hono<AppEnv>()
  .post(
    '/api/uploads',
    allow('editor'),
    limited('uploads', 'actor'),
    accepts('json', NewUpload),
    returns('Starts an upload, or goes on with the open one of the same file for the same episode', {
      200: Upload,
      201: Upload,
    }),
    async (c) => {
      const { platform } = c.var;
      const { userId } = signedIn(await c.var.actor());
      const { upload, isNew } = await beginUpload(platform, userId, c.req.valid('json'));
      if (isNew) return c.json(uploadView(upload, []), 201);
      return c.json(uploadView(upload, await ledger(platform.db, upload.id)), 200);
    },
  )
  .get(
    '/api/uploads',
    allow('editor'),
    limited('uploads', 'actor'),
    accepts('query', UploadQuery),
    returns('Uploads in one state, newest first; whoever has the file can go on with an open one', {
      200: UploadPage,
    }),
    async (c) => {
      const { state, cursor, limit = PAGE } = c.req.valid('query');
      const before = decodeCursor(Position, cursor)?.[0] ?? null;
      const rows = await listUploads(c.var.platform.db, { state, before, limit });
      return c.json(toPage(rows, limit, uploadCard, ({ id }) => [id]));
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
      return c.json(uploadView(upload, await ledger(db, upload.id)));
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
      return c.json(uploadView(upload, await ledger(platform.db, upload.id)));
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

async function takeParts(
  platform: Platform,
  upload: UploadRow,
  { received, want }: v.InferOutput<typeof PartsRequest>,
): Promise<v.InferOutput<typeof PartsAnswer>> {
  if (upload.state !== 'open')
    throw new Problem('conflict', `This upload is ${upload.state}; it takes no more parts.`);
  const count = partCount(upload.bytes, upload.partBytes);
  const beyond = [...received, ...want].map(({ number }) => number).find((number) => number > count);
  if (beyond !== undefined)
    throw new Problem('invalid-request', `There is no part ${beyond}: this upload has ${count}.`);
  const now = platform.now();
  const arrived = await recordParts(platform.db, upload.id, received, now + ABANDONED_MS);
  const urls = await Promise.all(
    want.map(async (part) => ({
      number: part.number,
      ...(await platform.media.partUrl(upload.key, upload.multipartId, part, PART_URL_SECONDS)),
    })),
  );
  return { urls, expiresAt: now + PART_URL_SECONDS * 1000, missing: count - arrived };
}
