import type { Id } from '../../schema/ids.ts';
import type { PackageResult } from '../../schema/jobs/task.ts';
import type { Platform } from '../platform/platform.ts';
import { stopJob } from './queries/job-stops.ts';
import { giveUpTask, readTask, tryAgain, type Lease } from './queries/tasks.ts';
import { sendLater } from './send.ts';
import { afterSetback, type Setback } from './setbacks.ts';

/** `stale`: the claim does not stand any more, so nothing changed. `stopped`: the job is over; its files are to be cleared. */
export type Outcome = 'ok' | 'stale' | { stopped: Id<'job'> };

/**
 * An attempt went wrong: the task waits and is tried again, or it ends its job.
 * @param found.before set by the sweeper: only if the lease has run out by then (a heartbeat may come in between)
 */
export async function failTask(
  platform: Platform,
  lease: Lease,
  setback: Setback,
  found: { before?: number; certificate?: PackageResult['certificate'] } = {},
): Promise<Outcome> {
  const { db } = platform;
  const task = await readTask(db, lease.taskId);
  if (!task) return 'stale';
  const now = platform.now();
  const { before, certificate } = found;
  const log = setback.log ?? task.log;
  const verdict = afterSetback(task.failures, setback, now);
  if (verdict.again) {
    const { problem, detail } = setback;
    const waits = await tryAgain(db, lease, { dueAt: verdict.dueAt, problem, detail, log, now }, before);
    if (waits) await sendLater(platform, lease.taskId, verdict.dueAt);
    return waits ? 'ok' : 'stale';
  }
  const { problem, detail, keeps } = verdict;
  if (task.kind === 'markers')
    return (await giveUpTask(db, lease, { problem, detail, log, now }, before)) ? 'ok' : 'stale'; // no job waits for it
  const stopped = await stopJob(
    db,
    {
      jobId: task.jobId,
      state: 'failed',
      problem,
      detail,
      keeps,
      now,
      ...(certificate ? { certificate } : {}),
    },
    { ...lease, problem, detail, log, ...(before === undefined ? {} : { before }) },
  );
  return stopped ? { stopped: task.jobId } : 'stale';
}
