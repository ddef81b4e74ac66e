import type { AuditItem } from '../../../schema/api/audit.ts';

/** What one request did: its rows, the most telling one first. */
export type Change = { request: string; first: AuditItem; rows: AuditItem[]; undo: AuditItem['undo'] };

/** What people mean when they say what was changed, before what follows along with it. */
const TELLING = ['titles', 'episodes', 'seasons', 'licences', 'users'];
const rank = ({ kind }: AuditItem): number => {
  const at = TELLING.indexOf(kind);
  return at < 0 ? TELLING.length : at;
};

/** Entries of one request, which stand beside each other, as one change. */
export function changesOf(items: readonly AuditItem[]): Change[] {
  const groups: AuditItem[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last?.[0]?.request === item.request) last.push(item);
    else groups.push([item]);
  }
  return groups.map((group) => {
    const rows = group.toSorted((a, b) => rank(a) - rank(b) || a.seq - b.seq);
    // What an undo notes of itself is no change: what it put back is.
    const changes = rows.filter(({ op, kind }) => op !== 'act' || kind !== 'changes');
    const first = changes[0] ?? rows[0]!;
    const not = changes.find(({ undo }) => undo !== 'yes');
    return { request: first.request, first, rows, undo: not?.undo ?? first.undo };
  });
}
