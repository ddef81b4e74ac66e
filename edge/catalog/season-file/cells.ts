import * as v from 'valibot';
import { episodeKinds } from '../../../schema/catalog-terms.ts';
import { EpisodeFields, EpisodePlace } from '../../../schema/api/editing.ts';
import { LATEST } from '../../../schema/api/moment.ts';
import { fromStart } from '../../search/distance.ts';
import { nameOf, type Column } from './columns.ts';

// What a cell says. Pure.

/** The value of a cell; or what is wrong with it, in words. */
export type Read<T> = { value: T } | { problem: string };

const words = (column: Column, text: string, schema: v.GenericSchema<unknown, unknown>): Read<string> => {
  const result = v.safeParse(schema, text);
  if (result.success) return { value: String(result.output) };
  const [issue] = result.issues;
  return issue.type === 'max_length'
    ? {
        problem: `“${nameOf(column)}” has ${text.trim().length} characters; at most ${String(issue.requirement)} fit.`,
      }
    : { problem: `“${nameOf(column)}”: ${issue.message}.` };
};
export const readText = (column: Column, text: string): Read<string> =>
  words(column, text, EpisodeFields.entries[nameOf(column).startsWith('synopsis') ? 'synopsis' : 'name']);

/** Spreadsheets write 3 as 3.0, too. */
const whole = (text: string): number | null => (/^\d{1,15}(?:\.0+)?$/.test(text) ? Number(text) : null);

export function readNumber(column: 'season' | 'number' | 'absoluteNumber', text: string): Read<number> {
  const value = whole(text.trim());
  if (value === null) return { problem: `“${column}” is “${text.trim()}”; it has to be a whole number.` };
  const fits =
    column === 'absoluteNumber' || v.safeParse(EpisodePlace.entries[column], String(value)).success;
  return fits ? { value } : { problem: `“${column}” is ${value}, which is too large.` };
}

export function readKind(text: string): Read<(typeof episodeKinds)[number]> {
  const said = text.trim().toLowerCase();
  const kind = episodeKinds.find((one) => one === said);
  if (kind) return { value: kind };
  const near = episodeKinds.find((one) => fromStart(said, one).whole <= 2);
  return {
    problem: `“kind” is “${text.trim()}”${near ? `; did you mean “${near}”?` : `; it has to be one of ${episodeKinds.join(', ')}.`}`,
  };
}

/** ISO 8601 with a time zone, in the profile of RFC 3339; seconds may be left out. */
const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s?(Z|[+-]\d\d:?\d\d)$/i;
const LOCAL = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?$/;

/** When it airs: ISO 8601 with a time zone, or milliseconds UTC. */
export function readTime(text: string): Read<number> {
  const said = text.trim();
  const ms = whole(said);
  if (ms !== null && ms <= LATEST) return { value: ms };
  if (LOCAL.test(said))
    return {
      problem: `“airsAt” is “${said}”, which does not say where: add a time of day and a time zone, as in ${said.slice(0, 10)}T23:30:00+09:00.`,
    };
  const parts = ISO.exec(said);
  const at = parts ? Date.parse(isoOf(said)) : NaN;
  const [, year, month, day, hour, minute, second = '00'] = parts ?? [];
  // Date.parse takes 30 February for 2 March.
  const exists =
    parts && Number(day) <= daysIn(Number(year), Number(month)) && `${hour}:${minute}:${second}` < '24';
  if (!exists || Number.isNaN(at)) {
    const right = (parts && afterMidnight(parts)) ?? '2026-04-05T23:30:00+09:00, or in milliseconds UTC';
    return { problem: `“airsAt” is “${said}”; write it as ${right}.` };
  }
  return at >= 0 ? { value: at } : { problem: `“airsAt” is “${said}”, which is before 1970.` };
}

/** 25:30, as Japanese stations count the hours after midnight, as what it is of the next day; null: it is no such time. */
function afterMidnight([, year, month, day, hour, minute, second = '00', zone]: RegExpExecArray):
  | string
  | null {
  const late = Number(hour) - 24;
  if (late < 0 || late > 5 || Number(minute) > 59 || Number(day) > daysIn(Number(year), Number(month)))
    return null;
  const next = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day) + 1))
    .toISOString()
    .slice(0, 10);
  return `${next}T0${late}:${minute}:${second}${zone}`;
}

const isoOf = (said: string): string =>
  said
    .toUpperCase()
    .replace(' ', 'T')
    .replace(/\s/, '')
    .replace(',', '.')
    .replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
