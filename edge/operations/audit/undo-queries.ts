import { and, asc, eq, getTableColumns, gt, inArray, sql, type SQL } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { BatchItem } from 'drizzle-orm/batch';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { auditEntries } from '../../../schema/db/audit.ts';
import { audited } from '../../../schema/db/audited.ts';
import * as catalog from '../../../schema/db/catalog.ts';
import { users } from '../../../schema/db/accounts.ts';
import type { Db } from '../../platform/db.ts';
import type { Group, Net } from './net.ts';
import type { UndoableTable } from './undoable.ts';

const tables: Record<UndoableTable, SQLiteTable> = {
  titles: catalog.titles,
  seasons: catalog.seasons,
  episodes: catalog.episodes,
  title_translations: catalog.titleTranslations,
  episode_translations: catalog.episodeTranslations,
  title_relations: catalog.titleRelations,
  episode_orders: catalog.episodeOrders,
};

/** A season import touches a few thousand rows; what touches more is no click to be taken back. */
export const MOST_ENTRIES = 5_000;

/** What a request wrote down, in its order; one more than `MOST_ENTRIES` where there is more. */
export const entriesOf = (db: Db, request: string) =>
  db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.request, request))
    .orderBy(asc(auditEntries.seq))
    .limit(MOST_ENTRIES + 1);

function keyOf(table: SQLiteTable): string[] {
  const { columns, primaryKeys } = getTableConfig(table);
  const key = primaryKeys[0]?.columns ?? columns.filter((column) => column.primary);
  return key.map(({ name }) => toSnakeCase(name));
}

/** Names are the schema's own, never a request's. */
const name = (...parts: string[]) => sql.raw(parts.map((part) => `"${part}"`).join('.'));
const at = (...path: string[]) => sql.raw(`j.value ->> '$.${path.join('.')}'`);

/** The rows of a group as one parameter: a statement takes a hundred. */
function rowsOf(group: Group): SQL {
  const key = keyOf(tables[group.kind]);
  const rows = group.rows.map(({ rowId, before, after }) => {
    const parts = rowId.split(' ');
    return { key: Object.fromEntries(key.map((column, i) => [column, parts[i]])), before, after };
  });
  return sql`json_each(${JSON.stringify(rows)}) j`;
}
const isRow = ({ kind }: Group): SQL =>
  sql.join(
    keyOf(tables[kind]).map((column) => sql`${name(kind, column)} = ${at('key', column)}`),
    sql` and `,
  );

/** Columns that the system keeps by itself, whatever an editor has done since. */
const reckoned = new Map(
  audited.map(({ table, reckoned = [] }) => [getTableConfig(table).name, new Set(reckoned.map(toSnakeCase))]),
);

/** Whether all rows of a group stand as they did on one side of the change. */
function stand(group: Group, side: 'before' | 'after'): SQL {
  const { kind, did, rows } = group;
  const gone = did === 'made' ? side === 'before' : did === 'erased' && side === 'after';
  // Of a whole row everything counts, also what is null by now or was not then.
  const whole = getTableConfig(tables[kind])
    .columns.filter((column) => column.generated === undefined)
    .map((column) => toSnakeCase(column.name))
    .filter((column) => !reckoned.get(kind)?.has(column));
  const columns = did === 'changed' ? group.columns : gone ? [] : whole;
  const same = columns.map((column) => sql` and ${name(kind, column)} is ${at(side, column)}`);
  const count = sql`(select count(*) from ${rowsOf(group)} join ${name(kind)} on ${isRow(group)}${sql.join(same)})`;
  return sql`${count} = ${gone ? 0 : rows.length}`;
}

/** What is kept of a title or an episode beside its own rows: it goes with nothing of that. */
const KEEPERS: Partial<Record<UndoableTable, { tables: string[]; by: string }>> = {
  titles: {
    tables: ['licences', 'holdbacks', 'takedowns', 'plays', 'purchases'], // progress is of its episodes
    by: 'title_id',
  },
  episodes: {
    tables: ['assets', 'uploads', 'takedowns', 'plays', 'progress', 'purchases'],
    by: 'episode_id',
  },
};
/** Rows that go along with others (`on delete cascade`), and the column by which. */
const ALONG: Partial<Record<UndoableTable, [child: UndoableTable, by: string][]>> = {
  titles: [
    ['seasons', 'title_id'],
    ['episodes', 'title_id'],
    ['title_translations', 'title_id'],
    ['title_relations', 'title_id'],
    ['episode_orders', 'title_id'],
  ],
  seasons: [['episodes', 'season_id']],
  episodes: [['episode_translations', 'episode_id']],
};

