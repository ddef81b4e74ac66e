import { and, eq, isNotNull, lte, sql } from 'drizzle-orm';
import type { Id } from '../../../schema/ids.ts';
import { assets, jobs } from '../../../schema/db/media.ts';
import type { JobState } from '../../../schema/jobs/state.ts';
import type { Db } from '../../platform/db.ts';

/** A stopped job whose files are to be deleted, from `clearAt` on for good. */
export type Leftovers = {
  id: Id<'job'>;
  state: JobState;
  prefix: string;
  sourceKey: string;
  clearAt: number;
};
const leftovers = (db: Db) =>
  db
    .select({
      id: jobs.id,
      state: jobs.state,
      prefix: assets.prefix,
      sourceKey: assets.sourceKey,
      clearAt: sql<number>`${jobs.clearAt}`,
    })
    .from(jobs)
    .innerJoin(assets, eq(assets.id, jobs.assetId));

export const leftoversOf = async (db: Db, jobId: Id<'job'>): Promise<Leftovers | undefined> =>
  (await leftovers(db).where(and(eq(jobs.id, jobId), isNotNull(jobs.clearAt))))[0];

export const dueLeftovers = (db: Db, now: number, limit: number): Promise<Leftovers[]> =>
  leftovers(db).where(lte(jobs.clearAt, now)).limit(limit);

/** One sweep at a time deletes what a job left: the first to move its due time on. */
export const claimLeftovers = async (db: Db, { id, clearAt }: Leftovers, until: number): Promise<boolean> =>
  (
    await db
      .update(jobs)
      .set({ clearAt: until })
      .where(and(eq(jobs.id, id), eq(jobs.clearAt, clearAt)))
      .returning({ id: jobs.id })
  ).length === 1;

export const jobCleared = (db: Db, id: Id<'job'>, now: number) =>
  db.update(jobs).set({ clearAt: null, clearedAt: now }).where(eq(jobs.id, id));
