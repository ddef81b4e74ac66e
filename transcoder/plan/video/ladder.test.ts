import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Rung } from '../../../schema/ladder.ts';
import { av1Ladder } from './av1-ladder.ts';
import { ladder } from './ladder.ts';

const all = { crf: 22, ladder: 'all' } as const;
const measured = { crf: 22, ladder: 'measured' } as const;
const sizes = (width: number, height: number) =>
  ladder(width, height, [24, 1], all).map((rung) => `${rung.width}x${rung.height}`);

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
      fc.property(
        fc.integer({ min: 16, max: 8000 }),
        fc.integer({ min: 16, max: 8000 }),
        fc.constantFrom(all, measured),
        (width, height, settings) => {
          const rungs = ladder(width, height, [25, 1], settings);
          expect(new Set(rungs.map(({ id }) => id)).size).toBe(rungs.length);
          expect(rungs.length).toBeLessThanOrEqual(6);
          for (const [i, rung] of rungs.entries()) {
            expect(v.is(Rung, rung)).toBe(true);
            expect((rung.width % 2) + (rung.height % 2)).toBe(0);
            expect(rung.width).toBeLessThanOrEqual(width);
            expect(rung.height).toBeLessThanOrEqual(height);
            expect(Math.abs(rung.width - (rung.height * width) / height)).toBeLessThanOrEqual(
              2 + (2 * width) / height,
            );
            expect(rung.maxrate).toBeGreaterThanOrEqual(rungs[i - 1]?.maxrate ?? 0);
          }
          const heights = rungs.map((rung) => rung.height);
          expect(new Set(ladder(width, height, [25, 1], all).map((rung) => rung.height)).size).toBe(
            ladder(width, height, [25, 1], all).length,
          );
          expect(rungs.at(-1)!.height).toBe(Math.max(...heights));
          expect(rungs[0]!.height).toBe(Math.min(...heights));
        },
      ),
    );
  });

  it('has cheaper candidates at the size of the source, to be measured', () => {
    const ids = (width: number, height: number) =>
      ladder(width, height, [24, 1], measured).map(({ id, crf }) => `${id}@${crf}`);
    expect(ids(1920, 1080)).toEqual(['v360@22', 'v1080-low@28', 'v720@22', 'v1080@22']);
    expect(ids(1280, 720)).toEqual(['v360@22', 'v720-low@28', 'v720@22']);
    expect(ids(3840, 2160)).toEqual([
      'v360@22',
      'v720@22',
      'v1080@22',
      'v2160-low@28',
      'v1440@22',
      'v2160@22',
    ]);
    expect(ids(854, 480)).toEqual(['v360@22', 'v480@22']);
  });

  it('has the usual steps where nothing is measured', () => {
    const ids = (width: number, height: number) =>
      ladder(width, height, [24, 1], { crf: 22, ladder: 'usual' }).map(({ id }) => id);
    expect(ids(1920, 1080)).toEqual(['v360', 'v720', 'v1080']);
    expect(ids(854, 480)).toEqual(['v360', 'v480']);
  });

  it('allows more bits where there are more frames', () => {
    expect(ladder(640, 360, [60, 1], { crf: 22, ladder: 'measured' })[0]!.maxrate).toBe(1_200_000);
    expect(ladder(640, 360, [30, 1], { crf: 22, ladder: 'measured' })[0]!.maxrate).toBe(800_000);
  });
});

describe('the ladder in AV1', () => {
  const settings = { preset: null, maxHeight: null, av1: true, encryption: 'aes-128', ...measured } as const;
  it('is short: two at the size of the source, a small one below', () => {
    const made = av1Ladder({ rungs: ladder(1920, 1080, [24, 1], measured), settings });
    expect(made.map(({ id, codec, crf }) => [id, codec, crf])).toEqual([
      ['v360-av1', 'av1', 44],
      ['v1080-av1low', 'av1', 50],
      ['v1080-av1', 'av1', 40],
    ]);
    for (const rung of made) expect(v.is(Rung, { ...rung, id: `r2-${rung.id}` })).toBe(true);
  });

  it('follows a better ladder, and has no small rung where there is none', () => {
    const better = { ...settings, crf: 18 };
    const made = av1Ladder({ rungs: ladder(640, 360, [24, 1], better), settings: better });
    expect(made.map(({ id, crf }) => [id, crf])).toEqual([
      ['v360-av1low', 44],
      ['v360-av1', 34],
    ]);
  });
});
