import { decimals, inUnits } from './money.ts';

/** What is paid, in a currency's smallest unit: ¥500 is 500, $5 is 500. */
export type Money = { amount: number; currency: string };

/** `¥980`, `$7.99`, `7,99 €`: as the language writes it. Nothing behind the point where nothing is: `$8`. */
export const writtenMoney = (language: string, { amount, currency }: Money): string =>
  new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    maximumFractionDigits: decimals(currency),
    trailingZeroDisplay: 'stripIfInteger',
  }).format(inUnits(amount, currency));
