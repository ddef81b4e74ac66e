import { and, eq, exists, sql } from 'drizzle-orm';
import type { Id } from '../../../schema/ids.ts';
import { episodes } from '../../../schema/db/catalog.ts';
import { assets, jobs, tasks } from '../../../schema/db/media.ts';
import type { Plan } from '../../../schema/jobs/plan.ts';
import type { EncodeResult, PackageResult } from '../../../schema/jobs/task.ts';
import { selectRow, type Db } from '../../platform/db.ts';
import type { Part } from '../next-tasks.ts';
import { switchTo } from './publish.ts';
import { attemptEnded } from './attempts.ts';
import { done, held, leased, type Lease } from './tasks.ts';

/*
 * The moves of a job. Each is one batch in which every statement asks for the same lease (or job state), and the statement
 * that ends that condition comes last: whoever comes second changes nothing (ADR 0004, 0015).
 */

/** probing → encoding: the plan, the barrier's count and all encode tasks. False: the lease was lost. */
export async function planned(
  db: Db,
  lease: Lease & { jobId: Id<'job'> },
  plan: Plan,
  next: readonly (Part & { id: Id<'task'> })[],
  now: number,
): Promise<boolean> {
  const task = selectRow(tasks, {
    id: sql`value ->> 'id'`,
    jobId: lease.jobId,
    kind: sql`value ->> 'kind'`,
    part: sql`value ->> 'part'`,
    state: 'waiting',
    dueAt: now,
    createdAt: now,
  });
  const [, , , finished] = await db.batch([
    db.insert(tasks).select(sql`${task} from json_each(${JSON.stringify(next)}) where ${held(db, lease)}`),
    db
      .update(jobs)
      .set({ state: 'encoding', plan, remaining: next.length, updatedAt: now })
      .where(and(eq(jobs.id, lease.jobId), eq(jobs.state, 'probing'), held(db, lease))),
    attemptEnded(db, leased(db, lease), { outcome: 'done' }, now),
    done(db, lease, null, now),
  ]);
  return finished.length === 1;
}

/**
 * One encode task is done: the barrier counts down, and where it reaches nothing the database itself makes the package task.
 * @returns 'stale', or whether `packageTask` was made
 */
export async function encoded(
  db: Db,
  lease: Lease & { jobId: Id<'job'> },
  result: EncodeResult,
  packageTask: Id<'task'>,
  now: number,
): Promise<'stale' | { last: boolean }> {
  const ofJob = and(eq(jobs.id, lease.jobId), eq(jobs.state, 'encoding'), held(db, lease));
  const task = selectRow(tasks, {
    id: packageTask,
    jobId: lease.jobId,
    kind: 'package',
    state: 'waiting',
    dueAt: now,
    createdAt: now,
  });
  const [, , last, , finished] = await db.batch([
    db
      .update(jobs)
      .set({ remaining: sql`${jobs.remaining} - 1`, updatedAt: now })
      .where(ofJob),
    db.insert(tasks).select(sql`${task} from ${jobs} where ${ofJob} and ${jobs.remaining} = 0`),
    db
      .update(jobs)
      .set({ state: 'packaging' })
      .where(and(ofJob, eq(jobs.remaining, 0)))
      .returning({ id: jobs.id }),
    attemptEnded(db, leased(db, lease), { outcome: 'done', cpuSeconds: result.cpuSeconds }, now),
    done(db, lease, result, now),
  ]);
  if (finished.length === 0) return 'stale';
  return { last: last.length === 1 };
}

/** packaging → ready: the asset is verified and, where that was asked for, published. False: the lease was lost. */
export async function packaged(
  db: Db,
  lease: Lease & { jobId: Id<'job'> },
  asset: Pick<typeof assets.$inferSelect, 'id' | 'episodeId' | 'version'>,
  { package: pack, certificate }: PackageResult,
  now: number,
): Promise<boolean> {
  const wanted = and(
    held(db, lease),
    exists(
      db
        .select({ one: sql`1` })
        .from(jobs)
        .where(and(eq(jobs.id, lease.jobId), jobs.publishWhenReady)),
    ),
    // An older version that is ready late does not push a newer one aside.
    sql`not exists (select 1 from ${assets} join ${episodes} on ${episodes.assetId} = ${assets.id}
        where ${episodes.id} = ${asset.episodeId} and ${assets.version} > ${asset.version})`,
  );
  const [, , , , , finished] = await db.batch([
    db
      .update(assets)
      .set({ verified: true })
      .where(and(eq(assets.id, asset.id), held(db, lease))),
    ...switchTo(db, asset, pack, now, wanted),
    db
      .update(jobs)
      .set({ state: 'ready', certificate, updatedAt: now, finishedAt: now })
      .where(and(eq(jobs.id, lease.jobId), eq(jobs.state, 'packaging'), held(db, lease))),
    attemptEnded(db, leased(db, lease), { outcome: 'done' }, now),
    done(db, lease, null, now),
  ]);
  return finished.length === 1;
}
