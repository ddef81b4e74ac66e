import type { Plan } from '../../schema/jobs/plan.ts';
import type { EncodeResult, SurveyResult, TaskResult } from '../../schema/jobs/task.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import type { Outcome } from './fail-task.ts';
import { compared } from './markers.ts';
import { encodeTasks, quickTasks, type Part } from './next-tasks.ts';
import { additionsFault, lookFault, surveyFault, wholeFault } from './plausible-plan.ts';
import { encodeFault } from './plausible.ts';
import { encoded, looked, planned } from './queries/job-moves.ts';
import { basePlan, readTask, readWork } from './queries/tasks.ts';
import type { JobLease, Lease, TaskRow, Work } from './queries/tasks.ts';
import { sendDue, sendTasks } from './send.ts';
import { verified } from './verified.ts';

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

async function record(
  platform: Platform,
  lease: JobLease,
  task: TaskRow,
  work: Work,
  result: TaskResult,
): Promise<Outcome> {
  if (result.kind !== task.kind) refuse(`a ${task.kind} task cannot report ${result.kind}`);
  switch (result.kind) {
    case 'probe':
      return probed(platform, lease, work, result.plan);
    case 'survey':
      return surveyed(platform, lease, work, result);
    case 'package':
      return verified(platform, lease, work, result);
    case 'markers':
      return compared(platform, lease, result);
    case 'video-chunk':
    case 'audio':
    case 'subtitles':
    case 'pictures':
      break;
  }
  refuse(work.plan ? encodeFault(task, work.plan, result) : 'there is no plan');
  return counted(platform, lease, result);
}

/** @throws Problem `invalid-request` if there is a fault */
function refuse(fault: string | null): void {
  if (fault !== null) throw new Problem('invalid-request', `The result is not what was asked for: ${fault}.`);
}

/** Of a quick look the head is encoded, and the source surveyed, at once; an exact plan needs no survey. */
async function probed(
  platform: Platform,
  lease: JobLease,
  { change, asset }: Work,
  plan: Plan,
): Promise<Outcome> {
  if (change) {
    refuse(additionsFault(await basePlan(platform.db, asset.id), plan, change));
    return began(platform, lease, plan, true);
  }
  if (plan.exact) {
    refuse(wholeFault(plan));
    return began(platform, lease, plan, true);
  }
  refuse(lookFault(plan));
  const next = withIds(platform, quickTasks);
  if (!(await looked(platform.db, lease, plan, next, platform.now()))) return 'stale';
  await sendTasks(
    platform,
    next.map(({ id }) => id),
  );
  return 'ok';
}

async function surveyed(
  platform: Platform,
  lease: JobLease,
  { plan: look }: Work,
  result: SurveyResult,
): Promise<Outcome> {
  refuse(look ? surveyFault(look, result) : 'there is no plan');
  return began(platform, lease, result.plan, result.headStands);
}

/** The exact plan is there, and with it everything that is to be encoded. */
async function began(platform: Platform, lease: JobLease, plan: Plan, headStands: boolean): Promise<Outcome> {
  const next = withIds(platform, encodeTasks(plan));
  const packageTask = platform.newId('task');
  const now = platform.now();
  const due = await planned(platform.db, lease, { plan, next, packageTask, headStands }, now);
  if (due === 'stale') return 'stale';
  await sendDue(platform, due);
  return 'ok';
}

const withIds = ({ newId }: Platform, parts: readonly Part[]) =>
  parts.map((part) => ({ ...part, id: newId('task') }));

async function counted(platform: Platform, lease: JobLease, result: EncodeResult): Promise<Outcome> {
  const packageTask = platform.newId('task');
  const outcome = await encoded(platform.db, lease, result, packageTask, platform.now());
  if (outcome === 'stale') return 'stale';
  if (outcome.last) await sendTasks(platform, [packageTask]);
  return 'ok';
}
