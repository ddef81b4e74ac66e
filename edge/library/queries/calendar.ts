import { and, asc, eq, gte, isNull, lt, sql, type SQL } from 'drizzle-orm';
import { users } from '../../../schema/db/accounts.ts';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { watchlist } from '../../../schema/db/library.ts';
import { profiles } from '../../../schema/db/profiles.ts';
import type { Id } from '../../../schema/ids.ts';
import { episodeColumns, titleColumns } from '../../catalog/local.ts';
import type { Viewing } from '../../catalog/viewing.ts';
import { rowOf, type Db } from '../../platform/db.ts';

/** More than anybody watches in a month and a half; whoever does gets the beginning. */
const MOST = 500;

/** A profile of an account that is not being closed. */
export const keptProfile = (db: Db, id: Id<'profile'>) =>
  db
    .select({
      id: profiles.id,
      userId: profiles.userId,
      name: profiles.name,
      preferences: profiles.preferences,
      calendarSerial: profiles.calendarSerial,
    })
    .from(profiles)
    .innerJoin(users, eq(users.id, profiles.userId))
    .where(and(eq(profiles.id, id), isNull(users.closesAt)));

/** What airs in `[from, to)` of the titles that a profile follows or watches, by air time. */
export const ownAirings = (
  db: Db,
  profileId: Id<'profile'>,
  visible: SQL,
  viewing: Pick<Viewing, 'locale'>,
  { from, to }: { from: number; to: number },
) =>
  db
    .select({
      episode: rowOf(episodeColumns(viewing)).as('episode'),
      title: rowOf(titleColumns(viewing)).as('title'),
    })
    .from(watchlist)
    .innerJoin(titles, eq(titles.id, watchlist.titleId))
    .innerJoin(episodes, eq(episodes.titleId, titles.id))
    .where(
      and(
        eq(watchlist.profileId, profileId),
        sql`(${watchlist.followedAt} is not null or ${watchlist.state} = 'watching')`,
        gte(episodes.airsAt, from),
        lt(episodes.airsAt, to),
        isNull(episodes.takenDownAt),
        visible,
      ),
    )
    .orderBy(asc(episodes.airsAt), asc(episodes.id))
    .limit(MOST);

/** The next address; never one that was before, however many ask at once. */
export const renewCalendar = (db: Db, id: Id<'profile'>) =>
  db
    .update(profiles)
    .set({ calendarSerial: sql`${profiles.calendarSerial} + 1` })
    .where(eq(profiles.id, id))
    .returning({ serial: profiles.calendarSerial });
