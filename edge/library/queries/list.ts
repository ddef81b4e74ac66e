import { and, asc, desc, eq, getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import * as v from 'valibot';
import type { ListChange, listSorts } from '../../../schema/api/library.ts';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { progress, trackChoices, watchlist } from '../../../schema/db/library.ts';
import { watchStates, type WatchState } from '../../../schema/library-terms.ts';
import type { Id } from '../../../schema/ids.ts';
import type { TrackChoice } from '../../../schema/api/playback.ts';
import { titleColumns } from '../../catalog/local.ts';
import type { Viewing } from '../../catalog/viewing.ts';
import { rowOf, type Db } from '../../platform/db.ts';
import type { OfProfile } from '../asking.ts';
import { storyOf, type Place } from '../list-moves.ts';

export type ListSort = (typeof listSorts)[number];
export type EntryRow = typeof watchlist.$inferSelect;

/** Nothing has been given no score. */
const score = sql<number>`coalesce(${watchlist.score}, 0)`;
/** The first walks an index; the others sort a profile's own list, a few hundred rows as a rule. */
const sorts = {
  updated: { by: sql`${watchlist.updatedAt}`, order: desc, than: '<' },
  score: { by: score, order: desc, than: '<' },
  name: { by: sql`${titles.sortName}`, order: asc, than: '>' },
} as const;
export const ListCursor = {
  updated: v.tuple([v.literal('updated'), v.number(), v.string()]),
  score: v.tuple([v.literal('score'), v.number(), v.string()]),
  name: v.tuple([v.literal('name'), v.string(), v.string()]),
};
export type ListCursor = readonly [ListSort, string | number, string];
/** Where an entry stands in an order. */
export const listKey =
  (sort: ListSort) =>
  ({ entry, key }: { entry: EntryRow; key: string | number }) =>
    [sort, key, entry.titleId] as const;

/** How many story episodes can be played, and how many of them were seen. */
const counts = {
  of: sql<number>`(select count(*) from ${episodes} where ${storyOf(watchlist.titleId)})`,
  watched: sql<number>`(select count(*) from ${progress} join ${episodes} on ${episodes.id} = ${progress.episodeId} where ${progress.profileId} = ${watchlist.profileId} and ${progress.titleId} = ${watchlist.titleId} and ${progress.completed} and ${storyOf(watchlist.titleId)})`,
};

/** A page of the list, one row more than `limit`. */
export function listPage(
  db: Db,
  profileId: OfProfile,
  visible: SQL,
  viewing: Pick<Viewing, 'locale'>,
  {
    state,
    sort,
    after,
    limit,
  }: { state?: WatchState | undefined; sort: ListSort; after: ListCursor | null; limit: number },
) {
  const { by, order, than } = sorts[sort];
  return db
    .select({
      entry: rowOf(getTableColumns(watchlist)).as('entry'),
      title: rowOf(titleColumns(viewing)).as('title'),
      of: counts.of.as('of'),
      watched: counts.watched.as('watched'),
      key: sql<string | number>`${by}`.as('key'),
    })
    .from(watchlist)
    .innerJoin(titles, eq(titles.id, watchlist.titleId))
    .where(
      and(
        eq(watchlist.profileId, profileId),
        state ? eq(watchlist.state, state) : undefined,
        after ? sql`(${by}, ${watchlist.titleId}) ${sql.raw(than)} (${after[1]}, ${after[2]})` : undefined,
        visible,
      ),
    )
    .orderBy(order(by), order(watchlist.titleId))
    .limit(limit + 1);
}

/** One entry, with its counts. */
export const entryAt = (db: Db, { profileId, titleId }: Place) =>
  db
    .select({
      entry: rowOf(getTableColumns(watchlist)).as('entry'),
      of: counts.of.as('of'),
      watched: counts.watched.as('watched'),
    })
    .from(watchlist)
    .innerJoin(titles, eq(titles.id, watchlist.titleId))
    .where(and(eq(watchlist.profileId, profileId), eq(watchlist.titleId, titleId)));

export const visibleTitle = (db: Db, id: Id<'title'>, visible: SQL) =>
  db
    .select({ id: titles.id })
    .from(titles)
    .where(and(eq(titles.id, id), visible));

/**
 * What somebody says of a title: only what is named changes. Whoever says that it is completed has seen all of it, so its story is marked
 * watched; dates that follow from a state are set where there are none.
 */
export function listChange(
  db: Db,
  { profileId, titleId }: Place,
  change: ListChange,
  now: number,
): [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]] {
  const { state, score, followed, notes, rewatched, startedAt, finishedAt } = change;
  const begun = state === 'watching' || state === 'completed' ? now : null;
  const row = {
    profileId,
    titleId,
    state: state ?? watchStates[0],
    score: score ?? null,
    followedAt: followed ? now : null,
    notes: notes ?? null,
    rewatched: rewatched ?? 0,
    startedAt: startedAt === undefined ? begun : startedAt,
    finishedAt: finishedAt === undefined ? (state === 'completed' ? now : null) : finishedAt,
    stateAt: now,
    createdAt: now,
    updatedAt: now,
  };
  const changed = db
    .insert(watchlist)
    .values(row)
    .onConflictDoUpdate({
      target: [watchlist.profileId, watchlist.titleId],
      set: {
        ...(state === undefined ? {} : { state, stateAt: now }),
        ...(score === undefined ? {} : { score }),
        ...(followed === undefined
          ? {}
          : { followedAt: followed ? sql`coalesce(${watchlist.followedAt}, ${now})` : null }),
        ...(notes === undefined ? {} : { notes }),
        ...(rewatched === undefined ? {} : { rewatched }),
        startedAt: startedAt === undefined ? sql`coalesce(${watchlist.startedAt}, ${begun})` : startedAt,
        finishedAt:
          finishedAt === undefined ? sql`coalesce(${watchlist.finishedAt}, ${row.finishedAt})` : finishedAt,
        updatedAt: now,
      },
    });
  return state === 'completed' ? [changed, allSeen(db, { profileId, titleId }, now)] : [changed];
}

/** Every story episode that can be played, and was not seen yet, is. */
function allSeen(db: Db, { profileId, titleId }: Place, at: number): BatchItem<'sqlite'> {
  const length = sql`coalesce(${episodes.duration}, 0)`;
  return db
    .insert(progress)
    .select(
      sql`select ${profileId}, ${episodes.id}, ${episodes.titleId}, ${length}, ${length}, 1, ${at} from ${episodes} where ${storyOf(sql`${titleId}`)}`,
    )
    .onConflictDoUpdate({
      target: [progress.profileId, progress.episodeId],
      set: { completed: true, position: sql`excluded.position`, duration: sql`excluded.duration`, at },
      setWhere: sql`not ${progress.completed}`,
    });
}

export const takeOff = (db: Db, { profileId, titleId }: Place) =>
  db.delete(watchlist).where(and(eq(watchlist.profileId, profileId), eq(watchlist.titleId, titleId)));

export const setTracks = (db: Db, { profileId, titleId }: Place, choice: TrackChoice, updatedAt: number) =>
  db
    .insert(trackChoices)
    .values({ profileId, titleId, choice, updatedAt })
    .onConflictDoUpdate({
      target: [trackChoices.profileId, trackChoices.titleId],
      set: { choice, updatedAt },
    });
export const dropTracks = (db: Db, { profileId, titleId }: Place) =>
  db
    .delete(trackChoices)
    .where(and(eq(trackChoices.profileId, profileId), eq(trackChoices.titleId, titleId)));
