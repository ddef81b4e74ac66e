import { and, eq, exists, ne, sql, type SQL } from 'drizzle-orm';
import type { Id } from '../../../schema/ids.ts';
import { assets, jobs, sources, tasks } from '../../../schema/db/media.ts';
import type { EncodeSettings } from '../../../schema/jobs/settings.ts';
import { selectRow, type Db } from '../../platform/db.ts';

export type NewVersion = {
  assetId: Id<'asset'>;
  jobId: Id<'job'>;
  taskId: Id<'task'>;
  /** Null: not encrypted. */
  keyId: string | null;
  settings: EncodeSettings | null;
  publishWhenReady: boolean;
  /** Who began it. */
  userId: string;
  now: number;
};

/**
 * The statements that make an episode's next version of a source, its job and its probe task, for a batch. The version is also past
 * every one under the same prefix, which a title that had the slug before may have left.
 * @param source `select episode_id, key, bytes, file_name …`: one row, or none and nothing is made
 */
export function newVersion(db: Db, made: NewVersion, source: SQL) {
  const { assetId, jobId, taskId, keyId, settings, publishWhenReady, userId, now } = made;
  const asset = selectRow(assets, {
    id: assetId,
    episodeId: sql`episode_id`,
    version: sql`version`,
    sourceKey: sql`key`,
    sourceBytes: sql`bytes`,
    fileName: sql`file_name`,
    prefix: sql`base || 'v' || version || '/'`,
    keyId,
    createdAt: now,
  });
  const job = selectRow(jobs, {
    id: jobId,
    assetId,
    episodeId: sql`episode_id`,
    state: 'queued',
    settings,
    publishWhenReady,
    userId,
    createdAt: now,
    updatedAt: now,
  });
  const probe = selectRow(tasks, {
    id: taskId,
    jobId,
    kind: 'probe',
    state: 'waiting',
    dueAt: now,
    createdAt: now,
  });
  const isMade = sql`from ${assets} where ${eq(assets.id, assetId)}`;
  return [
    db.insert(assets).select(sql`
      with place as (
        select u.*, 'hls/' || t.slug || '/season-' || e.season || '/ep-' || e.number || '/' as base
        from (${source}) u join episodes e on e.id = u.episode_id join titles t on t.id = e.title_id
      ), numbered as (
        select place.*, 1 + max(
          coalesce((select max(version) from assets where assets.episode_id = place.episode_id), 0),
          coalesce((select max(version) from assets where prefix >= place.base and prefix < place.base || 'w'), 0)
        ) as version
        from place
      )
      ${asset} from numbered`),
    db.insert(jobs).select(sql`${job} ${isMade}`),
    db.insert(tasks).select(sql`${probe} ${isMade}`),
  ] as const;
}

/** Of `assets`: the file that it was made from can still be read. */
export const sourceIsThere = sql`exists (select 1 from ${sources} where ${sources.key} = ${assets.sourceKey} and ${sources.goneAt} is null)`;

/** The source of an asset once more, as its episode's next version. False: the source is gone, with a cancelled job or by an editor. */
export async function encodeAgain(db: Db, of: Id<'asset'>, made: NewVersion): Promise<boolean> {
  const encode = db
    .select({ one: sql`1` })
    .from(jobs)
    .where(
      and(
        sql`${jobs.episodeId} = ${assets.episodeId} and ${jobs.assetId} = ${assets.id} and ${jobs.change} is null`,
        ne(jobs.state, 'cancelled'),
      ),
    );
  const source = sql`select episode_id, source_key as key, source_bytes as bytes, file_name
    from ${assets} where ${and(eq(assets.id, of), exists(encode), sourceIsThere)}`;
  const [, , , rows] = await db.batch([
    ...newVersion(db, made, source),
    db.select({ id: jobs.id }).from(jobs).where(eq(jobs.id, made.jobId)),
  ]);
  return rows.length === 1;
}
