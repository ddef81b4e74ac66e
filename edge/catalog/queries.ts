import { and, asc, desc, eq, getTableColumns, isNotNull, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import * as v from 'valibot';
import type { titleKinds, titleSorts } from '../../schema/api/catalog.ts';
import { episodes, seasons, titles, titleTranslations } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';
import type { EpisodeRow, TitleRow } from './cards.ts';

export type TitleSort = (typeof titleSorts)[number];

/** Each order with the index that it walks, in schema/db/catalog.ts. */
const orders = {
  updated: { column: titles.updatedAt, down: true, key: (row: TitleRow) => row.updatedAt },
  newest: { column: titles.createdAt, down: true, key: (row: TitleRow) => row.createdAt },
  name: { column: titles.nameMain, down: false, key: (row: TitleRow) => row.nameMain },
  trending: { column: titles.trend, down: true, key: (row: TitleRow) => row.trend },
  aired: { column: titles.year, down: true, key: (row: TitleRow) => row.year ?? 0 },
};

export const TitleCursor = {
  updated: v.tuple([v.literal('updated'), v.number(), v.string()]),
  newest: v.tuple([v.literal('newest'), v.number(), v.string()]),
  name: v.tuple([v.literal('name'), v.string(), v.string()]),
  trending: v.tuple([v.literal('trending'), v.number(), v.string()]),
  aired: v.tuple([v.literal('aired'), v.number(), v.string()]),
};
export type TitleCursor = readonly [TitleSort, string | number, string];
/** Where a title stands in an order. */
export const titleKey = (sort: TitleSort) => (row: TitleRow) =>
  [sort, orders[sort].key(row), row.id] as const;

/** What was not taken down; one row more than `limit`, to tell whether there is a next page. */
export function titleList(
  db: Db,
  filter: { genre?: string | undefined; kind?: (typeof titleKinds)[number] | undefined },
  sort: TitleSort,
  after: TitleCursor | null,
  limit: number,
): Promise<TitleRow[]> {
  const { column, down } = orders[sort];
  const { genre, kind } = filter;
  const direction = down ? desc : asc;
  return db
    .select()
    .from(titles)
    .where(
      and(
        isNull(titles.takenDownAt),
        kind ? eq(titles.kind, kind) : undefined,
        genre
          ? sql`exists (select 1 from json_each(${titles.genres}) where lower(value) = lower(${genre}))`
          : undefined,
        after
          ? sql`(${column}, ${titles.id}) ${sql.raw(down ? '<' : '>')} (${after[1]}, ${after[2]})`
          : undefined,
      ),
    )
    .orderBy(direction(column), direction(titles.id))
    .limit(limit + 1);
}

/** A title with everything its page shows, in one round trip. */
export async function titleBySlug(db: Db, slug: string) {
  const ofTitle = eq(titles.slug, slug);
  const [[title], translations, seasonRows, episodeRows] = await db.batch([
    db.select().from(titles).where(ofTitle),
    db
      .select({ locale: titleTranslations.locale, synopsis: titleTranslations.synopsis })
      .from(titles)
      .innerJoin(titleTranslations, eq(titleTranslations.titleId, titles.id))
      .where(ofTitle),
    db
      .select({ number: seasons.number, name: seasons.name })
      .from(titles)
      .innerJoin(seasons, eq(seasons.titleId, titles.id))
      .where(ofTitle)
      .orderBy(asc(seasons.number)),
    db
      .select(getTableColumns(episodes))
      .from(titles)
      .innerJoin(episodes, and(eq(episodes.titleId, titles.id), isNull(episodes.takenDownAt)))
      .where(ofTitle)
      .orderBy(asc(episodes.season), asc(episodes.number)),
  ]);
  return title ? { title, translations, seasons: seasonRows, episodes: episodeRows } : null;
}

export const RecentCursor = v.tuple([v.number(), v.string()]);

/** What was published last, with its title; one row more than `limit`. */
export function recentEpisodes(
  db: Db,
  after: v.InferOutput<typeof RecentCursor> | null,
  limit: number,
): Promise<{ episodes: EpisodeRow; titles: TitleRow }[]> {
  return db
    .select()
    .from(episodes)
    .innerJoin(titles, eq(titles.id, episodes.titleId))
    .where(
      and(
        isNotNull(episodes.publishedAt),
        isNotNull(episodes.assetId),
        isNull(episodes.takenDownAt),
        isNull(titles.takenDownAt),
        after ? sql`(${episodes.publishedAt}, ${episodes.id}) < (${after[0]}, ${after[1]})` : undefined,
      ),
    )
    .orderBy(desc(episodes.publishedAt), desc(episodes.id))
    .limit(limit + 1);
}

/** An episode with its title and its neighbours in the order of season and number, in one round trip. */
export async function episodeWithNeighbours(db: Db, id: Id<'episode'>) {
  const here = alias(episodes, 'here');
  const neighbour = (side: '<' | '>', order: typeof asc) =>
    db
      .select(getTableColumns(episodes))
      .from(here)
      .innerJoin(
        episodes,
        and(
          eq(episodes.titleId, here.titleId),
          isNull(episodes.takenDownAt),
          sql`(${episodes.season}, ${episodes.number}) ${sql.raw(side)} (${here.season}, ${here.number})`,
        ),
      )
      .where(eq(here.id, id))
      .orderBy(order(episodes.season), order(episodes.number))
      .limit(1);
  // One table's columns a statement: rows of a batch are objects, in which columns of the same name fall together.
  const [[episode], [title], [previous], [next]] = await db.batch([
    db.select().from(episodes).where(eq(episodes.id, id)),
    db
      .select(getTableColumns(titles))
      .from(episodes)
      .innerJoin(titles, eq(titles.id, episodes.titleId))
      .where(eq(episodes.id, id)),
    neighbour('<', desc),
    neighbour('>', asc),
  ]);
  return episode && title ? { episode, title, previous: previous ?? null, next: next ?? null } : null;
}
