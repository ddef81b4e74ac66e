import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameRate, Rung } from '../../../schema/ladder.ts';
import { gopFrames, planGrid } from '../grid.ts';
import { groupFrames, plannedKeys } from './groups.ts';

const rung = (id: string): Rung => ({
  id,
  codec: 'h264',
  width: 320,
  height: 180,
  crf: 22,
  maxrate: 1,
  bufsize: 2,
});
const rungs = [rung('v180'), rung('v360')];
const rates = fc.constantFrom<FrameRate>([24, 1], [24_000, 1001], [25, 1], [60, 1], [53, 10]);
const made = fc
  .tuple(fc.integer({ min: 1, max: 20_000 }), rates)
  .map(([frames, frameRate]) => ({ frameRate, rungs, ...planGrid(frames, frameRate) }));

describe('groups of pictures', () => {
  it('begin with every segment; those of the lowest rung with every GOP of the grid', () => {
    fc.assert(
      fc.property(made, (plan) => {
        const gop = gopFrames(plan.frameRate);
        const [low, high] = [plannedKeys(plan, rungs[0]!), plannedKeys(plan, rungs[1]!)];
        expect(high).toHaveLength(plan.grid.length);
        for (const [i, { frames }] of plan.grid.entries()) {
          expect(low[i]).toEqual(Array.from({ length: Math.ceil(frames / gop) }, (_, k) => k * gop));
          expect(high[i]![0]).toBe(0);
          expect(low[i]).toEqual(expect.arrayContaining(high[i]!));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are whole segments in the body of an episode, and two seconds where its first segments are short', () => {
    const plan = { frameRate: [24, 1] as FrameRate, rungs, ...planGrid(24 * 120, [24, 1]) };
    const [head, ramp, ...body] = plan.chunks.map((chunk) => groupFrames(plan, chunk, rungs[1]!));
    expect([head, ramp]).toEqual([48, 48]);
    expect(body.length).toBeGreaterThan(1);
    expect(new Set(body)).toEqual(new Set([144]));
  });
});
