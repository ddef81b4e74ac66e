/** How far a zone's clock is ahead of UTC at a moment, ms. */
function aheadOfUtc(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return wall - Math.floor(at / 1000) * 1000;
}

/**
 * The moment at which a zone's clock shows what a `datetime-local` field says; null for an empty field. An hour that the clock shows
 * twice is the first of the two; one that it skips is as long after the change as it would have been.
 * @param timeZone a name of the IANA database
 */
export function fromZone(text: string, timeZone: string): number | null {
  const wall = text ? Date.parse(`${text}Z`) : Number.NaN;
  if (Number.isNaN(wall)) return null;
  // A zone is ahead of itself a day before and after by either of two amounts, as no two changes are closer.
  const [before, after] = [wall - 86_400_000, wall + 86_400_000].map((at) => aheadOfUtc(at, timeZone));
  const first = wall - before!;
  if (aheadOfUtc(first, timeZone) === before) return first;
  const second = wall - after!;
  return aheadOfUtc(second, timeZone) === after ? second : first;
}

/** The other way: to the minute. */
export const toZone = (at: number | null, timeZone: string): string =>
  at === null ? '' : new Date(at + aheadOfUtc(at, timeZone)).toISOString().slice(0, 16);