/** Whether what a request made can go: nothing hangs on it but what that request has made, too. */
function unburdened(group: Group, nets: readonly Net[]): SQL {
  if (group.did !== 'made') return sql`true`;
  const own = new Set(group.rows.map(({ rowId }) => rowId));
  const ids = sql`(select value from json_each(${JSON.stringify([...own])}))`;
  const { tables: keepers, by } = KEEPERS[group.kind] ?? { tables: [], by: '' };
  const kept = keepers.map(
    (table) => sql` and not exists (select 1 from ${name(table)} where ${name(by)} in ${ids})`,
  );
  const along = (ALONG[group.kind] ?? []).map(([child, column]) => {
    const made = nets.filter(
      ({ kind, before, after }) => kind === child && before === null && own.has(String(after?.[column])),
    );
    return sql` and (select count(*) from ${name(child)} where ${name(column)} in ${ids}) = ${made.length}`;
  });
  return sql`true${sql.join(kept)}${sql.join(along)}`;
}

/** A statement that fails where a condition does not hold: then D1 does nothing of its batch. */
const unless = (db: Db, held: SQL): BatchItem<'sqlite'> =>
  db
    .select({ held: sql<number>`case when ${held} then 1 else json(${'not as it was left'}) end`.as('held') })
    .from(sql`(select 1)`);
/** What SQLite says of such a one. */
export const NOT_AS_LEFT = /malformed JSON/;

/** The statements that hold a change to what it left: in front of those that put it back. */
export const guards = (db: Db, groups: readonly Group[], nets: readonly Net[]): BatchItem<'sqlite'>[] =>
  groups.flatMap((group) => [unless(db, stand(group, 'after')), unless(db, unburdened(group, nets))]);

/** Whether everything is as it was before the change already. */
export async function isBack(db: Db, groups: readonly Group[]): Promise<boolean> {
  for (const group of groups) {
    const [row] = await db
      .select({ back: sql<number>`${stand(group, 'before')}`.as('back') })
      .from(sql`(select 1)`);
    if (!row?.back) return false;
  }
  return true;
}

/** The statement that puts the rows of a group back. */
export function putBack(db: Db, group: Group): BatchItem<'sqlite'> {
  const table = tables[group.kind];
  if (group.did === 'made')
    return db.delete(table).where(sql`exists (select 1 from ${rowsOf(group)} where ${isRow(group)})`);
  if (group.did === 'erased') {
    const columns = Object.values(getTableColumns(table)).filter((column) => column.generated === undefined);
    const values = columns.map((column) => at('before', toSnakeCase(column.name)));
    // A group of such rows may have other columns that are null: what is not there is null again.
    return db.insert(table).select(sql`select ${sql.join(values, sql`, `)} from ${rowsOf(group)} where true`);
  }
  const byName = new Map(
    Object.entries(getTableColumns(table)).map(([property, column]) => [toSnakeCase(column.name), property]),
  );
  const set = Object.fromEntries(group.columns.map((column) => [byName.get(column)!, at('before', column)]));
  return db.update(table).set(set).from(rowsOf(group)).where(isRow(group));
}

/** One revision more for titles and episodes that were touched, so that no editor's `If-Match` overlooks it. */
export function revised(db: Db, nets: readonly Net[], now: number): BatchItem<'sqlite'>[] {
  const ids = (of: 'titleId' | 'episodeId') =>
    JSON.stringify([...new Set(nets.map((net) => net[of]).filter(Boolean))]);
  const listed = (json: string) => sql`(select value from json_each(${json}))`;
  const { titles, episodes } = catalog;
  return [
    db
      .update(titles)
      .set({ revision: sql`${titles.revision} + 1`, updatedAt: now })
      .where(sql`${titles.id} in ${listed(ids('titleId'))}`),
    db
      .update(episodes)
      .set({ revision: sql`${episodes.revision} + 1`, updatedAt: now })
      .where(sql`${episodes.id} in ${listed(ids('episodeId'))}`),
  ];
}

/** Who has changed some rows since, newest last; as many as somebody reads. */
export const changedSince = (db: Db, nets: readonly Net[], last: number) => {
  const ids = JSON.stringify([...new Set(nets.map(({ rowId }) => rowId))]);
  return db
    .select({ ...getTableColumns(auditEntries), actorName: users.name })
    .from(auditEntries)
    .leftJoin(users, eq(users.id, auditEntries.actorId))
    .where(
      and(
        gt(auditEntries.seq, last),
        sql`${auditEntries.rowId} in (select value from json_each(${ids}))`,
        inArray(auditEntries.kind, [...new Set(nets.map(({ kind }) => kind))]),
      ),
    )
    .orderBy(asc(auditEntries.seq))
    .limit(20);
};
