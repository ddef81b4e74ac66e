import * as v from 'valibot';
import { idSchema } from '../ids.ts';
import { intervals } from '../plans.ts';
import { Currency, Invoice, OwnPurchase, OwnSubscription, PlanPrice } from './billing.ts';
import { Moment } from './moment.ts';
import { page, PageQuery } from './page.ts';
import { Plan, PlanId } from './plans.ts';

// Plans, offers, codes and payments as staff see and change them. Amounts are whole numbers of a currency's smallest unit (schema/money.ts).

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const some = v.pipe(v.number(), v.integer(), v.minValue(1));
const why = v.pipe(v.string(), v.trim(), v.minLength(3, 'say why'), v.maxLength(500));
const DAY_MS = 86_400_000;

/** `GET /api/admin/plans`: all of them, the highest last. */
export const AdminPlans = v.object({
  items: v.array(
    v.object({
      ...Plan.entries,
      /** What is asked now; what is asked no more, and still paid by some, last. */
      prices: v.array(
        v.object({ ...PlanPrice.entries, endedAt: v.nullable(v.number()), stripePriceId: v.string() }),
      ),
      stripeProductId: v.nullable(v.string()),
      /** How many are on it now, counted up to a thousand. */
      people: v.number(),
      /** There are more than that. */
      morePeople: v.boolean(),
    }),
  ),
});
export type AdminPlans = v.InferOutput<typeof AdminPlans>;

/**
 * `POST /api/admin/plans/:id/prices`: what it costs from now on, in the place of what was asked in that currency and interval; whoever pays
 * the old one goes on paying it. Made at Stripe, or a price that is there already is taken: `stripePriceId`. → AdminPlans.
 */
export const NewPlanPrice = v.object({
  currency: Currency,
  interval: v.picklist(intervals),
  amount: some,
  stripePriceId: v.optional(v.pipe(v.string(), v.regex(/^price_\w+$/, 'a price of Stripe’s: price_…'))),
});
export type NewPlanPrice = v.InferInput<typeof NewPlanPrice>;
/** `POST /api/admin/prices/:id/end`: it is asked no more. */
export const PriceId = v.object({ id: idSchema('price') });

const offered = {
  kind: v.picklist(['rental', 'purchase']),
  /** Rentals: to be begun within so long, then played for so long, ms; left out: 30 days, 48 hours. */
  beginWithinMs: v.optional(v.nullable(v.pipe(some, v.maxValue(400 * DAY_MS)))),
  playsForMs: v.optional(v.nullable(v.pipe(some, v.maxValue(400 * DAY_MS)))),
  /** Amount by currency. */
  prices: v.pipe(
    v.record(Currency, some),
    v.check((prices) => Object.keys(prices).length > 0, 'name a price in at least one currency'),
    v.check((prices) => Object.keys(prices).length <= 60, 'name at most 60 currencies'),
  ),
  sold: v.optional(v.boolean(), true),
};
/** `POST /api/admin/titles/:id/offers`, of the whole title, a season or an episode: at most one of both. */
export const NewOffer = v.object({
  season: v.optional(v.nullable(whole), null),
  episodeId: v.optional(v.nullable(idSchema('episode')), null),
  ...offered,
});
export type NewOffer = v.InferInput<typeof NewOffer>;
/** `PUT /api/admin/offers/:id`. What was bought stays as it was bought. */
export const OfferFields = v.object(offered);
export type OfferFields = v.InferInput<typeof OfferFields>;
export const OfferId = v.object({ id: idSchema('offer') });
export const AdminOffer = v.object({
  id: idSchema('offer'),
  titleId: idSchema('title'),
  season: v.nullable(v.number()),
  episodeId: v.nullable(idSchema('episode')),
  kind: v.picklist(['rental', 'purchase']),
  beginWithinMs: v.nullable(v.number()),
  playsForMs: v.nullable(v.number()),
  prices: v.record(v.string(), v.number()),
  sold: v.boolean(),
  createdAt: v.number(),
  updatedAt: v.number(),
});
export type AdminOffer = v.InferOutput<typeof AdminOffer>;
/** `GET /api/admin/titles/:id/offers`: the whole title's first, then by season and episode. */
export const AdminOffers = v.object({ items: v.array(AdminOffer) });

/** `POST /api/admin/gifts`: codes that give a plan for some days. They are answered this once, and can be seen nowhere later. */
export const NewGifts = v.object({
  planId: PlanId.entries.id,
  days: v.pipe(some, v.maxValue(3_660)),
  count: v.optional(v.pipe(some, v.maxValue(500)), 1),
  /** How many people may redeem each, everybody once. */
  uses: v.optional(v.pipe(some, v.maxValue(1_000_000)), 1),
  redeemBy: v.optional(v.nullable(Moment), null),
  reason: why,
});
export type NewGifts = v.InferInput<typeof NewGifts>;
export const Gift = v.object({
  id: idSchema('gift'),
  /** The last four characters of the code. */
  hint: v.string(),
  planId: v.string(),
  days: v.number(),
  uses: v.number(),
  used: v.number(),
  reason: v.string(),
  redeemBy: v.nullable(v.number()),
  endedAt: v.nullable(v.number()),
  createdAt: v.number(),
});
export type Gift = v.InferOutput<typeof Gift>;
export const MadeGifts = v.object({ items: v.array(v.object({ ...Gift.entries, code: v.string() })) });
export type MadeGifts = v.InferOutput<typeof MadeGifts>;
/** `GET /api/admin/gifts`: the newest first. */
export const Gifts = page(Gift);
export const GiftsQuery = v.object(PageQuery);
/** `POST /api/admin/gifts/:id/end`: nobody redeems it any more; who has keeps what they got. */
export const GiftId = v.object({ id: idSchema('gift') });

