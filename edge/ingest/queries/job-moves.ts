import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { Id } from '../../../schema/ids.ts';
import { jobs, tasks } from '../../../schema/db/media.ts';
import type { Plan } from '../../../schema/jobs/plan.ts';
import type { EncodeResult } from '../../../schema/jobs/task.ts';
import { selectRow, type Db } from '../../platform/db.ts';
import { encodeKinds, HEAD, type Part } from '../next-tasks.ts';
import { attemptEnded } from './attempts.ts';
import { afterItsLease, anew, done, held, leased, type JobLease, type Lease } from './tasks.ts';

/*
 * The moves of a job up to its package. Each is one batch in which every statement asks for the same lease (or job state), and the
 * statement that ends that condition comes last: whoever comes second changes nothing (ADR 0004, 0015).
 */

export type NewTask = Part & { id: Id<'task'> };
/** A task that is to be sent, now or when it is due. */
export type Due = { id: Id<'task'>; dueAt: number };

/** The statements that end every move: the attempt is kept, and the task done. */
export function finish(db: Db, lease: Lease, result: EncodeResult | null, now: number) {
  const { cpuSeconds, log = null } = result ?? {};
  return [
    attemptEnded(db, leased(db, lease), { outcome: 'done', cpuSeconds, log }, now),
    done(db, lease, result && { ...result, log: undefined }, now), // what FFmpeg said is the attempt's
  ] as const;
}

/** The statement that makes tasks; one that the job has already stays as it is. */
const makeTasks = (db: Db, lease: JobLease, next: readonly NewTask[], now: number) => {
  const task = selectRow(tasks, {
    id: sql`value ->> 'id'`,
    jobId: lease.jobId,
    kind: sql`value ->> 'kind'`,
    part: sql`value ->> 'part'`,
    state: 'waiting',
    dueAt: now,
    createdAt: now,
  });
  return db
    .insert(tasks)
    .select(sql`${task} from json_each(${JSON.stringify(next)}) where ${held(db, lease)}`)
    .onConflictDoNothing();
};

/** How many encode tasks of a job are not done: what its barrier counts. */
export const toEncode = (jobId: Id<'job'>): SQL<number> =>
  sql`(select count(*) from tasks where job_id = ${jobId} and state <> 'done'
    and kind in (select value from json_each(${JSON.stringify(encodeKinds)})))`;

/** encoding → packaging, where the barrier counts nothing: the database itself makes the package task. */
const passBarrier = (db: Db, { jobId }: JobLease, encoding: SQL | undefined, id: Id<'task'>, now: number) => {
  const task = selectRow(tasks, { id, jobId, kind: 'package', state: 'waiting', dueAt: now, createdAt: now });
  return [
    db.insert(tasks).select(sql`${task} from ${jobs} where ${encoding} and ${jobs.remaining} = 0`),
    db
      .update(jobs)
      .set({ state: 'packaging' })
      .where(and(encoding, eq(jobs.remaining, 0)))
      .returning({ id: jobs.id }),
  ] as const;
};
const inState = (db: Db, lease: JobLease, state: 'probing' | 'encoding') =>
  and(eq(jobs.id, lease.jobId), eq(jobs.state, state), held(db, lease));

/** A quick look is done: the job stays `probing`, with a plan that stands for its head. False: the lease was lost. */
export async function looked(
  db: Db,
  lease: JobLease,
  plan: Plan,
  next: readonly NewTask[],
  now: number,
): Promise<boolean> {
  const [, , , finished] = await db.batch([
    makeTasks(db, lease, next, now),
    db
      .update(jobs)
      .set({ plan, updatedAt: now })
      .where(inState(db, lease, 'probing')),
    ...finish(db, lease, null, now),
  ]);
  return finished.length === 1;
}

type Planned = {
  plan: Plan;
  /** All that the plan asks for: what is there already, such as the head, stays. */
  next: readonly NewTask[];
  packageTask: Id<'task'>;
  /** False: the head of the quick look is encoded again, and whoever is at it loses the claim. */
  headStands: boolean;
};
/**
 * probing → encoding: the exact plan, its encode tasks, and the barrier's count of those that are not done: the head may be, or be
 * at work, or wait after a setback. Where nothing is left to encode, on to packaging.
 * @returns 'stale', or the tasks to send: some no sooner than they are due
 */
export async function planned(
  db: Db,
  lease: JobLease,
  { plan, next, packageTask, headStands }: Planned,
  now: number,
): Promise<'stale' | Due[]> {
  const head = and(eq(tasks.jobId, lease.jobId), eq(tasks.kind, HEAD.kind), eq(tasks.part, HEAD.part));
  const again = and(head, headStands ? sql`false` : held(db, lease));
  const [, reset, , , , passed, , finished, rows] = await db.batch([
    attemptEnded(db, again, { outcome: 'superseded', detail: OTHER_HEAD }, now),
    db
      .update(tasks)
      .set({ ...anew, dueAt: afterItsLease(now) })
      .where(again)
      .returning({ id: tasks.id, dueAt: tasks.dueAt }),
    makeTasks(db, lease, next, now),
    db
      .update(jobs)
      .set({ state: 'encoding', plan, remaining: toEncode(lease.jobId), updatedAt: now })
      .where(inState(db, lease, 'probing')),
    ...passBarrier(db, lease, inState(db, lease, 'encoding'), packageTask, now),
    ...finish(db, lease, null, now),
    db.select({ id: tasks.id }).from(tasks).where(eq(tasks.jobId, lease.jobId)),
  ]);
  if (finished.length === 0) return 'stale';
  const made = new Set(rows.map(({ id }) => id));
  const waiting = next.filter(({ id }) => made.has(id)).map(({ id }) => ({ id, dueAt: now }));
  return [...reset, ...waiting, ...(passed.length === 1 ? [{ id: packageTask, dueAt: now }] : [])];
}
const OTHER_HEAD = 'The survey of the whole source asks for another head than the quick look did.';

/**
 * One encode task is done: the barrier counts down, and the last one passes it. While the source is still being surveyed there is
 * no barrier yet: the head is only marked done.
 * @returns 'stale', or whether `packageTask` was made
 */
export async function encoded(
  db: Db,
  lease: JobLease,
  result: EncodeResult,
  packageTask: Id<'task'>,
  now: number,
): Promise<'stale' | { last: boolean }> {
  const encoding = inState(db, lease, 'encoding');
  const [, , last, , finished] = await db.batch([
    db
      .update(jobs)
      .set({ remaining: sql`${jobs.remaining} - 1`, updatedAt: now })
      .where(encoding),
    ...passBarrier(db, lease, encoding, packageTask, now),
    ...finish(db, lease, result, now),
  ]);
  if (finished.length === 0) return 'stale';
  return { last: last.length === 1 };
}
