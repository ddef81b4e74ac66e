import { and, eq, exists, inArray, lt, notInArray, sql, type SQL } from 'drizzle-orm';
import type { Id } from '../../../schema/ids.ts';
import { jobs, tasks } from '../../../schema/db/media.ts';
import { KEPT_MS, type AttemptOutcome } from '../../../schema/jobs/state.ts';
import type { PackageResult } from '../../../schema/jobs/task.ts';
import type { ProblemCode } from '../../../schema/problem.ts';
import type { Db } from '../../platform/db.ts';
import { attemptEnded, takenAway } from './attempts.ts';
import { GRACE_MS, leased, stopped, type Lease } from './tasks.ts';

/* How a job ends without a package; how a failed one begins again is in retries.ts. */

type Stop = {
  jobId: Id<'job'>;
  state: 'failed' | 'cancelled';
  problem: ProblemCode;
  detail: string;
  certificate?: PackageResult['certificate'];
  /** What it finished stays for `KEPT_MS`, so that a retry goes on with the rest. */
  keeps?: boolean;
  now: number;
};
/** Why one task ended its job; `before`: only if its lease has run out by then. */
export type FailedTask = Lease & {
  problem: ProblemCode;
  detail: string;
  log: string | null;
  before?: number;
};

/**
 * Ends a job and all its tasks. What it wrote can be deleted for good once nobody holds a lease any more.
 * With `because`, only while that task's lease stands. False: it was over already, or the lease was lost.
 */
export async function stopJob(db: Db, stop: Stop, because?: FailedTask): Promise<boolean> {
  const { jobId, state, problem, detail, certificate, keeps = false, now } = stop;
  // A task that reported its own failure writes no more; one whose lease ran out may.
  const reported = because && because.before === undefined ? because.taskId : '';
  const stoppable = and(
    eq(jobs.id, jobId),
    notInArray(jobs.state, ['ready', ...stopped]),
    because &&
      exists(
        db
          .select({ one: sql`1` })
          .from(tasks)
          .where(lost(db, because)),
      ),
  );
  const end = db
    .update(jobs)
    .set({
      state,
      problem,
      detail,
      ...(certificate ? { certificate } : {}),
      updatedAt: now,
      finishedAt: now,
      clearedAt: null,
      resumable: keeps,
      clearAt: keeps
        ? now + KEPT_MS
        : sql`coalesce((select max(max(${tasks.dueAt}), ${now}) + ${GRACE_MS} from ${tasks} where ${tasks.jobId} = ${jobId}
            and (${tasks.state} = 'leased' and ${tasks.id} <> ${reported} or ${takenAway})), ${now})`,
    })
    .where(stoppable)
    .returning({ id: jobs.id });
  const rest = db
    .update(tasks)
    .set({
      state: 'failed',
      problem: state === 'cancelled' ? problem : null,
      detail: state === 'cancelled' ? detail : ANOTHER_FAILED,
      note: null,
      finishedAt: now,
    })
    .where(
      and(
        eq(tasks.jobId, jobId),
        inArray(tasks.state, ['waiting', 'queued', 'leased']),
        ofStoppedJob(db, jobId),
      ),
    );
  const kept = attemptsStopped(db, stop, because, stoppable);
  const [, ended] = await db.batch(
    because ? [kept, end, failed(db, jobId, because, now), rest] : [kept, end, rest],
  );
  return ended.length === 1;
}
const ANOTHER_FAILED = 'Stopped, because another task of the job failed.';

/** Every attempt that is under way ends with the job: one of them may be why. */
function attemptsStopped(db: Db, stop: Stop, because: FailedTask | undefined, stoppable: SQL | undefined) {
  const { jobId, state, problem, detail, now } = stop;
  const ending = and(
    eq(tasks.jobId, jobId),
    exists(
      db
        .select({ one: sql`1` })
        .from(jobs)
        .where(stoppable),
    ),
  );
  if (!because) return attemptEnded(db, ending, { outcome: 'cancelled', problem, detail }, now);
  const outcome = because.before === undefined ? 'failed' : 'lost';
  const own = <T>(of: T, other: T) =>
    sql<T>`case when ${tasks.id} = ${because.taskId} then ${of} else ${other} end`;
  const others = state === 'cancelled' ? detail : ANOTHER_FAILED;
  return attemptEnded(
    db,
    ending,
    {
      outcome: own<AttemptOutcome>(outcome, 'cancelled'),
      problem: own<string | null>(because.problem, null),
      detail: own(because.detail, others),
      log: own(outcome === 'lost' ? null : because.log, null),
    },
    now,
  );
}
/** The task's own row in the same batch, after its job has ended. */
const failed = (
  db: Db,
  jobId: Id<'job'>,
  { taskId, attempt, problem, detail, log }: FailedTask,
  now: number,
) =>
  db
    .update(tasks)
    .set({
      state: 'failed',
      problem,
      detail,
      log,
      failures: sql`${tasks.failures} + 1`,
      dueAt: now, // nobody is at it any more
      note: null,
      finishedAt: now,
    })
    .where(
      and(
        eq(tasks.id, taskId),
        eq(tasks.state, 'leased'),
        eq(tasks.attempt, attempt),
        ofStoppedJob(db, jobId),
      ),
    );
const lost = (db: Db, task: FailedTask) =>
  and(leased(db, task), task.before === undefined ? undefined : lt(tasks.dueAt, task.before));
const ofStoppedJob = (db: Db, jobId: Id<'job'>) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(jobs)
      .where(and(eq(jobs.id, jobId), inArray(jobs.state, stopped))),
  );
