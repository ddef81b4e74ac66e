import { sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { Context } from 'hono';
import type { Undone } from '../../../schema/api/audit.ts';
import { episodes, type titles } from '../../../schema/db/catalog.ts';
import type { Id } from '../../../schema/ids.ts';
import { reasonOf } from '../../catalog/revision.ts';
import { listAnew } from '../../catalog/listing.ts';
import { writeFacets } from '../../catalog/title-facts.ts';
import type { AppEnv } from '../../http/context.ts';
import { Problem } from '../../http/problem.ts';
import type { Db } from '../../platform/db.ts';
import type { Platform } from '../../platform/platform.ts';
import { revokeAssets, watchable } from '../../playback/revoke.ts';
import { indexTitle } from '../../search/index-title.ts';
import { actOf } from './audited.ts';
import { fieldsOf, meantRow, rowIn } from './columns.ts';
import { grouped, netOf, type Net } from './net.ts';
import {
  changedSince,
  entriesOf,
  guards,
  isBack,
  MOST_ENTRIES,
  NOT_AS_LEFT,
  putBack,
  revised,
} from './undo-queries.ts';
import { isUndoable, undoOf, whyNot } from './undoable.ts';

/** What a request changed of the catalogue. @throws Problem `not-found`; `conflict` where there is something that cannot be put back */
async function changeOf(db: Db, request: string): Promise<{ nets: Net[]; last: number }> {
  const entries = await entriesOf(db, request);
  if (entries.length === 0)
    throw new Problem('not-found', 'This request changed nothing that is in the audit log.');
  if (entries.length > MOST_ENTRIES)
    throw new Problem('conflict', `It changed more than ${MOST_ENTRIES} rows: too many to put back at once.`);
  // An undo's own note of what it put back is no change.
  const changes = entries.filter(({ op, kind }) => op !== 'act' || kind !== 'changes');
  for (const entry of changes) {
    const reason = undoOf(entry);
    if (reason !== 'yes') throw new Problem('conflict', `This cannot be undone. ${whyNot[reason]}`);
  }
  const nets = netOf(
    changes.flatMap((entry) => (isUndoable(entry.kind) ? [{ ...entry, kind: entry.kind }] : [])),
  );
  return { nets, last: entries.at(-1)!.seq };
}

/** What lists and search find titles by, after their columns and texts are back. */
function follow(db: Db, nets: readonly Net[]): BatchItem<'sqlite'>[] {
  return nets.flatMap(({ kind, rowId, titleId, before, after }) => {
    if (!titleId || (kind !== 'titles' && kind !== 'title_translations')) return [];
    const id = titleId as Id<'title'>;
    if (kind === 'title_translations') {
      const row = before ?? { ...after, name: null, synopsis: null };
      const [, locale = ''] = rowId.split(' ');
      const texts = meantRow(kind, row) as { name?: string | null; synopsis?: string | null };
      return indexTitle(db, id, { translations: [{ ...texts, locale }] });
    }
    if (!before) return []; // erased again: its facets and texts go along
    const columns = meantRow(kind, before) as Partial<typeof titles.$inferSelect>;
    return [...writeFacets(db, id, columns), ...indexTitle(db, id, columns)];
  });
}

/** Where titles that are drafts again are watched, that ends; where titles may be listed is reckoned. */
async function afterwards(platform: Platform, nets: readonly Net[]): Promise<void> {
  const turned = nets.filter(({ kind, before }) => kind === 'titles' && before?.['draft'] !== undefined);
  const hidden = turned.filter(({ before }) => before?.['draft']).map(({ rowId }) => rowId);
  // First what viewers would notice; the sweeper reckons what is left of the other.
  if (hidden.length > 0) {
    const those = sql`${episodes.titleId} in (select value from json_each(${JSON.stringify(hidden)}))`;
    await revokeAssets(platform, await watchable(platform.db, those), 'taken-down');
  }
  for (const { rowId } of turned) await listAnew(platform, rowId as Id<'title'>);
}

/** Which fields stand in the way, and whose change that is. */
async function clash(db: Db, nets: readonly Net[], last: number, found: string): Promise<Problem> {
  const since = await changedSince(db, nets, last);
  const errors = since.flatMap(({ kind, rowId, before, after, at, actorId, actorName, op }) => {
    const ours = nets.find((net) => net.kind === kind && net.rowId === rowId);
    const names = new Set(Object.keys(meantRow(kind, { ...ours?.before, ...ours?.after })));
    const who = `${actorName ?? actorId}, ${new Date(at).toISOString()}`;
    const fields = fieldsOf(kind, rowIn(before), rowIn(after)).filter(({ name }) => names.has(name));
    if (op !== 'update')
      return [{ pointer: `/${kind}/${rowId}`, detail: `${op === 'insert' ? 'made' : 'erased'} by ${who}` }];
    return fields.map((field) => ({
      pointer: `/${kind}/${rowId}/${field.name}`,
      detail: `now ${JSON.stringify(field.after)?.slice(0, 100)}, by ${who}`,
    }));
  });
  const taken = /UNIQUE constraint failed: ([\w., ]+)/.exec(found)?.[1];
  const what = taken
    ? `What it would put back is taken by something else (${taken}).`
    : errors.length > 0
      ? 'Somebody has changed the same since; that would be lost.'
      : 'What it changed has been changed since, or something hangs on it by now.';
  return new Problem('conflict', {
    detail: `${what} Nothing was undone.`,
    ...(errors.length > 0 ? { errors } : {}),
  });
}

/**
 * Puts back what a request changed of the catalogue: all of it, if every row still is as that request left it, or nothing. A change like
 * any other: it is in the log, and can be undone. Asked for again, it says that there is nothing to do.
 * @throws Problem `not-found`; `conflict`, saying why it cannot be undone, or which fields somebody has changed since
 */
export async function undo(c: Context<AppEnv>, request: Id<'request'>): Promise<Undone> {
  const { platform } = c.var;
  const { db, now } = platform;
  const { nets, last } = await changeOf(db, request);
  if (nets.length === 0) return { request: null, rows: 0 };
  const groups = grouped(nets);
  const act = actOf(c, { what: 'changes', of: request, after: { undone: nets.length } });
  const [first, ...rest] = [
    ...guards(db, groups, nets),
    ...groups.map((group) => putBack(db, group)),
    ...revised(db, nets, now()),
    ...follow(db, nets),
    ...(act ? [act] : []),
  ];
  try {
    await db.batch([first!, ...rest]);
  } catch (error) {
    const found = reasonOf(error);
    if (!NOT_AS_LEFT.test(found) && !/constraint failed/.test(found)) throw error;
    if (await isBack(db, groups)) {
      await afterwards(platform, nets); // the call that put it back may have broken off before this
      return { request: null, rows: 0 };
    }
    throw await clash(db, nets, last, found);
  }
  await afterwards(platform, nets);
  return { request: c.var.requestId as Id<'request'>, rows: nets.length };
}
