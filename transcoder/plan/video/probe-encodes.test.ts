import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probeOf, slices } from './probe-encodes.ts';

describe('slices', () => {
  it('are spread over the film, do not overlap, and cost little of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 36, max: 500_000 }), (frames) => {
        const runs = slices({ frames });
        let end = 0;
        for (const { first, frames: length } of runs) {
          expect(first).toBeGreaterThanOrEqual(end);
          expect(length).toBeGreaterThanOrEqual(Math.min(12, Math.floor(frames / 3)));
          end = first + length;
        }
        expect(end).toBeLessThanOrEqual(frames);
        const total = runs.reduce((sum, run) => sum + run.frames, 0);
        expect(total).toBeGreaterThanOrEqual(36);
        expect(total).toBeLessThanOrEqual(Math.max(36, Math.min(frames * 0.03, 144)));
        // No part of the film is far from what is looked at.
        expect(runs.length).toBeGreaterThanOrEqual(3);
        expect(runs[0]!.first).toBeLessThan(frames / 2);
        expect(end).toBeGreaterThan(frames / 2);
      }),
    );
  });

  it('are none of a film that is shorter than they are', () => {
    expect(slices({ frames: 35 })).toEqual([]);
  });
});

describe('a probe', () => {
  it('counts a key frame as often as a group of pictures has one', () => {
    const facts = [
      { key: 48_000, other: 1000, likeness: [0.99, 0.99] },
      { key: 480_000, other: 10_000, likeness: [0.89, 0.89] },
    ];
    const { rate, worst, quality } = probeOf(24, facts, { frameRate: [24, 1], group: 144 });
    // Two seconds are 48 pictures: 480 000 + 47 × 10 000 bytes.
    expect(worst).toBe((480_000 + 470_000) * 4);
    // A group is 144: 48 000 + 143 × 1000 bytes in six seconds, and ten times as much, of which the mean is taken.
    expect(rate).toBeCloseTo(((48_000 + 143_000) * 8 * 5.5) / 6, 3);
    expect(quality).toBeCloseTo(-10 * Math.log10(0.06), 6); // of the mean, 0.94: the worse slice weighs more
  });

  it('of a picture that is like the source beyond seeing counts as no better than that', () => {
    const facts = [{ key: 1, other: 1, likeness: [1] }];
    expect(probeOf(24, facts, { frameRate: [24, 1], group: 48 }).quality).toBe(30);
  });
});
