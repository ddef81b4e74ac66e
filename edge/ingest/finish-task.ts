import type { Id } from '../../schema/ids.ts';
import type { Plan } from '../../schema/jobs/plan.ts';
import type { EncodeResult, PackageResult, TaskResult } from '../../schema/jobs/task.ts';
import { Problem } from '../http/problem.ts';
import { savePackage } from '../platform/packages.ts';
import type { Platform } from '../platform/platform.ts';
import { encodeTasks } from './next-tasks.ts';
import { certificateFault, encodeFault, packageFault, planFault } from './plausible.ts';
import { encoded, packaged, planned } from './queries/job-moves.ts';
import { stopJob } from './queries/job-stops.ts';
import { readTask, readWork, tryAgain, type Lease, type TaskRow, type Work } from './queries/tasks.ts';
import { sendLater, sendTasks } from './send.ts';
import { afterSetback, type Setback } from './setbacks.ts';

/** `stale`: the claim does not stand any more, so nothing changed. `stopped`: the job is over; its files are to be cleared. */
export type Outcome = 'ok' | 'stale' | { stopped: Id<'job'> };

/**
 * A transcoder says that a task is done. What comes next is made in the same batch.
 * Said again after it took effect (the answer was lost), it changes nothing and is `ok`.
 * @throws Problem `invalid-request` for a result that does not agree with what was asked
 */
export async function completeTask(platform: Platform, lease: Lease, result: TaskResult): Promise<Outcome> {
  const task = await readTask(platform.db, lease.taskId);
  if (!task || task.attempt !== lease.attempt) return 'stale';
  if (task.state === 'done') return 'ok';
  if (task.state !== 'leased') return 'stale';
  const work = await readWork(platform.db, task.jobId);
  const outcome = await record(platform, { ...lease, jobId: task.jobId }, task, work, result);
  // Twice at once: the other call may have been the one that counted.
  return outcome === 'stale' && (await isDone(platform, lease)) ? 'ok' : outcome;
}

const isDone = async ({ db }: Platform, { taskId, attempt }: Lease) => {
  const task = await readTask(db, taskId);
  return task?.state === 'done' && task.attempt === attempt;
};

type JobLease = Lease & { jobId: Id<'job'> };
async function record(
  platform: Platform,
  lease: JobLease,
  task: TaskRow,
  work: Work,
  result: TaskResult,
): Promise<Outcome> {
  if (result.kind !== task.kind) refuse(`a ${task.kind} task cannot report ${result.kind}`);
  if (result.kind === 'probe') return probed(platform, lease, result.plan);
  if (result.kind === 'package') return verified(platform, lease, work, result);
  if (result.kind === 'survey' || result.kind === 'markers')
    throw new Problem('invalid-request', `Nobody asked for ${result.kind}.`);
  refuse(work.plan ? encodeFault(task, work.plan, result) : 'there is no plan');
  return counted(platform, lease, result);
}

/** @throws Problem `invalid-request` if there is a fault */
function refuse(fault: string | null): void {
  if (fault !== null) throw new Problem('invalid-request', `The result is not what was asked for: ${fault}.`);
}

async function probed(platform: Platform, lease: JobLease, plan: Plan): Promise<Outcome> {
  refuse(planFault(plan));
  const next = encodeTasks(plan).map((part) => ({ ...part, id: platform.newId('task') }));
  if (!(await planned(platform.db, lease, plan, next, platform.now()))) return 'stale';
  await sendTasks(
    platform,
    next.map(({ id }) => id),
  );
  return 'ok';
}

async function counted(platform: Platform, lease: JobLease, result: EncodeResult): Promise<Outcome> {
  const packageTask = platform.newId('task');
  const outcome = await encoded(platform.db, lease, result, packageTask, platform.now());
  if (outcome === 'stale') return 'stale';
  if (outcome.last) await sendTasks(platform, [packageTask]);
  return 'ok';
}

/** The gate: without a certificate that holds there is no package at the edge, and no asset that can be published. */
async function verified(
  platform: Platform,
  lease: JobLease,
  { plan, asset }: Work,
  result: PackageResult,
): Promise<Outcome> {
  refuse(plan ? packageFault(asset, plan, result) : 'there is no plan');
  const fault = certificateFault(result.certificate);
  if (fault !== null) {
    const setback = { problem: 'verification-failed', detail: fault, retryable: false } as const;
    return failTask(platform, lease, setback, { certificate: result.certificate });
  }
  await savePackage(platform.bucket, result.package); // first: a ready job always has its package
  const ready = await packaged(platform.db, lease, asset, result, platform.now());
  return ready ? 'ok' : 'stale';
}

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
  const { problem, detail } = verdict;
  const stopped = await stopJob(
    db,
    { jobId: task.jobId, state: 'failed', problem, detail, now, ...(certificate ? { certificate } : {}) },
    { ...lease, problem, detail, log, ...(before === undefined ? {} : { before }) },
  );
  return stopped ? { stopped: task.jobId } : 'stale';
}
