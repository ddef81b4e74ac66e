/** Numbers in [0, 1) that a seed decides (mulberry32), so that a bad run can be had again. */
export type Dice = {
  next(): number;
  /** A whole number in [0, below). */
  below(below: number): number;
  pick<T>(of: readonly T[]): T;
};

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { next, below, pick: (of) => of[below(of.length)]! };
}
