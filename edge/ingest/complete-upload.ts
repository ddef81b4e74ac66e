import type { Id } from '../../schema/ids.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { composite, StoreRefusal } from '../platform/s3.ts';
import { beginTrack } from './amendments.ts';
import { missingParts, partCount } from './part-size.ts';
import {
  abortUpload,
  clearAgain,
  completeUpload,
  keepChecksum,
  ledger,
  readUpload,
  uploadCleared,
  type UploadRow,
} from './queries/uploads.ts';
import { keyFor, started } from './start.ts';
import { clearUpload, fromStore } from './store.ts';

/**
 * Parts → one object → asset (or an amendment of one), job and probe task; a track whose video is not there yet is held. May be called again at any point: after a crash between store and
 * database, twice at once, or when all is done; there is one job in the end.
 * @throws Problem `upload-incomplete`, `upload-mismatch`, `conflict` (aborted, or a track of nothing) or `storage-failed`
 */
export async function finishUpload(platform: Platform, upload: UploadRow): Promise<UploadRow> {
  if (upload.state === 'complete') return upload;
  if (upload.state === 'aborted') throw aborted();
  if (upload.state === 'open') await assemble(platform, upload);
  await (upload.track ? beginTrack(platform, upload, upload.track) : beginVersion(platform, upload));
  const after = await readUpload(platform.db, upload.id);
  if (after?.state === 'complete' || after?.state === 'held') return after;
  await clearAgain(platform.db, upload.id, platform.now()); // the object may have been made after the abort looked for one
  await clearAborted(platform, upload.id);
  throw aborted();
}

/** A source of its own: the episode's next version. */
async function beginVersion(platform: Platform, upload: UploadRow): Promise<void> {
  const { db, secrets, newId, now } = platform;
  const [assetId, jobId, taskId] = [newId('asset'), newId('job'), newId('task')];
  const keyId = keyFor(upload.settings, secrets.contentKeys);
  const mine = await completeUpload(db, { assetId, jobId, taskId, keyId, now: now() }, upload);
  if (mine) await started(platform, jobId, taskId);
}

const aborted = () =>
  new Problem('conflict', 'This upload was given up or has expired. Start a new one for the same file.');

/** Puts the parts together and holds the store to the declared size. */
async function assemble(platform: Platform, upload: UploadRow): Promise<void> {
  const parts = await ledger(platform.db, upload.id);
  const missing = missingParts(
    partCount(upload.bytes, upload.partBytes),
    parts.map(({ number }) => number),
  );
  if (missing.length > 0) throw new Problem('upload-incomplete', named(missing));
  try {
    await platform.media.completeMultipart(upload.key, upload.multipartId, parts);
  } catch (error) {
    if (!(error instanceof StoreRefusal)) throw error;
    // NoSuchUpload: an earlier call got this far. Whether it did is what the object's size says.
    if (error.code.startsWith('InvalidPart') || error.code === 'EntityTooSmall')
      throw new Problem('upload-mismatch', {
        detail: `The store does not have these parts as told (${error.code}). Send the parts again and report the ETag of each answer.`,
      });
    if (error.code !== 'NotFound') await fromStore(Promise.reject(error));
  }
  const there = await fromStore(platform.media.facts(upload.key));
  if (!there)
    throw new Problem(
      'upload-mismatch',
      'The store no longer has this upload. Start a new one for the same file.',
    );
  const checksum = await composite(parts);
  if (there.bytes === upload.bytes && (there.sha256 ?? checksum) === checksum) {
    if (there.sha256) await keepChecksum(platform.db, upload.id, checksum);
    return;
  }
  await giveUp(platform, upload.id);
  throw new Problem(
    'upload-mismatch',
    there.bytes === upload.bytes
      ? 'What the store put together has another checksum than the parts that were told. The upload was given up: start a new one.'
      : `The parts add up to ${there.bytes} bytes; ${upload.bytes} were declared. The upload was given up: start a new one.`,
  );
}

const named = (missing: readonly number[]) => {
  const some = missing.slice(0, 20).join(', ');
  const more = missing.length > 20 ? ` and ${missing.length - 20} more` : '';
  return `Missing: part ${some}${more}. Send them, report their ETags, then complete again.`;
};

/** The upload is over and leaves nothing, unless it is complete. Its sweep catches up where the store does not answer now. */
export async function giveUp(platform: Platform, id: Id<'upload'>): Promise<void> {
  await abortUpload(platform.db, id, platform.now());
  await clearAborted(platform, id);
}

/** Deletes what an aborted upload left in the store; fine to repeat. */
export async function clearAborted(platform: Platform, id: Id<'upload'>): Promise<void> {
  const upload = await readUpload(platform.db, id);
  if (upload?.state !== 'aborted') return;
  await fromStore(clearUpload(platform.media, upload));
  await uploadCleared(platform.db, id);
}
