import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { progress, watchlist } from '../../../schema/db/library.ts';
import { searchTexts } from '../../../schema/db/search.ts';
import type { Id } from '../../../schema/ids.ts';
import type { Db } from '../../platform/db.ts';
import type { ListedEpisode } from '../lists/listed.ts';
import { lastWatched } from '../list-moves.ts';
import type { Entry } from '../lists/merge.ts';

/* Lists go in as JSON: a statement takes a hundred parameters, each of at most 2 MB (D1's limits). */

const among = (column: SQL, list: readonly (string | number)[]) =>
  sql`${column} in (select value from json_each(${JSON.stringify(list)}))`;
const candidate = {
  id: titles.id,
  malId: titles.malId,
  anilistId: titles.anilistId,
  year: titles.year,
};
type Ids = { titleIds: Id<'title'>[]; malIds: number[]; anilistIds: number[] };

/** Titles that ids in a list name. */
export const titlesByIds = (db: Db, visible: SQL, { titleIds, malIds, anilistIds }: Ids) =>
  db
    .select(candidate)
    .from(titles)
    .where(
      and(
        sql`${titles.id} in (select id from titles where ${among(sql`id`, titleIds)} union select id from titles where ${among(sql`mal_id`, malIds)} union select id from titles where ${among(sql`anilist_id`, anilistIds)})`,
        visible,
      ),
    );

/** Titles that folded names name: one walk through the names of the catalogue, where ids did not say all. */
export const titlesByNames = (db: Db, visible: SQL, keys: readonly string[]) =>
  db
    .select({ ...candidate, latin: searchTexts.latin, native: searchTexts.native })
    .from(searchTexts)
    .innerJoin(titles, eq(titles.id, searchTexts.titleId))
    .where(
      and(
        sql`${searchTexts.source} in ('main', 'native', 'english', 'name', 'synonym')`,
        sql`(${among(sql`${searchTexts.latin}`, keys)} or ${among(sql`${searchTexts.native}`, keys)})`,
        visible,
      ),
    );

/** What the list says of these titles, and how many story episodes of each can be played. */
export const entriesOf = (db: Db, profileId: Id<'profile'>, ids: readonly Id<'title'>[]) =>
  db
    .select({
      titleId: watchlist.titleId,
      state: watchlist.state,
      score: watchlist.score,
      followedAt: watchlist.followedAt,
      rewatched: watchlist.rewatched,
      notes: watchlist.notes,
      startedAt: watchlist.startedAt,
      finishedAt: watchlist.finishedAt,
      stateAt: watchlist.stateAt,
      createdAt: watchlist.createdAt,
      updatedAt: watchlist.updatedAt,
    })
    .from(watchlist)
    .where(and(eq(watchlist.profileId, profileId), among(sql`${watchlist.titleId}`, ids)));

export const storiesOf = (db: Db, ids: readonly Id<'title'>[]) =>
  db
    .select({ titleId: episodes.titleId, count: sql<number>`count(*)`.as('count') })
    .from(episodes)
    .where(
      and(
        among(sql`${episodes.titleId}`, ids),
        sql`${episodes.kind} = 'story' and ${episodes.publishedAt} is not null and ${episodes.assetId} is not null and ${episodes.takenDownAt} is null`,
      ),
    )
    .groupBy(episodes.titleId);

/** Of a title, the first so many story episodes, or certain ones. */
export type Seen = {
  titleId: Id<'title'>;
  count: number;
  at: number;
  episodes: readonly ListedEpisode[];
};

