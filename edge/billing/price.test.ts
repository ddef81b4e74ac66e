import { assert, constantFrom, integer, option, property, record, uniqueArray } from 'fast-check';
import { expect, it } from 'vitest';
import { decimals, fromUnits, inUnits, isCurrency, notAnAmount } from '../../schema/money.ts';
import { countryCodes } from '../../schema/countries.ts';
import { monthsLater } from './subscription-change.ts';
import { currencyOf } from './price-country.ts';
import { currencyFor } from './price-currency.ts';

const codes = ['jpy', 'usd', 'eur', 'gbp', 'krw', 'kwd', 'isk'];
const asked = record({
  offered: uniqueArray(constantFrom(...codes)),
  billedIn: option(constantFrom(...codes)),
  country: option(constantFrom(...countryCodes)),
});

it('shows a currency that there is a price in, the customer’s own before all others, and one wherever there is any', () => {
  assert(
    property(asked, ({ offered, billedIn, country }) => {
      const theirs = currencyOf(country);
      const found = currencyFor(offered, { billedIn, country });
      const own = billedIn !== null && offered.includes(billedIn) ? billedIn : null;
      const here = theirs !== null && offered.includes(theirs) ? theirs : found;
      expect(found).toBe(billedIn === null ? here : own);
      expect(found === null || offered.includes(found)).toBe(true);
      expect(billedIn === null && found === null && offered.length > 0).toBe(false);
    }),
  );
});

it('answers the same in whatever order prices come', () => {
  assert(
    property(asked, ({ offered, ...where }) => {
      expect(currencyFor(offered.toReversed(), where)).toBe(currencyFor(offered, where));
    }),
  );
});

it('knows a currency of every country that has one', () => {
  expect(countryCodes.filter((code) => currencyOf(code) === null)).toEqual(['AQ', 'GS']);
  expect([isCurrency('jpy'), isCurrency('JPY'), isCurrency('zzz')]).toEqual([true, false, false]);
});

it('counts amounts as Stripe does', () => {
  expect([decimals('jpy'), decimals('usd'), decimals('kwd'), decimals('isk')]).toEqual([0, 2, 3, 2]);
  assert(
    property(integer({ min: 1, max: 99_999_999 }), constantFrom(...codes), (amount, currency) => {
      expect(fromUnits(inUnits(amount, currency), currency)).toBe(amount);
    }),
  );
  expect(notAnAmount(1_000, 'kwd')).toBeNull();
  expect(notAnAmount(1_005, 'kwd')).toContain('end in 0');
  expect(notAnAmount(550, 'isk')).toContain('end in 00');
  expect(notAnAmount(49, 'usd')).toContain('at least 50');
  expect(notAnAmount(50.5, 'usd')).toContain('whole');
});

it('reckons months as people do', () => {
  const at = (text: string) => Date.parse(`${text}T12:00:00Z`);
  expect(monthsLater(at('2026-01-31'), 1)).toBe(at('2026-02-28'));
  expect(monthsLater(at('2026-11-30'), 3)).toBe(at('2027-02-28'));
  expect(monthsLater(at('2026-03-15'), 2)).toBe(at('2026-05-15'));
});
