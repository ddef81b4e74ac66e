import * as v from 'valibot';

/** What seed.ts says to the launcher on standard output, a JSON line each. */
export const SeedLine = v.variant('kind', [
  v.object({ kind: v.literal('progress'), note: v.string() }),
  /** What the films are doing; kept in the log only. */
  v.object({ kind: v.literal('film'), note: v.string() }),
  /** The catalogue stands. `encoding`: its films are still on their way. */
  v.object({ kind: v.literal('catalogue'), titles: v.number(), encoding: v.boolean() }),
  v.object({ kind: v.literal('failed'), words: v.string() }),
]);
export type SeedLine = v.InferOutput<typeof SeedLine>;
