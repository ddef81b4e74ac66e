import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameRate } from '../../../schema/ladder.ts';
import { h264Level, referenceFrames } from './h264-level.ts';

const film: FrameRate = [24, 1];

describe('the level of H.264', () => {
  it.each<[number, number, FrameRate, string]>([
    [640, 360, film, '3.0'],
    [854, 480, film, '3.0'],
    [854, 480, [60, 1], '3.1'],
    [1280, 720, [30, 1], '3.1'],
    [1280, 720, [60, 1], '3.2'],
    [1920, 1080, [30, 1], '4.0'],
    [1920, 1080, [60_000, 1001], '4.2'],
    [1080, 1920, film, '4.0'],
    [2560, 1440, film, '5.0'],
    [3840, 2160, [30, 1], '5.1'],
    [3840, 2160, [60, 1], '5.2'],
    [4000, 16, film, '4.0'], // few macroblocks, but no picture of level 3.2 is as wide
    [8000, 8000, [60, 1], '6.2'],
  ])('of %i×%i at %j is %s', (width, height, rate, level) => {
    expect(h264Level({ width, height }, rate)).toBe(level);
  });

  it('never falls as pictures grow', () => {
    const side = fc.integer({ min: 2, max: 4096 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 0, max: 512 }), (width, height, more) => {
        const small = Number(h264Level({ width, height }, film));
        expect(Number(h264Level({ width: width + more, height }, film))).toBeGreaterThanOrEqual(small);
        expect(Number(h264Level({ width, height }, [60, 1]))).toBeGreaterThanOrEqual(small);
      }),
    );
  });

  it('bounds the reference frames', () => {
    expect(referenceFrames('veryfast', { width: 1920, height: 1080 }, film)).toBe(1);
    expect(referenceFrames('fast', { width: 1920, height: 1080 }, film)).toBe(4);
    expect(referenceFrames('slow', { width: 1920, height: 1080 }, film)).toBe(4); // ten do not fit level 4
    expect(referenceFrames('slow', { width: 640, height: 360 }, film)).toBe(8);
    expect(referenceFrames('veryslow', { width: 320, height: 180 }, film)).toBe(16);
  });
});
