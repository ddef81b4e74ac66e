import { invalid } from './errors.ts';
import { boundary } from './cycle.ts';
import { change, emit } from './events.ts';
import { get, newId, now, type Account } from './state.ts';
import type { Coupon, Discount, PromotionCode } from './stored.ts';
import type { Off } from './totals.ts';

export type Given = {
  coupon?: string | undefined;
  promotion_code?: string | undefined;
  discount?: string | undefined;
};

const usable = (account: Account, coupon: Coupon, customer: string | null): boolean =>
  (coupon.redeem_by === null || coupon.redeem_by > now(account, customer)) &&
  (coupon.max_redemptions === null || coupon.times_redeemed < coupon.max_redemptions);

/** The coupon that a discount names. @throws Refusal: there is none, or it cannot be had (any more) */
export function couponOf(
  account: Account,
  given: Given,
  customer: string | null,
  param = 'discounts[0]',
): { coupon: Coupon; code: PromotionCode | null } {
  const { tables } = account;
  const code = given.promotion_code
    ? get(tables.promotion_code, 'promotion code', given.promotion_code, `${param}[promotion_code]`)
    : null;
  const id = code ? code.promotion.coupon : given.coupon;
  if (!id)
    throw invalid(`Missing required param: ${param}[coupon].`, `${param}[coupon]`, 'parameter_missing');
  const coupon = get(tables.coupon, 'coupon', id, `${param}[coupon]`);
  if (!usable(account, coupon, customer))
    throw invalid(`Coupon expired: ${coupon.id}`, `${param}[coupon]`, 'coupon_expired');
  if (code && !codeGood(account, code, customer))
    throw invalid(
      'This promotion code cannot be redeemed.',
      `${param}[promotion_code]`,
      'promotion_code_expired',
    );
  return { coupon, code };
}

function codeGood(account: Account, code: PromotionCode, customer: string | null): boolean {
  const at = now(account, customer);
  if (!code.active || (code.expires_at !== null && code.expires_at <= at)) return false;
  if (code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions) return false;
  if (code.customer && code.customer !== customer) return false;
  if (!code.restrictions.first_time_transaction || !customer) return true;
  return ![...account.tables.charge.values()].some((charge) => charge.customer === customer && charge.paid);
}

/** A coupon is put to use: from now on a discount runs. */
export function redeem(
  account: Account,
  given: Given,
  of: { customer: string | null; subscription: string | null; session: string | null },
): Discount {
  const { coupon, code } = couponOf(account, given, of.customer);
  const start = now(account, of.customer);
  const discount: Discount = {
    id: newId('di'),
    object: 'discount',
    checkout_session: of.session,
    customer: of.customer,
    customer_account: null,
    end:
      coupon.duration === 'repeating'
        ? boundary(start, { interval: 'month', interval_count: coupon.duration_in_months ?? 1 }, 1)
        : null,
    invoice: null,
    invoice_item: null,
    promotion_code: code?.id ?? null,
    source: { coupon: coupon.id, type: 'coupon' },
    start,
    subscription: of.subscription,
    subscription_item: null,
  };
  account.tables.discount.set(discount.id, discount);
  coupon.times_redeemed++;
  coupon.valid = usable(account, coupon, null);
  if (code) {
    code.times_redeemed++;
    if (code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions)
      change(account, 'promotion_code.updated', code, () => {
        code.active = false;
      });
  }
  emit(account, 'customer.discount.created', discount);
  return discount;
}

/** What running discounts take off an invoice in this currency at a moment. */
export function offsOf(account: Account, ids: string[], currency: string, at: number): Off[] {
  return ids.flatMap((id) => {
    const discount = account.tables.discount.get(id);
    const coupon = discount?.source.coupon && account.tables.coupon.get(discount.source.coupon);
    if (!discount || !coupon || (discount.end !== null && discount.end <= at)) return [];
    if (coupon.amount_off !== null && coupon.currency !== currency) return [];
    return [{ id, percent: coupon.percent_off, amount: coupon.amount_off }];
  });
}

/** `once` is used up by the first invoice that it took something off. */
export const spent = (account: Account, id: string): boolean => {
  const coupon = account.tables.discount.get(id)?.source.coupon;
  return Boolean(coupon) && account.tables.coupon.get(coupon ?? '')?.duration === 'once';
};
