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
 * AniList's lists: what its GraphQL query `MediaListCollection` answers (https://docs.anilist.co/reference/object/medialistcollection),
 * as it is, or taken apart by the tools that people export with.
 */

/** `REPEATING`: it was completed before. By numbers in the copy of one's data that AniList itself gives out. */
const states: Record<string, WatchState> = {
  CURRENT: 'watching',
  '0': 'watching',
  PLANNING: 'planning',
  '1': 'planning',
  COMPLETED: 'completed',
  '2': 'completed',
  DROPPED: 'dropped',
  '3': 'dropped',
  PAUSED: 'paused',
  '4': 'paused',
  REPEATING: 'completed',
  '5': 'completed',
};
const statesOfAniList: Record<WatchState, string> = {
  planning: 'PLANNING',
  watching: 'CURRENT',
  completed: 'COMPLETED',
  paused: 'PAUSED',
  dropped: 'DROPPED',
};

/** How many points make one of ours, by what its user counts in. */
const formats: Record<string, number> = {
  POINT_100: 10,
  POINT_10_DECIMAL: 1,
  POINT_10: 1,
  POINT_5: 0.5,
  POINT_3: 0.3,
};

type Fields = Record<string, unknown>;
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

const NOT_ANILIST =
  'This is not an anime list of AniList: what its query MediaListCollection answers, as JSON, with lists of entries.';

/**
 * Reads a list of AniList.
 * @param json the parsed document
 * @throws NoList
 */
export function readAniList(json: unknown): ReadList {
  const data = fieldsOf(fieldsOf(json)['data'] ?? json);
  const collection = fieldsOf(data['MediaListCollection'] ?? data);
  const lists = Array.isArray(json)
    ? json
    : (collection['lists'] ?? collection['anime'] ?? collection['entries']);
  if (!Array.isArray(lists)) throw new NoList(NOT_ANILIST);
  const rows = lists.flatMap((one: unknown) => {
    const { entries } = fieldsOf(one);
    return Array.isArray(entries) ? (entries as unknown[]) : [one];
  });
  if (rows.length > MAX_ROWS) throw tooMany();
  const owner = fieldsOf(collection['user'] ?? collection['User'] ?? data['user'] ?? data['User']);
  const points = pointsIn(rows, fieldsOf(owner['mediaListOptions'])['scoreFormat']);
  const entries = new Map<string, Listed>();
  const unreadable: NotTaken[] = [];
  for (const row of rows.map(fieldsOf)) {
    if (isManga(row)) continue;
    const entry = entryOf(row, points);
    // In a list of one's own making an entry stands once more, the same.
    if (entry) entries.set(`${entry.anilistId ?? ''} ${entry.malId ?? ''} ${entry.name}`, entry);
    else unreadable.push({ name: namesIn(row)[0] ?? '?', why: 'unreadable' });
  }
  return { entries: [...entries.values()], unreadable };
}

/** Manga stands beside anime in the copy of one's data; it is no part of an anime list. */
const isManga = (row: Fields): boolean =>
  fieldsOf(row['media'])['type'] === 'MANGA' || row['type'] === 'MANGA' || row['series_type'] === 1;

/** Where the file does not say what scores are counted in, one above ten says it: nothing else goes so far. */
function pointsIn(rows: readonly unknown[], format: unknown): number {
  if (typeof format === 'string' && formats[format]) return formats[format];
  return rows.some((row) => Number(fieldsOf(row)['score']) > MAX_SCORE) ? 10 : 1;
}

function namesIn(row: Fields): string[] {
  const media = fieldsOf(row['media']);
  const title = media['title'] ?? row['title'];
  const of = fieldsOf(title);
  const synonyms: unknown[] = Array.isArray(media['synonyms']) ? media['synonyms'] : [];
  const found = [
    of['romaji'],
    of['userPreferred'],
    of['english'],
    of['native'],
    title,
    row['name'],
    ...synonyms,
  ];
  return [...new Set(found.map(nameOf).filter(Boolean))];
}

function entryOf(row: Fields, points: number): Listed | null {
  const media = fieldsOf(row['media']);
  const names = namesIn(row);
  const anilistId = idOf(row['mediaId'] ?? row['series_id'] ?? media['id']);
  const malId = idOf(media['idMal'] ?? row['idMal']);
  const state = states[String(row['status']).toUpperCase()];
  if (!state || (anilistId === null && malId === null && names.length === 0)) return null;
  const repeat = countOf(row['repeat']) ?? 0;
  const of = countOf(media['episodes']) || null;
  const seen = countOf(row['progress']) ?? 0;
  return {
    name: names[0] ?? `AniList ${anilistId ?? malId}`,
    names,
    titleId: null,
    malId,
    anilistId,
    year: countOf(media['seasonYear'] ?? fieldsOf(media['startDate'])['year']) || null,
    state,
    score: scoreOf(row['score'], points),
    followed: null,
    rewatched: Math.min(repeat, 999),
    notes: notesOf(row['notes']),
    // Whoever goes through it again has been through all of it, however far they are now.
    watched: String(row['status']).toUpperCase() === 'REPEATING' ? (of ?? seen) : seen,
    of,
    episodes: [],
    startedAt: dateOf(row['startedAt'] ?? row['started_on']),
    finishedAt: dateOf(row['completedAt'] ?? row['finished_on']),
    updatedAt: momentOf(row['updatedAt'] ?? row['updated_at']),
  };
}

function scoreOf(value: unknown, points: number): number | null {
  const score = Math.round((Number(value) || 0) / points);
  return score >= 1 ? Math.min(score, MAX_SCORE) : value && Number(value) > 0 ? 1 : null;
}

/** `{ year, month, day }`, where each may be null, or a number such as 20150401. */
function dateOf(value: unknown): number | null {
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(String(value)) ?? [];
  if (year !== undefined) return dayOf(year, month, day);
  const date = fieldsOf(value);
  return dayOf(date['year'], date['month'], date['day']);
}
const dateFor = (time: number | null) =>
  time === null ? { year: null, month: null, day: null } : partsOf(time);

/** Seconds since 1970. */
function momentOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value < 1e11
    ? value * 1000
    : null;
}

/** As `MediaListCollection` answers it. Titles without an id at AniList are in it by their names. */
export function writeAniList(entries: readonly Listed[]): object {
  const entry = (row: Listed) => ({
    mediaId: row.anilistId,
    status: statesOfAniList[row.state],
    score: row.score ?? 0,
    progress: row.watched ?? 0,
    repeat: row.rewatched,
    notes: row.notes,
    startedAt: dateFor(row.startedAt),
    completedAt: dateFor(row.finishedAt),
    updatedAt: row.updatedAt === null ? 0 : Math.floor(row.updatedAt / 1000),
    media: {
      id: row.anilistId,
      idMal: row.malId,
      type: 'ANIME',
      episodes: row.of,
      seasonYear: row.year,
      title: { romaji: row.name, userPreferred: row.name },
      synonyms: row.names.filter((name) => name !== row.name),
    },
  });
  const lists = (Object.keys(statesOfAniList) as WatchState[]).map((state) => ({
    name: statesOfAniList[state],
    status: statesOfAniList[state],
    isCustomList: false,
    entries: entries.filter((row) => row.state === state).map(entry),
  }));
  return {
    data: {
      MediaListCollection: { lists, user: { mediaListOptions: { scoreFormat: 'POINT_10' } } },
    },
  };
}
