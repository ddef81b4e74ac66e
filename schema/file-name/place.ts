/** Where in a title a file belongs, as its name says. */
export type Place = {
  /** As people wrote it; null where there is none. */
  title: string | null;
  /**
   * `episode`: of a season, or counted through all of them where no season is named. `special`: OVA, SP, 12.5, season 0. `film`: a title of
   * its own. `extra`: creditless openings, trailers, menus. `several`: more than one episode in a file. `unknown`: no number that could be
   * told from the rest.
   */
  what: 'episode' | 'special' | 'film' | 'extra' | 'several' | 'unknown';
  season: number | null;
  episode: number | null;
  /** `v2`: a release that takes the place of an earlier one; 1 where nothing is said. */
  version: number;
  /** Of the episode: 「…」. */
  name: string | null;
};

/** Of a name that says nothing. */
export const nowhere: Place = {
  title: null,
  what: 'unknown',
  season: null,
  episode: null,
  version: 1,
  name: null,
};

const KANJI = '〇一二三四五六七八九';
const COUNT = String.raw`(\d{1,4}|[一二三四五六七八九十]{1,3})`;
/** 第十二話: up to 99. */
function counted(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const [before = '', after = ''] = text.includes('十') ? text.split('十') : ['〇', text];
  return (before ? KANJI.indexOf(before) : 1) * 10 + (after ? KANJI.indexOf(after) : 0);
}

