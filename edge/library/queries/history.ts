import { and, desc, eq, sql, type SQL } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import * as v from 'valibot';
import type { Marked } from '../../../schema/api/library.ts';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { progress, watchlist } from '../../../schema/db/library.ts';
import type { Id } from '../../../schema/ids.ts';
import { episodeColumns, titleColumns } from '../../catalog/local.ts';
import type { Viewing } from '../../catalog/viewing.ts';
import { rowOf, type Db } from '../../platform/db.ts';
import type { OfProfile } from '../asking.ts';
import { lastWatched, listMoves, reopened, storyOf, type Place } from '../list-moves.ts';

export const HistoryCursor = v.tuple([v.number(), v.string()]);

const reached = {
  episodeId: progress.episodeId,
  position: progress.position,
  duration: progress.duration,
  completed: progress.completed,
  at: progress.at,
};

/** Episodes by when they were watched last, one row more than `limit`. */
export const historyPage = (
  db: Db,
  profileId: OfProfile,
  visible: SQL,
  viewing: Pick<Viewing, 'locale'>,
  { after, limit }: { after: v.InferOutput<typeof HistoryCursor> | null; limit: number },
) =>
  db
    .select({
      reached: rowOf(reached).as('reached'),
      episode: rowOf(episodeColumns(viewing)).as('episode'),
      title: rowOf(titleColumns(viewing)).as('title'),
    })
    .from(progress)
    .innerJoin(episodes, eq(episodes.id, progress.episodeId))
    .innerJoin(titles, eq(titles.id, progress.titleId))
    .where(
      and(
        eq(progress.profileId, profileId),
        sql`${episodes.takenDownAt} is null`,
        visible,
        after ? sql`(${progress.at}, ${progress.episodeId}) < (${after[0]}, ${after[1]})` : undefined,
      ),
    )
    .orderBy(desc(progress.at), desc(progress.episodeId))
    .limit(limit + 1);

/** A profile's progress in some episodes. */
export const reachedIn = (db: Db, profileId: OfProfile, ids: readonly Id<'episode'>[]) =>
  db
    .select(reached)
    .from(progress)
    .where(
      and(
        eq(progress.profileId, profileId),
        sql`${progress.episodeId} in (select value from json_each(${JSON.stringify(ids)}))`,
      ),
    );

/** Forgets where a profile was in these episodes, or in all; the list stays as it was said. */
export function forget(
  db: Db,
  profileId: Id<'profile'>,
  ids: readonly Id<'episode'>[] | 'all',
): [BatchItem<'sqlite'>, BatchItem<'sqlite'>] {
  const own = eq(progress.profileId, profileId);
  const these =
    ids === 'all'
      ? own
      : and(own, sql`${progress.episodeId} in (select value from json_each(${JSON.stringify(ids)}))`);
  const onList =
    ids === 'all'
      ? eq(watchlist.profileId, profileId)
      : and(
          eq(watchlist.profileId, profileId),
          sql`${watchlist.titleId} in (select ${episodes.titleId} from ${episodes} where ${episodes.id} in (select value from json_each(${JSON.stringify(ids)})))`,
        );
  return [
    db.delete(progress).where(these),
    db
      .update(watchlist)
      .set({ watchedAt: lastWatched(profileId) })
      .where(onList),
  ];
}

/** Marks episodes of a title watched, to their ends; those that were seen before stay as they are. */
export function markSeen(
  db: Db,
  place: Place,
  ids: readonly Id<'episode'>[],
  at: number,
): [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]] {
  const length = sql`coalesce(${episodes.duration}, 0)`;
  const marked = db
    .insert(progress)
    .select(
      sql`select ${place.profileId}, ${episodes.id}, ${episodes.titleId}, ${length}, ${length}, 1, ${at} from ${episodes} where ${episodes.titleId} = ${place.titleId} and ${episodes.id} in (select value from json_each(${JSON.stringify(ids)}))`,
    )
    .onConflictDoUpdate({
      target: [progress.profileId, progress.episodeId],
      set: { completed: true, position: sql`excluded.position`, duration: sql`excluded.duration`, at },
      setWhere: sql`not ${progress.completed} and ${progress.at} <= ${at}`,
    });
  return [marked, ...listMoves(db, place, { at, since: at, completed: true })];
}

/** What was completed is not any more. */
export const markUnseen = (
  db: Db,
  place: Place,
  ids: readonly Id<'episode'>[],
  at: number,
): [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]] => [
  ...forget(db, place.profileId, ids),
  reopened(db, place, at),
];

/** Puts back what was before; a title that only the mark has put on the list is taken off it. */
export function putBack(
  db: Db,
  profileId: Id<'profile'>,
  before: Marked['before'],
  now: number,
): [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]] {
  const nothing = before.filter(({ progress }) => progress === null).map(({ episodeId }) => episodeId);
  const rows = before.flatMap(({ episodeId, progress }) => (progress ? [{ episodeId, ...progress }] : []));
  const given = JSON.stringify(before.map(({ episodeId }) => episodeId));
  const touched = sql`${watchlist.titleId} in (select ${episodes.titleId} from ${episodes} where ${episodes.id} in (select value from json_each(${given})))`;
  const unseen = sql`exists (select 1 from ${episodes} where ${storyOf(watchlist.titleId)} and not exists (select 1 from ${progress} where ${progress.profileId} = ${profileId} and ${progress.episodeId} = ${episodes.id} and ${progress.completed}))`;
  // Made by the mark itself (list-moves.ts: all its times are one), and nothing was said of it or watched besides.
  const made = sql`${watchlist.createdAt} = ${watchlist.watchedAt} and ${watchlist.createdAt} = ${watchlist.stateAt} and ${watchlist.createdAt} = ${watchlist.updatedAt} and not exists (select 1 from ${progress} where ${progress.profileId} = ${profileId} and ${progress.titleId} = ${watchlist.titleId} and ${progress.episodeId} not in (select value from json_each(${JSON.stringify(nothing)})))`;
  return [
    db.delete(watchlist).where(and(eq(watchlist.profileId, profileId), touched, made)),
    ...forget(db, profileId, nothing),
    db
      .insert(progress)
      .select(
        sql`select ${profileId}, ${episodes.id}, ${episodes.titleId}, value ->> '$.position', value ->> '$.duration', value ->> '$.completed', min(value ->> '$.at', ${now}) from json_each(${JSON.stringify(rows)}) join ${episodes} on ${episodes.id} = value ->> '$.episodeId' where true`,
      )
      .onConflictDoUpdate({
        target: [progress.profileId, progress.episodeId],
        set: {
          position: sql`excluded.position`,
          duration: sql`excluded.duration`,
          completed: sql`excluded.completed`,
          at: sql`excluded.at`,
        },
      }),
    db
      .update(watchlist)
      .set({ watchedAt: lastWatched(profileId) })
      .where(and(eq(watchlist.profileId, profileId), touched)),
    db
      .update(watchlist)
      .set({ state: 'watching', finishedAt: null, stateAt: now, updatedAt: now })
      .where(and(eq(watchlist.profileId, profileId), eq(watchlist.state, 'completed'), touched, unseen)),
  ];
}
