import { assert, constantFrom, dictionary, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { readPrices, writePrices } from './amounts.ts';

it('reads prices as people type them', () => {
  expect(readPrices('jpy 500, USD 4.99\n kwd 1.250')).toEqual({ jpy: 500, usd: 499, kwd: 1_250 });
  for (const wrong of ['', 'jpy', '500 jpy', 'usd 4,99', 'yen 500 x']) expect(readPrices(wrong)).toBeNull();
});

it('reads what it wrote', () => {
  const amount = integer({ min: 1, max: 99_999_999 });
  assert(
    property(dictionary(constantFrom('jpy', 'usd', 'eur', 'kwd'), amount, { minKeys: 1 }), (prices) => {
      expect(readPrices(writePrices(prices))).toEqual({ ...prices });
    }),
  );
});
