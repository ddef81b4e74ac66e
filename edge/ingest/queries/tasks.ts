import { and, asc, eq, exists, inArray, isNull, lt, lte, notInArray, or, sql, type SQL } from 'drizzle-orm';
import type { Id } from '../../../schema/ids.ts';
import { assets, jobs, tasks } from '../../../schema/db/media.ts';
import type { Plan } from '../../../schema/jobs/plan.ts';
import { LEASE_MS, type JobState } from '../../../schema/jobs/state.ts';
import type { EncodeSettings } from '../../../schema/jobs/settings.ts';
import type { Change, EncodeResult } from '../../../schema/jobs/task.ts';
import type { Db } from '../../platform/db.ts';
import { encodeKinds } from '../next-tasks.ts';
import { attemptEnded } from './attempts.ts';

export type TaskRow = typeof tasks.$inferSelect;
/** One claim of one task. */
export type Lease = { taskId: Id<'task'>; attempt: number };
export type JobLease = Lease & { jobId: Id<'job'> };

/** A worker that lost its lease finds out within a heartbeat; one that can't be reached is given this much more. */
export const GRACE_MS = 5_000;
/** A task that begins anew: only its fence and what people were shown of its progress stay. */
export const anew = {
  state: 'waiting',
  failures: 0,
  note: null,
  result: null,
  problem: null,
  detail: null,
  log: null,
  startedAt: null,
  finishedAt: null,
} as const;
/** When nobody can be writing a task's objects any more: a transcoder that hears nothing stops when its lease ends. */
export const afterItsLease = (now: number): SQL<number> =>
  sql`case when ${tasks.state} = 'leased' then max(${tasks.dueAt}, ${now}) + ${GRACE_MS} else ${now} end`;

/** Jobs whose tasks nobody may go on with. */
export const stopped: JobState[] = ['failed', 'cancelled'];
const ofLiveJob = (db: Db) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(jobs)
      .where(and(eq(jobs.id, tasks.jobId), notInArray(jobs.state, stopped))),
  );

/** The task row, if this claim of it still stands: the condition of every change that a transcoder asks for. */
export const leased = (db: Db, { taskId, attempt }: Lease): SQL | undefined =>
  and(eq(tasks.id, taskId), eq(tasks.state, 'leased'), eq(tasks.attempt, attempt), ofLiveJob(db));
/** The same as a condition in a statement about another table. */
export const held = (db: Db, lease: Lease): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(tasks)
      .where(leased(db, lease)),
  );

/**
 * One at a time: packages of one asset, since each is made on top of the last one, and comparisons of one season. Few tasks are
 * leased at any time, and they have an index. Of the chunks of a season that wait, nothing of this is looked up: nothing hinders them.
 */
const unhindered = sql`(${tasks.kind} not in ('package', 'markers') or not exists (
  select 1 from tasks t join jobs j on j.id = t.job_id join episodes e on e.id = j.episode_id
    join jobs own on own.id = ${tasks.jobId} join episodes own_episode on own_episode.id = own.episode_id
  where t.state = 'leased' and t.kind = ${tasks.kind} and t.id <> ${tasks.id} and case t.kind
    when 'package' then j.asset_id = own.asset_id
    when 'markers' then e.season_id = own_episode.season_id
    else false end))`;

/** Compare-and-set queued (or waiting and due) → leased. The job leaves `queued` with its probe. */
export async function claimTask(db: Db, id: Id<'task'>, now: number): Promise<TaskRow | undefined> {
  const due = or(eq(tasks.state, 'queued'), and(eq(tasks.state, 'waiting'), lte(tasks.dueAt, now)));
  const [claimed] = await db.batch([
    db
      .update(tasks)
      .set({
        state: 'leased',
        attempt: sql`${tasks.attempt} + 1`,
        dueAt: now + LEASE_MS,
        note: null,
        diskNow: null,
        diskPeak: null,
        startedAt: now,
      })
      .where(and(eq(tasks.id, id), due, ofLiveJob(db), unhindered))
      .returning(),
    db
      .update(jobs)
      .set({ state: 'probing', updatedAt: now })
      .where(
        and(
          eq(jobs.state, 'queued'),
          eq(jobs.id, sql`(select job_id from tasks where id = ${id} and state = 'leased')`),
        ),
      ),
  ]);
  return claimed[0];
}

