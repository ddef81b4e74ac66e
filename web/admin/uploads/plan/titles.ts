import type { AdminTitle } from '../../../../schema/api/editing.ts';

export type Candidate = Pick<AdminTitle, 'id' | 'names' | 'synonyms' | 'year' | 'kind'>;

/** As names are compared: without case, accents, spaces and signs. */
export const folded = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');

const namesOf = ({ names, synonyms }: Candidate): string[] =>
  [names.main, names.native, names.english, ...synonyms].flatMap((name) => (name ? [folded(name)] : []));

/** Pairs of letters that two names share, 0 to 1 (Dice). */
export function likeness(a: string, b: string): number {
  if (a === b) return 1;
  if (a.length < 2 || b.length < 2) return 0;
  const pairs = new Map<string, number>();
  for (let i = 0; i < a.length - 1; i++)
    pairs.set(a.slice(i, i + 2), (pairs.get(a.slice(i, i + 2)) ?? 0) + 1);
  let shared = 0;
  for (let i = 0; i < b.length - 1; i++) {
    const left = pairs.get(b.slice(i, i + 2)) ?? 0;
    if (left > 0) shared++;
    pairs.set(b.slice(i, i + 2), left - 1);
  }
  return (2 * shared) / (a.length + b.length - 2);
}

const ALIKE = 0.6;

/**
 * The title that a file's name means, of those that were found.
 * @returns `sure`: it has exactly this name, and no other title has
 */
export function bestTitle<T extends Candidate>(
  said: string,
  found: readonly T[],
): { title: T; sure: boolean } | null {
  const name = folded(said);
  const exact = found.filter((title) => namesOf(title).includes(name));
  if (exact[0]) return { title: exact[0], sure: exact.length === 1 };
  const ranked = found
    .map((title) => ({ title, score: Math.max(...namesOf(title).map((known) => likeness(name, known))) }))
    .toSorted((a, b) => b.score - a.score);
  return ranked[0] && ranked[0].score >= ALIKE ? { title: ranked[0].title, sure: false } : null;
}

/** What to look for, the most telling first: the name, without a number or year at its end, its longest word. */
export function searches(said: string): string[] {
  const short = said.replace(/[\s(]+(?:\d{1,4}|[IVX]+)\)?$/u, '').trim();
  const longest = said.split(/[\s:|,/-]+/).reduce((a, b) => (b.length > a.length ? b : a), '');
  return [...new Set([said, short, longest])]
    .filter((word) => word.length > 0)
    .map((word) => word.slice(0, 100));
}
