/** A stretch of time on an axis, ms UTC: [from, to). */
export type Span = { from: number; to: number };
/** How much of time is shown, in months; `all`: from the first moment that is known to the last. */
export const zooms = ['1', '3', '12', '36', 'all'] as const;
export type Zoom = (typeof zooms)[number];

const DAY = 86_400_000;
/** The first of a month, so many months later, by UTC, as the contracts are. */
const months = (at: number, later: number): number => {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1);
};

/**
 * What is shown at a zoom, whole months of it.
 * @param around the moment that stands a third of the way in, so that more is seen of what comes
 * @param times all moments that are known; for `all`
 */
export function spanAt(zoom: Zoom, around: number, times: readonly number[]): Span {
  if (zoom === 'all') {
    const known = [...times, around];
    return { from: months(Math.min(...known), -1), to: months(Math.max(...known), 2) };
  }
  const shown = Number(zoom);
  const from = months(around, -Math.floor(shown / 3));
  return { from, to: months(from, shown) };
}

/** How many months a step to earlier or later is: half of what is shown, one at least. */
export const stepOf = ({ from, to }: Span): number => Math.max(1, Math.round((to - from) / DAY / 60));
export const moved = (around: number, steps: number): number => months(around, steps);

/** Where a moment stands, 0 to 1; what lies beyond stands at the edge. */
export const placeOf = (at: number | null, open: 0 | 1, { from, to }: Span): number =>
  at === null ? open : Math.min(1, Math.max(0, (at - from) / (to - from)));

/** Whether any of a window, [startsAt, endsAt), is in sight. */
export const isInSight = (
  { startsAt, endsAt }: { startsAt: number | null; endsAt: number | null },
  { from, to }: Span,
): boolean => (startsAt ?? -Infinity) < to && (endsAt ?? Infinity) > from;

/** Firsts of months, quarters or years, so many that they can be read. */
export function ticks(span: Span): { at: number; unit: 'week' | 'month' | 'year' }[] {
  const days = (span.to - span.from) / DAY;
  if (days < 70) {
    const first = span.from;
    return Array.from({ length: Math.ceil(days / 7) }, (_, i) => ({ at: first + i * 7 * DAY, unit: 'week' }));
  }
  const step = [1, 3, 12, 24, 60, 120].find((one) => days / 30 / one <= 13) ?? 240;
  const start = new Date(span.from);
  const list: ReturnType<typeof ticks> = [];
  const year =
    step >= 12 ? start.getUTCFullYear() - (start.getUTCFullYear() % (step / 12)) : start.getUTCFullYear();
  for (let at = Date.UTC(year, 0, 1); at < span.to; at = months(at, step))
    if (at >= span.from)
      list.push({ at, unit: step >= 12 || new Date(at).getUTCMonth() === 0 ? 'year' : 'month' });
  return list;
}

type Window = { startsAt: number | null; endsAt: number | null };
/** Rows that overlap stand below each other, each as high up as there is room. */
export function stacked<T extends Window>(rows: readonly T[]): T[][] {
  const levels: T[][] = [];
  const byStart = rows.toSorted((a, b) => {
    const [first, second] = [a.startsAt ?? -Infinity, b.startsAt ?? -Infinity];
    return first === second ? 0 : first - second;
  });
  for (const row of byStart) {
    const level = levels.find((one) => (one.at(-1)!.endsAt ?? Infinity) <= (row.startsAt ?? -Infinity));
    if (level) level.push(row);
    else levels.push([row]);
  }
  return levels;
}
