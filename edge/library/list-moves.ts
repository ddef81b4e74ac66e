import { and, eq, sql, type Column, type SQL } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { episodes, titles } from '../../schema/db/catalog.ts';
import { progress, watchlist } from '../../schema/db/library.ts';
import { profiles } from '../../schema/db/profiles.ts';
import type { Id } from '../../schema/ids.ts';
import { selectRow, type Db } from '../platform/db.ts';

/** Of whose list, and what of it. */
export type Place = { profileId: Id<'profile'>; titleId: Id<'title'> };
/** `at`: when they were there last; `since`: when the sitting began, ms UTC; `completed`: an episode was seen to its end in it. */
export type Sitting = { at: number; since: number; completed: boolean };

/**
 * What watching does to the list (ADR 0057), after the progress of the same `db.batch`:
 * - a title that is watched is on the list, as `watching`; one that was planned or paused is so again;
 * - one that was dropped only by a sitting that began after it was dropped: who plays on for a moment has not changed their mind;
 * - a finished title of which every story episode was seen is `completed`.
 *
 * Whatever was said by hand later than `at` stands. May be repeated, and may come late.
 */
export function listMoves(db: Db, { profileId, titleId }: Place, sitting: Sitting): BatchItem<'sqlite'>[] {
  const { at, since, completed } = sitting;
  const row = {
    profileId,
    titleId,
    state: 'watching' as const,
    startedAt: since,
    stateAt: at,
    watchedAt: at,
    createdAt: at,
    updatedAt: at,
  };
  const there = sql`exists (select 1 from ${profiles} where ${eq(profiles.id, profileId)}) and exists (select 1 from ${titles} where ${eq(titles.id, titleId)})`;
  const moves = sql`(${watchlist.state} in ('planning', 'paused') and ${watchlist.stateAt} < ${at}) or (${watchlist.state} = 'dropped' and ${watchlist.stateAt} < ${since})`;
  const started = db
    .insert(watchlist)
    .select(sql`${selectRow(watchlist, row)} where ${there}`)
    .onConflictDoUpdate({
      target: [watchlist.profileId, watchlist.titleId],
      set: {
        state: sql`case when ${moves} then 'watching' else ${watchlist.state} end`,
        stateAt: sql`case when ${moves} then ${at} else ${watchlist.stateAt} end`,
        updatedAt: sql`case when ${moves} then max(${at}, ${watchlist.updatedAt}) else ${watchlist.updatedAt} end`,
        startedAt: sql`coalesce(${watchlist.startedAt}, ${since})`,
        watchedAt: sql`max(coalesce(${watchlist.watchedAt}, 0), ${at})`,
      },
    });
  return completed ? [started, completedBy(db, { profileId, titleId }, at)] : [started];
}

/**
 * Of `watchlist`: when a title was watched last. By the index of titles: left to itself SQLite walks a profile's progress by time, since
 * it asks for the latest.
 */
export const lastWatched = (profileId: Id<'profile'>): SQL =>
  sql`(select max(${progress.at}) from ${progress} indexed by progress_title where ${progress.profileId} = ${profileId} and ${progress.titleId} = ${watchlist.titleId})`;

/** Of `episodes`: a story episode of a title that can be played. */
export const storyOf = (titleId: SQL | Column): SQL =>
  sql`${episodes.titleId} = ${titleId} and ${episodes.kind} = 'story' and ${episodes.publishedAt} is not null and ${episodes.assetId} is not null and ${episodes.takenDownAt} is null`;

/** What is being watched is completed, where the title has ended and all of its story was seen. */
export function completedBy(db: Db, { profileId, titleId }: Place, at: number): BatchItem<'sqlite'> {
  const seen = sql`exists (select 1 from ${progress} where ${and(eq(progress.profileId, profileId), eq(progress.episodeId, episodes.id))} and ${progress.completed})`;
  return db
    .update(watchlist)
    .set({
      state: 'completed',
      finishedAt: sql`coalesce(${watchlist.finishedAt}, ${at})`,
      stateAt: at,
      updatedAt: sql`max(${at}, ${watchlist.updatedAt})`,
    })
    .where(
      and(
        eq(watchlist.profileId, profileId),
        eq(watchlist.titleId, titleId),
        eq(watchlist.state, 'watching'),
        sql`${watchlist.stateAt} <= ${at}`,
        sql`exists (select 1 from ${titles} where ${eq(titles.id, titleId)} and ${titles.status} = 'finished')`,
        sql`exists (select 1 from ${episodes} where ${storyOf(sql`${titleId}`)})`,
        sql`not exists (select 1 from ${episodes} where ${storyOf(sql`${titleId}`)} and not ${seen})`,
      ),
    );
}

/** What was completed and is not any more, since an episode was marked unwatched, is being watched. */
export const reopened = (db: Db, { profileId, titleId }: Place, at: number): BatchItem<'sqlite'> =>
  db
    .update(watchlist)
    .set({ state: 'watching', finishedAt: null, stateAt: at, updatedAt: at })
    .where(
      and(
        eq(watchlist.profileId, profileId),
        eq(watchlist.titleId, titleId),
        eq(watchlist.state, 'completed'),
      ),
    );
