import type { AuditEntry } from '../../../schema/audit-chain.ts';
import { rowIn, type Row } from './columns.ts';
import { undoableTables, type UndoableTable } from './undoable.ts';

/**
 * What a request did to a row in all: `before` null, it made it; `after` null, it erased it; else columns that differ, on both sides the
 * same.
 */
export type Net = {
  kind: UndoableTable;
  rowId: string;
  titleId: string | null;
  episodeId: string | null;
  before: Row | null;
  after: Row | null;
};
type Said = Pick<AuditEntry, 'rowId' | 'titleId' | 'episodeId' | 'op' | 'before' | 'after'> & {
  kind: UndoableTable;
};

/** The columns of two rows that differ, as they are in each. */
function apart(before: Row, after: Row): { before: Row; after: Row } {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const differ = names.filter((name) => (before[name] ?? null) !== (after[name] ?? null));
  const of = (row: Row) => Object.fromEntries(differ.map((name) => [name, row[name] ?? null]));
  return { before: of(before), after: of(after) };
}

/** Two changes of a row, one after the other, as one; null: nothing is left of them. */
function joined(first: Net, then: Net): Net | null {
  if (then.after === null)
    return first.before === null
      ? null
      : { ...first, before: { ...then.before, ...first.before }, after: null };
  // Made again after it was erased: a change of the row that was there.
  if (then.before === null) return { ...first, ...apart(first.before ?? {}, then.after) };
  if (first.before === null) return { ...first, after: { ...first.after, ...then.after } };
  return { ...first, ...apart({ ...then.before, ...first.before }, { ...first.after, ...then.after }) };
}

/** What a request did in all, a row once. @param entries its own, in their order */
export function netOf(entries: readonly Said[]): Net[] {
  const rows = new Map<string, Net>();
  for (const { kind, rowId, titleId, episodeId, before, after } of entries) {
    const key = `${kind} ${rowId}`;
    const net: Net = { kind, rowId, titleId, episodeId, before: rowIn(before), after: rowIn(after) };
    const first = rows.get(key);
    const both = first ? joined(first, net) : net;
    if (both) rows.set(key, both);
    else rows.delete(key);
  }
  return [...rows.values()].filter(({ before, after }) => !before || !after || Object.keys(after).length > 0);
}

/** Rows of one table that were changed alike, so that one statement does for all of them. */
export type Group = {
  kind: UndoableTable;
  did: 'made' | 'changed' | 'erased';
  columns: string[];
  rows: Net[];
};

/** Rows of one statement: all of them are one parameter, and a text of D1 has two megabytes at most. */
const AT_ONCE = 50;

/** In the order in which they can be put back: what was made goes, children first; what was erased comes, parents first; then the rest. */
export function grouped(nets: readonly Net[]): Group[] {
  const groups = new Map<string, Group>();
  for (const net of nets) {
    const did = net.before === null ? 'made' : net.after === null ? 'erased' : 'changed';
    const columns = did === 'changed' ? Object.keys(net.after!).sort() : [];
    const key = [net.kind, did, ...columns].join(' ');
    const group = groups.get(key) ?? { kind: net.kind, did, columns, rows: [] };
    group.rows.push(net);
    groups.set(key, group);
  }
  const depth = ({ kind }: Group) => undoableTables.indexOf(kind);
  const all = [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.rows.length / AT_ONCE) }, (_, i) => ({
      ...group,
      rows: group.rows.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
    })),
  );
  const that = (did: Group['did']) => all.filter((group) => group.did === did);
  return [
    ...that('made').sort((a, b) => depth(b) - depth(a)),
    ...that('erased').sort((a, b) => depth(a) - depth(b)),
    ...that('changed').sort((a, b) => depth(a) - depth(b)),
  ];
}
