import { getTableColumns, is, sql, SQL } from 'drizzle-orm';
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';

/** Drizzle over D1. `db.batch([...])` is the only atomic unit; at most 100 bound parameters a statement. */
export type Db = DrizzleD1Database;
export const database = (binding: D1Database): Db => drizzle(binding, { casing: 'snake_case' });

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
