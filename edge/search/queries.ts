import { and, eq, sql, type SQL } from 'drizzle-orm';
import { titles } from '../../schema/db/catalog.ts';
import { searchTexts } from '../../schema/db/search.ts';
import { titleColumns } from '../catalog/local.ts';
import { visibleTo, type Viewing } from '../catalog/viewing.ts';
import type { Db } from '../platform/db.ts';
import type { Ask } from './ask.ts';

// What the index comes up with for a query, to be ranked (rank.ts). How many rows are read is bounded by these, whatever is asked and
// however large the catalogue is: each is one row of a full-text table, one of search_texts and one of titles.

/** Rows of search_trigrams and of search_tokens that are looked at. */
type Depth = { trigrams: number; tokens: number };
const DEPTH: Depth = { trigrams: 60, tokens: 32 };
const SHALLOW: Depth = { trigrams: 12, tokens: 32 };

/** The rarest grams tell most and are in the fewest rows; those that no row has are typos. So long a query costs no more than a short one. */
const GRAMS = 12;
const SNIPPET = 160;

const count = (number: number) => sql.raw(String(number));

/** The grams' own rows are looked up in the statement itself: asking for them first would be a round trip. `""` matches nothing. */
const byTrigrams = (grams: readonly string[], depth: number): SQL => sql`
  select id from (select rowid as id from search_trigrams
    where search_trigrams match coalesce((select group_concat('"' || gram || '"', ' OR ') from (
      select value as gram, (select doc from search_grams where term = value) as texts
      from json_each(${JSON.stringify(grams)}) where texts > 0 order by texts limit ${count(GRAMS)})), '""')
    and rank match 'bm25(10.0, 4.0)' order by rank limit ${count(depth)})`;

const byTokens = (tokens: string, depth: number): SQL => sql`
  select id from (select rowid as id from search_tokens
    where search_tokens match ${tokens} and rank match 'bm25(10.0, 4.0, 1.0)' order by rank limit ${count(depth)})`;

/**
 * Texts that a query may mean, each with its title, of what may be listed for a viewing. One round trip.
 * @param depth how far down the full-text tables' own order is looked
 */
function candidates(db: Db, viewing: Viewing, ask: Pick<Ask, 'grams' | 'tokens' | 'typed'>, depth: Depth) {
  const found = [
    ...(ask.grams.length > 0 ? [byTrigrams(ask.grams, depth.trigrams)] : []),
    ...(ask.tokens === null ? [] : [byTokens(ask.tokens, depth.tokens)]),
  ];
  // A synopsis comes as the part of it around the first word.
  const around = sql<string>`iif(${searchTexts.source} = 'synopsis',
    substr(${searchTexts.text}, max(1, instr(lower(${searchTexts.text}), ${ask.typed}) - ${count(SNIPPET / 4)}), ${count(SNIPPET)}),
    ${searchTexts.text})`;
  return db
    .select({
      source: searchTexts.source,
      text: around.as('around'),
      latin: searchTexts.latin,
      native: searchTexts.native,
      ...titleColumns(viewing),
      studio: titles.studio,
      tags: titles.tags,
      trend: titles.trend,
    })
    .from(searchTexts)
    .innerJoin(titles, eq(titles.id, searchTexts.titleId))
    .where(
      and(
        found.length === 0 ? sql`false` : sql`${searchTexts.id} in (${sql.join(found, sql` union all `)})`,
        visibleTo(viewing),
      ),
    );
}
export type Row = Awaited<ReturnType<typeof candidates>>[number];

export const found = (db: Db, viewing: Viewing, ask: Ask) => candidates(db, viewing, ask, DEPTH);

/** As one types: what begins so, and with four letters what nearly does. */
export const suggested = (db: Db, viewing: Viewing, ask: Ask) =>
  candidates(
    db,
    viewing,
    { ...ask, grams: ask.latin.length < 4 ? [] : ask.grams, tokens: ask.begun },
    SHALLOW,
  );
