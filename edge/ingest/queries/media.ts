import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { episodes } from '../../../schema/db/catalog.ts';
import { assets, jobs, sources } from '../../../schema/db/media.ts';
import type { Id } from '../../../schema/ids.ts';
import type { Marker } from '../../../schema/media-facts.ts';
import type { Db } from '../../platform/db.ts';

export type MediaRows = NonNullable<Awaited<ReturnType<typeof readMedia>>>;

/** An episode, its assets (newest first), and their jobs (newest first); null where there is no such episode. */
export async function readMedia(db: Db, episodeId: Id<'episode'>) {
  const [found, versions, work, deleted] = await db.batch([
    db
      .select({
        assetId: episodes.assetId,
        publishedAt: episodes.publishedAt,
        publishAssetId: episodes.publishAssetId,
        publishAt: episodes.publishAt,
        duration: episodes.duration,
        found: episodes.markers,
        edited: episodes.editedMarkers,
        flashes: episodes.flashes,
      })
      .from(episodes)
      .where(eq(episodes.id, episodeId)),
    db
      .select()
      .from(assets)
      .where(and(eq(assets.episodeId, episodeId), isNull(assets.deletedAt)))
      .orderBy(desc(assets.version)),
    db
      .select({
        id: jobs.id,
        assetId: jobs.assetId,
        state: jobs.state,
        amends: sql<boolean>`${jobs.change} is not null`.mapWith(Boolean),
      })
      .from(jobs)
      .where(eq(jobs.episodeId, episodeId))
      .orderBy(desc(jobs.createdAt), desc(jobs.id)),
    db
      .select({ key: sources.key })
      .from(sources)
      .where(and(eq(sources.episodeId, episodeId), isNotNull(sources.goneAt))),
  ]);
  const [episode] = found;
  const gone = new Set(deleted.map(({ key }) => key));
  return episode ? { episode, assets: versions, jobs: work, gone } : null;
}

/** An editor's markers in place of the found ones, which stay underneath; null uncovers them. */
export const setMarkers = (db: Db, id: Id<'episode'>, markers: Marker[] | null, now: number) =>
  db.update(episodes).set({ editedMarkers: markers, updatedAt: now }).where(eq(episodes.id, id));
