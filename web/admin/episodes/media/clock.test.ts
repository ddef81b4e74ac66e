import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { clock, fromClock } from './clock.ts';

it('reads what it writes, to a tenth of a second', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500_000 }), (tenths) => {
      expect(fromClock(clock(tenths / 10))).toBeCloseTo(tenths / 10, 6);
    }),
  );
});

it('takes times as people write them, and nothing else', () => {
  expect([clock(92.5), clock(3723), clock(0)]).toEqual(['1:32.5', '1:02:03.0', '0:00.0']);
  expect(['92.5', '1:32,5', '1:02:03', ' 7 '].map(fromClock)).toEqual([92.5, 92.5, 3723, 7]);
  expect(['', '1:75', 'a', '1:2:3:4', '-1'].map(fromClock)).toEqual([null, null, null, null, null]);
});