export const readTask = async (db: Db, id: Id<'task'>): Promise<TaskRow | undefined> =>
  (await db.select().from(tasks).where(eq(tasks.id, id)))[0];

export const jobOf = async (db: Db, id: Id<'task'>): Promise<Id<'job'> | undefined> =>
  (await db.select({ jobId: tasks.jobId }).from(tasks).where(eq(tasks.id, id)))[0]?.jobId;

export type Work = {
  jobId: Id<'job'>;
  plan: Plan | null;
  settings: EncodeSettings | null;
  /** What an amendment is to change; null: the asset itself is made. */
  change: Change | null;
  /** What an amendment adds is read from here; null: from the asset's own source. */
  sourceKey: string | null;
  sourceBytes: number | null;
  createdAt: number;
  asset: typeof assets.$inferSelect;
};
export async function readWork(db: Db, jobId: Id<'job'>): Promise<Work> {
  const [row] = await db
    .select({
      jobId: jobs.id,
      plan: jobs.plan,
      settings: jobs.settings,
      change: jobs.change,
      sourceKey: jobs.sourceKey,
      sourceBytes: jobs.sourceBytes,
      createdAt: jobs.createdAt,
      asset: assets,
    })
    .from(jobs)
    .innerJoin(assets, eq(assets.id, jobs.assetId))
    .where(eq(jobs.id, jobId));
  if (!row) throw new Error(`there is no job ${jobId}`);
  return row;
}

/** The plan by which an asset was made: its amendments stand on the same grid. */
export async function basePlan(db: Db, assetId: Id<'asset'>): Promise<Plan> {
  const [row] = await db
    .select({ plan: jobs.plan })
    .from(jobs)
    .innerJoin(assets, eq(assets.episodeId, jobs.episodeId)) // jobs have an index by episode
    .where(and(eq(assets.id, assetId), eq(jobs.assetId, assetId), isNull(jobs.change)));
  if (!row?.plan) throw new Error(`asset ${assetId} has no plan`);
  return row.plan;
}

export type Encoded = Pick<TaskRow, 'kind' | 'part'> & { result: EncodeResult };
/** What the encode tasks of a job reported. */
export async function encodeResults(db: Db, jobId: Id<'job'>): Promise<Encoded[]> {
  const rows = await db
    .select({ kind: tasks.kind, part: tasks.part, result: tasks.result })
    .from(tasks)
    .where(and(eq(tasks.jobId, jobId), inArray(tasks.kind, [...encodeKinds]), eq(tasks.state, 'done')))
    .orderBy(asc(tasks.id));
  return rows.flatMap(({ kind, part, result }) =>
    result && 'objects' in result && result.kind !== 'package' ? [{ kind, part, result }] : [],
  );
}

export const givenBack = (db: Db, lease: Lease, note: string | null, now: number) =>
  db
    .update(tasks)
    .set({ state: 'queued', dueAt: now, note, startedAt: null })
    .where(leased(db, lease))
    .returning({ id: tasks.id });

/** Hands back unharmed a claim that nobody had room for: no attempt was made. */
export const giveBack = async (db: Db, lease: Lease, note: string | null, now: number): Promise<boolean> =>
  (await givenBack(db, lease, note, now)).length === 1;

/** The same for a transcoder that stops: its attempt is over, and does not count against the limit. */
export async function release(db: Db, lease: Lease, note: string, now: number): Promise<boolean> {
  const ended = attemptEnded(db, leased(db, lease), { outcome: 'released', detail: note }, now);
  const [, given] = await db.batch([ended, givenBack(db, lease, note, now)]);
  return given.length === 1;
}

type Beat = { progress: number; note: string | null; disk: { now: number; peak: number } | null };
/**
 * A claim is being worked on. A task's progress never runs back, also where it is tried again: what was shown stays until it is
 * passed (progress.ts). The job's id, or null: the claim does not stand any more.
 */
