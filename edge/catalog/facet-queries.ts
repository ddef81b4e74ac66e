import { sql, type SQL } from 'drizzle-orm';
import { facetKinds, titles } from '../../schema/db/catalog.ts';
import type { Db } from '../platform/db.ts';
import { wantedFacets, type Facet, type Filter } from './facets.ts';
import { wantedTable } from './list-queries.ts';
import { shownTo, visibleTo, type Viewing } from './viewing.ts';

/** Of each facet at most so many values, the most frequent ones. */
const VALUES = 60;

/**
 * How many titles that may be listed have which facet, each facet counted as if it were not filtered by itself, so that one sees what
 * another choice would give. Without a filter a sum over what triggers keep (schema/db/facets.sql); with one, as many rows as the titles
 * have that are left, or would be without one of several filters.
 */
export function facetCounts(
  db: Db,
  viewing: Viewing,
  filter: Filter,
): Promise<(Facet & { count: number })[]> {
  const wanted = wantedFacets(filter, facetKinds);
  return db.all(sql`
    with ${wantedTable(wanted)}, ${listed(wanted.length, viewing)}
    select kind, value, count,
      (select label from title_facets f where f.kind = c.kind and f.value = c.value limit 1) as label
    from (
      select kind, value, sum(titles) as count,
        row_number() over (partition by kind order by sum(titles) desc, value) as place
      from (${counted(wanted, viewing)}) group by kind, value) c
    where place <= ${VALUES} order by kind, place`);
}

/** Titles that have all that is wanted, `lacking` nothing, or all but one of several, `lacking` that kind. */
const listed = (many: number, viewing: Viewing): SQL => sql`
  near as materialized (
    select f.title_id as id, count(*) as has
    from wanted w cross join title_facets f on f.kind = w.kind and f.value = w.value
    group by f.title_id having has >= ${Math.max(1, many - 1)}),
  listed as materialized (
    select near.id, case when has < ${many} then (
      select w.kind from wanted w
      where not exists (select 1 from title_facets g where g.kind = w.kind and g.value = w.value and g.title_id = near.id)) end as lacking
    from near cross join ${titles} on ${titles.id} = near.id where ${visibleTo(viewing)})`;

/** Facets, with of how many titles: kept counts where nothing else narrows them, else each title's own, one by one. */
function counted(wanted: readonly [string, string][], viewing: Viewing): SQL {
  const seen = { shownIn: sql`shown_in`, ageRating: sql`age_rating` };
  const kept = sql`select kind, value, titles from facet_counts where ${shownTo(viewing, seen)}`;
  const [first, ...others] = wanted;
  if (!first) return kept;
  const own = sql`select f.kind, f.value, 1 as titles from listed cross join title_facets f on f.title_id = listed.id`;
  return others.length === 0
    ? sql`${own} where f.kind <> ${first[0]} union all ${kept} and kind = ${first[0]}`
    : sql`${own} where lacking is null union all ${own} and f.kind = lacking where lacking is not null`;
}
