import type { Person } from '../../schema/db/catalog.ts';
import type { TextSource } from '../../schema/search-terms.ts';
import { cjkRuns, fold, hasCjk, initials } from './fold.ts';

/** What a title can be found by, as it stands in its row and its translations. What is left out was not changed. */
export type Findable = {
  nameMain?: string | undefined;
  nameNative?: string | null | undefined;
  nameEnglish?: string | null | undefined;
  synonyms?: readonly string[] | undefined;
  studio?: string | null | undefined;
  genres?: readonly string[] | undefined;
  tags?: readonly string[] | undefined;
  people?: readonly Person[] | undefined;
  /** Those that were changed. */
  translations?:
    | readonly {
        locale: string;
        name?: string | null | undefined;
        synopsis?: string | null | undefined;
      }[]
    | undefined;
};

/** A row of the index before it has an id (schema/db/search.ts). */
export type Text = {
  source: TextSource;
  part: string;
  text: string;
  latin: string;
  native: string;
  tokens: string;
};
/** One source of a title: all its texts are written anew when it changes. */
export type Source = { source: TextSource; part: string; texts: Text[] };

/** 進撃の巨人 → 進撃 撃の の巨 巨人 人: the last one alone, so that one kanji finds a word's end as well, by prefix. */
export const bigrams = (native: string): string[] =>
  cjkRuns(native).flatMap((run) => {
    const letters = Array.from(run);
    return letters.map((letter, i) => letter + (letters[i + 1] ?? ''));
  });

function tokensOf(words: readonly string[], native: string): string {
  const latin = words.filter((word) => !hasCjk(word));
  // Kana and hyphens leave no certain gaps: rezero, re zero.
  const joined = latin.length === words.length && latin.length > 1 ? [latin.join('')] : [];
  return [...new Set([...latin, ...joined, ...bigrams(native)])].join(' ');
}

const ofText = (source: TextSource, part: string, text: string): Text => {
  const { words, native } = fold(text);
  const isName = source !== 'person' && source !== 'studio' && source !== 'tag' && source !== 'synopsis';
  const short = isName ? initials(words) : null;
  const tokens = tokensOf(words, native);
  return {
    source,
    part,
    text,
    latin: source === 'synopsis' ? '' : words.join(' '),
    native: source === 'synopsis' ? '' : native,
    tokens: short === null ? tokens : `${tokens} ${short}`,
  };
};

/** Texts of one source, each once: what folds to the same is found by the same. */
function sourceOf(source: TextSource, texts: readonly (string | null)[], part = ''): Source {
  const made = texts
    .filter((text) => text !== null && text.trim() !== '')
    .map((text) => ofText(source, part, text!))
    .filter(({ tokens }) => tokens !== '');
  return { source, part, texts: [...new Map(made.map((text) => [text.tokens, text])).values()] };
}

/** The rows of all that is given; a source that has become empty comes without texts. */
export function sourcesOf(given: Findable): Source[] {
  const made: Source[] = [];
  const { nameMain, nameNative, nameEnglish, synonyms, studio, genres, tags, people, translations } = given;
  if (nameMain !== undefined) made.push(sourceOf('main', [nameMain]));
  if (nameNative !== undefined) made.push(sourceOf('native', [nameNative]));
  if (nameEnglish !== undefined) made.push(sourceOf('english', [nameEnglish]));
  if (synonyms) made.push(sourceOf('synonym', synonyms));
  if (studio !== undefined) made.push(sourceOf('studio', [studio]));
  if (genres) made.push(sourceOf('tag', genres, 'genre'));
  if (tags) made.push(sourceOf('tag', tags));
  if (people)
    made.push(
      sourceOf(
        'person',
        people.flatMap(({ name, native }) => [name, native]),
      ),
    );
  for (const { locale, name, synopsis } of translations ?? []) {
    if (name !== undefined) made.push(sourceOf('name', [name], locale));
    if (synopsis !== undefined) made.push(sourceOf('synopsis', [synopsis], locale));
  }
  return made;
}
