import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  gte,
  isNotNull,
  isNull,
  lt,
  or,
  sql,
  type SQL,
} from 'drizzle-orm';
import * as v from 'valibot';
import type { relationKinds } from '../../schema/catalog-terms.ts';
import { episodes, seasons, titleRelations, titles, titleTranslations } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';
import { episodeColumns, localName, titleColumns } from './local.ts';
import { ordersOf } from './relation-queries.ts';
import { visibleTo, type Viewing } from './viewing.ts';

/** A title with everything its page shows, in one round trip; whether it may be shown is for the caller to say. */
export async function titleBySlug(db: Db, viewing: Viewing, slug: string) {
  const id = sql`(select id from titles where slug = ${slug})`;
  // One table's columns a statement: rows of a batch are objects, in which columns of the same name fall together.
  const [[title], synopses, seasonRows, episodeRows, relations, orders] = await db.batch([
    db
      .select({ ...getTableColumns(titles), localName: localName(viewing.locale) })
      .from(titles)
      .where(eq(titles.slug, slug)),
    db
      .select({ locale: titleTranslations.locale, synopsis: titleTranslations.synopsis })
      .from(titleTranslations)
      .where(and(eq(titleTranslations.titleId, id), isNotNull(titleTranslations.synopsis))),
    db
      .select({ number: seasons.number, name: seasons.name })
      .from(seasons)
      .where(eq(seasons.titleId, id))
      .orderBy(asc(seasons.number)),
    db
      .select(episodeColumns(viewing))
      .from(episodes)
      .where(and(eq(episodes.titleId, id), isNull(episodes.takenDownAt)))
      .orderBy(asc(episodes.season), asc(episodes.number)),
    db
      .select({
        relation: sql<(typeof relationKinds)[number]>`${titleRelations.kind}`.as('relation'),
        ...titleColumns(viewing),
      })
      .from(titleRelations)
      .innerJoin(titles, eq(titles.id, titleRelations.relatedId))
      .where(and(eq(titleRelations.titleId, id), visibleTo(viewing))),
    ordersOf(db, id),
  ]);
  return title ? { title, synopses, seasons: seasonRows, episodes: episodeRows, relations, orders } : null;
}

/**
 * An episode’s title with all its episodes and orders, in one round trip: where an episode stands among its neighbours depends on all
 * of them (order.ts). Those that were taken down are there too.
 */
export async function seriesOf(db: Db, viewing: Viewing, id: Id<'episode'>) {
  const titleId = sql`(select title_id from episodes where id = ${id})`;
  const [[title], episodeRows, orders] = await db.batch([
    db
      .select({
        ...titleColumns(viewing),
        draft: titles.draft,
        takenDownAt: titles.takenDownAt,
        shownIn: titles.shownIn,
      })
      .from(titles)
      .where(eq(titles.id, titleId)),
    db.select(episodeColumns(viewing)).from(episodes).where(eq(episodes.titleId, titleId)),
    ordersOf(db, titleId),
  ]);
  return title ? { title, episodes: episodeRows, orders } : null;
}

const withTitles = (db: Db, viewing: Viewing) =>
  db
    .select({ episode: episodeColumns(viewing), title: titleColumns(viewing) })
    .from(episodes)
    .innerJoin(titles, eq(titles.id, episodes.titleId));

export const RecentCursor = v.tuple([v.number(), v.string()]);

/** What was published last of what may be listed, with its title; one row more than `limit`. */
export const recentEpisodes = (
  db: Db,
  viewing: Viewing,
  after: v.InferOutput<typeof RecentCursor> | null,
  limit: number,
) =>
  withTitles(db, viewing)
    .where(
      and(
        isNotNull(episodes.publishedAt),
        isNotNull(episodes.assetId),
        isNull(episodes.takenDownAt),
        visibleTo(viewing),
        after ? sql`(${episodes.publishedAt}, ${episodes.id}) < (${after[0]}, ${after[1]})` : undefined,
      ),
    )
    .orderBy(desc(episodes.publishedAt), desc(episodes.id))
    .limit(limit + 1);

/** More than any week of television; whoever asks for a longer time gets its beginning. */
const MOST_AIRINGS = 500;

/**
 * What airs in `[from, to)`, by air time. Of an episode that is published its own languages count; of one to come those that its title
 * has been heard in so far, and the original one.
 */
export const airings = (
  db: Db,
  viewing: Viewing,
  asked: { from: number; to: number; version?: 'sub' | 'dub' | undefined; audio?: string | undefined },
) =>
  withTitles(db, viewing)
    .where(
      and(
        gte(episodes.airsAt, asked.from),
        lt(episodes.airsAt, asked.to),
        isNull(episodes.takenDownAt),
        visibleTo(viewing),
        asked.version && heard(asked.version === 'sub' ? sql`=` : sql`<>`, titles.originalLanguage),
        asked.audio === undefined ? undefined : heard(sql`=`, sql`${asked.audio}`),
      ),
    )
    .orderBy(asc(episodes.airsAt), asc(episodes.id))
    .limit(MOST_AIRINGS);

/** Whether some language that an episode is or will be heard in compares so to another one; regions apart: pt-BR is pt. */
function heard(compares: SQL, language: SQL | typeof titles.originalLanguage): SQL | undefined {
  const short = (text: SQL | typeof titles.originalLanguage) =>
    sql`case instr(${text}, '-') when 0 then ${text} else substr(${text}, 1, instr(${text}, '-') - 1) end`;
  const any = (list: typeof episodes.audio | typeof titles.audio) =>
    sql`exists (select 1 from json_each(${list}) heard where ${short(sql`heard.value`)} ${compares} ${short(language)})`;
  return or(
    and(isNotNull(episodes.assetId), any(episodes.audio)),
    and(
      isNull(episodes.assetId),
      or(any(titles.audio), sql`${short(sql`${titles.originalLanguage}`)} ${compares} ${short(language)}`),
    ),
  );
}
