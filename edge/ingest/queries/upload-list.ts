import { and, desc, eq, getTableColumns, lt, sql } from 'drizzle-orm';
import type { UploadState } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { assets, uploads } from '../../../schema/db/media.ts';
import type { Db } from '../../platform/db.ts';
import type { AssetRow } from './amendments.ts';
import type { UploadRow } from './uploads.ts';

export type ListedUpload = UploadRow & {
  titleId: Id<'title'>;
  titleName: string;
  season: number;
  episode: number;
};

/** Newest first: ids are in the order in which uploads were begun. One row more than `limit`. */
export const listUploads = (
  db: Db,
  { state, before, limit }: { state: UploadState; before: Id<'upload'> | null; limit: number },
): Promise<ListedUpload[]> =>
  db
    .select({
      ...getTableColumns(uploads),
      titleId: episodes.titleId,
      titleName: titles.nameMain,
      season: episodes.season,
      episode: episodes.number,
    })
    .from(uploads)
    .innerJoin(episodes, eq(episodes.id, uploads.episodeId))
    .innerJoin(titles, eq(titles.id, episodes.titleId))
    .where(and(eq(uploads.state, state), before ? lt(uploads.id, before) : undefined))
    .orderBy(desc(uploads.id))
    .limit(limit + 1);

/**
 * The asset that a track joins which was sent along with a video: what that upload, or a later one for the same episode, became. Not one
 * that was there before, which it was not made for.
 */
export async function assetSince(
  db: Db,
  episodeId: Id<'episode'>,
  video: Id<'upload'>,
): Promise<AssetRow | undefined> {
  const [row] = await db
    .select({ asset: assets })
    .from(assets)
    .innerJoin(uploads, eq(uploads.id, video))
    .where(
      and(eq(assets.episodeId, episodeId), assets.verified, sql`${assets.createdAt} >= ${uploads.createdAt}`),
    )
    .orderBy(desc(assets.version))
    .limit(1);
  return row?.asset;
}

/** Tracks whose video is there now. */
export const joinableUploads = (db: Db, limit: number): Promise<UploadRow[]> => {
  const video = sql`(select created_at from uploads as video where video.id = ${uploads.after})`;
  return db
    .select()
    .from(uploads)
    .where(
      and(
        eq(uploads.state, 'held'),
        sql`exists (select 1 from ${assets} where ${eq(assets.episodeId, uploads.episodeId)} and ${assets.verified} and ${assets.createdAt} >= ${video})`,
      ),
    )
    .limit(limit);
};
