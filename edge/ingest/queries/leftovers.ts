import { and, eq, isNotNull, lte, sql } from 'drizzle-orm';
import type { Id } from '../../../schema/ids.ts';
import { assets, jobs } from '../../../schema/db/media.ts';
import type { JobState } from '../../../schema/jobs/state.ts';
import type { Change } from '../../../schema/jobs/task.ts';
import type { Db } from '../../platform/db.ts';

/** A stopped job whose files are to be deleted, from `clearAt` on for good. */
export type Leftovers = {
  id: Id<'job'>;
  state: JobState;
  /** Of its asset, and what it was to change about that. */
  assetPrefix: string;
  change: Change | null;
  /** What nobody needs any more once the job is cancelled; null where another version of the episode is made from it. */
  sourceKey: string | null;
  clearAt: number;
  resumable: boolean;
};
/** An amendment's own file goes with it; the source of an asset only with the last version that is made from it. */
const sourceKey = sql<string | null>`case when ${jobs.change} is not null then ${jobs.sourceKey}
  when not exists (
    select 1 from assets o join jobs j on j.asset_id = o.id and j.episode_id = o.episode_id and j.change is null
    where o.episode_id = ${assets.episodeId} and o.id <> ${assets.id} and o.source_key = ${assets.sourceKey}
      and j.state <> 'cancelled'
  ) then ${assets.sourceKey} end`;
const leftovers = (db: Db) =>
  db
    .select({
      id: jobs.id,
      state: jobs.state,
      assetPrefix: assets.prefix,
      change: jobs.change,
      sourceKey,
      clearAt: sql<number>`${jobs.clearAt}`,
      resumable: jobs.resumable,
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
      .set({ clearAt: until, resumable: false }) // from here on its files may be half gone
      .where(and(eq(jobs.id, id), eq(jobs.clearAt, clearAt)))
      .returning({ id: jobs.id })
  ).length === 1;

export const jobCleared = (db: Db, id: Id<'job'>, now: number) =>
  db.update(jobs).set({ clearAt: null, clearedAt: now }).where(eq(jobs.id, id));