/** Episodes that a list says were watched, as rows of `progress`, `r`: those counted that were not seen yet, and those named. */
function rowsOf(profileId: Id<'profile'>, seen: readonly Seen[]): SQL {
  const counted = JSON.stringify(
    seen.filter(({ count }) => count > 0).map((one) => [one.titleId, one.count, one.at]),
  );
  const named = JSON.stringify(
    seen.flatMap(({ titleId, episodes: of }) =>
      of.map((e) => [titleId, e.season, e.number, e.position, e.duration, e.completed ? 1 : 0, e.at]),
    ),
  );
  const at = (index: number) => sql.raw(`value ->> ${index}`);
  return sql`with c as materialized (select ${at(0)} as t, ${at(1)} as n, ${at(2)} as at from json_each(${counted})),
n as materialized (select ${at(0)} as t, ${at(1)} as s, ${at(2)} as n, ${at(3)} as position, ${at(4)} as duration, ${at(5)} as completed, ${at(6)} as at from json_each(${named})),
e as materialized (select episodes.id as id, title_id, coalesce(duration, 0) as length, c.n as n, c.at as at, row_number() over (partition by title_id order by season = 0, season, number) as place from c cross join episodes on title_id = c.t where kind = 'story'),
r as (select ${profileId} as profile_id, e.id as episode_id, e.title_id as title_id, e.length as position, e.length as duration, 1 as completed, e.at as at from e where e.place <= e.n and not exists (select 1 from progress p where p.profile_id = ${profileId} and p.episode_id = e.id and p.completed)
union all select ${profileId}, episodes.id, episodes.title_id, n.position, n.duration, n.completed, n.at from n join episodes on episodes.title_id = n.t and episodes.season = n.s and episodes.number = n.n)`;
}

/** How many episodes would be seen that were not. */
export const wouldBeSeen = (db: Db, profileId: Id<'profile'>, seen: readonly Seen[]) =>
  db.get<{ count: number }>(
    sql`${rowsOf(profileId, seen)} select count(*) as count from r left join progress p on p.profile_id = r.profile_id and p.episode_id = r.episode_id where r.completed and not coalesce(p.completed, 0)`,
  );

/**
 * Puts entries on the list and marks what was watched. What changed on the list since `asOf` stays as it is; where somebody was newer
 * than the file says stays too, and what was seen stays seen: doing it twice is doing it once.
 */
export function takeOver(
  db: Db,
  profileId: Id<'profile'>,
  entries: readonly Entry[],
  seen: readonly Seen[],
  asOf: number,
): [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]] {
  const field = (name: keyof Entry) => sql.raw(`value ->> '$.${name}'`);
  const excluded = (column: string) => sql.raw(`excluded.${column}`);
  const listed = db
    .insert(watchlist)
    .select(
      sql`select ${profileId}, ${field('titleId')}, ${field('state')}, ${field('score')}, ${field('followedAt')}, ${field('rewatched')}, ${field('notes')}, ${field('startedAt')}, ${field('finishedAt')}, ${field('stateAt')}, null, ${field('createdAt')}, ${field('updatedAt')} from json_each(${JSON.stringify(entries)}) where true`,
    )
    .onConflictDoUpdate({
      target: [watchlist.profileId, watchlist.titleId],
      set: {
        state: excluded('state'),
        score: excluded('score'),
        followedAt: excluded('followed_at'),
        rewatched: excluded('rewatched'),
        notes: excluded('notes'),
        startedAt: excluded('started_at'),
        finishedAt: excluded('finished_at'),
        stateAt: excluded('state_at'),
        updatedAt: excluded('updated_at'),
      },
      setWhere: sql`${watchlist.updatedAt} <= ${asOf}`,
    });
  const marked = db
    .insert(progress)
    .select(sql`${rowsOf(profileId, seen)} select * from r where true`)
    .onConflictDoUpdate({
      target: [progress.profileId, progress.episodeId],
      set: {
        position: sql`case when excluded.at > ${progress.at} or (excluded.completed and not ${progress.completed}) then excluded.position else ${progress.position} end`,
        duration: sql`case when excluded.at > ${progress.at} or (excluded.completed and not ${progress.completed}) then excluded.duration else ${progress.duration} end`,
        completed: sql`${progress.completed} or excluded.completed`,
        at: sql`max(${progress.at}, excluded.at)`,
      },
    });
  const latest = db
    .update(watchlist)
    .set({
      watchedAt: lastWatched(profileId),
    })
    .where(
      and(
        eq(watchlist.profileId, profileId),
        among(
          sql`${watchlist.titleId}`,
          seen.map(({ titleId }) => titleId),
        ),
      ),
    );
  return [listed, marked, latest];
}
