import { cleaned } from './clean.ts';
import { nowhere, placeIn, type Place } from './place.ts';
import { trackIn, type TrackFacts } from './track.ts';

/** What a file is, by its ending. `other`: fonts, checksums, notes; nothing to upload. */
export type FileKind = 'video' | 'audio' | 'subtitles' | 'other';

/** What a file's name says, and nothing that it does not: whoever uses it looks the rest up, or asks. */
export type FileName = Place & {
  kind: FileKind;
  /** Of a side-car. */
  track: TrackFacts | null;
};

const endings: Record<Exclude<FileKind, 'other'>, readonly string[]> = {
  video: [
    'mkv',
    'mp4',
    'm4v',
    'mov',
    'webm',
    'avi',
    'ts',
    'm2ts',
    'mts',
    'mpg',
    'mpeg',
    'wmv',
    'flv',
    'ogm',
    'mxf',
  ],
  audio: ['mka', 'm4a', 'aac', 'ac3', 'eac3', 'flac', 'wav', 'opus', 'ogg', 'mp3', 'dts', 'thd'],
  subtitles: ['ass', 'ssa', 'srt', 'vtt', 'ttml'],
};
const ENDING = /\.([a-z0-9]{2,5})$/i;

/** By the ending of a name. */
export function fileKind(name: string): FileKind {
  const ending = ENDING.exec(name)?.[1]?.toLowerCase() ?? '';
  const kinds = ['video', 'audio', 'subtitles'] as const;
  return kinds.find((kind) => endings[kind].includes(ending)) ?? 'other';
}

/**
 * Reads the name of one file as anime is released: by groups, shops and broadcasters, in Latin or Japanese script. Never throws (ADR 0069).
 * @param path with the folders that came with it, between slashes: a season's folder often has the title that its files lack
 */
export function readFileName(path: string): FileName {
  // NFKC: full-width digits and letters are the ASCII ones (Unicode Annex 15).
  const folders = path
    .split('/')
    .filter(Boolean)
    .map((part) => part.normalize('NFKC'));
  const base = folders.pop() ?? '';
  const kind = fileKind(base);
  if (kind === 'other') return { ...nowhere, kind, track: null };
  const bare = base.replace(ENDING, '');
  const { stem, track } =
    kind === 'audio' || kind === 'subtitles' ? trackIn(bare, kind) : { stem: bare, track: null };
  return { ...inFolder(placeIn(cleaned(stem)), folders), kind, track };
}

/** A folder says the title and the season where its files do not. */
function inFolder(place: Place, folders: readonly string[]): Place {
  let { title, season, what } = place;
  const numbered = what === 'episode' || what === 'special';
  for (const folder of folders.toReversed()) {
    const said = folderFacts(folder);
    if (said.extras && what !== 'several') what = 'extra';
    if (said.specials && what === 'episode' && season === null) [what, season] = ['special', 0];
    if (numbered) season ??= said.season;
    title ??= said.title;
  }
  return { ...place, title, season: what === 'extra' ? null : season, what };
}

const SEASON =
  /(?:^|\s)(?:Season\s?(\d{1,2})|S(\d{1,2})|(\d{1,2})(?:st|nd|rd|th) Season|第?(\d{1,2})期)(?=\s|$)/i;
function folderFacts(folder: string) {
  const text = cleaned(folder).replace(/(?:\s-)?\s+\d{1,3}\s?[-~]\s?\d{1,3}(?=\s|$)/, '');
  const says =
    !/^(?:subs?|subtitles?|字幕|audio|dubs?|videos?|downloads?|disc ?\d*|disk ?\d*|vol(?:ume)? ?\d*)$/i.test(
      text,
    );
  const extras = /^(?:extras?|nc|ncop|nced|bonus|menus?|trailers?|特典)$/i.test(text);
  const specials = /^(?:specials?|sps?|ovas?|oads?|season 0+|s0+)$/i.test(text);
  const match = SEASON.exec(text);
  const season = match ? Number(match[1] ?? match[2] ?? match[3] ?? match[4]) : null;
  const rest = (match ? text.slice(0, match.index) : text)
    .replace(/[\s\-–—]+$/, '')
    .replace(/^[\s\-–—]+/, '');
  const title = !says || extras || specials || !/[\p{L}\p{N}]/u.test(rest) ? null : rest;
  return { extras, specials, season, title };
}
