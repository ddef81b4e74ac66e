import type { Stripe } from 'stripe';
import type * as v from 'valibot';
import type { NewPromotion, Promotion } from '../../schema/api/billing-admin.ts';
import { notAnAmount } from '../../schema/money.ts';
import { writtenMoney } from '../../schema/written-money.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { sha256 } from '../platform/sha256.ts';

type Wanted = v.InferOutput<typeof NewPromotion>;

/** How long a coupon takes off, as Stripe says it. */
const lasts = (months: number | null) =>
  months === null
    ? { duration: 'forever' as const }
    : months === 0
      ? { duration: 'once' as const }
      : { duration: 'repeating' as const, duration_in_months: months };

/**
 * Makes a promotion code with its coupon. May be repeated: the coupon's id says what it takes off, and a code that is active on the same
 * terms is the one that was asked for.
 * @throws Problem `conflict`: the code is in use on other terms; `invalid-request`
 */
export async function makePromotion({ stripe, now }: Platform, wanted: Wanted): Promise<Promotion> {
  const { code, percentOff, amountOff, currency, months, maxRedemptions, expiresAt, firstTime } = wanted;
  const wrong =
    amountOff !== undefined && currency !== undefined ? notAnAmount(Math.max(amountOff, 1), currency) : null;
  if (wrong?.includes('ISO 4217')) throw new Problem('invalid-request', `/currency: ${wrong}`);
  if (expiresAt !== null && expiresAt <= now())
    throw new Problem('invalid-request', '/expiresAt: must be to come');
  const off =
    percentOff === undefined
      ? { amount_off: amountOff ?? 0, currency: currency ?? 'usd' }
      : { percent_off: percentOff };
  const terms = { ...off, ...lasts(months) };
  const id = `engawa-${(await sha256(JSON.stringify(terms))).slice(0, 24)}`;
  const coupon =
    (await stripe.find((sdk) => sdk.coupons.retrieve(id))) ??
    (await stripe.ask((sdk) => sdk.coupons.create({ id, name: nameOf(wanted), ...terms })));
  const same = await stripe.ask((sdk) =>
    sdk.promotionCodes.list({ code, active: true, limit: 1, expand: ['data.promotion.coupon'] }),
  );
  const [there] = same.data;
  if (there) {
    const found = promotionView(there, coupon);
    const asAsked =
      couponId(there) === coupon.id &&
      found.maxRedemptions === maxRedemptions &&
      found.firstTime === firstTime &&
      there.expires_at === (expiresAt === null ? null : Math.floor(expiresAt / 1000));
    if (asAsked) return found;
    throw new Problem('conflict', `The code ${code} is in use on other terms: end that one first.`);
  }
  const made = await stripe.ask((sdk) =>
    sdk.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code,
      ...(maxRedemptions === null ? {} : { max_redemptions: maxRedemptions }),
      ...(expiresAt === null ? {} : { expires_at: Math.floor(expiresAt / 1000) }),
      ...(firstTime ? { restrictions: { first_time_transaction: true } } : {}),
    }),
  );
  return promotionView(made, coupon);
}

/** The newest first. @param after promo_… of the last one before */
export async function promotions({ stripe }: Platform, after: string | undefined) {
  const page = await stripe.ask((sdk) =>
    sdk.promotionCodes.list({
      limit: 50,
      expand: ['data.promotion.coupon'],
      ...(after === undefined ? {} : { starting_after: after }),
    }),
  );
  return {
    items: page.data.map((one) => promotionView(one, null)),
    next: page.has_more ? (page.data.at(-1)?.id ?? null) : null,
  };
}

/** @throws Problem `not-found` */
export async function endPromotion({ stripe }: Platform, id: string): Promise<Promotion> {
  const ended = await stripe.find((sdk) =>
    sdk.promotionCodes.update(id, { active: false, expand: ['promotion.coupon'] }),
  );
  if (!ended) throw new Problem('not-found', 'There is no such code.');
  return promotionView(ended, null);
}

const couponId = ({ promotion: { coupon } }: Stripe.PromotionCode) =>
  typeof coupon === 'string' ? coupon : (coupon?.id ?? null);

/** As it stands on bills: at most 40 characters. */
const nameOf = ({ percentOff, amountOff, currency }: Wanted) =>
  percentOff === undefined
    ? `${writtenMoney('en', { amount: amountOff ?? 0, currency: currency ?? 'usd' })} off`
    : `${percentOff} % off`;

function promotionView(row: Stripe.PromotionCode, known: Stripe.Coupon | null): Promotion {
  const { coupon } = row.promotion;
  const of = typeof coupon === 'object' && coupon !== null ? coupon : known;
  return {
    id: row.id,
    code: row.code,
    active: row.active,
    percentOff: of?.percent_off ?? null,
    amountOff: of?.amount_off ?? null,
    currency: of?.currency ?? null,
    months: of?.duration === 'forever' ? null : (of?.duration_in_months ?? 0),
    redeemed: row.times_redeemed,
    maxRedemptions: row.max_redemptions,
    expiresAt: row.expires_at === null ? null : row.expires_at * 1000,
    firstTime: row.restrictions.first_time_transaction,
    createdAt: row.created * 1000,
  };
}
