import { assert, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { change, scale } from './scale.ts';

it.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [7, [0, 2, 4, 6, 8]],
  [100, [0, 50, 100]],
  [1_340, [0, 500, 1_000, 1_500]],
])('up to %i', (most, steps) => {
  expect(scale(most)).toEqual({ top: steps.at(-1), steps });
});

it('always has room, in whole even steps, and wastes less than half of it', () => {
  assert(
    property(integer({ min: 1, max: 1e12 }), (most) => {
      const { top, steps } = scale(most);
      expect(top).toBeGreaterThanOrEqual(most);
      expect(top).toBeLessThanOrEqual(most * 2);
      expect(steps.length).toBeLessThanOrEqual(6);
      for (const step of steps) expect(Number.isInteger(step)).toBe(true);
      expect(new Set(steps.slice(1).map((step, i) => step - steps[i]!)).size).toBe(1);
    }),
  );
});

it('says no share of nothing', () => {
  expect(change(5, 0)).toBeNull();
  expect(change(5, 10)).toBe(-0.5);
});
