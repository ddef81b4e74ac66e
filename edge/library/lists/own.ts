import * as v from 'valibot';
import { OwnList } from '../../../schema/api/library.ts';
import { MAX_ROWS, nameOf, NoList, tooMany, type Listed, type NotTaken, type ReadList } from './listed.ts';

/* Our own list: everything, with how far each episode was watched, so that it can be moved to another account or site of this kind. */

/**
 * Reads a list of our own.
 * @param json the parsed document
 * @throws NoList
 */
export function readOwn(json: unknown): ReadList {
  const heading = v.safeParse(v.object({ ...OwnList.entries, items: v.array(v.unknown()) }), json);
  if (!heading.success)
    throw new NoList('This is not a list of this site: its JSON says "format": "engawa-list", "version": 1.');
  const { items } = heading.output;
  if (items.length > MAX_ROWS) throw tooMany();
  const entries: Listed[] = [];
  const unreadable: NotTaken[] = [];
  for (const item of items) {
    const read = v.safeParse(OwnList.entries.items.item, item);
    if (read.success) {
      const { names, titleId, ...rest } = read.output;
      entries.push({ ...rest, names, name: names[0]!, titleId, watched: null, of: null });
    } else {
      const said = item as { names?: unknown[] } | null;
      unreadable.push({ name: nameOf(said?.names?.[0]) || '?', why: 'unreadable' });
    }
  }
  return { entries, unreadable };
}

export const writeOwn = (entries: readonly Listed[], exportedAt: number): OwnList => ({
  format: 'engawa-list',
  version: 1,
  exportedAt,
  items: entries.map((row) => ({
    titleId: row.titleId,
    malId: row.malId,
    anilistId: row.anilistId,
    names: [row.name, ...row.names.filter((other) => other !== row.name)],
    year: row.year,
    state: row.state,
    score: row.score,
    followed: row.followed ?? false,
    rewatched: row.rewatched,
    notes: row.notes,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    updatedAt: row.updatedAt,
    episodes: [...row.episodes],
  })),
});
