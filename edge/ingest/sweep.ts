import type { Platform } from '../platform/platform.ts';
import { clearForGood, clearJob } from './clear-job.ts';
import { clearAborted, finishUpload } from './complete-upload.ts';
import { failTask } from './fail-task.ts';
import { dueRetired, retiredCleared } from './queries/amendments.ts';
import { dueLeftovers } from './queries/leftovers.ts';
import { expiredLeases, unsentTasks } from './queries/tasks.ts';
import { joinableUploads } from './queries/upload-list.ts';
import { abandonedUploads, unclearedUploads } from './queries/uploads.ts';
import { sendTasks } from './send.ts';
import { lostContact } from './setbacks.ts';
import { complain } from '../platform/log.ts';

/** A message that waits for room comes round at least once a minute; one not seen for so long is lost. */
const LOST_MS = 150_000;
/** Rows of one kind per sweep: what is left comes with the next one. */
const LIMIT = 200;

/** Tasks whose transcoder stopped reporting: they wait and are tried again, or end their job. */
export async function sweepExpiredLeases(platform: Platform): Promise<void> {
  const now = platform.now();
  await each(await expiredLeases(platform.db, now, LIMIT), async (lease) => {
    const outcome = await failTask(platform, lease, lostContact, { before: now });
    if (outcome === 'stale') return;
    await platform.feed.tell(lease.jobId);
    if (outcome !== 'ok') await clearJob(platform, outcome.stopped);
  });
}

/** Tasks that were written but never sent, or whose message was lost. */
export async function sweepUnsentTasks(platform: Platform): Promise<void> {
  const now = platform.now();
  const unsent = await unsentTasks(platform.db, now, now - LOST_MS, LIMIT);
  if (unsent.length === 0) return;
  await sendTasks(
    platform,
    unsent.map(({ id }) => id),
  );
}

/** What failed and cancelled jobs left, once nobody can be writing any more. */
export async function sweepLeftovers(platform: Platform): Promise<void> {
  await each(await dueLeftovers(platform.db, platform.now(), LIMIT), (left) => clearForGood(platform, left));
}

/** Renditions that an amendment took out of an asset, once every playback token that could name them is over. */
export async function sweepRetired(platform: Platform): Promise<void> {
  await each(await dueRetired(platform.db, platform.now(), LIMIT), async ({ id: prefix }) => {
    await platform.media.clear(prefix);
    await retiredCleared(platform.db, prefix);
  });
}

/** Uploads nobody went on with, and what aborted ones still have in the store. */
export async function sweepUploads(platform: Platform): Promise<void> {
  await abandonedUploads(platform.db, platform.now(), LIMIT);
  await each(await unclearedUploads(platform.db, platform.now(), LIMIT), ({ id }) =>
    clearAborted(platform, id),
  );
}

/** Tracks that were sent along with a video, once that video is ready. */
export async function sweepHeldTracks(platform: Platform): Promise<void> {
  await each(await joinableUploads(platform.db, LIMIT), async (upload) => {
    await finishUpload(platform, upload);
  });
}

/** One row's trouble, such as a prefix that the store will not delete, keeps no other row waiting. */
async function each<Row extends { id: string } | { taskId: string }>(
  rows: readonly Row[],
  mend: (row: Row) => Promise<void>,
): Promise<void> {
  for (const row of rows)
    try {
      await mend(row);
    } catch (error) {
      const of = 'id' in row ? row.id : row.taskId;
      complain({ event: 'row not swept', of, error });
    }
}
