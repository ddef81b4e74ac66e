import type { Plan } from '../../schema/jobs/plan.ts';
import { isOver, type JobState, type TaskKind, type TaskState } from '../../schema/jobs/state.ts';
import { taskCost, unplannedCost } from './costs.ts';
import { encodeKinds, encodeTasks, type Part } from './next-tasks.ts';

/** A task as far as progress goes. `progress` is the most that any of its attempts reached. */
export type TaskProgress = Part & {
  state: TaskState;
  progress: number;
  /** Of the attempt that is under way or done, ms UTC. */
  startedAt: number | null;
  finishedAt: number | null;
};
export type JobWork = { state: JobState; plan: Plan | null; tasks: readonly TaskProgress[] };

/** Shares of the stages around encoding. They are fixed, so that a new plan, which weighs the tasks anew, never sets a job back. */
const PROBE = 0.02;
const SURVEY = 0.1;
const PACKAGE = 0.06;
const ENCODE = 1 - PROBE - SURVEY - PACKAGE;

const isEncode = ({ kind }: { kind: TaskKind }) => encodeKinds.some((one) => one === kind);

/**
 * 0 to 1 over all tasks, each weighed by what it is expected to cost. It never runs back while a job runs: what is not planned
 * exactly counts as not begun, and a task that is tried again keeps what it had shown. Only the retry of a failed job, which
 * encodes everything again, begins anew.
 */
export function jobProgress({ state, plan, tasks }: JobWork): number {
  if (state === 'ready') return 1;
  const of = (kind: TaskKind) => tasks.find((task) => task.kind === kind)?.progress ?? 0;
  if (!plan?.exact) return PROBE * of('probe') + SURVEY * of('survey');
  let done = 0;
  let all = 0;
  for (const task of tasks.filter(isEncode)) {
    const cost = taskCost(task.kind, task.part, plan);
    done += cost * task.progress;
    all += cost;
  }
  const encoded = all > 0 ? done / all : 0;
  return PROBE + SURVEY + ENCODE * encoded + PACKAGE * of('package');
}

/** Core seconds of experience that the costs count for, until the job's own speed is known. */
const PRIOR = 20;

/**
 * When a running job should be ready, ms UTC: what is left, at the speed its tasks went so far, by as many as are worked on now;
 * no sooner than its longest task allows, and then the package. Null while there is no plan or nobody works on it.
 */
export function readyAt({ state, plan, tasks }: JobWork, now: number): number | null {
  if (isOver(state) || !plan) return null;
  const lanes = tasks.filter((task) => task.state === 'leased').length;
  if (lanes === 0) return null;
  const speed = measuredSpeed(tasks, plan, now);
  const row = ({ kind, part }: Part) => tasks.find((task) => task.kind === kind && task.part === part);
  const left = (part: Part) => leftOf(row(part), taskCost(part.kind, part.part, plan));

  // Tasks that the database knows, and those that are made when the exact plan is there.
  const known = tasks.filter(isEncode);
  const coming = plan.exact ? [] : encodeTasks(plan).filter((part) => !row(part));
  const each = [...known, ...coming].map(left);
  const encode = Math.max((each.reduce((sum, cost) => sum + cost, 0) + unplannedCost(plan)) / lanes, ...each);
  const survey = plan.exact ? 0 : left({ kind: 'survey', part: '' });
  return Math.round(now + ((survey + encode + left({ kind: 'package', part: '' })) / speed) * 1000);
}

/** An attempt that nobody works on begins from nothing, whatever its task has shown. */
function leftOf(task: TaskProgress | undefined, cost: number): number {
  if (task?.state === 'done') return 0;
  return task?.state === 'leased' ? cost * (1 - task.progress) : cost;
}

/** Expected core seconds done in a second by one task, over all that ran so far. */
function measuredSpeed(tasks: readonly TaskProgress[], plan: Plan, now: number): number {
  let done = PRIOR;
  let took = PRIOR;
  for (const { kind, part, state, progress, startedAt, finishedAt } of tasks) {
    if (startedAt === null || (state !== 'leased' && state !== 'done') || kind === 'probe') continue;
    done += taskCost(kind, part, plan) * progress;
    took += Math.max(0, ((finishedAt ?? now) - startedAt) / 1000);
  }
  return done / took;
}
