// Amounts are whole numbers of what Stripe takes for a currency's smallest unit (https://docs.stripe.com/currencies): nearly always that of
// ISO 4217, but krónur and Ugandan shillings are still counted in hundredths. Currencies are ISO 4217 in small letters.

const WHOLE = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
const THOUSANDTHS = new Set('bhd jod kwd omr tnd'.split(' '));
/** Counted in hundredths, of which there are none: their amounts end in 00. */
const HUNDREDTHS_OF_NOTHING = new Set(['isk', 'ugx']);

/** How many digits of an amount stand behind the decimal point. */
export const decimals = (currency: string): 0 | 2 | 3 =>
  WHOLE.has(currency) ? 0 : THOUSANDTHS.has(currency) ? 3 : 2;

/** An amount as people count: 999 of usd is 9.99. For display (`Intl.NumberFormat`) and forms only; nothing is reckoned with it. */
export const inUnits = (amount: number, currency: string): number => amount / 10 ** decimals(currency);
/** What a form took: 9.99 of usd is 999. */
export const fromUnits = (units: number, currency: string): number =>
  Math.round(units * 10 ** decimals(currency));

/** ISO 4217's codes, as far as the runtime knows them. */
export const isCurrency = (code: string): boolean =>
  code === code.toLowerCase() && Intl.supportedValuesOf('currency').includes(code.toUpperCase());

/** The least that Stripe charges (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts). */
const LEAST: Readonly<Record<string, number>> = {
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
  usd: 50,
};
const MOST = 99_999_999; // eight digits

/** Why nothing can cost so much in a currency, in words; null: it can. Of currencies without a least amount Stripe converts it itself. */
export function notAnAmount(amount: number, currency: string): string | null {
  if (!isCurrency(currency))
    return `${JSON.stringify(currency)} is no ISO 4217 currency in small letters, such as jpy`;
  if (!Number.isInteger(amount) || amount < 1)
    return 'must be a whole number of the currency’s smallest unit';
  if (amount > MOST) return `must be at most ${MOST}, as Stripe takes no more`;
  const least = LEAST[currency] ?? 1;
  if (amount < least) return `must be at least ${least}, as Stripe charges nothing less in ${currency}`;
  if (decimals(currency) === 3 && amount % 10 !== 0)
    return `must end in 0: cards take no thousandths of ${currency}`;
  if (HUNDREDTHS_OF_NOTHING.has(currency) && amount % 100 !== 0)
    return `must end in 00: there are no hundredths of ${currency}, though Stripe counts in them`;
  return null;
}
