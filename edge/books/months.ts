export const DAY = 86_400_000;

/** The day of a moment by its beginning; days and months are UTC, moments ms UTC. */
export const dayOf = (at: number): number => Math.floor(at / DAY) * DAY;

export function monthOf(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

/** The month so many after one, by their beginnings. */
export function monthAfter(month: number, many = 1): number {
  const date = new Date(month);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + many);
}

/** Of `2026-10`. */
export const monthNamed = (name: string): number => Date.parse(`${name}-01T00:00:00Z`);
/** `2026-10`. */
export const monthName = (month: number): string => new Date(month).toISOString().slice(0, 7);

export function daysOf(month: number): number[] {
  const days: number[] = [];
  for (let day = month; day < monthAfter(month); day += DAY) days.push(day);
  return days;
}
