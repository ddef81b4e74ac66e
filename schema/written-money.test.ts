import { expect, it } from 'vitest';
import { writtenMoney } from './written-money.ts';

it.each([
  ['en', 980, 'jpy', '¥980'],
  ['ja', 980, 'jpy', '￥980'],
  ['en', 799, 'usd', '$7.99'],
  ['en', 800, 'usd', '$8'],
  ['en', -150, 'usd', '-$1.50'],
  ['de', 799, 'eur', '7,99\u00A0€'],
  ['en', 1250, 'kwd', 'KWD\u00A01.250'],
  // CLDR gives the króna no decimals; Stripe counts its hundredths all the same.
  ['en', 50_000, 'isk', 'ISK\u00A0500'],
])('%s: %d %s is %s', (language, amount, currency, written) => {
  expect(writtenMoney(language, { amount, currency })).toBe(written);
});
