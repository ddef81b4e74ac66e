import type { AuditItem, AuditPage } from '../../../schema/api/audit.ts';
import { toPage } from '../../http/cursor.ts';
import type { Db } from '../../platform/db.ts';
import { fieldsOf, rowIn } from './columns.ts';
import { namesOf, type ListedEntry } from './queries.ts';
import { undoOf } from './undoable.ts';

/** @param from whether it is said from where it was done */
const item = (entry: ListedEntry, from: boolean): AuditItem => ({
  seq: entry.seq,
  at: entry.at,
  request: entry.request,
  operation: entry.operation,
  actor: { id: entry.actorId, name: entry.actorName, role: entry.actorRole },
  from: from ? { address: entry.address, country: entry.country, userAgent: entry.userAgent } : null,
  kind: entry.kind,
  id: entry.rowId,
  titleId: entry.titleId,
  episodeId: entry.episodeId,
  op: entry.op,
  fields: fieldsOf(entry.kind, rowIn(entry.before), rowIn(entry.after)),
  undo: undoOf(entry),
});

const NAMED = /^(?:ttl|ep|usr|lsr)_[0-9a-z]+$/;
/** A list of episodes may hold thousands; nobody reads so many names. */
const MOST_NAMES = 500;

/** Ids that stand in entries, however deep in their fields. */
function idsIn(items: readonly AuditItem[]): Set<string> {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (found.size >= MOST_NAMES) return;
    if (typeof value === 'string' && NAMED.test(value)) found.add(value);
    else if (Array.isArray(value)) value.forEach(look);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(look);
  };
  for (const { id, titleId, episodeId, fields } of items) {
    for (const part of id.split(' ')) look(part);
    look(titleId);
    look(episodeId);
    for (const { before, after } of fields) look([before, after]);
  }
  return found;
}

/** A page of entries with the names of what they are about. @param rows one more than `limit`, if there are more */
export async function auditPage(
  db: Db,
  rows: readonly ListedEntry[],
  limit: number,
  { from }: { from: boolean },
): Promise<AuditPage> {
  const { items, next } = toPage(
    rows,
    limit,
    (row) => item(row, from),
    ({ seq }) => [seq],
  );
  return { items, next, names: await namesOf(db, idsIn(items)) };
}
