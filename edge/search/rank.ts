import type { TextSource } from '../../schema/search-terms.ts';
import type { Ask } from './ask.ts';
import { anywhere, fromStart } from './distance.ts';
import { hasCjk, initials } from './fold.ts';

/** One text of a title that the index came up with. */
export type Hit = { source: TextSource; text: string; latin: string; native: string };
/** `score` from 0 to 1; 0: it is not what was asked for. */
export type Ranked = { score: number; hit: Hit };

/** Longer texts are compared by their beginning: nobody types more than that. */
const LONGEST = 40;
/** How near a text is to be found at all, and how near where something else is what was typed. */
export const FLOOR = 0.5;
const BESIDE_GOOD = 0.62;
const GOOD = 0.85;

const clip = (text: string): string => text.slice(0, LONGEST);
/** Who types three letters means them; a third of a long name may be wrong. */
const forgiven = (length: number): number =>
  length < 4 ? 0 : length < 6 ? 1 : length < 9 ? 2 : Math.floor(length / 3);

/** How near two folded texts are: the same, its beginning, a part of it, with typos or without. */
function near(query: string, text: string): number {
  if (query === '' || text === '') return 0;
  if (query === text) return 1;
  const at = text.indexOf(query);
  if (at === 0) return 0.95;
  if (at > 0) return 0.85;
  const short = clip(query);
  const most = forgiven(short.length);
  const typos = (count: number) => (count <= most ? 1 - count / short.length : 0);
  const { whole, prefix } = fromStart(short, clip(text));
  const started = Math.max(typos(whole) * 0.96, typos(prefix) * 0.93);
  if (started > 0) return started;
  // More was typed than the name: what follows may be the name of a season, mistyped, or a word of ours.
  const name = text.replace(/\d+$/, '');
  if (name.length > (hasCjk(name) ? 2 : 4) && name.length * 2.5 >= query.length && query.startsWith(name))
    return 0.7;
  return short.length > 3 ? typos(anywhere(short, clip(text))) * 0.84 : 0;
}

/** Words in another order, or with others between them: how much of the query stands in the text. */
function wordsIn(query: readonly string[], text: readonly string[]): number {
  if (query.length < 2) {
    const word = query[0]!;
    return text.length < 2
      ? 0
      : text.includes(word)
        ? 0.9
        : text.some((other) => other.startsWith(word))
          ? 0.87
          : 0;
  }
  let found = 0;
  let letters = 0;
  for (const word of query) {
    letters += word.length;
    if (text.includes(word)) found += word.length;
    else if (text.some((other) => other.startsWith(word))) found += word.length * 0.9;
    else if (word.length > 3) {
      const typos = Math.min(...text.map((other) => fromStart(word, other).whole));
      if (typos <= forgiven(word.length)) found += word.length * 0.9 * (1 - typos / word.length);
    }
  }
  return (found / letters) * 0.82;
}

/** "… 2", "… part 2" at the end of a query: a title of which that is a season is meant as well. */
function withoutSeason(words: readonly string[]): string[] | null {
  if (words.length < 2 || !/^\d{1,2}$/.test(words.at(-1)!)) return null;
  const rest = words.slice(0, words.at(-2) === 'part' && words.length > 2 ? -2 : -1);
  return withoutSeason(rest) ?? rest;
}

const names = new Set<TextSource>(['main', 'native', 'english', 'name', 'synonym']);
const WEIGHTS: Partial<Record<TextSource, number>> = { person: 0.9, studio: 0.9, tag: 0.86 };

function nameScore(ask: Ask, { latin, native }: Hit): number {
  const words = latin.split(' ');
  const text = words.join('');
  const short = ask.words.length === 1 && ask.latin.length > 1 ? initials(words) : null;
  const scores = [
    near(ask.latin, text),
    wordsIn(ask.words, words),
    short === ask.latin ? 0.94 : short?.replace(/\d+$/, '') === ask.latin ? 0.92 : 0,
    ask.native === '' || native === '' ? 0 : near(ask.native, native),
  ];
  return Math.max(...scores);
}

/** How well one text answers a query. */
export function score(ask: Ask, hit: Hit, year: number | null): number {
  if (hit.source === 'synopsis') return FLOOR + 0.02;
  const full = nameScore(ask, hit);
  if (!names.has(hit.source)) return full * (WEIGHTS[hit.source] ?? 1);
  if (ask.year !== null && ask.year === year) {
    const rest = ask.words.slice(0, -1);
    if (rest.join('') === hit.latin.replaceAll(' ', '')) return 1;
  }
  const rest = full < 0.9 ? withoutSeason(ask.words) : null;
  if (!rest) return full;
  const latin = rest.join('');
  const native = ask.native.replace(/(?:part)?\d{1,2}$/, '');
  return Math.max(full, nameScore({ ...ask, words: rest, latin, native }, hit) * 0.9);
}

/** The text that a title is best found by. */
export function best(ask: Ask, hits: readonly Hit[], year: number | null): Ranked | null {
  let found: Ranked | null = null;
  for (const hit of hits) {
    const value = score(ask, hit, year);
    if (value >= FLOOR && (found === null || value > found.score)) found = { score: value, hit };
  }
  return found;
}

export type Candidate = { ranked: Ranked; trend: number; id: string };

/** The best first; of those that are equally good what is watched more, then the shorter name. What is far behind is left out. */
export function order<T extends Candidate>(candidates: readonly T[], q: string): T[] {
  const typed = q.normalize('NFKC').trim().toLowerCase();
  const verbatim = ({ ranked }: T) => (ranked.hit.text.normalize('NFKC').toLowerCase() === typed ? 1 : 0);
  const floor = candidates.some(({ ranked }) => ranked.score >= GOOD) ? BESIDE_GOOD : FLOOR;
  return candidates
    .filter(({ ranked }) => ranked.score >= floor || ranked.hit.source === 'synopsis')
    .sort(
      (a, b) =>
        b.ranked.score - a.ranked.score ||
        verbatim(b) - verbatim(a) ||
        b.trend - a.trend ||
        a.ranked.hit.latin.length - b.ranked.hit.latin.length ||
        (a.id < b.id ? -1 : 1),
    );
}
