import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { progress, watchlist } from '../../../schema/db/library.ts';
import type { Id } from '../../../schema/ids.ts';
import { rowsOf, type Db } from '../../platform/db.ts';

const PAGE = 200;
const story = sql`${episodes.titleId} = ${watchlist.titleId} and ${episodes.kind} = 'story' and ${episodes.takenDownAt} is null`;
const seenOf = {
  season: episodes.season,
  number: episodes.number,
  position: progress.position,
  duration: progress.duration,
  completed: progress.completed,
  at: progress.at,
};

/** The whole list with what was watched, a page of rows at a time, whatever may be shown: it is its owner's. */
export async function* wholeList(db: Db, profileId: Id<'profile'>) {
  const watched = sql`${progress} join ${episodes} on ${episodes.id} = ${progress.episodeId} where ${progress.profileId} = ${profileId} and ${progress.titleId} = ${watchlist.titleId}`;
  for (let after = ''; ;) {
    const rows = await db
      .select({
        titleId: watchlist.titleId,
        state: watchlist.state,
        score: watchlist.score,
        followedAt: watchlist.followedAt,
        rewatched: watchlist.rewatched,
        notes: watchlist.notes,
        startedAt: watchlist.startedAt,
        finishedAt: watchlist.finishedAt,
        updatedAt: watchlist.updatedAt,
        malId: titles.malId,
        anilistId: titles.anilistId,
        year: titles.year,
        nameMain: titles.nameMain,
        nameNative: titles.nameNative,
        nameEnglish: titles.nameEnglish,
        of: sql<number>`(select count(*) from ${episodes} where ${story})`,
        watched: sql<number>`(select count(*) from ${watched} and ${progress.completed} and ${story})`,
        episodes: rowsOf(seenOf, watched),
      })
      .from(watchlist)
      .innerJoin(titles, eq(titles.id, watchlist.titleId))
      .where(and(eq(watchlist.profileId, profileId), gt(watchlist.titleId, after as Id<'title'>)))
      .orderBy(asc(watchlist.titleId))
      .limit(PAGE);
    yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.titleId;
  }
}
