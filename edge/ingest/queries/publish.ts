import { and, eq, exists, sql, type SQL } from 'drizzle-orm';
import type { Id } from '../../../schema/ids.ts';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { assets } from '../../../schema/db/media.ts';
import type { Package } from '../../../schema/package.ts';
import { countEpisodes } from '../../catalog/title-facts.ts';
import type { Db } from '../../platform/db.ts';

type Target = { id: Id<'asset'>; episodeId: Id<'episode'> };

export type Override = NonNullable<(typeof assets.$inferSelect)['override']>;

/** No warning keeps the asset from viewers, or somebody said why it may not. */
const unblocked = sql`(${assets.override} is not null
  or not exists (select 1 from json_each(${assets.warnings}) where json_extract(value, '$.blocks')))`;

/**
 * The statements of the one atomic switch, for a batch: the episode points to the asset, with what pages need of its package, and its
 * title is counted anew. The switch only for a verified asset of this episode that no
 * warning blocks, and only while the package is its present one.
 */
export function switchTo(db: Db, { id, episodeId }: Target, pack: Package, now: number, only?: SQL) {
  const verified = exists(
    db
      .select({ one: sql`1` })
      .from(assets)
      .where(
        and(
          eq(assets.id, id),
          eq(assets.episodeId, episodeId),
          assets.verified,
          eq(assets.revision, pack.revision),
          unblocked,
        ),
      ),
  );
  return [
    // A better encode is no news of the title's either.
    db
      .update(titles)
      .set({ updatedAt: now })
      .where(
        and(
          sql`${titles.id} = (select title_id from episodes where id = ${episodeId} and asset_id is null)`,
          verified,
          only,
        ),
      ),
    db
      .update(episodes)
      .set({
        assetId: id,
        assetRevision: pack.revision,
        publishedAt: sql`coalesce(${episodes.publishedAt}, ${now})`, // a better encode is no news
        duration: Math.round(pack.duration),
        audio: languages(pack.audio),
        subtitles: languages(pack.subtitles),
        chapters: pack.chapters,
        flashes: pack.analysis.flashes,
        // Found on another asset: its times need not be this one's. The season is compared anew (markers.ts).
        markers: sql`case when ${episodes.assetId} is null or ${episodes.assetId} = ${id} then ${episodes.markers} end`,
        updatedAt: now,
      })
      .where(and(eq(episodes.id, episodeId), verified, only))
      .returning({ id: episodes.id }),
    ...countEpisodes(db, titleOf(episodeId)),
  ] as const;
}
export const titleOf = (episodeId: Id<'episode'>) =>
  sql`(select title_id from episodes where id = ${episodeId})`;
export const languages = (tracks: readonly { language: string }[]) => [
  ...new Set(tracks.map(({ language }) => language)),
];

/** False: the asset is not verified, of another episode, blocked by a warning, or was amended meanwhile. */
export async function publish(
  db: Db,
  target: Target,
  pack: Package,
  override: Override | null,
  now: number,
): Promise<boolean> {
  const said = override
    ? db
        .update(assets)
        .set({ override })
        .where(and(eq(assets.id, target.id), eq(assets.episodeId, target.episodeId), assets.verified))
    : db.select({ id: assets.id }).from(assets).where(eq(assets.id, target.id));
  const [, , switched] = await db.batch([said, ...switchTo(db, target, pack, now)]);
  return switched.length === 1;
}

export const verifiedAsset = async (
  db: Db,
  { id, episodeId }: Target,
): Promise<typeof assets.$inferSelect | undefined> =>
  (
    await db
      .select()
      .from(assets)
      .where(and(eq(assets.id, id), eq(assets.episodeId, episodeId), assets.verified))
  )[0];
