import { and, asc, eq, getTableColumns, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import { ageRatings } from '../../../../schema/catalog-terms.ts';
import { episodes, titles } from '../../../../schema/db/catalog.ts';
import { watchlist } from '../../../../schema/db/library.ts';
import { profiles } from '../../../../schema/db/profiles.ts';
import { visibleTo } from '../../../catalog/viewing.ts';
import type { Db } from '../../../platform/db.ts';
import type { ProfileRow } from './profiles.ts';

/** Grows with the age: where a rating stands in the list of all. (None of them is part of another's text.) */
const rank = (rating: typeof titles.ageRating | typeof profiles.ageCeiling) =>
  sql`instr(${ageRatings.join(' ')}, ${rating})`;

/**
 * An account's profiles, oldest first, each with how many episodes of what it follows came out since it was told. One statement, for
 * it stands before every page of somebody who is signed in.
 * @param country what is not shown there is not counted
 */
export const householdWithNews = (
  db: Db,
  userId: string,
  country: string | null,
): Promise<(ProfileRow & { unseen: number })[]> => {
  const since = sql`max(${watchlist.followedAt}, ${profiles.noticesSeenAt})`;
  const told = and(
    eq(watchlist.profileId, profiles.id),
    isNotNull(watchlist.followedAt),
    gt(titles.lastEpisodeAt, since), // or every episode of what somebody follows would be looked at, on every page
    gt(episodes.publishedAt, since),
    isNotNull(episodes.assetId),
    isNull(episodes.takenDownAt), // no notice tells of it, so that nobody could ever be told
    visibleTo({ country, ceiling: '18' }),
    sql`${rank(titles.ageRating)} <= ${rank(profiles.ageCeiling)}`,
  );
  const from = sql`${watchlist} join ${titles} on ${eq(titles.id, watchlist.titleId)} join ${episodes} on ${eq(episodes.titleId, titles.id)}`;
  const unseen = sql<number>`(select count(*) from ${from} where ${told})`;
  return db
    .select({ ...getTableColumns(profiles), unseen })
    .from(profiles)
    .where(eq(profiles.userId, userId))
    .orderBy(asc(profiles.createdAt), asc(profiles.id));
};
