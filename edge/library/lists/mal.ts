import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';
import { MAX_SCORE, type WatchState } from '../../../schema/library-terms.ts';
import {
  countOf,
  dayOf,
  idOf,
  MAX_ROWS,
  nameOf,
  NoList,
  notesOf,
  partsOf,
  tooMany,
  type Listed,
  type NotTaken,
  type ReadList,
} from './listed.ts';

/*
 * The list of MyAnimeList as its export writes it and its import reads it (https://myanimelist.net/panel.php?go=export). There is no
 * specification of theirs; tools write what the export does.
 */

/** As the export writes them; as numbers, older tools do. */
const states: Record<string, WatchState> = {
  watching: 'watching',
  '1': 'watching',
  completed: 'completed',
  '2': 'completed',
  'on-hold': 'paused',
  onhold: 'paused',
  '3': 'paused',
  dropped: 'dropped',
  '4': 'dropped',
  'plan to watch': 'planning',
  plantowatch: 'planning',
  '6': 'planning',
};
const statesOfMal: Record<WatchState, string> = {
  planning: 'Plan to Watch',
  watching: 'Watching',
  completed: 'Completed',
  paused: 'On-Hold',
  dropped: 'Dropped',
};

/** The rest of a row is of no use here, and a list of ten thousand has a million values. */
const wanted = new Set([
  '?xml',
  'myanimelist',
  'anime',
  'manga',
  'series_animedb_id',
  'series_title',
  'series_episodes',
  'my_watched_episodes',
  'my_start_date',
  'my_finish_date',
  'my_score',
  'my_status',
  'my_comments',
  'my_times_watched',
]);

/** Values are text, and nothing in the file says what another text in it means (XXE, "billion laughs"). */
const parser = new XMLParser({
  ignoreAttributes: true,
  processEntities: false,
  cdataPropName: 'cdata', // apart from other text: in it `&amp;` is five letters
  textNodeName: 'text',
  parseTagValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 4,
  isArray: (name) => name === 'anime' || name === 'manga',
  updateTag: (name) => (wanted.has(name) ? name : false),
});

const NOT_MAL = 'This is not an anime list as MyAnimeList exports it: an XML document of <myanimelist>.';
/** The five that XML itself has (XML 1.0 §4.6), and characters by number. Outside of CDATA, some tools write them. */
const predefined: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decoded = (text: string): string =>
  text.replaceAll(
    /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g,
    (all, decimal, hex, name) => {
      if (name) return predefined[name as string]!;
      const code = decimal ? Number(decimal) : Number.parseInt(hex as string, 16);
      return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : all;
    },
  );

/**
 * Reads an export of MyAnimeList.
 * @throws NoList
 */
export function readMal(xml: string): ReadList {
  // A document type is where entities are made; the export has none.
  if (/<!DOCTYPE/i.test(xml)) throw new NoList(`${NOT_MAL} Documents with a DOCTYPE are not read.`);
  const well = XMLValidator.validate(xml);
  if (well !== true)
    throw new NoList(`${NOT_MAL} It is not well-formed: line ${well.err.line}: ${well.err.msg}`);
  const list = (parsed(xml) as { myanimelist?: unknown }).myanimelist;
  if (list === undefined) throw new NoList(NOT_MAL);
  const { anime = [], manga = [] } = (typeof list === 'object' ? list : {}) as Record<string, unknown[]>;
  if (manga.length > 0 && anime.length === 0)
    throw new NoList('This is a list of manga. Export the anime list.');
  if (anime.length > MAX_ROWS) throw tooMany();
  const entries: Listed[] = [];
  const unreadable: NotTaken[] = [];
  for (const row of anime) {
    const text = (name: string) => textIn(row, name);
    const entry = entryOf(text);
    if (entry) entries.push(entry);
    else unreadable.push({ name: nameOf(text('series_title')) || '?', why: 'unreadable' });
  }
  return { entries, unreadable };
}

