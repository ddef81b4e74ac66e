import { and, asc, desc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import * as v from 'valibot';
import type { titleSorts } from '../../schema/api/catalog.ts';
import { facetKinds, titles } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';
import { wantedFacets, type Filter } from './facets.ts';
import { titleColumns } from './local.ts';
import { visibleTo, type Viewing } from './viewing.ts';

export type TitleSort = (typeof titleSorts)[number];

/** Each order with the index that it walks, in schema/db/catalog.ts. */
const orders = {
  updated: { column: titles.updatedAt, down: true },
  newest: { column: titles.createdAt, down: true },
  name: { column: titles.sortName, down: false },
  trending: { column: titles.trend, down: true },
  aired: { column: titles.aired, down: true },
};

const place = <S extends TitleSort, K extends v.GenericSchema>(sort: S, key: K) =>
  v.tuple([v.literal(sort), key, v.string()]);
export const TitleCursor = {
  updated: place('updated', v.number()),
  newest: place('newest', v.number()),
  name: place('name', v.string()),
  trending: place('trending', v.number()),
  aired: place('aired', v.number()),
};
export type TitleCursor = readonly [TitleSort, string | number, string];
/** Where a title stands in an order. */
export const titleKey = (sort: TitleSort) => (row: { key: string | number; id: Id<'title'> }) =>
  [sort, row.key, row.id] as const;

/**
 * How many titles a facet may have for a list to start from them and sort; with more, one walks the order and soon has a page. To find
 * out costs as many rows of an index per facet that is wanted.
 */
const FEW = 200;

/** `wanted`: the facets that a title must have, as a table; all in one parameter. */
export const wantedTable = (wanted: readonly [string, string][]) =>
  sql`wanted(kind, value) as materialized (select value ->> 0, value ->> 1 from json_each(${JSON.stringify(wanted)}))`;
const lacks = sql`not exists (select 1 from title_facets g where g.kind = w.kind and g.value = w.value and g.title_id = titles.id)`;

/** Titles that may be listed and have all that is wanted; one row more than `limit`, to tell whether there is a next page. */
export function titleList(
  db: Db,
  viewing: Viewing,
  filter: Filter,
  sort: TitleSort,
  after: TitleCursor | null,
  limit: number,
) {
  const { column, down } = orders[sort];
  const wanted = wantedFacets(filter, facetKinds);
  const direction = down ? desc : asc;
  const visible = and(
    visibleTo(viewing),
    after
      ? sql`(${column}, ${titles.id}) ${sql.raw(down ? '<' : '>')} (${after[1]}, ${after[2]})`
      : undefined,
  );
  const page = db
    .select({ ...titleColumns(viewing), key: sql<string | number>`${column}`.as('key') })
    .from(titles);
  if (wanted.length === 0)
    return page
      .where(visible)
      .orderBy(direction(column), direction(titles.id))
      .limit(limit + 1);
  const ids = filtered(wanted, visible, sql`${direction(column)}, ${direction(titles.id)}`, limit + 1);
  // A plus keeps SQLite from walking the order once more for these few (https://sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_).
  return page
    .where(inArray(titles.id, ids))
    .orderBy(direction(sql`+${column}`), direction(sql`+${titles.id}`));
}

/**
 * The ids of a page: from the rarest of the facets that are wanted, where that has few titles, else along the order. Which of the two
 * is decided while it runs; the other one reads nothing, for its outermost condition is false, or its limit 0.
 */
const filtered = (
  wanted: readonly [string, string][],
  visible: SQL | undefined,
  order: SQL,
  size: number,
): SQL => sql`(
  with ${wantedTable(wanted)},
  driver as materialized (
    select kind, value, (select count(*) from (
      select 1 from title_facets f where f.kind = w.kind and f.value = w.value limit ${sql.raw(String(FEW + 1))})) as many
    from wanted w order by many limit 1)
  select id from (
    select titles.id from driver d
    cross join title_facets f on f.kind = d.kind and f.value = d.value
    cross join titles on titles.id = f.title_id
    where d.many <= ${sql.raw(String(FEW))} and ${visible} and not exists (select 1 from wanted w where ${lacks})
    order by ${order} limit ${size})
  union all select id from (
    select titles.id from titles
    where ${visible} and not exists (select 1 from wanted w where ${lacks})
    order by ${order} limit (select case when many > ${sql.raw(String(FEW))} then ${size} else 0 end from driver)))`;

/** Per facet of a title so many others are looked at, the newest ones: what more titles than that have in common says little. */
const ALIKE = 200;
const SIMILAR = 12;

/**
 * Titles that have genres, tags and the studio in common with one, the rarer the more it counts; not itself nor what it is related to,
 * which its page shows anyway. At most 200 titles are looked at per facet, so reckoning it while it is asked for stays cheap.
 */
export function similarTitles(db: Db, viewing: Viewing, slug: string) {
  const scores = sql`(
    with self as materialized (select id from titles where slug = ${slug}),
    own as materialized (
      select f.kind, f.value, (select count(*) from (
        select 1 from title_facets g where g.kind = f.kind and g.value = f.value limit ${sql.raw(String(ALIKE))})) as many
      from self cross join title_facets f on f.title_id = self.id where f.kind in ('genre', 'tag', 'studio'))
    select other.value as title_id, sum((case own.kind when 'tag' then 1.5 else 1.0 end) / (10 + own.many)) as score
    from own cross join json_each((select json_group_array(title_id) from (
      select title_id from title_facets g where g.kind = own.kind and g.value = own.value
      order by title_id desc limit ${sql.raw(String(ALIKE))}))) other
    where other.value not in (
      select id from self union all select related_id from title_relations where title_id = (select id from self))
    group by other.value)`;
  return db
    .select(titleColumns(viewing))
    .from(titles)
    .innerJoin(sql`${scores} alike`, eq(titles.id, sql`alike.title_id`))
    .where(visibleTo(viewing))
    .orderBy(desc(sql`alike.score`), desc(titles.trend), asc(titles.id))
    .limit(SIMILAR);
}

/** What says whether a title may be shown. */
export const titleAt = (db: Db, slug: string) =>
  db
    .select({
      draft: titles.draft,
      takenDownAt: titles.takenDownAt,
      shownIn: titles.shownIn,
      ageRating: titles.ageRating,
    })
    .from(titles)
    .where(eq(titles.slug, slug));
