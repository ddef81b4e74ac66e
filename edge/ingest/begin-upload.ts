import type { InferOutput } from 'valibot';
import type { NewUpload } from '../../schema/api/ingest.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { assetForTrack } from './amendments.ts';
import { partSize } from './part-size.ts';
import {
  episodeExists,
  goOnWith,
  insertUpload,
  ledger,
  readUpload,
  recordParts,
  underWay,
  type UploadRow,
} from './queries/uploads.ts';
import { fromStore, sourceKey } from './store.ts';

/** An upload nobody has touched for this long is given up: a weekend, for whoever goes on from another machine. */
export const ABANDONED_MS = 3 * 24 * 60 * 60 * 1000;

/** Parts a statement: their JSON is one bound parameter, which D1 takes up to 2 MB of. */
const LOT = 1_000;

type Wanted = InferOutput<typeof NewUpload>;

/**
 * A new upload, or the one of the same file for the same episode and purpose that is open (it takes over what is wanted now), or whose job
 * is under way: whoever did not hear that it was complete asks again.
 * @throws Problem `not-found`, `conflict` (a track of nothing), `invalid-request` (`after` is no video of this episode), `storage-failed`
 */
export async function beginUpload(
  platform: Platform,
  userId: string,
  wanted: Wanted,
): Promise<{ upload: UploadRow; isNew: boolean }> {
  await expectVideo(platform, wanted);
  const there = await known(platform, wanted);
  if (there) return { upload: there, isNew: false };
  await expectPlace(platform, wanted); // before gigabytes are sent for nothing
  const { episodeId, fileName, bytes, publishWhenReady, settings, track, after, fingerprint } = wanted;
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
    after,
    fingerprint,
    receivedParts: 0,
    checksum: null,
    assetId: null,
    jobId: null,
    clearAt: null,
    createdAt,
    expiresAt: createdAt + ABANDONED_MS,
  };
  if (await insertUpload(platform.db, upload)) return { upload, isNew: true };
  // Somebody began the same one meanwhile: a double click, or two machines.
  await fromStore(platform.media.abortMultipart(key, upload.multipartId));
  const other = await known(platform, wanted);
  if (!other)
    throw new Problem('conflict', 'This upload ended while it was being begun again. Look at its job.');
  return { upload: other, isNew: false };
}

async function known(platform: Platform, wanted: Wanted): Promise<UploadRow | undefined> {
  const { db, now } = platform;
  const { episodeId, bytes, track, fingerprint, publishWhenReady, settings, after } = wanted;
  if (fingerprint === null) return undefined;
  const wishes = {
    publishWhenReady,
    settings: settings ?? null,
    expiresAt: now() + ABANDONED_MS,
    ...(after ? { after } : {}), // whoever goes on with a track elsewhere need not know its video
  };
  const file = { episodeId, bytes, track, fingerprint };
  const open = await goOnWith(db, file, wishes);
  return open ? reconciled(platform, open) : underWay(db, file);
}

/**
 * The store knows of parts that nobody lived to tell of: whoever sent them was killed, or lost the line, before it could say so. They are
 * taken down, and not sent again.
 */
async function reconciled(platform: Platform, upload: UploadRow): Promise<UploadRow> {
  const { id, key, multipartId, bytes, partBytes, expiresAt } = upload;
  const stored = await fromStore(platform.media.parts(key, multipartId));
  const told = new Map((await ledger(platform.db, id)).map((part) => [part.number, part.etag]));
  const whole = (number: number) => Math.min(partBytes, bytes - (number - 1) * partBytes);
  const untold = stored.filter(
    (part) => told.get(part.number) !== part.etag && part.bytes === whole(part.number),
  );
  let { receivedParts } = upload;
  for (let i = 0; i < untold.length; i += LOT)
    receivedParts = await recordParts(platform.db, id, untold.slice(i, i + LOT), expiresAt);
  return { ...upload, receivedParts };
}

async function expectVideo({ db }: Platform, { episodeId, track, after }: Wanted): Promise<void> {
  if (!after) return;
  const video = await readUpload(db, after);
  if (!track || !video || video.episodeId !== episodeId || video.track)
    throw new Problem(
      'invalid-request',
      '/after: must be the upload of a video for the same episode, and only tracks have one.',
    );
}

async function expectPlace(platform: Platform, { episodeId, track, after }: Wanted): Promise<void> {
  if (!(await episodeExists(platform.db, episodeId)))
    throw new Problem('not-found', `There is no episode ${episodeId}.`);
  if (track && !after) await assetForTrack(platform, episodeId, track);
}
