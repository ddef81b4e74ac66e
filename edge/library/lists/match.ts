import type { Id } from '../../../schema/ids.ts';
import { fold } from '../../search/fold.ts';
import type { Listed, NotTaken } from './listed.ts';

/** A title that something of a list may be about. */
export type Candidate = {
  id: Id<'title'>;
  malId: number | null;
  anilistId: number | null;
  year: number | null;
};
/** Titles by what they are known by: by ids, and by folded names. */
export type Known = {
  titles: readonly Candidate[];
  names: ReadonlyMap<string, ReadonlySet<Id<'title'>>>;
};

/** What is the same name, however it is written; search goes by the same fold. Names in Latin letters, and as Japanese writes them. */
export function keysOf({ names }: Pick<Listed, 'names'>): string[] {
  const keys = names.flatMap((name) => {
    const { words, native } = fold(name);
    return [words.join(' '), native];
  });
  return [...new Set(keys.filter((key) => key !== ''))];
}

/** What the list is about, title by title: the ids of other sites first, then names; the year tells namesakes apart. */
export function matched(entries: readonly Listed[], { titles, names }: Known) {
  const byId = new Map(titles.map((title) => [title.id, title]));
  const byMal = groupedBy(titles, ({ malId }) => malId);
  const byAniList = groupedBy(titles, ({ anilistId }) => anilistId);
  const found = new Map<Id<'title'>, Listed>();
  const unmatched: NotTaken[] = [];
  const candidatesOf = (entry: Listed): Candidate[] => {
    const own = entry.titleId === null ? undefined : byId.get(entry.titleId);
    if (own) return [own];
    const known = byMal.get(entry.malId ?? 0) ?? byAniList.get(entry.anilistId ?? 0);
    if (known) return known;
    const named = new Set(keysOf(entry).flatMap((key) => [...(names.get(key) ?? [])]));
    const alike = [...named].flatMap((id) => byId.get(id) ?? []);
    // Another site's id that is another one than ours is another title, however it is called.
    const possible = alike.filter(
      ({ malId, anilistId }) => !differs(malId, entry.malId) && !differs(anilistId, entry.anilistId),
    );
    const ofYear = possible.filter(({ year }) => year !== null && year === entry.year);
    return possible.length > 1 && ofYear.length > 0 ? ofYear : possible;
  };
  for (const entry of entries) {
    const candidates = candidatesOf(entry);
    const [title] = candidates;
    if (!title) unmatched.push({ name: entry.name, why: 'not-here' });
    // Two rows for one title: which of them counts is not ours to say.
    else if (candidates.length > 1 || found.has(title.id))
      unmatched.push({ name: entry.name, why: 'unclear' });
    else found.set(title.id, entry);
  }
  return { found, unmatched };
}

const differs = (a: number | null, b: number | null): boolean => a !== null && b !== null && a !== b;

function groupedBy(titles: readonly Candidate[], key: (title: Candidate) => number | null) {
  const groups = new Map<number, Candidate[]>();
  for (const title of titles) {
    const by = key(title);
    if (by !== null) groups.set(by, [...(groups.get(by) ?? []), title]);
  }
  return groups;
}
