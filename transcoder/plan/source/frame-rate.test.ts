import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameRate } from '../../../schema/ladder.ts';
import { cadence, parseRate } from './frame-rate.ts';

const steady = (count: number, [num, den]: FrameRate, grain = 1e-6, start = 0) =>
  Array.from({ length: count }, (_, i) => Math.round((start + (i * den) / num) / grain) * grain);

describe('the cadence', () => {
  it('of a steady source is its own rate, whatever the grain of its timestamps and its start', () => {
    const rates: FrameRate[] = [
      [24_000, 1001],
      [24, 1],
      [25, 1],
      [30_000, 1001],
      [50, 1],
      [60_000, 1001],
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...rates),
        fc.integer({ min: 2, max: 5000 }),
        fc.constantFrom(1e-6, 1e-3, 1 / 90_000),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (rate, count, grain, start) => {
          const found = cadence(steady(count, rate, grain, start), 0, [rate, null]);
          expect(found).toEqual({ rate, frames: count, constant: true });
        },
      ),
    );
  });

  it('does not believe a claim that the timestamps deny', () => {
    const times = steady(3000, [24_000, 1001], 1e-3);
    expect(cadence(times, 0, [[30, 1], null])).toEqual({
      rate: [24_000, 1001],
      frames: 3000,
      constant: true,
    });
  });

  it('writes 2997/125 as 24000/1001', () => {
    expect(cadence(steady(500, [24_000, 1001]), 0, [[2997, 125]]).rate).toEqual([24_000, 1001]);
  });

  it('of a varying source holds its quickest common pace to the end of the last picture', () => {
    // 2 s at 24, then pictures held for a second each.
    const times = [...steady(48, [24, 1]), 2, 3, 4];
    expect(cadence(times, 1, [[1000, 1], null])).toEqual({ rate: [24, 1], frames: 120, constant: false });
  });

  it('of a film with a picture missing is the rate of the others, whatever the grain of its timestamps', () => {
    const rates: FrameRate[] = [
      [24_000, 1001],
      [24, 1],
      [25, 1],
      [30_000, 1001],
      [30, 1],
      [60_000, 1001],
      [60, 1],
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...rates),
        fc.integer({ min: 500, max: 5000 }),
        fc.constantFrom(1e-6, 1e-3, 1 / 90_000),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        (rate, count, grain, where) => {
          const missing = Math.floor(where * count);
          const times = steady(count, rate, grain).filter((_, i) => i !== missing);
          expect(cadence(times, rate[1] / rate[0], [rate, null])).toEqual({
            rate,
            frames: count,
            constant: false,
          });
        },
      ),
    );
  });

  it('halves what is quicker than screens, and fills a slide show', () => {
    expect(cadence(steady(240, [120, 1]), 1 / 120, [[120, 1]])).toEqual({
      rate: [60, 1],
      frames: 120,
      constant: false,
    });
    const slides = cadence(steady(10, [1, 2]), 2, [[1, 2]]);
    expect(slides).toEqual({
      rate: [24_000, 1001],
      frames: Math.round((20 * 24_000) / 1001),
      constant: false,
    });
  });

  it('of one picture is one frame', () => {
    expect(cadence([0], 0, [[25, 1]])).toEqual({ rate: [25, 1], frames: 1, constant: true });
  });

  it('reads rates as ffprobe writes them', () => {
    expect(parseRate('24000/1001')).toEqual([24_000, 1001]);
    expect(parseRate('0/0')).toBeNull();
    expect(parseRate(undefined)).toBeNull();
  });
});
