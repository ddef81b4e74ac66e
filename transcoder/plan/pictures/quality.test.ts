import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  chosen,
  nextQuality,
  scales,
  startQuality,
  TARGET_SSIM,
  type ImageType,
  type Tried,
} from './quality.ts';

const types = Object.keys(scales) as ImageType[];

/** Searches on an encoder whose error grows as `error` says, by steps from its best. */
function search(type: ImageType, start: number, error: (steps: number) => number): Tried[] {
  const tried: Tried[] = [];
  for (;;) {
    const quality = nextQuality(type, tried, start);
    if (quality === null) return tried;
    tried.push({ quality, ssim: 1 - error(Math.abs(quality - scales[type].best)) });
    expect(tried.length).toBeLessThan(12);
  }
}

it('finds a quality that keeps to the target wherever there is one, in a few tries', () => {
  const curve = fc.record({
    type: fc.constantFrom(...types),
    from: fc.double({ min: 0.000_5, max: 0.05, noNaN: true }),
    slope: fc.double({ min: 0.005, max: 0.25, noNaN: true }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(curve, ({ type, from, slope, share }) => {
      const { best, worst } = scales[type];
      const error = (steps: number) => Math.min(1, from * Math.exp(slope * steps));
      const tried = search(type, Math.round(best + (worst - best) * share), error);
      const found = chosen(type, tried)!;
      expect(new Set(tried.map(({ quality }) => quality)).size).toBe(tried.length);
      for (const { quality } of tried) {
        expect(quality).toBeGreaterThanOrEqual(Math.min(best, worst));
        expect(quality).toBeLessThanOrEqual(Math.max(best, worst));
      }
      // Where nothing reaches the target, it is the best there is.
      expect(1 - error(0) >= TARGET_SSIM ? found.ssim >= TARGET_SSIM : found.quality === best).toBe(true);
    }),
  );
});

it.each(types)('%s: comes close on the scale it was measured on, in a try or two', (type) => {
  const { best, worst, position, slope } = scales[type];
  const away = Math.sign(worst - best);
  const reach = Math.abs(worst - best);
  for (let border = 2; border < reach - 2; border += 3) {
    const errorAt = (steps: number) =>
      Math.min(
        1,
        (1 - TARGET_SSIM) *
          Math.exp(slope * (position(best + away * steps) - position(best + away * border))),
      );
    for (const start of [best, best + away * Math.round(reach / 3), worst]) {
      const tried = search(type, start, errorAt);
      const found = Math.abs(chosen(type, tried)!.quality - best);
      expect(found).toBeLessThanOrEqual(border);
      // The next but one fails, or the errors are within the third that is not worth another encode.
      expect(errorAt(found) >= (1 - TARGET_SSIM) * 0.74 || found >= border - 1).toBe(true);
      expect(tried.length).toBeLessThanOrEqual(3);
    }
  }
});

it.each(types)('%s: begins further from the best the easier the picture is, and on its scale', (type) => {
  const { best, worst } = scales[type];
  const likenesses = [0, 0.5, 0.9, 0.95, 0.97, 0.99, 1];
  const steps = likenesses.map((ssim) => Math.abs(startQuality(type, ssim) - best));
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(steps[0]).toBe(0);
  expect(steps.at(-1)).toBeGreaterThan(0.6 * Math.abs(worst - best));
  expect(steps.at(-1)).toBeLessThanOrEqual(Math.abs(worst - best));
});
