import { getTableName } from 'drizzle-orm';
import { CasingCache } from 'drizzle-orm/casing';
import { getTableConfig, type SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { audited, type Audited } from '../schema/db/audited.ts';

// The SQL of schema/db/audit.sql, made of the Drizzle tables, so that no column can be forgotten (docs/adr/0064).

const casing = new CasingCache('snake_case');
const nameOf = (column: SQLiteColumn): string => casing.getColumnCasing(column);
const property = (column: SQLiteColumn): string => column.name; // as the Drizzle table calls it

const AUTHOR = 'at, request, operation, actor_id, actor_role, address, country, user_agent';
const WHO = AUTHOR.split(', ')
  .map((name) => `n.${name}`)
  .join(', ');

/** Columns that may stand in an entry; a generated one can be put nowhere. */
const written = ({ table, only }: Audited): SQLiteColumn[] =>
  getTableConfig(table).columns.filter(
    (column) => column.generated === undefined && (!only || only.includes(property(column))),
  );

function keyOf(table: Audited['table']): string[] {
  const { columns, primaryKeys } = getTableConfig(table);
  return (primaryKeys[0]?.columns ?? columns.filter((column) => column.primary)).map(nameOf);
}

/** The row's key, and the title and the episode that it belongs to; of `new` or `old`. */
function placed({ table }: Audited, side: 'new' | 'old'): string {
  const [name, columns] = [getTableName(table), getTableConfig(table).columns.map(nameOf)];
  const has = (column: string) => columns.includes(column);
  const episode = name === 'episodes' ? `${side}.id` : has('episode_id') ? `${side}.episode_id` : 'NULL';
  const parent = `(SELECT title_id FROM episodes WHERE id = ${side}.episode_id)`;
  const title =
    name === 'titles'
      ? `${side}.id`
      : has('title_id')
        ? `${side}.title_id`
        : has('episode_id')
          ? parent
          : 'NULL';
  const row = keyOf(table)
    .map((column) => `${side}.${column}`)
    .join(` || ' ' || `);
  return `${row}, ${title}, ${episode}`;
}

// Functions of D1 take 32 arguments, so columns come as rows: json_group_object() takes as many as there are. The first row is of
// literals and goes nowhere: SQLite names columns after it, and only then column1 and so on.
const values = (rows: readonly string[][]): string =>
  `(VALUES\n${[rows[0]!.map(() => 'NULL'), ...rows].map((row) => `    (${row.join(', ')})`).join(',\n')})`;

const trigger = (name: string, when: string, event: string, body: string): string =>
  `CREATE TRIGGER audit_${name} AFTER ${event} WHEN ${when} BEGIN
  INSERT INTO audit_entries (${AUTHOR}, kind, row_id, title_id, episode_id, op, before, after)
  ${body};
END;`;
const STAFF = 'EXISTS (SELECT 1 FROM audit_now)';

function whole(one: Audited, side: 'new' | 'old'): string {
  const rows = written(one).map((column) => {
    const value = `${side}.${nameOf(column)}`;
    const shown = one.withheld?.includes(property(column))
      ? `iif(${value} IS NULL, NULL, '‹withheld›')`
      : value;
    return [`'${nameOf(column)}'`, shown];
  });
  return `(SELECT json_group_object(column1, column2) FROM ${values(rows)} WHERE column2 IS NOT NULL)`;
}

function triggersOf(one: Audited): string[] {
  const name = getTableName(one.table);
  const columns = written(one).filter((column) => !one.reckoned?.includes(property(column)));
  const changed = columns.map((column) => {
    const [was, is] = [`old.${nameOf(column)}`, `new.${nameOf(column)}`];
    const withheld = (word: string) => `iif(${was} IS ${is}, NULL, '‹withheld: ${word}›')`;
    return one.withheld?.includes(property(column))
      ? [`'${nameOf(column)}'`, withheld('before'), withheld('after')]
      : [`'${nameOf(column)}'`, was, is];
  });
  const of = columns.map(nameOf).join(', ');
  return [
    trigger(
      `${name}_made`,
      STAFF,
      `INSERT ON ${name}`,
      `SELECT ${WHO}, '${name}', ${placed(one, 'new')}, 'insert', NULL, ${whole(one, 'new')}
  FROM audit_now n`,
    ),
    trigger(
      `${name}_changed`,
      STAFF,
      `UPDATE OF ${of} ON ${name}`,
      `SELECT ${WHO}, '${name}', ${placed(one, 'new')}, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, ${values(changed)}
  WHERE column2 IS NOT column3 GROUP BY n.id`,
    ),
    trigger(
      `${name}_erased`,
      STAFF,
      `DELETE ON ${name}`,
      `SELECT ${WHO}, '${name}', ${placed(one, 'old')}, 'delete', ${whole(one, 'old')}, NULL
  FROM audit_now n`,
    ),
  ];
}

const HEADING = `-- Made by ops/audit-triggers.ts of schema/db/audited.ts; not to be edited. What staff change is written down by these triggers, in the
-- transaction of the change, as long as audit_now says whose it is (docs/adr/0064).`;

/** Nothing that was written down is changed or erased by anybody who goes through the database's own rules. */
const keptFor = (table: string): string[] =>
  ['UPDATE', 'DELETE'].map(
    (event) => `CREATE TRIGGER ${table}_no_${event.toLowerCase()} BEFORE ${event} ON ${table} BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;`,
  );

/** The text of entries, by trigrams: found by any three letters in a row, in any script. Contentless, so that no text is stored twice. */
const TEXTS = [
  `CREATE VIRTUAL TABLE audit_texts USING fts5(text, content = '', tokenize = 'trigram');`,
  `CREATE TRIGGER audit_texts_made AFTER INSERT ON audit_entries BEGIN
  INSERT INTO audit_texts (rowid, text) VALUES (new.seq, concat_ws(' ', new.row_id, new.before, new.after));
END;`,
];

export const auditSql = (): string =>
  `${HEADING}\n${[
    ...keptFor('audit_entries'),
    ...keptFor('audit_seals'),
    ...TEXTS,
    ...audited.flatMap(triggersOf),
  ].join('\n--> statement-breakpoint\n')}\n`;