/** More than one episode in a file. */
const SEVERAL = [
  /\bS\d{1,2}\s*E\d{1,4}(?:\s*-?\s*E\d{1,4}|\s*[-~]\s*\d{1,4})\b/i,
  /(?:^|[\s#第-])\d{1,4}(?:-|\s?[~～]\s?)\d{1,4}(?=\s|$|[話话回集])/,
  /\b\d{1,2}x\d{2,3}-(?:\d{1,2}x)?\d{2,3}\b/i,
  /\b(?:E|EP|Episodes?)\s?\d{1,4}\s?[-~&+]\s?(?:E|EP)?\d{1,4}\b/i,
  /(?:\s|^)\d{1,4}\s?[&+]\s?\d{1,4}(?=\s|$)/,
  /第\s?\d+\s?[話话]?\s?[-~～・、]\s?第?\d+\s?[話话回集]/,
];
/** A whole season, where no episode is named. */
const BATCH = /\b(?:S\d{1,2}|Season \d{1,2})\s*$/i;
const EXTRA =
  /(?:\bNC\s?(?:OP|ED)(?![a-z])|\b(?:creditless|textless|clean (?:opening|ending))\b|(?:^|\s)(?:OP|ED|PV|CM|Trailer|Teaser|Preview|Menu|Sample|Interview|Commercial|Bonus|Extras?|Opening|Ending)\s?\d{0,2}[a-z]?(?:\s?v\d)?(?=\s*(?:$|-)))/i;
/** Says so wherever it stands. */
const EXTRA_ANYWHERE = /予告|特典映像|メニュー|ノンクレジット|ノンテロップ/;
const FILM = /\b(?:The )?Movie(?: ?\d{1,2})?\b|\bGekijou-?ban\b|劇場版/i;
const SPECIAL =
  /(?:^|\s)(?:OVA|OAD|OAV|SPs?|Specials?|特別編|番外編)(?![A-Za-z])\s?[-#]?\s?(\d{1,3})?(?:\s?v(\d))?(?=\s|$|-)/i;
const HALF = /(?:^|\s)(?:第|#)?(\d{1,3})\.5(?:[話话]|\s?v(\d))?(?=\s|$)/;

type Rule = {
  pattern: RegExp;
  /** Of a match: what its groups say, in the order of `groups`. */
  groups: readonly ('season' | 'episode' | 'version')[];
};
/** In this order: what says more is looked for first. A later group of the same name counts where the earlier is empty. */
const RULES: readonly Rule[] = [
  {
    pattern: /\bS(\d{1,3})[\s.-]*(?:EP?|SP)\s?(\d{1,4})(?:\s?v(\d))?\b/i,
    groups: ['season', 'episode', 'version'],
  },
  { pattern: /(?:^|\s)(\d{1,2})x(\d{2,3})(?:v(\d))?\b/i, groups: ['season', 'episode', 'version'] },
  {
    pattern: new RegExp(
      String.raw`(?:第\s?${COUNT}\s?(?:期|シーズン|クール)|シーズン\s?(\d{1,2})|(\d{1,2})期)\s*[-～]?\s*(?:第|#)?\s?${COUNT}(?:\s?[話话回集]|(?=\s|$|「|『))`,
    ),
    groups: ['season', 'season', 'season', 'episode'],
  },
  {
    pattern:
      /(?:\bS(?:eason)?\s?(\d{1,2})|\b(\d{1,2})(?:st|nd|rd|th) Season)[\s,-]+(?:EP?(?:isode)?\s?|#|第)?(\d{1,4})(?:\s?v(\d))?(?=\s|$|[「『話话])/i,
    groups: ['season', 'season', 'episode', 'version'],
  },
  {
    pattern: new RegExp(String.raw`第\s?${COUNT}\s?[話话回集夜幕羽](?:\s?v(\d))?`),
    groups: ['episode', 'version'],
  },
  { pattern: /(?:^|\s)(?:Episode|Ep\.?|E)\s?(\d{1,4})(?:\s?v(\d))?\b/i, groups: ['episode', 'version'] },
  { pattern: /#\s?(\d{1,4})(?:v(\d))?/, groups: ['episode', 'version'] },
  { pattern: /(?:^|\s)(\d{1,4})\s?[話话]/, groups: ['episode'] },
  // The last dash before a number: titles have dashes and numbers, too.
  {
    pattern: /\s[-–—]\s*(\d{1,4})(?:\s?v(\d))?(?=\s|$|[「『])(?!.*\s[-–—]\s*\d{1,4}(?:\s|$|v\d))/i,
    groups: ['episode', 'version'],
  },
  { pattern: /^(\d{1,3})(?:\s?v(\d))?(?=\s*(?:$|[-–—.「『]))/i, groups: ['episode', 'version'] },
  {
    pattern: /\s(\d{2,4})(?:\s?v(\d))?(?:\s+(?:END|FIN|完))?\s*(?=$|[「『])/i,
    groups: ['episode', 'version'],
  },
  { pattern: /^(\d{2,3})(?:\s?v(\d))?(?=\s+\p{L})/iu, groups: ['episode', 'version'] },
];
type Found = { at: number; season: number | null; episode: number; version: number };

function numberIn(text: string): Found | null {
  for (const { pattern, groups } of RULES) {
    const match = pattern.exec(text);
    if (!match) continue;
    const of = (name: Rule['groups'][number]) =>
      match.find((said, i) => said !== undefined && groups[i - 1] === name);
    const season = of('season');
    const episode = counted(of('episode')!);
    if (!season && isNoNumber(episode)) continue;
    return {
      at: match.index,
      season: season ? counted(season) : null,
      episode,
      version: Number(of('version') ?? 1),
    };
  }
  return null;
}
/** A year, or the height of a picture. */
const isNoNumber = (number: number) =>
  (number >= 1900 && number < 2100) || [480, 720, 1080, 2160].includes(number);

/** @param text a name as `cleaned` leaves it */
export function placeIn(text: string): Place {
  const { plain, name } = unquoted(text);
  const until = (at: number) => titleOf(plain.slice(0, at));
  for (const pattern of SEVERAL) {
    const match = pattern.exec(plain);
    if (match && !HALF.test(plain)) return { ...nowhere, title: until(match.index), what: 'several' };
  }
  const half = HALF.exec(plain); // a recap between two episodes
  if (half)
    return { ...nowhere, title: until(half.index), what: 'special', name, version: Number(half[2] ?? 1) };
  const found = numberIn(plain);
  const extra = EXTRA_ANYWHERE.exec(plain) ?? EXTRA.exec(plain);
  const says =
    extra &&
    (EXTRA_ANYWHERE.test(extra[0]) || !found || (found.season === null && extra.index <= found.at + 3));
  if (extra && says)
    return { ...nowhere, title: until(Math.min(extra.index, found?.at ?? extra.index)), what: 'extra' };
  const special = SPECIAL.exec(plain);
  if (special && (!found || found.season === null)) {
    const said = special[1] ? Number(special[1]) : (found?.episode ?? null);
    const version = Number(special[2] ?? found?.version ?? 1);
    return {
      title: until(Math.min(special.index, found?.at ?? special.index)),
      what: 'special',
      season: 0,
      episode: said,
      version,
      name,
    };
  }
  const film = FILM.exec(plain);
  if (film && (!found || found.season === null))
    return { ...nowhere, title: titleOf(plain), what: 'film', name };
  const batch = BATCH.exec(plain);
  if (!found && batch) return { ...nowhere, title: until(batch.index), what: 'several' };
  if (!found) return { ...nowhere, title: titleOf(plain), what: 'unknown', name };
  const { at, season, episode, version } = found;
  return { title: until(at), what: season === 0 ? 'special' : 'episode', season, episode, version, name };
}

/** 「…」 after a number is the episode's name; before one it is the title, or a part of it. */
function unquoted(text: string): { plain: string; name: string | null } {
  const quoted = /[「『]([^」』]*)[」』]/.exec(text);
  if (!quoted) return { plain: text, name: null };
  const before = text.slice(0, quoted.index);
  const after = text.slice(quoted.index + quoted[0].length);
  if (numberIn(before)) return { plain: `${before} ${after}`.trim(), name: quoted[1]!.trim() || null };
  return { plain: `${before} ${quoted[1]} ${after}`.trim(), name: null };
}

/** Without the dashes and spaces that stood before the number. */
function titleOf(text: string): string | null {
  const title = text
    .replaceAll(/\s+/g, ' ')
    .replace(/[\s\-–—_~:,|#]+$/, '')
    .replace(/^[\s\-–—_~:,.|]+/, '')
    .trim();
  return /[\p{L}\p{N}]/u.test(title) ? title : null;
}
