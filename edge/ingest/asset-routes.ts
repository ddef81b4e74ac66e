import { Hono } from 'hono';
import * as v from 'valibot';
import { Begun, Freed, Reencode } from '../../schema/api/media.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, signedIn } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { addAv1, removeTrack } from './amendments.ts';
import { deleteSource, deleteVersion } from './removal.ts';
import { readAsset } from './queries/amendments.ts';
import { encodeAgain } from './queries/versions.ts';
import { keyFor, started } from './start.ts';

const byId = accepts('param', v.object({ id: idSchema('asset') }));

/** What an editor does about a finished asset; a dub or subtitles are added by an upload with `track`. */
export const ingestAssets = new Hono<AppEnv>()
  .post(
    '/api/admin/assets/:id/encode',
    allow('editor'),
    byId,
    accepts('json', Reencode),
    returns('Encodes the same source once more with other settings, as the next version of the episode', {
      202: Begun,
    }),
    async (c) => {
      const { userId } = signedIn(await c.var.actor());
      const begun = await reencode(c.var.platform, c.req.valid('param').id, c.req.valid('json'), userId);
      return c.json(begun, 202);
    },
  )
  .post(
    '/api/admin/assets/:id/av1',
    allow('editor'),
    byId,
    returns('Adds a second ladder, in AV1; viewers have it once its certificate holds', { 202: Begun }),
    async (c) => {
      const { userId } = signedIn(await c.var.actor());
      return c.json(await addAv1(c.var.platform, c.req.valid('param').id, userId), 202);
    },
  )
  .delete(
    '/api/admin/assets/:id',
    allow('editor'),
    byId,
    returns(
      'Deletes a version for good, with its source where no other one is made from it; never one that viewers get, are to get, or watch',
      { 200: Freed },
    ),
    async (c) => c.json(await deleteVersion(c.var.platform, c.req.valid('param').id)),
  )
  .delete(
    '/api/admin/assets/:id/source',
    allow('editor'),
    byId,
    returns('Deletes the file that a version was made from, for good; the version itself stays', {
      200: Freed,
    }),
    async (c) => c.json(await deleteSource(c.var.platform, c.req.valid('param').id)),
  )
  .delete(
    '/api/admin/assets/:id/tracks/:rendition',
    allow('editor'),
    accepts('param', v.object({ id: idSchema('asset'), rendition: v.pipe(v.string(), v.maxLength(40)) })),
    returns('Takes a dub or subtitles out of an asset; who is watching keeps them to the end', {
      202: Begun,
    }),
    async (c) => {
      const { id, rendition } = c.req.valid('param');
      const { userId } = signedIn(await c.var.actor());
      return c.json(await removeTrack(c.var.platform, id, rendition, userId), 202);
    },
  );

/** @throws Problem `not-found`, or `conflict` where the source is gone */
async function reencode(
  platform: Platform,
  of: Id<'asset'>,
  { settings, publishWhenReady }: v.InferOutput<typeof Reencode>,
  userId: string,
): Promise<Begun> {
  const { db, secrets, newId, now } = platform;
  const [assetId, jobId, taskId] = [newId('asset'), newId('job'), newId('task')];
  const keyId = keyFor(settings, secrets.contentKeys);
  const made = { assetId, jobId, taskId, keyId, settings, publishWhenReady, userId, now: now() };
  if (!(await readAsset(db, of))) throw new Problem('not-found', 'There is no such asset.');
  if (!(await encodeAgain(db, of, made)))
    throw new Problem(
      'conflict',
      'Its source is gone: deleted, or with the job that was cancelled. Upload the file again.',
    );
  await started(platform, jobId, taskId);
  return { jobId };
}
