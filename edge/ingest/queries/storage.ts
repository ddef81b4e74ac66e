import { and, desc, eq, isNull, ne, notInArray, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Stored } from '../../../schema/api/media.ts';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { assets, jobs, retired, sources, storage } from '../../../schema/db/media.ts';
import type { Id } from '../../../schema/ids.ts';
import type { JobState } from '../../../schema/jobs/state.ts';
import { selectRow, type Db } from '../../platform/db.ts';
import { sourceIsThere } from './versions.ts';

/* What is stored, kept by triggers (schema/db/media.sql), and how it is deleted. */

const stored = {
  source: storage.sourceBytes,
  video: storage.videoBytes,
  audio: storage.audioBytes,
  subtitles: storage.subtitleBytes,
  pictures: storage.pictureBytes,
  total: storage.bytes,
};
const nothing: Stored = { source: 0, video: 0, audio: 0, subtitles: 0, pictures: 0, total: 0 };
export const storedInAll = async (db: Db): Promise<Stored> =>
  (await db.select(stored).from(storage).where(eq(storage.titleId, '')))[0] ?? nothing;

/** Where a page ended: bytes and id of its last row. */
export type After = [number, string];
type Asked = { after: After | null; limit: number };
const beyond = (bytes: SQL | typeof assets.bytes, id: SQL | typeof assets.id, after: After | null) =>
  after ? sql`(${bytes}, ${id}) < (${after[0]}, ${after[1]})` : undefined;

export const storedOfTitles = (db: Db, { after, limit }: Asked) =>
  db
    .select({ id: titles.id, name: titles.nameMain, ...stored })
    .from(storage)
    .innerJoin(titles, eq(titles.id, storage.titleId))
    .where(beyond(sql`${storage.bytes}`, sql`${storage.titleId}`, after))
    .orderBy(desc(storage.bytes), desc(storage.titleId))
    .limit(limit + 1);

const place = {
  titleId: episodes.titleId,
  titleName: titles.nameMain,
  episodeId: episodes.id,
  season: episodes.season,
  episode: episodes.number,
};
const shown = alias(assets, 'shown');
export const idleVersions = (db: Db, { after, limit }: Asked) =>
  db
    .select({
      ...place,
      id: assets.id,
      version: assets.version,
      shownVersion: shown.version,
      bytes: assets.bytes,
      createdAt: assets.createdAt,
    })
    .from(assets)
    .innerJoin(episodes, eq(episodes.id, assets.episodeId))
    .innerJoin(titles, eq(titles.id, episodes.titleId))
    .innerJoin(shown, eq(shown.id, episodes.assetId))
    .where(and(sql`${assets.idle}`, beyond(assets.bytes, assets.id, after)))
    .orderBy(desc(assets.bytes), desc(assets.id))
    .limit(limit + 1);

export const sourceFiles = (db: Db, { after, limit }: Asked) =>
  db
    .select({
      ...place,
      id: sources.key,
      fileName: sources.fileName,
      bytes: sources.bytes,
      createdAt: sources.createdAt,
      assetId: sql<Id<'asset'> | null>`(select max(a.id) from assets a where a.episode_id = ${sources.episodeId} and a.source_key = ${sources.key})`,
    })
    .from(sources)
    .innerJoin(episodes, eq(episodes.id, sources.episodeId))
    .innerJoin(titles, eq(titles.id, episodes.titleId))
    .where(and(isNull(sources.goneAt), beyond(sql`${sources.bytes}`, sql`${sources.key}`, after)))
    .orderBy(desc(sources.bytes), desc(sources.key))
    .limit(limit + 1);

export const hasSource = async (db: Db, id: Id<'asset'>): Promise<boolean> =>
  (
    await db
      .select({ id: assets.id })
      .from(assets)
      .where(and(eq(assets.id, id), sourceIsThere))
  ).length === 1;

/** The statement that says that a source is, or is about to be, no longer in the store. */
export const sourceGone = (db: Db, key: string | SQL, now: number, only?: SQL) =>
  db
    .update(sources)
    .set({ goneAt: now })
    .where(and(eq(sources.key, key), isNull(sources.goneAt), only))
    .returning({ bytes: sources.bytes });

export type Standing = {
  asset: typeof assets.$inferSelect;
  episode: Pick<typeof episodes.$inferSelect, 'assetId' | 'publishAssetId' | 'publishAt'>;
  /** Null: it is gone. */
  source: { key: string; bytes: number } | null;
  /** A job that makes or changes the asset, and one that reads its source. */
  working: Id<'job'> | null;
  reading: Id<'job'> | null;
  /** Other versions that are made from the same source. */
  siblings: number;
};
const over: JobState[] = ['ready', 'failed', 'cancelled'];

