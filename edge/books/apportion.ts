// Whole-number arithmetic: the parts of a whole always add up to it, to the unit. BigInt, since a pool times its seconds is beyond 2^53.

const floored = (a: bigint, b: bigint): bigint => a / b - (a % b !== 0n && a < 0n ? 1n : 0n);

/**
 * `numerators` over one denominator as whole numbers that come to `total`: each rounded down, then what is left over by one unit each to
 * those with the largest remainders, of equal ones to the earlier. For amounts below zero as well.
 */
function wholes(numerators: readonly bigint[], denominator: bigint, total: bigint): number[] {
  const parts = numerators.map((numerator, i) => {
    const whole = floored(numerator, denominator);
    return { i, whole, left: numerator - whole * denominator };
  });
  const over = Number(total - parts.reduce((sum, { whole }) => sum + whole, 0n));
  if (over < 0 || over > parts.length)
    throw new RangeError(`${over} units are left over for ${parts.length} parts`);
  const byRemainder = parts.toSorted((a, b) => (a.left === b.left ? a.i - b.i : a.left > b.left ? -1 : 1));
  for (const part of byRemainder.slice(0, over)) part.whole += 1n;
  return parts.map(({ whole }) => Number(whole));
}

/**
 * A whole number shared by weights (whole numbers, none below zero): the shares add up to it.
 * @throws RangeError where there is no weight at all
 */
export function shared(total: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (all <= 0n) throw new RangeError('nothing to share by');
  return wholes(
    weights.map((weight) => BigInt(total) * BigInt(weight)),
    all,
    BigInt(total),
  );
}

const WHOLE = 10_000n;

/** So many ten-thousandths of all amounts together, rounded half up, and what of that falls to each. */
export function portions(
  amounts: readonly number[],
  basisPoints: number,
): { total: number; parts: number[] } {
  const numerators = amounts.map((amount) => BigInt(amount) * BigInt(basisPoints));
  const total = floored(2n * numerators.reduce((sum, n) => sum + n, 0n) + WHOLE, 2n * WHOLE);
  return { total: Number(total), parts: wholes(numerators, WHOLE, total) };
}
