import type { AudioRole, SubtitleRole } from '../ladder.ts';

/** What the name of a side-car says of its track; null where it says nothing. `language`: BCP 47. */
export type TrackFacts = { language: string | null; role: AudioRole | SubtitleRole | null };

/** As people write languages: ISO 639-1, 639-2 in both forms, names in English and their own, abbreviations of groups. */
const LANGUAGES: Record<string, readonly string[]> = {
  ja: ['jpn', 'jp', 'jap', 'japanese', '日本語'],
  en: ['eng', 'english', '英語'],
  'en-US': [],
  'en-GB': [],
  es: ['spa', 'spanish', 'español', 'espanol', 'castellano'],
  'es-419': ['es-la', 'es-mx', 'latino', 'lat'],
  'es-ES': [],
  fr: ['fre', 'fra', 'french', 'français', 'francais', 'vf', 'vostfr'],
  de: ['ger', 'deu', 'german', 'deutsch'],
  it: ['ita', 'italian', 'italiano'],
  pt: ['por', 'portuguese', 'português', 'portugues'],
  'pt-BR': ['ptbr', 'pob'],
  'pt-PT': [],
  ru: ['rus', 'russian', 'русский'],
  ar: ['ara', 'arabic', 'العربية'],
  ko: ['kor', 'korean', '한국어', '韓国語'],
  zh: ['chi', 'zho', 'chinese', '中文', '中国語'],
  'zh-Hans': ['chs', 'sc', 'zh-cn', '简体', '简中', '簡体字'],
  'zh-Hant': ['cht', 'tc', 'zh-tw', '繁體', '繁体', '繁中', '繁体字'],
  th: ['tha', 'thai'],
  vi: ['vie', 'vietnamese'],
  id: ['ind', 'indonesian'],
  ms: ['may', 'msa', 'malay'],
  pl: ['pol', 'polish'],
  tr: ['tur', 'turkish'],
  nl: ['dut', 'nld', 'dutch'],
  hi: ['hin', 'hindi'],
  sv: ['swe', 'swedish'],
  cs: ['cze', 'ces', 'czech'],
  hu: ['hun', 'hungarian'],
  uk: ['ukr', 'ukrainian'],
};
const tags = new Map(
  Object.entries(LANGUAGES).flatMap(([tag, names]) =>
    [tag.toLowerCase(), ...names].map((name) => [name, tag]),
  ),
);
const subtitles: Record<string, SubtitleRole> = {
  signs: 'signs',
  sign: 'signs',
  songs: 'signs',
  forced: 'forced',
  sdh: 'sdh',
  cc: 'sdh',
  full: 'full',
  dialogue: 'full',
  dialog: 'full',
  subs: 'full',
  sub: 'full',
  字幕: 'full',
};
const sounds: Record<string, AudioRole> = {
  dub: 'dub',
  dubbed: 'dub',
  吹替: 'dub',
  吹き替え: 'dub',
  commentary: 'commentary',
  comment: 'commentary',
  副音声: 'commentary',
  description: 'description',
  descriptive: 'description',
  ad: 'description',
  解説: 'description',
  original: 'main',
};

/** The last word of a name, with what stands before it; `Signs & Songs` and `closed captions` are one. */
const LAST =
  /(?:[._\s-]+|\s*[[(（【])((?:signs?\s*(?:&|and|\+)\s*songs?|closed[\s.]captions?)|[^\s._[\]()（）【】]{1,24})[\])）】]?$/i;

/**
 * Language and role, read from the end of a name without its ending: `Kaze 03.en.sdh`, `Kaze 03 [Dub-EN]`, `Kaze 03 (English) signs`.
 * @returns them, and the name without them: as a rule that of the video
 */
export function trackIn(stem: string, kind: 'audio' | 'subtitles'): { stem: string; track: TrackFacts } {
  const track: TrackFacts = { language: null, role: null };
  let rest = stem.trim();
  for (;;) {
    const match = LAST.exec(rest);
    const said = match && match.index > 0 ? factsIn(match[1]!, kind) : null;
    if (!match || !said) return { stem: rest, track };
    rest = rest.slice(0, match.index).trimEnd();
    track.role ??= said.role;
    // `Kaze.en.hi`: for the hard of hearing, where another language stands before it; else Hindi.
    if (kind === 'subtitles' && said.language === 'hi' && saysLanguage(rest)) track.role ??= 'sdh';
    else track.language ??= said.language;
  }
}

/** Null: something in it is neither. `Dub-EN` is two words, `pt-BR` is one. */
function factsIn(text: string, kind: 'audio' | 'subtitles'): TrackFacts | null {
  const whole = text.toLowerCase();
  if (/^signs?\W.*songs?$/.test(whole))
    return kind === 'subtitles' ? { language: null, role: 'signs' } : null;
  if (/^closed.captions?$/.test(whole)) return kind === 'subtitles' ? { language: null, role: 'sdh' } : null;
  const roles: Record<string, SubtitleRole | AudioRole> = kind === 'audio' ? sounds : subtitles;
  const facts: TrackFacts = { language: null, role: null };
  for (const word of tags.has(whole) ? [whole] : whole.split(/[-+&,]/).filter(Boolean)) {
    const role = Object.hasOwn(roles, word) ? roles[word]! : null;
    const language = tags.get(word) ?? null;
    if (!role && !language) return null;
    facts.role ??= role;
    facts.language ??= language;
  }
  return facts.role || facts.language ? facts : null;
}

function saysLanguage(rest: string): boolean {
  const last = LAST.exec(rest)?.[1]?.toLowerCase();
  return last !== undefined && tags.has(last);
}