export const extendLease = async (
  db: Db,
  lease: Lease,
  { progress, note, disk }: Beat,
  now: number,
): Promise<Id<'job'> | null> =>
  (
    await db
      .update(tasks)
      .set({
        dueAt: now + LEASE_MS,
        progress: sql`max(${tasks.progress}, ${progress})`,
        note,
        ...(disk && { diskNow: disk.now, diskPeak: disk.peak }),
      })
      .where(leased(db, lease))
      .returning({ jobId: tasks.jobId })
  )[0]?.jobId ?? null;

type SetBack = Pick<TaskRow, 'problem' | 'detail' | 'log'> & { now: number };
/**
 * leased → waiting after a setback that can be tried again.
 * @param before set by the sweeper: only if the lease has run out by then; nobody knows then how the attempt went on
 */
export const tryAgain = (
  db: Db,
  lease: Lease,
  setback: SetBack & { dueAt: number },
  before?: number,
): Promise<boolean> => setBack(db, lease, 'waiting', setback, before);

/** leased → failed, of a task that no job waits for. */
export const giveUpTask = (db: Db, lease: Lease, setback: SetBack, before?: number): Promise<boolean> =>
  setBack(db, lease, 'failed', { ...setback, finishedAt: setback.now }, before);

async function setBack(
  db: Db,
  lease: Lease,
  state: 'waiting' | 'failed',
  { now, ...setback }: SetBack & { dueAt?: number; finishedAt?: number },
  before?: number,
): Promise<boolean> {
  const { problem, detail, log } = setback;
  const ending = and(leased(db, lease), before === undefined ? undefined : lt(tasks.dueAt, before));
  const outcome = before === undefined ? 'failed' : 'lost';
  const end = {
    outcome,
    ...(problem && { problem }),
    ...(detail && { detail }),
    log: outcome === 'lost' ? null : log,
  } as const;
  const [, gone] = await db.batch([
    attemptEnded(db, ending, end, now),
    db
      .update(tasks)
      .set({ ...setback, state, failures: sql`${tasks.failures} + 1`, note: null, startedAt: null })
      .where(ending)
      .returning({ id: tasks.id }),
  ]);
  return gone.length === 1;
}

/** The statement that marks a task done: the last one of its batch, since the others ask for its lease. */
export const done = (db: Db, lease: Lease, result: EncodeResult | null, now: number, only?: SQL) =>
  db
    .update(tasks)
    .set({
      state: 'done',
      progress: 1,
      result,
      note: null,
      problem: null,
      detail: null,
      log: null,
      finishedAt: now,
    })
    .where(and(leased(db, lease), only))
    .returning({ id: tasks.id });

/** A message for each is on its way. */
export const taskQueued = (db: Db, ids: readonly Id<'task'>[], now: number) =>
  db
    .update(tasks)
    .set({ state: 'queued', dueAt: now })
    .where(
      and(
        sql`${tasks.id} in (select value from json_each(${JSON.stringify(ids)}))`,
        inArray(tasks.state, ['waiting', 'queued']),
      ),
    );

/** What a transcoder with room should take first: what lets a job end or begin, then the oldest. */
export async function nextInLine(db: Db): Promise<Id<'task'> | undefined> {
  const [next] = await db
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.state, 'queued'), unhindered))
    .orderBy(
      sql`case ${tasks.kind} when 'package' then 0 when 'probe' then 1 when 'markers' then 3 else 2 end, ${tasks.part} <> '0', ${tasks.id}`,
    )
    .limit(1);
  return next?.id;
}

/** Written but not sent (waiting and due), or sent so long ago that the message must be lost. */
export const unsentTasks = (db: Db, now: number, lostBefore: number, limit: number) =>
  db
    .select({ id: tasks.id })
    .from(tasks)
    .where(
      or(
        and(eq(tasks.state, 'waiting'), lte(tasks.dueAt, now)),
        and(eq(tasks.state, 'queued'), lt(tasks.dueAt, lostBefore)),
      ),
    )
    .limit(limit);

export const expiredLeases = (db: Db, now: number, limit: number) =>
  db
    .select({
      taskId: tasks.id,
      jobId: tasks.jobId,
      attempt: tasks.attempt,
      failures: tasks.failures,
      log: tasks.log,
    })
    .from(tasks)
    .where(and(eq(tasks.state, 'leased'), lt(tasks.dueAt, now)))
    .limit(limit);
