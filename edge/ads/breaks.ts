import { ageRatings } from '../../schema/catalog-terms.ts';
import type { Package } from '../../schema/package.ts';
import type { AgeRating } from '../rights/terms.ts';

/** Profiles with this ceiling or a lower one are children's (ADR 0088). */
const CHILDRENS: AgeRating = '12';

/** Whether a profile is a child's: nobody is shown advertising on it. It watches the same, without breaks. */
export const isChilds = (ceiling: AgeRating): boolean =>
  ageRatings.indexOf(ceiling) <= ageRatings.indexOf(CHILDRENS);

/** A mark that is no further from a segment's beginning is moved there, seconds: half of what anybody notices of a cut. */
const NEAR = 0.5;

/**
 * Where a play is interrupted, seconds; empty: nowhere. A mark that an editor set beside the beginning of a segment means it, and there a
 * player has nothing to decode twice; others stay where they are, as players stop and go on within a segment too.
 * @param ads whether what is watched is paid for by advertising
 * @param marked by editors, ascending
 */
export function breaksFor(
  { ads, ageCeiling }: { ads: boolean; ageCeiling: AgeRating },
  marked: readonly number[],
  { video, duration }: Pick<Package, 'video' | 'duration'>,
): number[] {
  if (!ads || marked.length === 0 || isChilds(ageCeiling)) return [];
  const beginnings: number[] = [];
  let at = 0;
  for (const segment of video[0]?.segments ?? []) {
    beginnings.push(at);
    at += segment.duration;
  }
  return marked
    .map((mark) => inMs(beginnings.find((beginning) => Math.abs(beginning - mark) <= NEAR) ?? mark))
    .filter((mark) => mark < duration);
}

const inMs = (seconds: number) => Math.round(seconds * 1000) / 1000;
