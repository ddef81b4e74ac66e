import { getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { audited } from '../../schema/db/audited.ts';

/** What is generated of a row is not written down. */
const stored = (table: SQLiteTable) =>
  Object.entries(getTableColumns(table)).flatMap(([name, { generated }]) => (generated ? [] : [name]));

it.each(['en', 'ja'])(
  'whatever the log of changes writes down has a word in the dashboard: %s',
  (language) => {
    const words = readFileSync(`web/i18n/admin/${language}-audit.ts`, 'utf8');
    const listed = readFileSync('web/admin/audit/words.ts', 'utf8');
    const kinds = audited.map(({ table }) => getTableName(table));
    const columns = new Set(audited.flatMap(({ table, only }) => only ?? stored(table)));
    expect(
      kinds.filter((kind) => !words.includes(`'kind.${kind}':`) || !listed.includes(`'${kind}'`)),
    ).toEqual([]);
    expect(
      [...columns].filter((name) => !words.includes(`'column.${name}':`) || !listed.includes(`'${name}'`)),
    ).toEqual([]);
  },
);
