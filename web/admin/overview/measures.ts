import type { Sums } from '../../../schema/api/overview.ts';

/** What is counted, in the order in which it is shown. */
export const measures = ['plays', 'minutes', 'viewers', 'accounts', 'encodes', 'encodeMinutes'] as const;
export type Measure = (typeof measures)[number];

/** A measure of a day or of some hours. How long encodes take is said of one, not of all together. */
export const valueOf = (measure: Measure, sums: Sums): number =>
  measure === 'encodeMinutes'
    ? sums.encodes > 0
      ? Math.round(sums.encodeMinutes / sums.encodes)
      : 0
    : sums[measure];
