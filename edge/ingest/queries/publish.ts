import { and, asc, desc, eq, exists, lte, sql, type SQL } from 'drizzle-orm';
import type { Id } from '../../../schema/ids.ts';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { assets } from '../../../schema/db/media.ts';
import type { Package } from '../../../schema/package.ts';
import { nextRevision, stale } from '../../catalog/revision.ts';
import { countEpisodes } from '../../catalog/title-facts.ts';
import type { Expected } from '../../http/if-match.ts';
import type { Db } from '../../platform/db.ts';

type Target = { id: Id<'asset'>; episodeId: Id<'episode'> };

export type Override = NonNullable<(typeof assets.$inferSelect)['override']>;

/** No warning keeps the asset from viewers, or somebody said why it may not. */
const unblocked = sql`(${assets.override} is not null
  or not exists (select 1 from json_each(${assets.warnings}) where json_extract(value, '$.blocks')))`;

/**
 * The statements of the one atomic switch, for a batch: the episode points to the asset, with what pages need of its package, and its
 * title is counted anew. The switch only for a verified asset of this episode that no
 * warning blocks, and only while the package is its present one. A switch to this asset that was to come has come then; one to
 * another asset stays.
 * @param by an editor, who starts from one of these revisions; left out: nobody does, at this moment
 */
export function switchTo(
  db: Db,
  { id, episodeId }: Target,
  pack: Package,
  now: number,
  only?: SQL,
  by?: { expected: Expected },
) {
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
        publishAssetId: sql`nullif(${episodes.publishAssetId}, ${id})`,
        publishAt: sql`case when ${episodes.publishAssetId} <> ${id} then ${episodes.publishAt} end`,
        publishRefused: null,
        ...(by ? { revision: nextRevision(episodes, by.expected) } : {}),
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

/** The statement that keeps with an asset why it may be published in spite of what blocks it; null: nobody said. */
const saying = (db: Db, { id, episodeId }: Target, override: Override | null) =>
  override
    ? db
        .update(assets)
        .set({ override })
        .where(and(eq(assets.id, id), eq(assets.episodeId, episodeId), assets.verified))
    : db.select({ id: assets.id }).from(assets).where(eq(assets.id, id));

/** False: the asset is not verified, of another episode, blocked by a warning, or was amended meanwhile. */
export const publish = (
  db: Db,
  target: Target,
  pack: Package,
  { override, expected, now }: { override: Override | null; expected: Expected; now: number },
): Promise<boolean | 'stale'> =>
  db
    .batch([saying(db, target, override), ...switchTo(db, target, pack, now, undefined, { expected })])
    .then(([, , switched]) => switched.length === 1, stale);

/** Says to which asset an episode is to be switched, and when; or that it is not, for now. */
export const schedule = (
  db: Db,
  { id, episodeId }: { id: Id<'asset'> | null; episodeId: Id<'episode'> },
  at: number | null,
  { override, expected, now }: { override: Override | null; expected: Expected; now: number },
): Promise<'stale' | null> => {
  const revision = nextRevision(episodes, expected);
  const set = { publishAssetId: id, publishAt: at, publishRefused: null, revision, updatedAt: now };
  return db
    .batch([
      db.update(episodes).set(set).where(eq(episodes.id, episodeId)),
      ...(id && override ? [saying(db, { id, episodeId }, override)] : []),
    ])
    .then(() => null, stale);
};

/** A switch that was to come. */
export type Due = Target & { at: number; /** What viewers get until then. */ before: Id<'asset'> | null };

/** Those whose time has come, in that order. @param after the last one of the lot before */
export const dueSwitches = async (
  db: Db,
  now: number,
  after: Due | undefined,
  limit: number,
): Promise<Due[]> => {
  const rows = await db
    .select({
      id: episodes.publishAssetId,
      episodeId: episodes.id,
      at: episodes.publishAt,
      before: episodes.assetId,
    })
    .from(episodes)
    .where(
      and(
        lte(episodes.publishAt, now),
        after && sql`(${episodes.publishAt}, ${episodes.id}) > (${after.at}, ${after.episodeId})`,
      ),
    )
    .orderBy(asc(episodes.publishAt), asc(episodes.id))
    .limit(limit);
  return rows.flatMap(({ id, at, ...row }) => (id && at !== null ? [{ id, at, ...row }] : []));
};

/** Whether a switch still is to come as it was read: an editor may have thought better of it. */
const still = ({ id, episodeId, at }: Due) =>
  and(eq(episodes.id, episodeId), eq(episodes.publishAssetId, id), eq(episodes.publishAt, at))!;

/** Makes a switch whose time has come. False: the asset was amended at the same moment, or it is to come no more. */
export async function publishDue(db: Db, due: Due, pack: Package, now: number): Promise<boolean> {
  // Of `titles`, whose row comes first, the episode's columns are not known.
  const only = sql`exists (select 1 from ${episodes} where ${still(due)})`;
  const [, switched] = await db.batch(switchTo(db, due, pack, now, only));
  return switched.length === 1;
}

/** Gives a switch up, and keeps why. */
export const refuseDue = (db: Db, due: Due, because: string, now: number) =>
  db
    .update(episodes)
    .set({ publishAssetId: null, publishAt: null, publishRefused: because, updatedAt: now })
    .where(still(due));

/**
 * Takes an episode off the site, with what pages had of its package and with any switch that was to come. What was found in its audio
 * stays while it holds for the asset that would be published next (markers.ts).
 */
export const unpublish = (
  db: Db,
  id: Id<'episode'>,
  { expected, now }: { expected: Expected; now: number },
): Promise<'stale' | null> => {
  const newest = sql`(select a.id from assets a where a.episode_id = ${id} and a.verified order by a.version desc limit 1)`;
  return db
    .batch([
      db
        .update(episodes)
        .set({
          assetId: null,
          publishedAt: null,
          still: null,
          duration: null,
          audio: [],
          subtitles: [],
          chapters: null,
          flashes: null,
          markers: sql`case when ${episodes.assetId} is null or ${episodes.assetId} = ${newest} then ${episodes.markers} end`,
          publishAssetId: null,
          publishAt: null,
          publishRefused: null,
          revision: nextRevision(episodes, expected),
          updatedAt: now,
        })
        .where(eq(episodes.id, id)),
      ...countEpisodes(db, titleOf(id)),
    ])
    .then(() => null, stale);
};

/** The newest version of an episode that could be published. */
export const newestVerified = async (db: Db, episodeId: Id<'episode'>): Promise<Id<'asset'> | null> =>
  (
    await db
      .select({ id: assets.id })
      .from(assets)
      .where(and(eq(assets.episodeId, episodeId), assets.verified))
      .orderBy(desc(assets.version))
      .limit(1)
  )[0]?.id ?? null;

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
