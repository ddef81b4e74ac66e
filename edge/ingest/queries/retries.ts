import { and, eq, exists, inArray, isNotNull, ne, or, sql, type SQL } from 'drizzle-orm';
import type { Id } from '../../../schema/ids.ts';
import { jobs, tasks } from '../../../schema/db/media.ts';
import type { JobState } from '../../../schema/jobs/state.ts';
import type { Db } from '../../platform/db.ts';
import { encodeKinds } from '../next-tasks.ts';
import { attemptEnded, takenAway } from './attempts.ts';
import { toEncode, type Due } from './job-moves.ts';
import { afterItsLease, anew, GRACE_MS, leased, type TaskRow } from './tasks.ts';

const due = { id: tasks.id, dueAt: tasks.dueAt };

/** Nobody may be writing what a task of a stopped job wrote: one that was at work keeps the end of its lease as `dueAt`. */
const onceNobodyWrites = (now: number) =>
  sql<number>`case when ${tasks.startedAt} is not null and ${tasks.dueAt} > ${now} then ${tasks.dueAt} + ${GRACE_MS} else ${now} end`;

/**
 * failed → the state in which there is something left to do; a plan is kept. What was finished stands where it was kept
 * (`resumable`): then only what failed runs again. Else all is encoded again, and only once it is certain that nothing is left
 * (`clearedAt`): a worker of the failed try must not write among the new one's files.
 */
export async function retryJob(db: Db, jobId: Id<'job'>, now: number): Promise<Due[] | null> {
  const cleared = isNotNull(jobs.clearedAt);
  const retryable = and(eq(jobs.id, jobId), eq(jobs.state, 'failed'), or(cleared, jobs.resumable));
  const is = (condition: SQL | undefined) =>
    exists(
      db
        .select({ one: sql`1` })
        .from(jobs)
        .where(condition),
    );
  const ofJob = and(eq(tasks.jobId, jobId), is(retryable));
  const failed = eq(tasks.state, 'failed');
  const again = { ...anew, progress: 0, dueAt: onceNobodyWrites(now) };
  const named = { ...due, part: tasks.part };
  const packageTask = and(ofJob, eq(tasks.kind, 'package'));
  const left = toEncode(jobId);
  const [encodes, , packages, retried] = await db.batch([
    db
      .update(tasks)
      .set(again)
      .where(
        and(
          ofJob,
          ne(tasks.kind, 'package'),
          or(failed, and(inArray(tasks.kind, [...encodeKinds]), is(and(retryable, cleared)))),
        ),
      )
      .returning(named),
    db.delete(tasks).where(and(packageTask, sql`${left} > 0`)), // the barrier makes another one
    db.update(tasks).set(again).where(and(packageTask, failed)).returning(named),
    db
      .update(jobs)
      .set({
        state: sql<JobState>`case when ${jobs.plan} is null then 'queued'
          when not json_extract(${jobs.plan}, '$.exact') then 'probing'
          when ${left} > 0 then 'encoding' else 'packaging' end`,
        remaining: sql`case when json_extract(${jobs.plan}, '$.exact') then ${left} else 0 end`,
        problem: null,
        detail: null,
        certificate: null,
        resumable: false,
        clearAt: null,
        clearedAt: null,
        finishedAt: null,
        updatedAt: now,
      })
      .where(retryable)
      .returning({ id: jobs.id }),
  ]);
  if (retried.length === 0) return null;
  const head = ({ part }: { part: string }) => (part === '0' ? 0 : 1);
  return [...encodes, ...packages].toSorted((a, b) => head(a) - head(b));
}

/**
 * One task of a job that is not over, or that nobody waits for, once more: a waiting one now; one at work is taken from its
 * transcoder; one that is done is encoded again, and the barrier counts it again. Null: there is nothing to try again.
 */
export function retryTask(db: Db, task: TaskRow, now: number): Promise<Due | null> {
  switch (task.state) {
    case 'waiting':
    case 'queued':
      return hurry(db, task, now);
    case 'leased':
      return takeAway(db, task, now);
    case 'done':
      return encodeOnceMore(db, task, now);
    case 'failed':
      break;
  }
  return beginAnew(db, and(ofTask(task), inJob(db, task, 'ready')), now);
}
const ofTask = ({ id, state }: TaskRow) => and(eq(tasks.id, id), eq(tasks.state, state));
const inJob = (db: Db, { jobId }: TaskRow, ...states: JobState[]) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(jobs)
      .where(and(eq(jobs.id, jobId), inArray(jobs.state, states))),
  );

/** Asking twice does not bring a transcoder that lost its task to stop any sooner. */
async function hurry(db: Db, task: TaskRow, now: number): Promise<Due | null> {
  const dueAt = sql`case when ${takenAway} then ${tasks.dueAt} else ${now} end`;
  const [row] = await db.update(tasks).set({ dueAt }).where(ofTask(task)).returning(due);
  return row ?? null;
}

const waiting = (db: Db, where: SQL | undefined, now: number) =>
  db
    .update(tasks)
    .set({ ...anew, dueAt: now })
    .where(where)
    .returning(due);
const beginAnew = async (db: Db, where: SQL | undefined, now: number): Promise<Due | null> =>
  (await waiting(db, where, now))[0] ?? null;

/** Its transcoder hears of it with the next heartbeat; one that can't be reached stops when the lease ends, and only then it is due. */
async function takeAway(db: Db, { id, attempt }: TaskRow, now: number): Promise<Due | null> {
  const claim = leased(db, { taskId: id, attempt });
  const [, taken] = await db.batch([
    attemptEnded(db, claim, { outcome: 'superseded', detail: 'An editor took it away.' }, now),
    db
      .update(tasks)
      .set({ state: 'waiting', dueAt: afterItsLease(now), note: null, startedAt: null })
      .where(claim)
      .returning(due),
  ]);
  return taken[0] ?? null;
}

async function encodeOnceMore(db: Db, task: TaskRow, now: number): Promise<Due | null> {
  const encoded = and(ofTask(task), inArray(tasks.kind, [...encodeKinds]));
  const isEncoded = exists(
    db
      .select({ one: sql`1` })
      .from(tasks)
      .where(encoded),
  );
  const [, again] = await db.batch([
    db
      .update(jobs)
      .set({ remaining: sql`${jobs.remaining} + 1`, updatedAt: now })
      .where(and(eq(jobs.id, task.jobId), eq(jobs.state, 'encoding'), isEncoded)),
    waiting(db, and(encoded, inJob(db, task, 'probing', 'encoding')), now),
  ]);
  return again[0] ?? null;
}
