/** One measured figure. `ratio` = value / baseline; a goal is a bound on the ratio, or on the value where there is no baseline. */
export type Figure = {
  name: string;
  value: number;
  unit: string;
  /** What it is compared with, measured in the same run. */
  baseline: { name: string; value: number } | null;
  ratio: number | null;
  goal: string;
  met: boolean;
};

type Measured = { name: string; value: number; unit: string };

/** A figure against a baseline of the same run; the goal bounds the ratio. */
export const against = (of: Measured, baseline: { name: string; value: number }, atMost: number): Figure => {
  const ratio = of.value / baseline.value;
  return { ...of, baseline, ratio, goal: `ratio ≤ ${atMost}`, met: ratio <= atMost };
};

/** A count or a size with a bound of its own. */
export const bounded = (of: Measured, atMost: number): Figure => ({
  ...of,
  baseline: null,
  ratio: null,
  goal: `≤ ${atMost} ${of.unit}`.trimEnd(),
  met: of.value <= atMost,
});

/** A value with a floor of its own. */
export const atLeast = (of: Measured, least: number): Figure => ({
  ...of,
  baseline: null,
  ratio: null,
  goal: `≥ ${least} ${of.unit}`.trimEnd(),
  met: of.value >= least,
});

/** Two numbers that have to be the same. */
export const equal = (of: Measured, baseline: { name: string; value: number }): Figure => ({
  ...of,
  baseline,
  ratio: of.value / baseline.value,
  goal: 'ratio = 1',
  met: of.value === baseline.value,
});

/** Shown, not judged. */
export const shown = (of: Measured): Figure => ({
  ...of,
  baseline: null,
  ratio: null,
  goal: 'shown',
  met: true,
});

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
