import { and, desc, eq, sql, type SQL } from 'drizzle-orm';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { watchlist } from '../../../schema/db/library.ts';
import { profiles } from '../../../schema/db/profiles.ts';
import type { Id } from '../../../schema/ids.ts';
import { episodeColumns, titleColumns } from '../../catalog/local.ts';
import type { Viewing } from '../../catalog/viewing.ts';
import { rowOf, type Db } from '../../platform/db.ts';
import type { OfProfile } from '../asking.ts';

/** What came out of followed titles since they are followed. */
const told = (profileId: OfProfile, visible: SQL) =>
  and(
    eq(watchlist.profileId, profileId),
    sql`${watchlist.followedAt} is not null and ${titles.lastEpisodeAt} > ${watchlist.followedAt}`,
    sql`${episodes.publishedAt} > ${watchlist.followedAt} and ${episodes.assetId} is not null and ${episodes.takenDownAt} is null`,
    visible,
  );

/** Nothing is written when an episode comes out: what is new is asked when somebody looks, the newest first. */
export const notices = (
  db: Db,
  profileId: OfProfile,
  visible: SQL,
  viewing: Pick<Viewing, 'locale'>,
  limit: number,
) =>
  db
    .select({
      episode: rowOf(episodeColumns(viewing)).as('episode'),
      title: rowOf(titleColumns(viewing)).as('title'),
    })
    .from(watchlist)
    .innerJoin(titles, eq(titles.id, watchlist.titleId))
    .innerJoin(episodes, eq(episodes.titleId, titles.id))
    .where(told(profileId, visible))
    .orderBy(desc(episodes.publishedAt), desc(episodes.id))
    .limit(limit);

/** How many of them the profile has not been shown. */
export const unseenNotices = (db: Db, profileId: OfProfile, visible: SQL) =>
  db
    .select({ count: sql<number>`count(*)`.as('count') })
    .from(watchlist)
    .innerJoin(titles, eq(titles.id, watchlist.titleId))
    .innerJoin(episodes, eq(episodes.titleId, titles.id))
    .innerJoin(profiles, eq(profiles.id, watchlist.profileId))
    .where(and(told(profileId, visible), sql`${episodes.publishedAt} > ${profiles.noticesSeenAt}`));

/** Never backwards: another device may have been shown more. */
export const noticesSeen = (db: Db, profileId: Id<'profile'>, upTo: number) =>
  db
    .update(profiles)
    .set({ noticesSeenAt: sql`max(${profiles.noticesSeenAt}, ${upTo})` })
    .where(eq(profiles.id, profileId));
