import { couponOf } from './discounts.ts';
import { invalid } from './errors.ts';
import { inner } from './list.ts';
import { type Account, type CheckoutPromise, get, newId, now } from './state.ts';
import type { CheckoutSession, LineItem } from './stored.ts';
import { costs, nameOf } from './subscription-items.ts';
import { holdsTax, rateAt, reckon } from './totals.ts';

const DAY = 86_400;

export const promiseOf = (account: Account, session: CheckoutSession): CheckoutPromise =>
  get(account.tables.promise, 'checkout session', session.id);

/** Writes into a session what it comes to: with its discounts, and with tax at the customer's place. */
export function price(account: Account, session: CheckoutSession, place?: string | null): void {
  const promise = promiseOf(account, session);
  const lines = promise.lines.map((line) => ({
    ...line,
    price: get(account.tables.price, 'price', line.price),
  }));
  const free = session.mode === 'subscription' && trialEnd(account, session) !== null;
  const currency = session.currency ?? '';
  const offs = promise.discounts.flatMap(({ coupon }) => {
    const found = account.tables.coupon.get(coupon);
    if (!found || (found.amount_off !== null && found.currency !== currency)) return [];
    return [{ id: coupon, percent: found.percent_off, amount: found.amount_off }];
  });
  const country = place ?? account.tables.customer.get(session.customer ?? '')?.address?.country;
  const rate = session.automatic_tax.enabled ? rateAt(country) : 0;
  const reckoned = reckon(
    lines.map((line) => ({
      amount: free && line.price.recurring ? 0 : costs(line),
      discountable: true,
      inclusive: holdsTax(line.price.tax_behavior, currency),
    })),
    offs,
    rate,
  );
  const items = lines.map((line, i): LineItem => {
    const of = reckoned.lines[i];
    const amount = free && line.price.recurring ? 0 : costs(line);
    const off = of?.discounts.reduce((a, b) => a + b.amount, 0) ?? 0;
    const onTop = holdsTax(line.price.tax_behavior, currency) ? 0 : (of?.tax ?? 0);
    return {
      id: session.line_items?.data[i]?.id ?? newId('li'),
      object: 'item',
      adjustable_quantity: null,
      amount_discount: off,
      amount_subtotal: amount,
      amount_tax: of?.tax ?? 0,
      amount_total: amount - off + onTop,
      currency,
      description: nameOf(account, line.price),
      metadata: line.metadata,
      price: line.price,
      quantity: line.quantity,
    };
  });
  session.line_items = inner(`/v1/checkout/sessions/${session.id}/line_items`, items);
  session.amount_subtotal = reckoned.subtotal;
  session.amount_total = reckoned.total;
  session.total_details = {
    amount_discount: reckoned.discounts.reduce((a, b) => a + b.amount, 0),
    amount_shipping: 0,
    amount_tax: reckoned.exclusive + reckoned.inclusive,
  };
  session.automatic_tax.status = session.automatic_tax.enabled
    ? country
      ? 'complete'
      : 'requires_location_inputs'
    : null;
  session.discounts = promise.discounts.map(({ coupon, promotionCode }) => ({
    coupon: promotionCode ? null : coupon,
    promotion_code: promotionCode,
  }));
}

/** When a trial that begins now ends, s; null: there is none. */
export function trialEnd(account: Account, session: CheckoutSession): number | null {
  const { trialEnd: fixed, trialDays } = promiseOf(account, session);
  if (fixed !== null) return fixed;
  return trialDays ? now(account, session.customer) + trialDays * DAY : null;
}

/** A code typed on the page. @throws Refusal: it is none, or none for this */
export function promote(account: Account, session: CheckoutSession, code: string | null): void {
  const promise = promiseOf(account, session);
  if (!session.allow_promotion_codes)
    throw invalid('This session does not take promotion codes.', 'promotion_code');
  if (code === null) promise.discounts = [];
  else {
    const found = [...account.tables.promotion_code.values()].find(
      (one) => one.code.toUpperCase() === code.trim().toUpperCase() && one.active,
    );
    if (!found) throw invalid('This code is invalid.', 'promotion_code', 'promotion_code_invalid');
    const { coupon } = couponOf(account, { promotion_code: found.id }, session.customer, 'promotion_code');
    if (coupon.amount_off !== null && coupon.currency !== session.currency)
      throw invalid('This code is for another currency.', 'promotion_code', 'promotion_code_invalid');
    const { minimum_amount: least, minimum_amount_currency: of } = found.restrictions;
    if (least !== null && (of !== session.currency || (session.amount_subtotal ?? 0) < least))
      throw invalid('This code is for larger amounts.', 'promotion_code', 'promotion_code_invalid');
    promise.discounts = [{ coupon: coupon.id, promotionCode: found.id }];
  }
  price(account, session);
}
