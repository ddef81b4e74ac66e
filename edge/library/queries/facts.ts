import { and, eq, sql, type SQL } from 'drizzle-orm';
import { episodeOrders, episodes, titles } from '../../../schema/db/catalog.ts';
import { progress, watchlist } from '../../../schema/db/library.ts';
import type { Id } from '../../../schema/ids.ts';
import { episodeColumns, titleColumns } from '../../catalog/local.ts';
import { visibleTo, type Viewing } from '../../catalog/viewing.ts';
import { rowOf, rowsOf, type Db } from '../../platform/db.ts';
import type { OfProfile } from '../asking.ts';

/** Why one title is on the row, and how many of them: as many as anybody looks through. */
const LATEST = 40;
const NEWS = 20;

const placed = {
  id: episodes.id,
  season: episodes.season,
  number: episodes.number,
  kind: episodes.kind,
  airsAt: episodes.airsAt,
  publishedAt: episodes.publishedAt,
  assetId: episodes.assetId,
  takenDownAt: episodes.takenDownAt,
  duration: episodes.duration,
};
const reached = {
  episodeId: progress.episodeId,
  position: progress.position,
  duration: progress.duration,
  completed: progress.completed,
  at: progress.at,
};
const order = { kind: episodeOrders.kind, episodeIds: episodeOrders.episodeIds };

/** What the list says; all null where the title is not on it. */
const said = {
  state: watchlist.state,
  score: watchlist.score,
  followedAt: watchlist.followedAt,
  rewatched: watchlist.rewatched,
  notes: watchlist.notes,
  startedAt: watchlist.startedAt,
  finishedAt: watchlist.finishedAt,
  stateAt: watchlist.stateAt,
  updatedAt: watchlist.updatedAt,
};

const factsOf = (profileId: OfProfile) => ({
  titleId: sql<Id<'title'>>`${titles.id}`.as('title_id'),
  episodes: rowsOf(placed, sql`${episodes} where ${episodes.titleId} = ${titles.id}`).as('episodes'),
  orders: rowsOf(order, sql`${episodeOrders} where ${episodeOrders.titleId} = ${titles.id}`).as('orders'),
  reached: rowsOf(
    reached,
    sql`${progress} where ${progress.profileId} = ${profileId} and ${progress.titleId} = ${titles.id}`,
  ).as('reached'),
  said: rowsOf(
    said,
    sql`${watchlist} where ${watchlist.profileId} = ${profileId} and ${watchlist.titleId} = ${titles.id}`,
  ).as('said'),
});

/**
 * Titles that may stand in the row of what to continue with: those watched last, and of older ones those of which something came out
 * since. The list has a row for each title that was ever watched (edge/library/list-moves.ts), so this walks its indexes.
 */
export const continuable = (db: Db, profileId: OfProfile) => {
  const own = eq(watchlist.profileId, profileId);
  const latest = sql`select ${watchlist.titleId} from ${watchlist} where ${own} and ${watchlist.watchedAt} is not null and ${watchlist.state} <> 'dropped' and not (${watchlist.state} in ('completed', 'paused') and ${watchlist.followedAt} is null and ${watchlist.watchedAt} <= ${watchlist.stateAt}) order by ${watchlist.watchedAt} desc limit ${LATEST}`;
  const news = sql`select ${watchlist.titleId} from ${watchlist} join ${titles} on ${titles.id} = ${watchlist.titleId} where ${own} and ${watchlist.watchedAt} is not null and (${watchlist.state} = 'watching' or (${watchlist.followedAt} is not null and ${watchlist.state} <> 'dropped')) and ${titles.lastEpisodeAt} > ${watchlist.watchedAt} order by ${titles.lastEpisodeAt} desc limit ${NEWS}`;
  return db
    .select(factsOf(profileId))
    .from(titles)
    .where(sql`${titles.id} in (select * from (${latest})) or ${titles.id} in (select * from (${news}))`);
};

/** Facts of some titles. */
export const titleFacts = (db: Db, profileId: OfProfile, ids: readonly Id<'title'>[]) =>
  db
    .select(factsOf(profileId))
    .from(titles)
    .where(sql`${titles.id} in (select value from json_each(${JSON.stringify(ids)}))`);
export type TitleFacts = Awaited<ReturnType<typeof titleFacts>>[number];

/** The title that an episode is of, with its facts, if it is `visible`. */
export const factsAround = (db: Db, profileId: OfProfile, episodeId: Id<'episode'>, visible: SQL) =>
  db
    .select(factsOf(profileId))
    .from(titles)
    .where(
      and(
        sql`${titles.id} = (select ${episodes.titleId} from ${episodes} where ${episodes.id} = ${episodeId})`,
        visible,
      ),
    );

/** Episodes as cards, with their titles: those that this viewing may see and that were not taken down. */
export const cardsOf = (db: Db, viewing: Viewing, ids: readonly Id<'episode'>[]) =>
  db
    .select({
      episode: rowOf(episodeColumns(viewing)).as('episode'),
      title: rowOf(titleColumns(viewing)).as('title'),
    })
    .from(episodes)
    .innerJoin(titles, eq(titles.id, episodes.titleId))
    .where(
      and(
        sql`${episodes.id} in (select value from json_each(${JSON.stringify(ids)}))`,
        sql`${episodes.takenDownAt} is null`,
        visibleTo(viewing),
      ),
    );
export type CardRow = Awaited<ReturnType<typeof cardsOf>>[number];
