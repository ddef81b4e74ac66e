import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rung } from '../../../schema/ladder.ts';
import { chooseRungs, type Curve } from './hull.ts';
import { ladder } from './ladder.ts';

/** A curve through two points: rate (kbit/s) and quality at CRF 24 and 34. */
const curve = (
  height: number,
  [rate, quality]: [number, number],
  [cheap, worse]: [number, number],
  worst = 1.5,
): Curve => ({
  width: Math.round((height * 16) / 9 / 2) * 2,
  height,
  probes: [
    { crf: 24, rate: rate * 1000, worst: rate * 1000 * worst, quality },
    { crf: 34, rate: cheap * 1000, worst: cheap * 1000 * worst, quality: worse },
  ],
});
const candidates = ladder(1920, 1080, [24, 1], { crf: 22, ladder: 'measured' });
const ids = (rungs: readonly Rung[]) => rungs.map(({ id }) => id);

/** Drawn film: small pictures have lost their lines, whatever their rate. */
const drawn = [
  curve(360, [280, 12], [110, 11]),
  curve(480, [450, 13.2], [180, 12]),
  curve(720, [900, 15], [330, 13.6]),
  curve(1080, [1900, 20], [650, 17]),
];
/** Noise: bits run out before pixels do. */
const noisy = [
  curve(360, [900, 9], [300, 8.2]),
  curve(480, [1600, 9.8], [500, 8.6]),
  curve(720, [3600, 11.5], [1100, 9.4]),
  curve(1080, [9000, 14], [2600, 10]),
];

describe('the ladder of a title', () => {
  it('of drawn film comes to the size of the source early', () => {
    expect(ids(chooseRungs(candidates, drawn))).toEqual(['v360', 'v720', 'v1080-low', 'v1080']);
  });

  it('of noisy film goes down in size', () => {
    expect(ids(chooseRungs(candidates, noisy))).toContain('v720');
  });

  it('of grain that no cap holds is spread below the cap, not above it', () => {
    const grain = [
      curve(360, [430, 2.4], [90, 2.3]),
      curve(480, [930, 2.5], [150, 2.4]),
      curve(720, [6680, 2.7], [310, 2.45]),
      curve(1080, [72_660, 7.4], [1330, 2.4]),
    ];
    const rungs = chooseRungs(candidates, grain);
    const inner = rungs.slice(1, -1).map(({ height, crf }) => {
      const [fine, coarse] = grain.find((one) => one.height === height)!.probes;
      return fine.rate * (coarse.rate / fine.rate) ** ((crf - fine.crf) / 10);
    });
    expect(inner.length).toBeGreaterThanOrEqual(1);
    for (const rate of inner) expect(rate).toBeLessThan(6_000_000 / 1.4);
  });

  it('begins with a rung for slow lines, though not at any price', () => {
    expect(chooseRungs(candidates, drawn)[0]).toMatchObject({ id: 'v360', crf: 22 });
    expect(chooseRungs(candidates, noisy)[0]).toMatchObject({ id: 'v360', crf: 30 });
  });

  it('has steps of about two in rate', () => {
    const rungs = chooseRungs(candidates, drawn);
    const rates = rungs.map(({ height, crf }) => {
      const [fine, coarse] = drawn.find((one) => one.height === height)!.probes;
      return fine.rate * (coarse.rate / fine.rate) ** ((crf - fine.crf) / 10);
    });
    for (const [i, rate] of rates.slice(1).entries()) {
      expect(rate / rates[i]!).toBeGreaterThanOrEqual(1.5);
      expect(rate / rates[i]!).toBeLessThanOrEqual(2.6);
    }
  });

  it('keeps room for what is harder than the slices that were measured', () => {
    for (const { id, crf, maxrate, bufsize } of chooseRungs(candidates, drawn)) {
      if (!id.startsWith('v1080')) continue;
      const rate = 1_900_000 * (650 / 1900) ** ((crf - 24) / 10);
      expect(maxrate).toBeGreaterThan(1.6 * rate);
      expect(bufsize).toBe(2 * maxrate);
    }
  });

  it('needs curves: without them, or with one candidate, it stays as it is', () => {
    expect(chooseRungs(candidates, [])).toEqual(candidates);
    expect(chooseRungs(candidates.slice(-1), drawn)).toEqual(candidates.slice(-1));
  });

  const point = fc.record({
    rate: fc.double({ min: 5, max: 40_000, noNaN: true }),
    falls: fc.double({ min: 0, max: 0.99, noNaN: true }),
    quality: fc.double({ min: 3, max: 50, noNaN: true }),
    loses: fc.double({ min: 0, max: 10, noNaN: true }),
    worst: fc.double({ min: 1, max: 8, noNaN: true }),
  });
  const sources = fc.constantFrom<[number, number][]>(
    [1920, 1080],
    [3840, 2160],
    [1280, 720],
    [854, 480],
    [640, 360],
    [1080, 1920],
  );

  it('has its first and its top rung, rises in rate, quality and cap, and stays within the table, whatever was measured', () => {
    fc.assert(
      fc.property(
        sources,
        fc.integer({ min: 14, max: 34 }),
        fc.array(point, { minLength: 6, maxLength: 6 }),
        (size, crf, points) => {
          const all = ladder(size[0], size[1], [24, 1], { crf, ladder: 'measured' });
          const sizes = [...new Map(all.map((rung) => [rung.height, rung])).values()];
          const curves = sizes.map(({ width, height }, i): Curve => {
            const { rate, falls, quality, loses, worst } = points[i]!;
            const [dear, cheap] = [rate * 1000, rate * 1000 * (1 - falls)];
            return {
              width,
              height,
              probes: [
                { crf: 24, rate: dear, worst: dear * worst, quality },
                { crf: 34, rate: cheap, worst: cheap * worst, quality: quality - loses },
              ],
            };
          });
          const rungs = chooseRungs(all, curves);
          expect(rungs[0]!.id).toBe(all[0]!.id);
          expect(rungs.at(-1)!.id).toBe(all.at(-1)!.id);
          expect(rungs.at(-1)!.crf).toBe(crf);
          expect(new Set(ids(rungs)).size).toBe(rungs.length);
          const at = ({ height, crf }: Rung) => {
            const [fine, coarse] = curves.find((one) => one.height === height)!.probes;
            const t = (crf - fine.crf) / 10;
            const fall = Math.min(-0.01, Math.log(coarse.rate / fine.rate));
            return {
              rate: fine.rate * Math.exp(fall * t),
              quality: fine.quality + Math.min(-0.01, coarse.quality - fine.quality) * t,
            };
          };
          for (const [i, rung] of rungs.entries()) {
            const table = all.findLast(({ height }) => height === rung.height)!;
            expect(rung.maxrate).toBeLessThanOrEqual(table.maxrate);
            expect(rung.maxrate).toBeGreaterThan(0);
            expect(rung.crf).toBeGreaterThanOrEqual(14);
            expect(rung.crf).toBeLessThanOrEqual(40);
            if (i === 0) continue;
            expect(rung.maxrate).toBeGreaterThan(rungs[i - 1]!.maxrate);
            // Of rungs between the first and the top, none is both dearer and worse than another.
            if (i === rungs.length - 1 || i === 1) continue;
            expect(at(rung).rate).toBeGreaterThan(at(rungs[i - 1]!).rate);
            expect(at(rung).quality).toBeGreaterThan(at(rungs[i - 1]!).quality);
          }
        },
      ),
    );
  });
});
