/**
 * The top of an axis and its steps: the smallest of 1, 2 or 5 times a power of ten that has room for `most` in at most five steps.
 * Never less than 1: what is counted has no halves.
 */
export function scale(most: number): { top: number; steps: number[] } {
  const rough = Math.max(1, most) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(
    1,
    [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough)!,
  );
  const count = Math.max(1, Math.ceil(most / step));
  return { top: count * step, steps: Array.from({ length: count + 1 }, (_, i) => i * step) };
}

/** How much `now` is more or less than `before`, as a share of that; null: there was nothing before, so no share of it. */
export const change = (now: number, before: number): number | null =>
  before === 0 ? null : (now - before) / before;
