import { currencyOf } from './price-country.ts';

/** What is asked where nobody's own currency is: the first of these that there is a price in. */
const WIDELY_PAID = ['usd', 'eur'];

/**
 * The currency in which something is shown and asked, of those that it has a price in (ADR 0087): that which Stripe bills its customer in,
 * as it bills one in one currency only; else that of where they are; else one that most cards pay in; else any. Null: it has no price, or
 * none in the currency that they are billed in.
 * @param billedIn of the customer; null: of none yet
 * @param country ISO 3166-1 alpha-2; null: not known
 */
export function currencyFor(
  offered: readonly string[],
  { billedIn, country }: { billedIn: string | null; country: string | null },
): string | null {
  if (billedIn !== null) return offered.includes(billedIn) ? billedIn : null;
  const wanted = [currencyOf(country), ...WIDELY_PAID];
  return wanted.find((one) => one !== null && offered.includes(one)) ?? offered.toSorted()[0] ?? null;
}
