import { fromZone, toZone } from '../../zoned-time.ts';

/** A day of the calendar: its date as `YYYY-MM-DD`, and from when to when it lasts, ms UTC. 23 or 25 hours where clocks change. */
export type Day = { date: string; from: number; to: number };

const DAY_MS = 86_400_000;

/** The date after some days, by the calendar: no clock is involved. */
export const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The date that a zone's calendar shows at a moment. */
export const dateAt = (at: number, timeZone: string): string => toZone(at, timeZone).slice(0, 10);

/** Whether a text is a date that exists. */
export const isDate = (text: string | undefined): text is string =>
  text !== undefined &&
  /^(19|20)\d\d-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(`${text}T00:00Z`)) &&
  plusDays(text, 0) === text;

export function isZone(name: string | undefined): name is string {
  if (!name) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false; // not in the IANA database, as this engine has it
  }
}

/** The seven days of the week of a date, Monday first (ISO 8601), as a zone's clock counts them. */
export function weekOf(date: string, timeZone: string): Day[] {
  const weekday = (new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7;
  const monday = plusDays(date, -weekday);
  const dates = Array.from({ length: 8 }, (_, i) => plusDays(monday, i));
  const starts = dates.map((start) => fromZone(`${start}T00:00`, timeZone)!);
  return dates.slice(0, 7).map((start, i) => ({ date: start, from: starts[i]!, to: starts[i + 1]! }));
}

/** Whether the clocks change on a day. */
export const isOdd = ({ from, to }: Day): boolean => to - from !== DAY_MS;
