import { fromUnits, inUnits } from '../../../schema/money.ts';

/** Prices as they are typed: `jpy 500, usd 4.99`. Null: something of it is no price. */
export function readPrices(text: string): Record<string, number> | null {
  const prices: Record<string, number> = {};
  for (const part of text
    .split(/[,、\n]/)
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [, currency, units] = /^([a-z]{3})\s+(\d+(?:\.\d+)?)$/i.exec(part) ?? [];
    if (!currency || !units) return null;
    prices[currency.toLowerCase()] = fromUnits(Number(units), currency.toLowerCase());
  }
  return Object.keys(prices).length > 0 ? prices : null;
}

export const writePrices = (prices: Readonly<Record<string, number>>): string =>
  Object.entries(prices)
    .map(([currency, amount]) => `${currency} ${inUnits(amount, currency)}`)
    .join(', ');
