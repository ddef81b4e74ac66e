import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { Id } from '../../../schema/ids.ts';
import { episodes } from '../../../schema/db/catalog.ts';
import { assets, jobs, tasks } from '../../../schema/db/media.ts';
import type { MarkersResult } from '../../../schema/jobs/task.ts';
import { selectRow, type Db } from '../../platform/db.ts';
import { finish } from './job-moves.ts';
import { anew, held, type JobLease } from './tasks.ts';

/** The asset by which an episode takes part in its season: what viewers get, else the newest that could be published. */
const present = sql`coalesce(${episodes.assetId}, (select own.id from assets own
  where own.episode_id = ${episodes.id} and own.verified order by own.version desc limit 1))`;

export const seasonAssets = (
  db: Db,
  episodeId: Id<'episode'>,
): Promise<{ id: Id<'asset'>; revision: number }[]> =>
  db
    .select({ id: assets.id, revision: assets.revision })
    .from(episodes)
    .innerJoin(assets, eq(assets.id, present))
    .where(sql`${episodes.seasonId} = (select one.season_id from episodes one where one.id = ${episodeId})`)
    .orderBy(episodes.number, episodes.id);

/**
 * The statement that has a season compared by a task of this job, for a batch. Where one waits already it will do: it reads the
 * season when it is claimed.
 */
export function beginMarkers(db: Db, jobId: Id<'job'>, id: Id<'task'>, now: number, only?: SQL) {
  const task = selectRow(tasks, { id, jobId, kind: 'markers', state: 'waiting', dueAt: now, createdAt: now });
  const another = sql`exists (
    select 1 from tasks t join jobs j on j.id = t.job_id join episodes e on e.id = j.episode_id
    where t.state in ('waiting', 'queued') and t.kind = 'markers'
      and e.season_id = (select one.season_id from episodes one where one.id = ${jobs.episodeId}))`;
  return db
    .insert(tasks)
    .select(sql`${task} from ${jobs} where ${and(eq(jobs.id, jobId), sql`not ${another}`, only)}`)
    .onConflictDoUpdate({
      target: [tasks.jobId, tasks.kind, tasks.part],
      set: { ...anew, dueAt: now },
      setWhere: inArray(tasks.state, ['done', 'failed']),
    })
    .returning({ id: tasks.id });
}

/** Found markers go to the episodes whose present asset they were found on; null: there are none. False: the lease was lost. */
export async function recordMarkers(
  db: Db,
  lease: JobLease,
  { episodes: found }: MarkersResult,
  now: number,
): Promise<boolean> {
  const own = sql`(select json_extract(value, '$.markers') from json_each(${JSON.stringify(found)})
    where json_extract(value, '$.assetId') = ${present})`;
  const season = sql`${episodes.seasonId} = (select one.season_id from jobs j join episodes one on one.id = j.episode_id
    where j.id = ${lease.jobId})`;
  const [, , finished] = await db.batch([
    db
      .update(episodes)
      .set({ markers: sql`nullif(${own}, '[]')` })
      .where(and(season, sql`${own} is not null`, held(db, lease))),
    ...finish(db, lease, null, now),
  ]);
  return finished.length === 1;
}

/** The job that made an asset. */
export const encodeJobOf = async (
  db: Db,
  { id, episodeId }: { id: Id<'asset'>; episodeId: Id<'episode'> },
): Promise<Id<'job'> | undefined> =>
  (
    await db
      .select({ id: jobs.id })
      .from(jobs)
      .where(and(eq(jobs.episodeId, episodeId), eq(jobs.assetId, id), sql`${jobs.change} is null`))
  )[0]?.id;
