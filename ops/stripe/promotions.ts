import * as v from 'valibot';
import type { Stripe } from 'stripe';
import { invalid } from './errors.ts';
import { change, emit } from './events.ts';
import { accepts, clearable, decimal, labelled, metadata, page, range, text, whole, yes } from './form.ts';
import { listOf, within } from './list.ts';
import { route, type Route } from './route.ts';
import { get, newId, now } from './state.ts';
import type { Coupon, PromotionCode } from './stored.ts';

const letters = (count: number): string => newId('x', count).slice(2).toUpperCase();

export const promotionRoutes: Route[] = [
  route(
    'POST',
    '/v1/coupons',
    accepts<Stripe.CouponCreateParams>()({
      id: v.optional(text),
      amount_off: v.optional(v.pipe(whole, v.minValue(1))),
      currency: v.optional(text),
      duration: v.optional(v.picklist(['forever', 'once', 'repeating']), 'once'),
      duration_in_months: v.optional(whole),
      max_redemptions: v.optional(whole),
      metadata: v.optional(metadata),
      name: v.optional(text),
      percent_off: v.optional(v.pipe(decimal, v.maxValue(100))),
      redeem_by: v.optional(whole),
    }),
    (account, params) => {
      if ((params.percent_off === undefined) === (params.amount_off === undefined))
        throw invalid('You must provide either percent_off or amount_off.', 'percent_off');
      if (params.amount_off !== undefined && !params.currency)
        throw invalid('Missing required param: currency.', 'currency', 'parameter_missing');
      if (params.duration === 'repeating' && !params.duration_in_months)
        throw invalid(
          'Missing required param: duration_in_months.',
          'duration_in_months',
          'parameter_missing',
        );
      const id = params.id ?? letters(8);
      if (account.tables.coupon.has(id))
        throw invalid('Coupon already exists.', 'id', 'resource_already_exists');
      const coupon: Coupon = {
        id,
        object: 'coupon',
        amount_off: params.amount_off ?? null,
        created: now(account),
        currency: params.amount_off === undefined ? null : (params.currency ?? null),
        duration: params.duration,
        duration_in_months: params.duration === 'repeating' ? (params.duration_in_months ?? null) : null,
        livemode: false,
        max_redemptions: params.max_redemptions ?? null,
        metadata: labelled(null, params.metadata),
        name: params.name ?? null,
        percent_off: params.percent_off ?? null,
        redeem_by: params.redeem_by ?? null,
        times_redeemed: 0,
        valid: true,
      };
      account.tables.coupon.set(id, coupon);
      emit(account, 'coupon.created', coupon);
      return coupon;
    },
  ),
  route('GET', '/v1/coupons/:id', v.strictObject({}), (account, _, id) =>
    get(account.tables.coupon, 'coupon', id),
  ),
  route(
    'POST',
    '/v1/coupons/:id',
    accepts<Stripe.CouponUpdateParams>()({
      name: v.optional(clearable),
      metadata: v.optional(metadata),
    }),
    (account, params, id) =>
      change(account, 'coupon.updated', get(account.tables.coupon, 'coupon', id), (coupon) => {
        if (params.name !== undefined) coupon.name = params.name;
        coupon.metadata = labelled(coupon.metadata, params.metadata);
      }),
  ),
  route('DELETE', '/v1/coupons/:id', v.strictObject({}), (account, _, id) => {
    const coupon = get(account.tables.coupon, 'coupon', id);
    coupon.valid = false;
    account.tables.coupon.delete(id);
    emit(account, 'coupon.deleted', coupon);
    return { id, object: 'coupon', deleted: true };
  }),
  route(
    'GET',
    '/v1/coupons',
    accepts<Stripe.CouponListParams>()({ ...page, created: range }),
    (account, params) =>
      listOf(
        '/v1/coupons',
        [...account.tables.coupon.values()].filter((one) => within(params.created, one.created)),
        params,
      ),
  ),
  route(
    'POST',
    '/v1/promotion_codes',
    accepts<Stripe.PromotionCodeCreateParams>()({
      promotion: v.strictObject({ type: v.literal('coupon'), coupon: v.optional(text) }),
      active: v.optional(yes),
      code: v.optional(v.pipe(text, v.regex(/^[a-zA-Z0-9-]{1,500}$/))),
      customer: v.optional(text),
      expires_at: v.optional(whole),
      max_redemptions: v.optional(whole),
      metadata: v.optional(metadata),
      restrictions: v.optional(
        v.strictObject({
          first_time_transaction: v.optional(yes),
          minimum_amount: v.optional(whole),
          minimum_amount_currency: v.optional(text),
        }),
      ),
    }),
    (account, params) => {
      const coupon = get(account.tables.coupon, 'coupon', params.promotion.coupon ?? '', 'promotion[coupon]');
      if (params.customer) get(account.tables.customer, 'customer', params.customer, 'customer');
      const code = params.code ?? letters(8);
      if (
        [...account.tables.promotion_code.values()].some(
          (one) => one.active && one.code.toUpperCase() === code.toUpperCase(),
        )
      )
        throw invalid(`An active promotion code with \`code: ${code}\` already exists.`, 'code');
      const made: PromotionCode = {
        id: newId('promo'),
        object: 'promotion_code',
        active: params.active ?? true,
        code,
        created: now(account),
        customer: params.customer ?? null,
        customer_account: null,
        expires_at: params.expires_at ?? null,
        livemode: false,
        max_redemptions: params.max_redemptions ?? null,
        metadata: labelled(null, params.metadata),
        promotion: { coupon: coupon.id, type: 'coupon' },
        restrictions: {
          first_time_transaction: params.restrictions?.first_time_transaction ?? false,
          minimum_amount: params.restrictions?.minimum_amount ?? null,
          minimum_amount_currency: params.restrictions?.minimum_amount_currency ?? null,
        },
        times_redeemed: 0,
      };
      account.tables.promotion_code.set(made.id, made);
      emit(account, 'promotion_code.created', made);
      return made;
    },
  ),
  route('GET', '/v1/promotion_codes/:id', v.strictObject({}), (account, _, id) =>
    get(account.tables.promotion_code, 'promotion code', id),
  ),
  route(
    'POST',
    '/v1/promotion_codes/:id',
    accepts<Stripe.PromotionCodeUpdateParams>()({
      active: v.optional(yes),
      metadata: v.optional(metadata),
    }),
    (account, params, id) =>
      change(
        account,
        'promotion_code.updated',
        get(account.tables.promotion_code, 'promotion code', id),
        (code) => {
          if (params.active !== undefined) code.active = params.active;
          code.metadata = labelled(code.metadata, params.metadata);
        },
      ),
  ),
  route(
    'GET',
    '/v1/promotion_codes',
    accepts<Stripe.PromotionCodeListParams>()({
      ...page,
      active: v.optional(yes),
      code: v.optional(text),
      coupon: v.optional(text),
      created: range,
      customer: v.optional(text),
    }),
    (account, params) =>
      listOf(
        '/v1/promotion_codes',
        [...account.tables.promotion_code.values()].filter(
          (one) =>
            (params.active === undefined || one.active === params.active) &&
            (!params.code || one.code.toUpperCase() === params.code.toUpperCase()) &&
            (!params.coupon || one.promotion.coupon === params.coupon) &&
            (!params.customer || one.customer === params.customer) &&
            within(params.created, one.created),
        ),
        params,
      ),
  ),
];