function parsed(xml: string): object {
  try {
    const document: unknown = parser.parse(xml);
    return typeof document === 'object' && document !== null ? document : {};
  } catch (error) {
    throw new NoList(`${NOT_MAL} ${error instanceof Error ? error.message : ''}`.trim());
  }
}

/** The text of an element of a row; the empty text where there is none, or something else than text in it. */
function textIn(row: unknown, name: string): string {
  const value = typeof row === 'object' && row !== null ? (row as Record<string, unknown>)[name] : undefined;
  if (typeof value === 'string') return decoded(value);
  const { text, cdata } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  const parts = [typeof text === 'string' ? decoded(text) : '', cdata].flat();
  return parts.filter((part) => typeof part === 'string').join('');
}

function entryOf(text: (name: string) => string): Listed | null {
  const malId = idOf(text('series_animedb_id'));
  const name = nameOf(text('series_title'));
  const state = states[text('my_status').trim().toLowerCase()];
  if (!state || (malId === null && !name)) return null;
  const score = countOf(text('my_score'));
  return {
    name: name || `MyAnimeList ${malId}`,
    names: name ? [name] : [],
    titleId: null,
    malId,
    anilistId: null,
    year: null,
    state,
    score: score !== null && score >= 1 && score <= MAX_SCORE ? score : null,
    followed: null,
    rewatched: Math.min(countOf(text('my_times_watched')) ?? 0, 999),
    notes: notesOf(text('my_comments')),
    watched: countOf(text('my_watched_episodes')) ?? 0,
    of: countOf(text('series_episodes')) || null,
    episodes: [],
    startedAt: dateOf(text('my_start_date')),
    finishedAt: dateOf(text('my_finish_date')),
    updatedAt: null,
  };
}

/** `2015-04-01`; what is not known is `00`: `2015-00-00`. */
function dateOf(text: string): number | null {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text.trim()) ?? [];
  return dayOf(year, month, day);
}
const dateFor = (time: number | null): string => {
  if (time === null) return '0000-00-00';
  const { year, month, day } = partsOf(time);
  const two = (number: number) => String(number).padStart(2, '0');
  return year >= 1900 && year <= 2200 ? `${year}-${two(month)}-${two(day)}` : '0000-00-00';
};

const builder = new XMLBuilder({
  format: true,
  indentBy: '\t',
  suppressEmptyNode: false,
  cdataPropName: '__cdata',
  ignoreAttributes: false,
});
/** What XML cannot hold at all is left out (XML 1.0 §2.2); a text that ends CDATA is written as two (§2.7). */
const cdata = (text: string) => ({
  __cdata: text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .split(/(?<=\]\])(?=>)/),
});

/** As MyAnimeList imports it. Titles without an id there cannot be in it. */
export function writeMal(entries: readonly Listed[], userName: string): string {
  const rows = entries.filter(({ malId }) => malId !== null);
  const total = (state: WatchState) => rows.filter((row) => row.state === state).length;
  return builder.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    myanimelist: {
      myinfo: {
        user_id: 0,
        user_name: cdata(userName),
        user_export_type: 1,
        user_total_anime: rows.length,
        user_total_watching: total('watching'),
        user_total_completed: total('completed'),
        user_total_onhold: total('paused'),
        user_total_dropped: total('dropped'),
        user_total_plantowatch: total('planning'),
      },
      anime: rows.map((row) => ({
        series_animedb_id: row.malId,
        series_title: cdata(row.name),
        series_episodes: row.of ?? 0,
        my_id: 0,
        my_watched_episodes: row.watched ?? 0,
        my_start_date: dateFor(row.startedAt),
        my_finish_date: dateFor(row.finishedAt),
        my_score: row.score ?? 0,
        my_status: statesOfMal[row.state],
        my_comments: cdata(row.notes ?? ''),
        my_times_watched: row.rewatched,
        my_priority: 'LOW',
        my_tags: cdata(''),
        my_rewatching: 0,
        my_rewatching_ep: 0,
        update_on_import: 1, // without it their import leaves alone what is on the list already
      })),
    },
  });
}
