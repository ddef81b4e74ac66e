import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Chunk, Plan } from '../../../schema/jobs/plan.ts';
import type { FrameRate } from '../../../schema/ladder.ts';
import { chunkFrames, gopFrames, planGrid } from '../grid.ts';
import { trickFrames } from './trick.ts';

const rates = fc.constantFrom<FrameRate>([24, 1], [24_000, 1001], [25, 1], [60, 1], [53, 10]);
const made = fc
  .tuple(fc.integer({ min: 1, max: 20_000 }), rates)
  .map(([frames, frameRate]) => ({ frames, frameRate, ...planGrid(frames, frameRate) }));

describe('key frames', () => {
  it('fill the film, one a GOP, each under the key of the segment it is in', () => {
    fc.assert(
      fc.property(made, (plan) => {
        const keys = trickFrames(plan);
        let next = 0;
        for (const [i, { index, frame, frames, period }] of keys.entries()) {
          expect(index).toBe(i);
          expect(frame).toBe(next);
          expect(frame).toBe(i * gopFrames(plan.frameRate));
          const segment = plan.grid.findLast(({ first }) => first <= frame)!;
          expect(period).toBe(segment.period);
          next += frames;
        }
        expect(next).toBe(plan.frames);
      }),
      { numRuns: 30 },
    );
  });

  it('are as many in a chunk as an encoder makes that begins there', () => {
    fc.assert(
      fc.property(made, (plan: Pick<Plan, 'grid' | 'frames' | 'frameRate'> & { chunks: Chunk[] }) => {
        const keys = trickFrames(plan);
        for (const chunk of plan.chunks) {
          const { first, frames } = chunkFrames(plan, chunk);
          const own = keys.filter(({ frame }) => frame >= first && frame < first + frames);
          expect(own).toHaveLength(Math.ceil(frames / gopFrames(plan.frameRate)));
        }
      }),
      { numRuns: 30 },
    );
  });
});
