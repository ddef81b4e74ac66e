import type { Id } from '../../schema/ids.ts';
import type { Platform } from '../platform/platform.ts';
import { ownPrefix } from './own-prefix.ts';
import { claimLeftovers, jobCleared, leftoversOf, type Leftovers } from './queries/leftovers.ts';
import { sourceGone } from './queries/storage.ts';
import { folderOf } from './store.ts';
import { complain } from '../platform/log.ts';

/** Longer than any Worker invocation lives (15 minutes for a cron): whoever claimed a clearing and has not ended it is dead. */
const CLEARING_MS = 16 * 60 * 1000;

/**
 * Right after a job failed or was cancelled: deletes what it wrote. Where a worker may still be writing, that is done once more
 * by the sweeper when its lease must have ended. Never throws: the sweeper comes round again.
 */
export async function clearJob(platform: Platform, jobId: Id<'job'>): Promise<void> {
  try {
    const left = await leftoversOf(platform.db, jobId);
    if (!left) return;
    if (left.clearAt <= platform.now()) await clearForGood(platform, left);
    else if (!left.resumable) await platform.media.clear(ownPrefix(left.assetPrefix, left.change));
  } catch (error) {
    complain({ event: 'job not cleared', jobId, error });
  }
}

/** Nobody writes any more: what is left is deleted, and the job says so. A cancelled job takes its source with it,
 * unless another version of the episode is made from the same. */
export async function clearForGood(platform: Platform, left: Leftovers): Promise<void> {
  const now = platform.now();
  if (!(await claimLeftovers(platform.db, left, now + CLEARING_MS))) return;
  await platform.media.clear(ownPrefix(left.assetPrefix, left.change));
  if (left.state === 'cancelled' && left.sourceKey) {
    await platform.media.clear(folderOf(left.sourceKey));
    await sourceGone(platform.db, left.sourceKey, now);
  }
  await jobCleared(platform.db, left.id, now);
}
