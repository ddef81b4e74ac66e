import type { Id } from '../../schema/ids.ts';
import { isOver } from '../../schema/jobs/state.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { stopJob } from './queries/job-stops.ts';
import { leftoversOf } from './queries/leftovers.ts';
import { retryJob, retryTask } from './queries/retries.ts';
import { readTask } from './queries/tasks.ts';
import { sendDue } from './send.ts';
import { findJob } from './show-job.ts';

type Fate = { id: Id<'job'>; fate: 'changed' | 'same' | 'refused'; because: string | null };
/** Each on its own, in order: one that is refused keeps no other from its change. */
export async function changeJobs(
  platform: Platform,
  action: 'retry' | 'cancel',
  ids: readonly Id<'job'>[],
): Promise<Fate[]> {
  const fates: Fate[] = [];
  for (const id of new Set(ids))
    try {
      if (action === 'retry') await retry(platform, id);
      const changed = action === 'retry' || (await cancel(platform, id));
      fates.push({ id, fate: changed ? 'changed' : 'same', because: null });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      fates.push({ id, fate: 'refused', because: error.message });
    }
  return fates;
}

/** False: it was cancelled before. Cancelling twice is fine. @throws Problem `conflict` for a job that ended otherwise */
export async function cancel(platform: Platform, id: Id<'job'>): Promise<boolean> {
  const detail = 'An editor cancelled the job.';
  const now = platform.now();
  const stop = { jobId: id, state: 'cancelled', problem: 'job-cancelled', detail, now } as const;
  if (await stopJob(platform.db, stop)) return true;
  const { card } = await findJob(platform.db, id);
  if (card.state !== 'cancelled')
    throw new Problem('conflict', `The job is ${card.state} already; there is nothing to cancel.`);
  return false;
}

/** @throws Problem `conflict` for a job that has not failed, or whose files are not cleared yet (then with `retryAt`) */
export async function retry(platform: Platform, id: Id<'job'>): Promise<void> {
  const due = await retryJob(platform.db, id, platform.now());
  if (due) return sendDue(platform, due);
  const { card } = await findJob(platform.db, id);
  const left = await leftoversOf(platform.db, id);
  if (card.state === 'failed' && left)
    throw new Problem('conflict', {
      detail: 'What the failed try wrote is still being deleted. Try again in a minute or two.',
      retryAt: Math.max(left.clearAt, platform.now() + 5_000),
    });
  throw new Problem(
    'conflict',
    isOver(card.state)
      ? `Only a failed job can be tried again; this one is ${card.state}.`
      : 'The job is running.',
  );
}

/**
 * @returns the job
 * @throws Problem `not-found`, or `conflict` for a task that is done and whose job needs it no more
 */
export async function retryOne(platform: Platform, id: Id<'task'>): Promise<Id<'job'>> {
  const { db } = platform;
  const task = await readTask(db, id);
  if (!task) throw new Problem('not-found', 'There is no such task.');
  const { card } = await findJob(db, task.jobId);
  if (card.state === 'failed' && task.state === 'failed') await retry(platform, task.jobId);
  else {
    const due = await retryTask(db, task, platform.now());
    if (!due)
      throw new Problem('conflict', {
        detail: `This task is ${task.state} and its job ${card.state}: there is nothing to try again.`,
      });
    await sendDue(platform, [due]);
  }
  return task.jobId;
}
