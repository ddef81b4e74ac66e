import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Rung } from '../../schema/ladder.ts';
import { ladder } from './ladder.ts';

const sizes = (width: number, height: number) =>
  ladder(width, height, [24, 1]).map((rung) => `${rung.width}x${rung.height}`);

describe('the ladder', () => {
  it.each([
    [1920, 1080, ['640x360', '854x480', '1280x720', '1920x1080']],
    [3840, 2160, ['640x360', '854x480', '1280x720', '1920x1080', '2560x1440', '3840x2160']],
    [1280, 720, ['640x360', '854x480', '1280x720']],
    [320, 180, ['320x180']], // below the lowest step: its own size
    [1080, 1920, ['360x640', '480x854', '720x1280', '1080x1920']], // portrait
    [1920, 804, ['640x268', '854x358', '1280x536', '1920x804']], // wide: the long edge decides
    [1440, 1080, ['480x360', '640x480', '960x720', '1440x1080']], // 4:3
    [1888, 1062, ['640x360', '854x480', '1280x720', '1888x1062']], // nearly 1080 lines: kept, not thrown away
    [853, 479, ['640x360', '852x478']], // odd
    [2, 2, ['2x2']],
  ])('of %i×%i', (width, height, expected) => {
    expect(sizes(width, height)).toEqual(expected);
  });

  it('never scales up, keeps the aspect, has even sizes, rises, and fits the schema', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 8000 }), fc.integer({ min: 16, max: 8000 }), (width, height) => {
        const rungs = ladder(width, height, [25, 1]);
        expect(new Set(rungs.map(({ id }) => id)).size).toBe(rungs.length);
        for (const [i, rung] of rungs.entries()) {
          expect(v.is(Rung, rung)).toBe(true);
          expect((rung.width % 2) + (rung.height % 2)).toBe(0);
          expect(rung.width).toBeLessThanOrEqual(width);
          expect(rung.height).toBeLessThanOrEqual(height);
          expect(Math.abs(rung.width - (rung.height * width) / height)).toBeLessThanOrEqual(
            2 + (2 * width) / height,
          );
          expect(rung.height).toBeGreaterThan(rungs[i - 1]?.height ?? 0);
        }
      }),
    );
  });

  it('allows more bits where there are more frames', () => {
    expect(ladder(640, 360, [60, 1])[0]!.maxrate).toBe(1_200_000);
    expect(ladder(640, 360, [30, 1])[0]!.maxrate).toBe(800_000);
  });
});
