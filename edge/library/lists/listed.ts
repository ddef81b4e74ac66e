import type { Id } from '../../../schema/ids.ts';
import { MAX_NOTES, type WatchState } from '../../../schema/library-terms.ts';

/* What a list says of a title, whosever list it is: each format is read into this and written from it. */

/** How far an episode was watched, by its place: ids are this site's own, and may be another's by the time the file comes back. */
export type ListedEpisode = {
  season: number;
  number: number;
  position: number;
  duration: number;
  completed: boolean;
  at: number;
};

export type Listed = {
  /** What the file calls it; shown to whom it could not be matched for. */
  name: string;
  /** Every name that the file has for it, `name` among them. */
  names: readonly string[];
  titleId: Id<'title'> | null;
  malId: number | null;
  anilistId: number | null;
  /** Of its first episode; tells two titles of the same name apart. */
  year: number | null;
  state: WatchState;
  /** 1 to 10. */
  score: number | null;
  /** Told of new episodes; null: the format does not say. */
  followed: boolean | null;
  rewatched: number;
  notes: string | null;
  /** Story episodes watched, from the first one on; null: the format names each (`episodes`). */
  watched: number | null;
  /** How many it has by the file, so that it can be written into one; null: not known. */
  of: number | null;
  episodes: readonly ListedEpisode[];
  /** ms UTC. */
  startedAt: number | null;
  finishedAt: number | null;
  /** When this was last changed; null: the format does not say. */
  updatedAt: number | null;
};

export type NotTaken = { name: string; why: 'not-here' | 'unreadable' | 'unclear' };
/** What could be read of a file; what could not is named. */
export type ReadList = { entries: Listed[]; unreadable: NotTaken[] };

/** A list is no list of this format at all; `message` says what is wrong and what to send. */
export class NoList extends Error {
  override readonly name = 'NoList';
}
/** More than anybody has watched: the longest lists that are public have a few thousand. */
export const MAX_ROWS = 20_000;
export const tooMany = () => new NoList(`At most ${MAX_ROWS} titles are taken at once.`);

/** The beginning of a text, at most so many UTF-16 units, without half of a character at its end or anywhere. */
const cut = (text: string, most: number): string =>
  text
    .slice(0, most)
    .replace(/[\uD800-\uDBFF]$/, '')
    .toWellFormed();

const MAX_NAME = 300;
const MAX_NUMBER = 100_000;
/** A name for people: no line breaks or control characters, not without end. */
export const nameOf = (text: unknown): string =>
  typeof text === 'string' ? cut(text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim(), MAX_NAME) : '';
/** Notes of whoever keeps the list; null where there are none. */
export const notesOf = (text: unknown): string | null =>
  (typeof text === 'string' && cut(text.trim(), MAX_NOTES)) || null;

/** A whole number from 0 on; null: it is none. */
export function countOf(value: unknown): number | null {
  if (typeof value === 'string' && !/^\d{1,9}$/.test(value.trim())) return null;
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0
    ? Math.min(number, MAX_NUMBER)
    : null;
}
/** An id of another site: a whole number from 1 on. They have no upper end. */
export function idOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\s*\d{1,12}\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : null;
}

/** Midnight UTC of a day; a month or day that is not known is the first. Null: not even the year is. */
export function dayOf(year: unknown, month: unknown, day: unknown): number | null {
  const [y, m, d] = [year, month, day].map((part) => countOf(part) ?? 0) as [number, number, number];
  if (y < 1900 || y > 2200 || m > 12 || d > 31) return null;
  return Date.UTC(y, Math.max(m, 1) - 1, Math.max(d, 1));
}
/** Calendar parts of a time, UTC. */
export function partsOf(time: number): { year: number; month: number; day: number } {
  const date = new Date(time);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
