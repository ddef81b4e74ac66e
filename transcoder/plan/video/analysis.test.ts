import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameRate } from '../../../schema/ladder.ts';
import { analysisPreRoll, mergeVideoFacts, parseLooks, videoFacts, type Look } from './analysis.ts';

const film: FrameRate = [24, 1];
const still: Omit<Look, 'frame'> = { change: 0, badness: 0, cut: false, black: false };
const strong: Omit<Look, 'frame'> = { change: 0.3, badness: 1.2, cut: false, black: false };
/** One look a frame: strong changes at these. */
const flashing = (frames: number, at: readonly number[]): Look[] =>
  Array.from({ length: frames }, (_, frame) => ({ frame, ...(at.includes(frame) ? strong : still) }));
const every = (from: number, count: number, step: number) =>
  Array.from({ length: count }, (_, i) => from + i * step);
const whole = (looks: readonly Look[], rate = film) =>
  videoFacts(looks, { first: 0, frames: looks.length, rate });

describe('flashing', () => {
  it('is more than three flashes in a second: seven changes', () => {
    expect(whole(flashing(96, every(30, 7, 3))).flashes).toMatchObject([{ start: 30 / 24, end: 49 / 24 }]);
    expect(whole(flashing(96, every(30, 6, 3))).flashes).toEqual([]);
    expect(whole(flashing(240, every(10, 40, 5))).flashes).toEqual([]); // five changes a second
  });

  it('is counted as FFmpeg counts it, and lasts from the first change to the last', () => {
    const [flash] = whole(flashing(120, every(24, 48, 1))).flashes;
    expect(flash).toMatchObject({ start: 1, end: 3 });
    // 24 changes, the oldest weighing 1/24: 1.2 × 12.5
    expect(flash!.badness).toBeCloseTo(15, 5);
  });
});

describe('facts', () => {
  const look = fc.record({
    change: fc.double({ min: 0, max: 0.12, noNaN: true }),
    cut: fc.boolean(),
    black: fc.boolean(),
  });
  const rates = fc.constantFrom<FrameRate>([24, 1], [24_000, 1001], [25, 1], [30, 1], [50, 1], [60, 1]);

  it('do not depend on where an episode is cut into chunks', () => {
    fc.assert(
      fc.property(
        fc.array(look, { minLength: 1, maxLength: 400 }),
        rates,
        fc.array(fc.integer({ min: 1, max: 399 }), { maxLength: 4 }),
        (list, rate, cuts) => {
          const step = rate[0] / rate[1] > 45 ? 2 : 1;
          const looks = list.map((one, i) => ({ frame: i * step, badness: one.change * 4, ...one }));
          const frames = list.length * step;
          const edges = [0, ...new Set(cuts.map((cut) => cut * step).filter((cut) => cut < frames)), frames];
          edges.sort((a, b) => a - b);
          const parts = edges.slice(1).map((end, i) => {
            const first = edges[i]!;
            const seen = looks.filter(({ frame }) => frame >= first - analysisPreRoll(rate) && frame < end);
            return videoFacts(seen, { first, frames: end - first, rate });
          });
          const merged = mergeVideoFacts(parts);
          const expected = videoFacts(looks, { first: 0, frames, rate });
          expect(merged.scenes).toEqual(expected.scenes);
          expect(merged.black).toEqual(expected.black);
          expect(merged.flashes.map(({ start, end }) => [start, end])).toEqual(
            expected.flashes.map(({ start, end }) => [start, end]),
          );
          for (const [i, { badness }] of merged.flashes.entries())
            expect(badness).toBeCloseTo(expected.flashes[i]!.badness, 9);
        },
      ),
    );
  });

  it('are read from what the filters print, but for the first picture, which was compared with none', () => {
    const text = [
      'frame:0    pts:24      pts_time:1',
      'lavfi.photosensitivity.badness=2.5',
      'lavfi.photosensitivity.frame-badness=2.5',
      'lavfi.scd.time=1',
      'frame:1    pts:25      pts_time:1.04167',
      'lavfi.photosensitivity.frame-badness=3.984375',
      'lavfi.scd.mafd=80.000',
      'lavfi.scd.time=1.04167',
      'lavfi.blackframe.pblack=99',
      '',
    ].join('\n');
    expect(parseLooks(text, film)).toEqual([
      { frame: 24, change: null, badness: 0, cut: false, black: false },
      { frame: 25, change: 1, badness: 3.984375, cut: true, black: true },
    ]);
  });
});
