export type Priced = { amount: number; discountable: boolean; inclusive: boolean };
export type Off = { id: string; percent: number | null; amount: number | null };
export type Reckoned = {
  lines: { discounts: { discount: string; amount: number }[]; tax: number }[];
  subtotal: number;
  discounts: { discount: string; amount: number }[];
  /** Tax on top of the prices, and tax that is in them. */
  exclusive: number;
  inclusive: number;
  total: number;
};

// A share of `amount` for each weight; what rounding leaves over goes to the first that can bear it.
function shares(amount: number, weights: number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (!sum) return weights.map(() => 0);
  const given = weights.map((weight) => Math.floor((amount * weight) / sum));
  let rest = amount - given.reduce((a, b) => a + b, 0);
  for (const [i, weight] of weights.entries()) {
    const more = Math.min(rest, weight - (given[i] ?? 0));
    given[i] = (given[i] ?? 0) + more;
    rest -= more;
  }
  return given;
}

/** What lines come to, with discounts taken off one after the other, then tax. @param rate tax in percent */
export function reckon(lines: Priced[], offs: Off[], rate: number): Reckoned {
  const left = lines.map((line) => (line.discountable ? Math.max(line.amount, 0) : 0));
  const byLine: Reckoned['lines'] = lines.map(() => ({ discounts: [], tax: 0 }));
  const discounts = offs.map((off) => {
    const whole = left.reduce((a, b) => a + b, 0);
    const amount =
      off.percent === null ? Math.min(off.amount ?? 0, whole) : Math.round((whole * off.percent) / 100);
    shares(amount, left).forEach((share, i) => {
      left[i] = (left[i] ?? 0) - share;
      if (lines[i]?.discountable) byLine[i]?.discounts.push({ discount: off.id, amount: share });
    });
    return { discount: off.id, amount };
  });
  let exclusive = 0;
  let inclusive = 0;
  lines.forEach((line, i) => {
    const of = byLine[i];
    if (!of || !rate) return;
    const net = line.amount - of.discounts.reduce((a, b) => a + b.amount, 0);
    of.tax = line.inclusive ? Math.round(net - net / (1 + rate / 100)) : Math.round((net * rate) / 100);
    if (line.inclusive) inclusive += of.tax;
    else exclusive += of.tax;
  });
  const subtotal = lines.reduce((a, b) => a + b.amount, 0);
  const off = discounts.reduce((a, b) => a + b.amount, 0);
  return { lines: byLine, subtotal, discounts, exclusive, inclusive, total: subtotal - off + exclusive };
}

/**
 * The tax on streaming at the customer's place, percent: what Stripe Tax would find for one registered everywhere. Rates of 2026;
 * elsewhere none.
 */
const RATES: Record<string, number> = {
  JP: 10,
  DE: 19,
  FR: 20,
  GB: 20,
  IT: 22,
  ES: 21,
  NL: 21,
  KR: 10,
  AU: 10,
  CA: 5,
  TW: 5,
};
export const rateAt = (country: string | null | undefined): number => RATES[country ?? ''] ?? 0;

/** Whether a price has its tax in it; where that is not said, by the currency, as Stripe's default is. */
export const holdsTax = (behaviour: string | null, currency: string): boolean =>
  behaviour === 'inclusive' || (behaviour !== 'exclusive' && !['usd', 'cad'].includes(currency));
