import { getTableName } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { getTableConfig, type SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { audited } from '../../../schema/db/audited.ts';

/** A row, or some columns of one, as entries of the log hold it: SQLite's names and values. */
export type Row = Record<string, string | number | null>;

/** Of each audited table, its columns by SQLite's names. */
const tables = new Map(
  audited.map((one) => [
    getTableName(one.table),
    new Map(getTableConfig(one.table).columns.map((column) => [toSnakeCase(column.name), column])),
  ]),
);

export const columnsOf = (kind: string): ReadonlyMap<string, SQLiteColumn> => tables.get(kind) ?? new Map();

export const rowIn = (json: string | null): Row | null => (json === null ? null : (JSON.parse(json) as Row));

/** A value as Drizzle would hand it out: JSON parsed, 0 and 1 as what they mean. */
function meant(column: SQLiteColumn | undefined, value: string | number | null): unknown {
  if (value === null || !column || (typeof value === 'string' && value.startsWith('‹withheld'))) return value;
  return column.mapFromDriverValue(value);
}

/** A row as Drizzle would hand it out, by its own names. */
export const meantRow = (kind: string, row: Row): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const column = columnsOf(kind).get(name);
      return [column?.name ?? name, meant(column, value)];
    }),
  );

export type Field = { name: string; before: unknown; after: unknown };

/** What an entry says, column by column: null where there was nothing. */
export function fieldsOf(kind: string, before: Row | null, after: Row | null): Field[] {
  const was = meantRow(kind, before ?? {});
  const is = meantRow(kind, after ?? {});
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names.map((name) => ({ name, before: was[name] ?? null, after: is[name] ?? null }));
}
