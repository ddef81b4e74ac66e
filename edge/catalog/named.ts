import { sql, type SQL } from 'drizzle-orm';
import { fold } from '../search/fold.ts';
import { askFor, trigrams } from '../search/ask.ts';

// Titles with a part of any of their names, for the lists of editors: exactly, not what is near it, and by last change.

/** With more texts than this a name is so common that whoever walks the list soon has a page. */
const FEW = 1_000;
const few = sql.raw(String(FEW));
const NAMES = sql.raw(`('main', 'native', 'english', 'name', 'synonym')`);
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** What a part of a name is asked of the index as; null: there is no letter in it. */
export type Part = {
  /** Of `search_texts`, as a table `hits(id)`, at most one more than are few. */
  hits: SQL;
  /** Whether a title has it, as a condition on its id: for whoever walks a list. */
  has: (title: SQL) => SQL;
};

export function partOf(q: string): Part | null {
  const ask = askFor(q);
  if (!ask) return null;
  const { latin, begun } = ask;
  const { native } = fold(q);
  const asked = [
    ...(trigrams(latin).length > 0
      ? [
          sql`select rowid as id from search_trigrams where search_trigrams match ${`names : ${quoted(latin)}`}`,
        ]
      : []),
    ...(begun ? [sql`select rowid as id from search_tokens where search_tokens match ${begun}`] : []),
  ];
  if (asked.length === 0) return null;
  const spelt = native
    ? sql`instr(t.native, ${native}) > 0`
    : latin.length < 3
      ? sql`instr(' ' || t.latin, ${` ${latin}`}) > 0`
      : sql`instr(replace(t.latin, ' ', ''), ${latin}) > 0`;
  return {
    hits: sql`hits(id) as materialized (select id from (${sql.join(asked, sql` union `)}) limit ${few} + 1)`,
    has: (title) =>
      sql`exists (select 1 from search_texts t where t.title_id = ${title} and t.source in ${NAMES} and ${spelt})`,
  };
}

/**
 * The ids of a page of what has a part of a name: from the texts that have it, where those are few, else along the list. Which of the
 * two is decided while it runs; the other one reads nothing.
 * @param of the table, its column with the title's id, and how it is ordered
 */
export const pageOf = (
  { hits, has }: Part,
  of: { table: SQL; title: SQL; where: SQL | undefined; order: SQL },
  limit: number,
): SQL => sql`(
  with ${hits},
  named as materialized (select distinct title_id as found from search_texts where id in (select id from hits)),
  few as materialized (select count(*) <= ${few} as are from hits)
  select id from (
    select ${of.table}.id from named cross join ${of.table} on ${of.title} = named.found
    where (select are from few) and ${of.where ?? sql`true`}
    order by ${of.order} limit ${limit})
  union all select id from (
    select ${of.table}.id from ${of.table} where ${of.where ?? sql`true`} and ${has(of.title)}
    order by ${of.order} limit (select iif(are, 0, ${limit}) from few)))`;
