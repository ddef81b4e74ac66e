import { namesOf, type Entry } from '../../edge/search/catalogue.fixture.ts';
import { fold } from '../../edge/search/fold.ts';

/** A query, and the title that it was made from. */
export type Asked = { q: string; id: Entry['id'] };

/** Mulberry32: the same queries in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const KANJI = /^\p{Script=Han}+$/u;
const JAPANESE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u;
const KANA = /[\u3041-\u30ff]/;
const LATIN = 'abcdefghijklmnopqrstuvwxyz';

/** Parts of so many letters that are all of one kind. */
function parts(text: string, length: number, kind: RegExp): string[] {
  const letters = Array.from(text);
  return letters
    .slice(0, Math.max(0, letters.length - length + 1))
    .map((_, at) => letters.slice(at, at + length).join(''))
    .filter((part) => kind.test(part));
}

/** A letter left out, put in, mistaken for another, or changed over with the next one. */
function typo(text: string, random: () => number): string {
  const letters = Array.from(text);
  const at = Math.floor(random() * (letters.length - 1));
  const here = letters[at]!;
  const other = () => {
    if (KANA.test(here)) return String.fromCharCode(here.charCodeAt(0) + 1);
    return KANJI.test(here) ? '間' : LATIN[Math.floor(random() * LATIN.length)]!;
  };
  const kind = Math.floor(random() * 4);
  if (kind === 0) letters.splice(at, 1);
  else if (kind === 1) letters.splice(at, 2, letters[at + 1]!, here);
  else letters.splice(at, kind === 2 ? 1 : 0, other());
  return letters.join('');
}

/** What more titles than these have in common tells none of them: in ten places nobody could be right. */
const SHARED = 10;

/**
 * Queries by class, so many of each, drawn from any name of any title (Japanese, Chinese, English).
 * Beginnings and parts of names are those that at most ten titles share; `… of any kind` are those that come.
 */
export function queryClasses(entries: readonly Entry[], each: number, seed: number): Map<string, Asked[]> {
  const random = dice(seed);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const folded = entries.map((entry) =>
    namesOf(entry).map((name) => {
      const { words, native } = fold(name);
      return [words.join(''), native] as const;
    }),
  );
  const tellsOf = (q: string, matches: (text: string, part: string) => boolean): boolean => {
    const { words, native } = fold(q);
    const latin = words.join('');
    const has = ([spoken, written]: readonly [string, string]) =>
      matches(spoken, latin) || (native !== '' && matches(written, native));
    return folded.filter((names) => names.some(has)).length <= SHARED;
  };
  const starts = (text: string, part: string) => text.startsWith(part);
  const holds = (text: string, part: string) => text.includes(part);
  const draw = (make: (name: string, entry: Entry) => string | undefined): Asked[] => {
    const made: Asked[] = [];
    while (made.length < each) {
      const entry = pick(entries)!;
      const q = make(pick(namesOf(entry))!, entry)?.trim();
      if (q && q.length <= 100) made.push({ q, id: entry.id });
    }
    return made;
  };
  const start = (name: string) => {
    const letters = Array.from(name);
    return letters.length >= 8 ? letters.slice(0, Math.ceil(letters.length * 0.6)).join('') : undefined;
  };
  const only = (q: string | undefined, matches: typeof starts) => (q && tellsOf(q, matches) ? q : undefined);
  const long = (name: string, least: number) => Array.from(name).length >= least;
  return new Map([
    ['exact', draw((name) => name)],
    ['prefix', draw((name) => only(start(name), starts))],
    ['one typo', draw((name) => (long(name, 6) ? typo(name, random) : undefined))],
    ['two typos', draw((name) => (long(name, 10) ? typo(typo(name, random), random) : undefined))],
    ['four Japanese letters', draw((_, { main }) => only(pick(parts(main, 4, JAPANESE)), holds))],
    ['two kanji', draw((_, { main }) => only(pick(parts(main, 2, KANJI)), holds))],
    ['prefix of any kind', draw(start)],
    ['four Japanese letters of any kind', draw((_, { main }) => pick(parts(main, 4, JAPANESE)))],
    ['two kanji of any kind', draw((_, { main }) => pick(parts(main, 2, KANJI)))],
  ]);
}

/** Half of one name and half of another, as titles are alike. */
function mixed(one: string, other: string): string {
  const by = one.includes(' ') || other.includes(' ') ? ' ' : '';
  const [a, b] = [one.split(by), other.split(by)];
  return [...a.slice(0, Math.ceil(a.length / 2)), ...b.slice(Math.floor(b.length / 2))].join(by);
}

/** More titles, with names mixed from those of the real ones. */
export function moreTitles(entries: readonly Entry[], count: number, seed: number): Entry[] {
  const random = dice(seed);
  const pick = () => entries[Math.floor(random() * entries.length)]!;
  return Array.from({ length: count }, (_, n) => {
    const [one, other] = [pick(), pick()];
    const name = other.translations[0]?.name ?? other.main;
    return {
      ...one,
      id: `ttl_mixed${String(n).padStart(6, '0')}`,
      main: mixed(one.main, other.main),
      english: one.english && mixed(one.english, other.english ?? other.main),
      synonyms: one.synonyms.map((synonym, i) => mixed(synonym, other.synonyms[i] ?? name)),
      translations: one.translations.map((of) => ({ ...of, name: mixed(of.name, name) })),
    };
  });
}
