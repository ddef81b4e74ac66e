import { fold, hasCjk } from './fold.ts';
import { bigrams } from './texts.ts';

/** What a query is, folded, and what the full-text tables are asked for it. */
export type Ask = {
  /** As it was typed; and its first word, in lower case. */
  q: string;
  typed: string;
  words: string[];
  latin: string;
  native: string;
  /** Trigrams without blanks, for search_trigrams; empty: too short. */
  grams: string[];
  /** For search_tokens; null: nothing to ask. */
  tokens: string | null;
  /** Likewise, as one types: names of which every word is there, the last one begun. */
  begun: string | null;
  /** The year that it ends with. */
  year: number | null;
};

/** So many grams tell any name from another; each costs a look into the index. */
const MOST_GRAMS = 20;
/** Kana are known by their romaji; where there are few of them, one wrong letter leaves too little of those. */
const MOST_KANA = 10;
/** Words that are typed beyond these are no longer the beginning of a name. */
const MOST_WORDS = 12;

const quoted = (token: string): string => `"${token.replaceAll('"', '""')}"`;
const all = (tokens: readonly string[]): string => tokens.map(quoted).join(' AND ');
const any = (tokens: readonly string[]): string => tokens.map(quoted).join(' OR ');
const eitherOf = (asks: readonly string[]): string => asks.map((ask) => `(${ask})`).join(' OR ');
/** The last word is still being typed. */
const beginning = (tokens: readonly string[]): string =>
  [...tokens.slice(0, -1).map(quoted), `${quoted(tokens.at(-1)!)} *`].join(' AND ');

export function trigrams(text: string): string[] {
  const letters = Array.from(text);
  const made = letters.slice(0, -2).map((letter, i) => letter + letters[i + 1]! + letters[i + 2]!);
  return [...new Set(made)].slice(0, MOST_GRAMS);
}

/** Whether it is written in kana alone, so that its romaji say all there is to it. */
const noKanji = (native: string): boolean => !/[\p{Script=Han}\p{Script=Hangul}]/u.test(native);

/** Of a word's last letter the index has a token of its own; as a part of a longer word that letter is in a pair. */
const isPair = (token: string): boolean => Array.from(token).length === 2;

/** Latin words apart from what is written in kanji, of which a whole token is known only as bigrams. */
function parts(words: readonly string[], native: string) {
  const latin = words.filter((word) => !hasCjk(word));
  if (noKanji(native) && native.length > MOST_KANA) return { latin, pairs: [], single: [] };
  const made = [...new Set(bigrams(native))];
  if (!made.some(isPair)) return { latin, pairs: [], single: made };
  // から and する are everywhere: pairs with a kanji tell more, where there are some.
  const telling = made.filter((pair) => !noKanji(pair));
  return { latin, pairs: telling.length > 1 && telling.some(isPair) ? telling : made, single: [] };
}

export function askFor(q: string): Ask | null {
  const { words, native } = fold(q);
  if (words.length === 0) return null;
  const latin = words.join('');
  const { latin: spoken, pairs, single } = parts(words.slice(0, MOST_WORDS), native);
  const grams = trigrams(latin);
  const asks: string[] = [];
  if (pairs.length > 0)
    asks.push(
      `{names other} : (${any(pairs.slice(0, MOST_GRAMS))})`,
      `synopsis : (${all(pairs.filter(isPair))})`,
    );
  for (const letter of single) asks.push(`{names other} : (${quoted(letter)} *)`);
  if (spoken.length > 0) {
    const short = latin.length < 4;
    asks.push(`names : (${beginning(spoken)})`);
    if (spoken.length > 1 || short) asks.push(`names : (${quoted(latin)})`);
    if (!short) asks.push(`{other synopsis} : (${all(spoken)})`);
  }
  const last = words.length > 1 ? words.at(-1)! : '';
  return {
    q,
    typed: q.trim().toLowerCase().split(/\s+/)[0] ?? '',
    words,
    latin,
    native,
    grams,
    tokens: asks.length > 0 ? eitherOf(asks) : null,
    begun: begun(spoken, pairs, single),
    year: /^(?:19|20)\d\d$/.test(last) ? Number(last) : null,
  };
}

function begun(latin: readonly string[], pairs: readonly string[], single: readonly string[]): string | null {
  const asks: string[] = [];
  if (pairs.length > 0) asks.push(all(pairs.filter(isPair)));
  else for (const letter of single) asks.push(`${quoted(letter)} *`);
  if (latin.length > 0) {
    asks.push(beginning(latin));
    if (latin.length > 1) asks.push(`${quoted(latin.join(''))} *`);
  }
  return asks.length > 0 ? `names : (${eitherOf(asks)})` : null;
}
