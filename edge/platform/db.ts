import { Column, getTableColumns, is, sql, SQL, Table, type GetColumnData } from 'drizzle-orm';
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1';
import { SQLiteSelectBase, type SQLiteTable } from 'drizzle-orm/sqlite-core';

/** Drizzle over D1. `db.batch([...])` is the only atomic unit; at most 100 bound parameters a statement. */
export type Db = DrizzleD1Database;
export function database(binding: D1Database): Db {
  const db = drizzle(binding, { casing: 'snake_case' });
  const batch = db.batch.bind(db);
  db.batch = (queries) => {
    for (const query of queries) if (is(query, SQLiteSelectBase)) refuseOneNameTwice(query._.selectedFields);
    return batch(queries);
  };
  return db;
}

/**
 * D1 answers the rows of a batch by the names of their columns: of two of one name (`id` of two tables) one is left, and all that come after
 * it are read from the wrong place. `rowOf` and `.as(…)` make them one, or another.
 * @throws TypeError
 */
function refuseOneNameTwice(fields: object): void {
  const names = namesOf(fields);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new TypeError(`two columns of a select in a batch are called ${twice}`);
}
/** What an expression without a name is called is its own text: two are never alike. */
const namesOf = (fields: object): string[] =>
  Object.values(fields).flatMap((field: unknown) => {
    if (is(field, Column)) return [field.name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
    if (is(field, SQL.Aliased)) return [field.fieldAlias];
    if (is(field, SQL) || typeof field !== 'object' || field === null) return [];
    return namesOf(is(field, Table) ? getTableColumns(field) : field);
  });

/**
 * `select …` of one value per column, in the table's order, for `db.insert(table).select(sql`${selectRow(…)} from …`)`: a row that is
 * made only where other rows allow it. What is not given has the column's default. (`db.run(sql)` cannot bind parameters in a D1 batch.)
 */
export function selectRow<T extends SQLiteTable>(
  table: T,
  given: { [K in keyof T['$inferInsert']]: T['$inferInsert'][K] | SQL },
): SQL {
  const values: Record<string, unknown> = given;
  const list = Object.entries(getTableColumns(table)).map(([name, column]) => {
    const value = values[name] ?? column.default ?? null;
    return is(value, SQL) || value === null ? sql`${value}` : sql`${sql.param(value, column)}`;
  });
  return sql`select ${sql.join(list, sql`, `)}`;
}

type Columns = Record<string, Column>;
/** Rows as `rowsOf` answers them; `N` names the columns of a left join, which may be null for want of a row. */
type RowsOf<C extends Columns, N extends keyof C> = {
  [K in keyof C]: GetColumnData<C[K]> | (K extends N ? null : never);
}[];

/**
 * Rows of other tables as one value of a row, for `select …, (rows) from …`: all that a request needs in one statement, in which no row
 * is read twice, and columns of the same name do not fall together as they do in a batch.
 * @param from what follows `from`: tables, joins, `where`
 */
export function rowsOf<C extends Columns, N extends keyof C = never>(
  columns: C,
  from: SQL,
): SQL<RowsOf<C, N>> {
  const list = Object.entries(columns);
  const values = sql.join(
    list.map(([, column]) => sql`${column}`),
    sql`, `,
  );
  return sql<RowsOf<C, N>>`(select json_group_array(json_array(${values})) from ${from})`.mapWith(
    (text: string) => (JSON.parse(text) as unknown[][]).map((row) => namedOf(list, row)) as RowsOf<C, N>,
  );
}

/** A column, or an expression with a name. */
type Field = Column | SQL.Aliased;
type RowOf<F extends Record<string, Field>> = {
  [K in keyof F]: F[K] extends Column ? GetColumnData<F[K]> : F[K] extends SQL.Aliased<infer T> ? T : never;
};

/**
 * Fields of one row as one value: for a statement of a batch that reads two tables, whose columns of the same name would fall together
 * there. Only for rows that are there; of a left join's, ask for its columns one by one.
 */
export function rowOf<F extends Record<string, Field>>(fields: F): SQL<RowOf<F>> {
  const list = Object.entries(fields);
  const values = list.map(([, field]) => (is(field, SQL.Aliased) ? field.sql : sql`${field}`));
  return sql<RowOf<F>>`json_array(${sql.join(values, sql`, `)})`.mapWith(
    (text: string) => namedOf(list, JSON.parse(text) as unknown[]) as RowOf<F>,
  );
}

const namedOf = (list: readonly [string, Field][], row: readonly unknown[]) =>
  Object.fromEntries(
    list.map(([name, field], i) => [
      name,
      row[i] === null || is(field, SQL.Aliased) ? row[i] : field.mapFromDriverValue(row[i]),
    ]),
  );
