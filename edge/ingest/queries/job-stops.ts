import { and, eq, exists, inArray, isNotNull, lt, notInArray, or, sql, type SQL } from 'drizzle-orm';
import type { Id } from '../../../schema/ids.ts';
import { jobs, tasks } from '../../../schema/db/media.ts';
import type { AttemptOutcome, JobState } from '../../../schema/jobs/state.ts';
import type { PackageResult } from '../../../schema/jobs/task.ts';
import type { ProblemCode } from '../../../schema/problem.ts';
import type { Db } from '../../platform/db.ts';
import { encodeKinds } from '../next-tasks.ts';
import { attemptEnded } from './attempts.ts';
import { GRACE_MS, leased, stopped, type Lease } from './tasks.ts';

/* How a job ends without a package, and how a failed one begins again: the other moves are in job-moves.ts. */

type Stop = {
  jobId: Id<'job'>;
  state: 'failed' | 'cancelled';
  problem: ProblemCode;
  detail: string;
  certificate?: PackageResult['certificate'];
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
  const { jobId, state, problem, detail, certificate, now } = stop;
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
      clearAt: sql`coalesce((select max(max(due_at), ${now}) + ${GRACE_MS} from tasks
        where job_id = ${jobId} and state = 'leased' and id <> ${reported}), ${now})`,
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

/**
 * failed → queued or encoding. Nothing is left of what a failed job wrote, so every encode task runs again; a plan is kept.
 * Only once that is certain (`clearedAt`): a worker of the failed try must not write among the new one's files.
 */
export async function retryJob(db: Db, jobId: Id<'job'>, now: number): Promise<Id<'task'>[] | null> {
  const retryable = and(eq(jobs.id, jobId), eq(jobs.state, 'failed'), isNotNull(jobs.clearedAt));
  const isRetryable = exists(
    db
      .select({ one: sql`1` })
      .from(jobs)
      .where(retryable),
  );
  const [, again, retried] = await db.batch([
    db.delete(tasks).where(and(eq(tasks.jobId, jobId), eq(tasks.kind, 'package'), isRetryable)),
    db
      .update(tasks)
      .set({
        state: 'waiting',
        failures: 0,
        dueAt: now,
        progress: 0,
        note: null,
        result: null,
        problem: null,
        detail: null,
        log: null,
        startedAt: null,
        finishedAt: null,
      })
      .where(
        and(
          eq(tasks.jobId, jobId),
          or(inArray(tasks.kind, [...encodeKinds]), eq(tasks.state, 'failed')),
          isRetryable,
        ),
      )
      .returning({ id: tasks.id, part: tasks.part }),
    db
      .update(jobs)
      .set({
        state: sql<JobState>`case when ${jobs.plan} is null then 'queued' else 'encoding' end`,
        remaining: sql`(select count(*) from tasks where job_id = ${jobId} and kind <> 'probe')`,
        problem: null,
        detail: null,
        certificate: null,
        clearedAt: null,
        finishedAt: null,
        updatedAt: now,
      })
      .where(retryable)
      .returning({ id: jobs.id }),
  ]);
  if (retried.length === 0) return null;
  const head = ({ part }: { part: string }) => (part === '0' ? 0 : 1);
  return again.toSorted((a, b) => head(a) - head(b)).map(({ id }) => id);
}
