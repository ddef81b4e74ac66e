import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { coverOf, cropOf, isWhole, panned, sentSize, wholeOf, zoomed, type View } from './crop.ts';

const wide = { width: 3000, height: 2000 };

it('keeps as much of a picture as the shape allows, from its middle', () => {
  expect(cropOf(wide, wholeOf(wide, 2 / 3))).toEqual({ width: 1333, height: 2000, x: 834, y: 0 });
  expect(cropOf(wide, wholeOf(wide, 16 / 9))).toEqual({ width: 3000, height: 1688, x: 0, y: 156 });
  expect(cropOf(wide, wholeOf(wide, null))).toEqual({ ...wide, x: 0, y: 0 });
});

it('moves as far as the edge and no further, and back at once', () => {
  const there = panned(wide, wholeOf(wide, 2 / 3), 5_000, 0);
  expect(cropOf(wide, there).x).toBe(3000 - 1333);
  expect(cropOf(wide, panned(wide, there, -10, 0)).x).toBe(3000 - 1333 - 10);
});

it('sends the file as it is only where nothing of it is cut', () => {
  expect(isWhole({ width: 800, height: 1200 }, wholeOf({ width: 800, height: 1200 }, 2 / 3))).toBe(true);
  expect(isWhole({ width: 801, height: 1200 }, wholeOf({ width: 801, height: 1200 }, 2 / 3))).toBe(true);
  expect(isWhole(wide, wholeOf(wide, 2 / 3))).toBe(false);
  expect(isWhole(wide, zoomed(wholeOf(wide, null), 1.1))).toBe(false);
});

it('never sends more pixels than there are', () => {
  expect(sentSize({ width: 500, height: 750 }, 2000)).toEqual({ width: 500, height: 750 });
  expect(sentSize({ width: 4000, height: 6000 }, 2000)).toEqual({ width: 2000, height: 3000 });
});

it('a card of a link shows the middle of a poster', () => {
  expect(coverOf({ width: 800, height: 1200 }, { width: 1200, height: 630 })).toEqual({
    width: 800,
    height: 420,
    x: 0,
    y: 390,
  });
});

const size = fc.record({
  width: fc.integer({ min: 1, max: 9000 }),
  height: fc.integer({ min: 1, max: 9000 }),
});
const view: fc.Arbitrary<View> = fc.record({
  ratio: fc.double({ min: 0.2, max: 6, noNaN: true }),
  zoom: fc.double({ min: 0.1, max: 20, noNaN: true }),
  x: fc.double({ min: -1, max: 2, noNaN: true }),
  y: fc.double({ min: -1, max: 2, noNaN: true }),
});
it('whatever is done to a view, it stays within the picture', () => {
  fc.assert(
    fc.property(size, view, fc.integer(), fc.integer(), (picture, given, dx, dy) => {
      for (const one of [given, panned(picture, given, dx, dy), zoomed(given, 3)]) {
        const { x, y, width, height } = cropOf(picture, one);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
        expect(x + width).toBeLessThanOrEqual(picture.width);
        expect(y + height).toBeLessThanOrEqual(picture.height);
      }
    }),
  );
});
