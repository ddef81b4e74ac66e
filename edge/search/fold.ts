import { toRomaji } from 'wanakana';

// What is the same name, however it is written: width, case, diacritics, punctuation, kana or romaji, long vowels, numbers of seasons.
// Index and query go through this one fold, so what it makes need not be pretty, only the same.

/** `words`: in Latin letters where that can be known. `native`: as Japanese, Chinese or Korean write it, without gaps; empty where nothing of that is in it. */
export type Folded = { words: string[]; native: string };

const CJK = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー`;
const ONE = new RegExp(`[${CJK}]`, 'u');
const RUN = new RegExp(`[${CJK}]+`, 'gu');
export const hasCjk = (text: string): boolean => ONE.test(text);
export const cjkRuns = (text: string): string[] => text.match(RUN) ?? [];

const KANJI_NUMBERS = '〇一二三四五六七八九十';
const numberOf = (text: string): string => {
  const at = text.length === 1 ? KANJI_NUMBERS.indexOf(text) : -1;
  return at >= 0 ? String(at) : text;
};
/** 第2期, 第二シーズン, 2期, シーズン2 are season 2; 第2部 and 第2クール are part 2. */
const japaneseSeasons = (text: string): string =>
  text
    .replaceAll(
      /第\s*(\d+|[一二三四五六七八九十])\s*(?:期|シーズン|シリーズ|季)/g,
      (_, n: string) => ` ${numberOf(n)} `,
    )
    .replaceAll(
      /第\s*(\d+|[一二三四五六七八九十])\s*(?:部|クール)/g,
      (_, n: string) => ` part ${numberOf(n)} `,
    )
    .replaceAll(/(\d+)\s*期/g, ' $1 ')
    .replaceAll(/([一二三四五六七八九十])期(?![^\s)])/g, (_, n: string) => ` ${numberOf(n)} `)
    .replaceAll(/シーズン\s*(\d+)/g, ' $1 ');

const ROMAN = ['ii', 'iii', 'iv', '', 'vi', 'vii', 'viii', 'ix', '', 'xi', 'xii', 'xiii', 'xiv', 'xv'];
const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');
const NUMBERS = 'one two three four five six seven eight nine ten'.split(' ');
/** I, V and X alone are words: "Hunter × Hunter", "Magic Knight Rayearth V". */
const fromRoman = (word: string): string => {
  const at = word === '' ? -1 : ROMAN.indexOf(word);
  return at >= 0 ? String(at + 2) : word;
};
const ordinal = (word: string | undefined): string | null => {
  if (word === undefined) return null;
  const counted = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(word);
  if (counted) return counted[1]!;
  const at = ORDINALS.indexOf(word);
  return at >= 0 ? String(at + 1) : null;
};
const cardinal = (word: string | undefined): string | null => {
  if (word === undefined) return null;
  if (/^\d{1,2}$/.test(word)) return String(Number(word));
  const at = NUMBERS.indexOf(word);
  return at >= 0 ? String(at + 1) : null;
};
const partOf: Record<string, string[]> = {
  season: [],
  part: ['part'],
  pt: ['part'],
  cour: ['part'],
};

/** "2nd season", "second season", "season 2", "s2", "II" → 2; "part 2", "cour 2", "2nd cour" → part 2. */
function seasons(words: string[]): string[] {
  const made: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = i > 0 ? fromRoman(words[i]!) : words[i]!;
    const next = words[i + 1] === undefined ? undefined : fromRoman(words[i + 1]!);
    const counted = ordinal(word);
    const short = i > 0 ? /^s0?(\d{1,2})$/.exec(word) : null;
    if (counted && next !== undefined && partOf[next]) {
      made.push(...partOf[next], counted);
      i += 1;
    } else if (partOf[word] && cardinal(next)) {
      made.push(...partOf[word], cardinal(next)!);
      i += 1;
    } else made.push(short ? short[1]! : word);
  }
  return made;
}

/** One spelling of sounds that are written in several: shōnen, shounen, shonen; senpai, sempai; botchi, bocchi; Tohru, Tooru. */
const sounds = (word: string): string =>
  word === 'wo'
    ? 'o'
    : word
        .replaceAll(/([aeiou])\1+/g, '$1')
        .replaceAll('ou', 'o')
        .replaceAll(/oh(?![aeiouy])/g, 'o')
        .replaceAll(/m(?=[bp])/g, 'n')
        .replaceAll('tch', 'cch');

const KATAKANA = /[\u30a1-\u30f6]/g;
const hiragana = (text: string): string =>
  text.replaceAll(KATAKANA, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60)).replaceAll('ー', '');
/** By way of katakana, because of its long mark: ぼー alone would be "bo-". */
const romaji = (text: string): string =>
  hasCjk(text)
    ? toRomaji(text.replaceAll(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60)))
        .replaceAll(/vu(?=[aieo])/g, 'v')
        .toLowerCase()
    : text;

const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
};
/** Width (NFKC), case, and diacritics of Latin letters; kana keep their voicing marks, which are letters of their own. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replaceAll(/[ßæœøłđı]/g, (letter) => LETTERS[letter]!)
    .replaceAll('&', ' and ')
    .replaceAll('×', ' x ')
    .replaceAll(/['’ʼ`´"“”]/g, '');

/** オンラインII is オンライン and a number: between scripts there is always a gap. */
const GAPS = new RegExp(`(?<=[${CJK}])(?=[a-z0-9])|(?<=[a-z0-9])(?=[${CJK}])`, 'gu');

const split = (text: string): string[] => text.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== '');

export function fold(text: string): Folded {
  const same = japaneseSeasons(plain(text)).replaceAll(GAPS, ' ');
  const words = seasons(split(romaji(same).replaceAll("'", '')))
    .map(sounds)
    .filter((word) => word !== '');
  const native = hasCjk(same) ? seasons(split(hiragana(same))).join('') : '';
  return { words, native };
}

/** First letters of the words, "snk"; null where there are too few to be one. A number of a season counts as it stands: "snk2". */
export function initials(words: readonly string[]): string | null {
  if (words.length < 2 || words.some(hasCjk)) return null;
  const letters = words.map((word) => (/^\d+$/.test(word) ? word : word[0]!)).join('');
  return letters.length >= 2 && letters.length <= 12 ? sounds(letters) : null;
}