/** What stands in the way of deleting an asset or its source; null where there is no such asset. */
export async function standing(db: Db, id: Id<'asset'>): Promise<Standing | null> {
  const other = alias(assets, 'other');
  const [found, running, readers, siblings] = await db.batch([
    db
      .select({
        asset: assets,
        episodeAsset: sql<Id<'asset'> | null>`${episodes.assetId}`.as('episode_asset'),
        publishAssetId: episodes.publishAssetId,
        publishAt: episodes.publishAt,
        sourceBytes: sql<number | null>`iif(${sources.goneAt} is null, ${sources.bytes}, null)`.as('there'),
      })
      .from(assets)
      .innerJoin(episodes, eq(episodes.id, assets.episodeId))
      .leftJoin(sources, eq(sources.key, assets.sourceKey))
      .where(and(eq(assets.id, id), isNull(assets.deletedAt))),
    db
      .select({ id: jobs.id })
      .from(jobs)
      .innerJoin(assets, eq(assets.episodeId, jobs.episodeId))
      .where(and(eq(assets.id, id), eq(jobs.assetId, id), unfinished))
      .limit(1),
    db
      .select({ id: jobs.id })
      .from(jobs)
      .innerJoin(assets, eq(assets.episodeId, jobs.episodeId))
      .innerJoin(other, eq(other.id, jobs.assetId))
      .where(
        and(eq(assets.id, id), eq(other.sourceKey, assets.sourceKey), isNull(jobs.sourceKey), unfinished),
      )
      .limit(1),
    db
      .select({ id: other.id })
      .from(assets)
      .innerJoin(other, and(eq(other.episodeId, assets.episodeId), eq(other.sourceKey, assets.sourceKey)))
      .where(and(eq(assets.id, id), ne(other.id, id), isNull(other.deletedAt))),
  ]);
  const [row] = found;
  if (!row) return null;
  const { asset, episodeAsset, publishAssetId, publishAt, sourceBytes } = row;
  return {
    asset,
    episode: { assetId: episodeAsset, publishAssetId, publishAt },
    source: sourceBytes === null ? null : { key: asset.sourceKey, bytes: sourceBytes },
    working: running[0]?.id ?? null,
    reading: readers[0]?.id ?? null,
    siblings: siblings.length,
  };
}
/** A failed job that can be resumed goes on from what there is, so it counts as running. */
const unfinished = sql`(${notInArray(jobs.state, over)} or (${jobs.state} = 'failed' and ${jobs.resumable}))`;

const unshown = (id: Id<'asset'>) =>
  sql`not exists (select 1 from ${episodes} where ${episodes.assetId} = ${id} or ${episodes.publishAssetId} = ${id})`;
const clearing = (db: Db, prefix: SQL, now: number, from: SQL) =>
  db
    .insert(retired)
    .select(sql`${selectRow(retired, { prefix, clearAt: now })} ${from}`)
    .onConflictDoNothing();
const nothingStored = { videoBytes: 0, audioBytes: 0, subtitleBytes: 0, pictureBytes: 0, bytes: 0 };

/**
 * One batch: the asset is deleted unless its episode has come to point to it meanwhile; its prefix, and its source where no version is
 * left that was made from it, are due to be cleared by the sweeper. False: nothing was changed.
 */
export async function markDeleted(db: Db, { asset }: Standing, now: number): Promise<boolean> {
  const { id, episodeId, sourceKey } = asset;
  const deletable = and(eq(assets.id, id), isNull(assets.deletedAt), unshown(id));
  const isDeleted = sql`exists (select 1 from ${assets} where ${assets.id} = ${id} and ${assets.deletedAt} = ${now})`;
  const lone = sql`not exists (select 1 from ${assets} where ${assets.episodeId} = ${episodeId}
    and ${assets.sourceKey} = ${sourceKey} and ${assets.deletedAt} is null)`;
  const orphan = and(isDeleted, lone);
  const [deleted] = await db.batch([
    db
      .update(assets)
      .set({ deletedAt: now, verified: false, ...nothingStored })
      .where(deletable)
      .returning({ id: assets.id }),
    clearing(db, sql`${assets.prefix}`, now, sql`from ${assets} where ${assets.id} = ${id} and ${isDeleted}`),
    clearing(
      db,
      sql`${folder(sourceKey)}`,
      now,
      sql`from ${sources} where ${and(eq(sources.key, sourceKey), orphan)}`,
    ),
    sourceGone(db, sourceKey, now, orphan),
  ]);
  return deleted.length === 1;
}

/** Bytes of the source that is deleted by this; null: it is gone already. */
export async function markSourceDeleted(db: Db, key: string, now: number): Promise<number | null> {
  const [, gone] = await db.batch([
    clearing(
      db,
      sql`${folder(key)}`,
      now,
      sql`from ${sources} where ${and(eq(sources.key, key), isNull(sources.goneAt))}`,
    ),
    sourceGone(db, key, now),
  ]);
  return gone[0]?.bytes ?? null;
}
const folder = (key: string): string => key.slice(0, key.lastIndexOf('/') + 1);