/** `GET /api/admin/promotions`: Stripe's promotion codes, the newest first; `POST` makes one. */
export const NewPromotion = v.pipe(
  v.object({
    code: v.pipe(
      v.string(),
      v.trim(),
      v.toUpperCase(),
      v.regex(/^[A-Z0-9-]{3,40}$/, '3 to 40 letters, digits and hyphens'),
    ),
    percentOff: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(100))),
    amountOff: v.optional(some),
    /** Of `amountOff`. */
    currency: v.optional(Currency),
    /** How many months of a subscription it is for; 0: the first payment only; null: all of them. */
    months: v.optional(v.nullable(v.pipe(whole, v.maxValue(36))), 0),
    maxRedemptions: v.optional(v.nullable(v.pipe(some, v.maxValue(1_000_000))), null),
    expiresAt: v.optional(v.nullable(Moment), null),
    /** Only for who never paid us before. */
    firstTime: v.optional(v.boolean(), false),
  }),
  v.check(
    ({ percentOff, amountOff, currency }) =>
      (percentOff === undefined) !== (amountOff === undefined) &&
      (amountOff === undefined) === (currency === undefined),
    'name percentOff, or amountOff with its currency',
  ),
);
export type NewPromotion = v.InferInput<typeof NewPromotion>;
export const Promotion = v.object({
  /** promo_… */
  id: v.string(),
  code: v.string(),
  active: v.boolean(),
  percentOff: v.nullable(v.number()),
  amountOff: v.nullable(v.number()),
  currency: v.nullable(v.string()),
  /** As above. */
  months: v.nullable(v.number()),
  redeemed: v.number(),
  maxRedemptions: v.nullable(v.number()),
  expiresAt: v.nullable(v.number()),
  firstTime: v.boolean(),
  createdAt: v.number(),
});
export type Promotion = v.InferOutput<typeof Promotion>;
export const Promotions = page(Promotion);
export const PromotionsQuery = v.object({
  cursor: v.optional(v.pipe(v.string(), v.regex(/^promo_\w{1,200}$/))),
});
export const PromotionId = v.object({ id: v.pipe(v.string(), v.regex(/^promo_\w{1,200}$/)) });

/** `GET /api/admin/users/:id/billing`: what somebody is on, what they bought, and what they paid, the latest first. */
export const BillingOfPerson = v.object({
  subscriptions: v.array(
    v.object({
      ...OwnSubscription.entries,
      stripeId: v.nullable(v.string()),
      reason: v.nullable(v.string()),
    }),
  ),
  purchases: v.array(
    v.object({
      ...OwnPurchase.entries,
      reason: v.nullable(v.string()),
      revokedBecause: v.nullable(v.string()),
      stripePaymentId: v.nullable(v.string()),
    }),
  ),
  customer: v.nullable(
    v.object({
      stripeId: v.string(),
      currency: v.nullable(v.string()),
      /** Their page in Stripe's dashboard; by the local double, in its console. */
      url: v.string(),
    }),
  ),
  /** The last twenty-five; null: Stripe does not answer. */
  payments: v.nullable(
    v.array(
      v.object({
        ...Invoice.entries,
        paymentId: v.nullable(v.string()),
        refunded: v.number(),
        /** What can still be paid back: less than `amount` where credit paid a part of it. */
        left: v.number(),
      }),
    ),
  ),
});
export type BillingOfPerson = v.InferOutput<typeof BillingOfPerson>;

/** `POST /api/admin/users/:id/purchases`: given by staff, paid by nobody. → OwnPurchase. */
export const GivenPurchase = v.object({
  titleId: idSchema('title'),
  season: v.optional(v.nullable(whole), null),
  episodeId: v.optional(v.nullable(idSchema('episode')), null),
  kind: v.picklist(['rental', 'purchase']),
  beginWithinMs: v.optional(v.pipe(some, v.maxValue(400 * DAY_MS))),
  playsForMs: v.optional(v.pipe(some, v.maxValue(400 * DAY_MS))),
  reason: why,
});
export type GivenPurchase = v.InferInput<typeof GivenPurchase>;
/** `POST /api/admin/purchases/:id/revoke`: it grants nothing from now on, and nothing is paid back. */
export const PurchaseId = v.object({ id: idSchema('purchase') });
/**
 * `POST /api/admin/payments/:id/refund` (pi_…): through Stripe. `amount` left out: all that is left. What was bought with it ends once all is
 * paid back.
 */
export const PaymentId = v.object({ id: v.pipe(v.string(), v.regex(/^pi_\w{1,200}$/)) });
export const NewRefund = v.object({ amount: v.optional(some), reason: why });
export type NewRefund = v.InferInput<typeof NewRefund>;
export const Refunded = v.object({ refunded: v.number(), left: v.number(), currency: v.string() });
