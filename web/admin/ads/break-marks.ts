import { BREAK_APART_SECONDS, MOST_BREAKS } from '../../../schema/api/ads.ts';
import type { Marker } from '../../../schema/media-facts.ts';

/** Seconds between two breaks that are proposed: a commercial hour has some five. */
const PROPOSED_APART = 8 * 60;
/** Nobody is to be interrupted right before the end, seconds. */
const BEFORE_THE_END = 2 * 60;

/**
 * Proposes breaks where an episode breathes anyway: before it begins, and where its opening, a recap or a part before it ends; where
 * those leave more than a quarter of an hour, in between.
 * @param duration seconds; null: not known, and only what is marked counts
 */
export function proposedBreaks(markers: readonly Marker[], duration: number | null): number[] {
  const last = (duration ?? Infinity) - BEFORE_THE_END;
  const ends = markers
    .filter(({ kind }) => kind === 'opening' || kind === 'recap')
    .map(({ end }) => Math.round(end * 10) / 10)
    .toSorted((a, b) => a - b);
  const breaks = [0];
  const add = (at: number) => {
    if (breaks.length < MOST_BREAKS && at < last && at - breaks.at(-1)! >= BREAK_APART_SECONDS)
      breaks.push(at);
  };
  ends.forEach(add);
  if (duration !== null)
    while (breaks.length < MOST_BREAKS && breaks.at(-1)! + PROPOSED_APART < last)
      add(breaks.at(-1)! + PROPOSED_APART);
  return breaks;
}

/** What is wrong with times as they are typed. Null: nothing. */
export function wrongBreaks(
  times: readonly (number | null)[],
  duration: number | null,
): 'time' | 'late' | 'apart' | 'many' | null {
  if (times.some((at) => at === null)) return 'time';
  const sorted = (times as number[]).toSorted((a, b) => a - b);
  if (duration !== null && sorted.some((at) => at > 0 && at >= duration)) return 'late';
  if (sorted.some((at, i) => i > 0 && at - sorted[i - 1]! < BREAK_APART_SECONDS)) return 'apart';
  return sorted.length > MOST_BREAKS ? 'many' : null;
}
