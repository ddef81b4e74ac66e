import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { landing, moved, step } from './moves.ts';

it('moves one and keeps the order of the others', () => {
  expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd']);
  expect(moved(['a', 'b', 'c', 'd'], 3, 1)).toEqual(['a', 'd', 'b', 'c']);
  expect(moved(['a'], 4, 0)).toEqual(['a']);
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(), { minLength: 1 }), fc.nat(), fc.nat(), (items, a, b) => {
      const [from, to] = [a % items.length, b % items.length];
      const after = moved(items, from, to);
      expect(after[to]).toBe(items[from]);
      expect(after.filter((x) => x !== items[from])).toEqual(items.filter((x) => x !== items[from]));
    }),
  );
});

it.each([
  ['ArrowUp', 0, 0],
  ['ArrowUp', 3, 2],
  ['ArrowDown', 3, 4],
  ['ArrowDown', 19, 19],
  ['PageUp', 5, 0],
  ['PageDown', 5, 15],
  ['Home', 5, 0],
  ['End', 5, 19],
  ['Enter', 5, null],
])('%s at %i goes to %j of twenty', (key, index, to) => {
  expect(step(key, index, 20)).toBe(to);
});

const rows = [0, 1, 2, 3].map((i) => ({ top: i * 40, bottom: i * 40 + 40 }));
it.each([
  [0, 30, 0], // still on its own row
  [0, 61, 1],
  [0, 500, 3],
  [3, 30, 1],
  [3, 19, 0],
  [2, 100, 2],
])('what is dragged from row %i to height %i lands at %i', (from, y, to) => {
  expect(landing(rows, from, y)).toBe(to);
});
