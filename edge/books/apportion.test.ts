import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portions, shared } from './apportion.ts';

const money = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
const weights = fc
  .array(fc.integer({ min: 0, max: 3_000_000_000 }), { minLength: 1, maxLength: 60 })
  .filter((list) => list.some((weight) => weight > 0));
const sum = (list: readonly number[]) => list.reduce((all, one) => all + BigInt(one), 0n);

describe('shares of a whole', () => {
  it('add up to it, and none is a unit or more from its exact part', () => {
    fc.assert(
      fc.property(money, weights, (total, by) => {
        const parts = shared(total, by);
        expect(sum(parts)).toBe(BigInt(total));
        const all = sum(by);
        for (const [i, part] of parts.entries()) {
          const off = BigInt(part) * all - BigInt(total) * BigInt(by[i]!);
          expect(off > -all && off < all).toBe(true);
        }
      }),
    );
  });

  it('go by weight: who weighs more gets no less of what is earned', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), weights, (total, by) => {
        const parts = shared(total, by);
        for (let i = 1; i < by.length; i++)
          expect(Math.sign(by[i]! - by[i - 1]!) * (parts[i]! - parts[i - 1]!)).toBeGreaterThanOrEqual(
            by[i] === by[i - 1] ? -1 : 0,
          );
      }),
    );
  });

  it('give nothing for no weight, and cannot be without any', () => {
    expect(shared(7, [0, 3, 0])).toEqual([0, 7, 0]);
    expect(shared(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(shared(-10, [1, 1, 1])).toEqual([-3, -3, -4]);
    expect(() => shared(1, [0])).toThrow(RangeError);
  });
});

it('owes a rate of the whole, rounded once, and its parts add up to that', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), { maxLength: 60 }),
      fc.integer({ min: 0, max: 10_000 }),
      (amounts, rate) => {
        const { total, parts } = portions(amounts, rate);
        expect(sum(parts)).toBe(BigInt(total));
        const exact = sum(amounts) * BigInt(rate);
        const off = 2n * (BigInt(total) * 10_000n - exact);
        expect(off > -10_000n && off <= 10_000n).toBe(true);
        expect(portions(amounts, 10_000).parts.map(BigInt)).toEqual(amounts.map(BigInt));
      },
    ),
  );
  expect(portions([1, 1, 1], 5_000)).toEqual({ total: 2, parts: [1, 1, 0] });
});
