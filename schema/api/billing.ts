import * as v from 'valibot';
import { idSchema } from '../ids.ts';
import { intervals, sources, subscriptionStates } from '../plans.ts';

// Amounts are whole numbers of a currency's smallest unit (¥500 is 500, $5 is 500); currencies are ISO 4217 in small letters; times ms UTC.

const amount = v.pipe(v.number(), v.integer(), v.minValue(0));
export const Currency = v.pipe(v.string(), v.regex(/^[a-z]{3}$/, 'three small letters, as ISO 4217: jpy'));
/** A path of ours to come back to. */
const ownPath = v.pipe(v.string(), v.regex(/^\/(?![/\\])[^\s]*$/), v.maxLength(500));

/** What a plan costs in a currency: `prices` of `GET /api/plans`. */
export const PlanPrice = v.object({
  id: idSchema('price'),
  currency: v.string(),
  interval: v.picklist(intervals),
  amount: v.number(),
});
export type PlanPrice = v.InferOutput<typeof PlanPrice>;

/**
 * `POST /api/billing/checkout`: a page of Stripe's to pay on. Asked again for the same thing, the same page. Problems: `already-subscribed`,
 * `already-bought`, `not-for-sale`, `unavailable` (Stripe does not answer; nothing was charged), `unverified-address`.
 */
export const NewCheckout = v.object({
  /** A plan's price, or an offer: one of them. */
  priceId: v.optional(idSchema('price')),
  offerId: v.optional(idSchema('offer')),
  /** Where to go on afterwards. */
  next: v.optional(ownPath),
});
export const Checkout = v.object({
  id: idSchema('checkout'),
  /** Where to send the browser. */
  url: v.string(),
  expiresAt: v.number(),
});
export type Checkout = v.InferOutput<typeof Checkout>;
/**
 * `POST /api/billing/checkouts/:id/settle`: asked by whoever comes back from paying: what Stripe says is fetched and holds at once,
 * whether or not its webhook has come. `state` `open`: not paid yet.
 */
export const CheckoutState = v.object({
  state: v.picklist(['open', 'paid', 'over']),
  next: v.nullable(v.string()),
});

/** `POST /api/billing/portal`: Stripe's page for cards, addresses and invoices. */
export const NewPortal = v.object({ next: v.optional(ownPath, '/account') });
export const Portal = v.object({ url: v.string() });

/** What somebody is on, and why. */
export const OwnSubscription = v.object({
  id: idSchema('subscription'),
  planId: v.string(),
  planName: v.string(),
  source: v.picklist(sources),
  since: v.number(),
  /** Until when it holds as things stand; null: without an end. */
  until: v.nullable(v.number()),
  /** Whether it is what counts now. */
  counts: v.boolean(),
  /** Of one that is paid for; null for what was given. */
  paid: v.nullable(
    v.object({
      state: v.picklist(subscriptionStates),
      price: v.nullable(PlanPrice),
      periodEnd: v.nullable(v.number()),
      trialEnd: v.nullable(v.number()),
      /** It ends then, unless it is resumed. */
      cancelAt: v.nullable(v.number()),
      pausedAt: v.nullable(v.number()),
      resumesAt: v.nullable(v.number()),
      /** A payment failed then, and is tried again until `until`. */
      pastDueSince: v.nullable(v.number()),
    }),
  ),
});
export type OwnSubscription = v.InferOutput<typeof OwnSubscription>;
export const OwnPurchase = v.object({
  id: idSchema('purchase'),
  titleId: idSchema('title'),
  titleSlug: v.string(),
  titleName: v.string(),
  season: v.nullable(v.number()),
  episodeId: v.nullable(idSchema('episode')),
  /** Of that episode. */
  episodeNumber: v.nullable(v.number()),
  kind: v.picklist(['rental', 'purchase']),
  source: v.picklist(sources),
  amount: v.nullable(v.number()),
  currency: v.nullable(v.string()),
  boughtAt: v.number(),
  beginBy: v.nullable(v.number()),
  playsForMs: v.nullable(v.number()),
  begunAt: v.nullable(v.number()),
  /** When it is over, as things stand; null: never. */
  until: v.nullable(v.number()),
  revokedAt: v.nullable(v.number()),
});
export type OwnPurchase = v.InferOutput<typeof OwnPurchase>;
/** `GET /api/me/billing`: everything one is on or has bought, the latest first. */
export const OwnBilling = v.object({
  subscriptions: v.array(OwnSubscription),
  /** The newest hundred. */
  purchases: v.array(OwnPurchase),
  /** Stripe knows this account: there is a portal, and there may be invoices. */
  customer: v.boolean(),
  /** The one currency that Stripe bills them in; null: none yet. */
  currency: v.nullable(v.string()),
});
export type OwnBilling = v.InferOutput<typeof OwnBilling>;

/** `GET /api/me/invoices`: from Stripe, the latest first. */
export const Invoice = v.object({
  id: v.string(),
  number: v.nullable(v.string()),
  at: v.number(),
  amount: v.number(),
  currency: v.string(),
  state: v.picklist(['open', 'paid', 'void', 'uncollectible', 'refunded']),
  /** What for, in words. */
  what: v.string(),
  /** Stripe's page of it, and the PDF. */
  url: v.nullable(v.string()),
  pdf: v.nullable(v.string()),
});
export type Invoice = v.InferOutput<typeof Invoice>;
export const Invoices = v.object({ items: v.array(Invoice), next: v.nullable(v.string()) });

/**
 * `POST /api/billing/subscription/cancel` (at the end of what is paid), `…/resume` (takes that back), `…/pause` ({ months } of 1–3, from now
 * on: nothing is charged, the plan does not hold), `…/unpause`: → OwnBilling. `GET /api/billing/subscription/preview?price=…` → Preview;
 * `PUT /api/billing/subscription` { priceId, prorationAt } → OwnBilling: another plan or interval, prorated by Stripe as previewed.
 */
export const Pause = v.object({
  months: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3)), 1),
});
export const PreviewQuery = v.object({ price: idSchema('price') });
export const Preview = v.object({
  price: PlanPrice,
  /** What is charged now (below zero: credited) and then each interval, tax included. */
  dueNow: v.number(),
  currency: v.string(),
  nextAmount: v.number(),
  nextAt: v.number(),
  /** The moment it was reckoned for: send it along, and that is what is charged. */
  prorationAt: v.number(),
});
export type Preview = v.InferOutput<typeof Preview>;
export const SwitchPlan = v.object({
  priceId: idSchema('price'),
  prorationAt: v.pipe(v.number(), v.integer()),
});

/** `POST /api/billing/gifts/redeem` → OwnBilling, or `not-found`: no such code, used up or over. */
export const RedeemGift = v.object({ code: v.pipe(v.string(), v.trim(), v.minLength(8), v.maxLength(40)) });

/** `GET /api/titles/:slug/offers`: what of it can be rented or bought where the viewer is, in their currency. */
export const Offered = v.object({
  id: idSchema('offer'),
  kind: v.picklist(['rental', 'purchase']),
  season: v.nullable(v.number()),
  episodeId: v.nullable(idSchema('episode')),
  beginWithinMs: v.nullable(v.number()),
  playsForMs: v.nullable(v.number()),
  amount,
  currency: v.string(),
});
export type Offered = v.InferOutput<typeof Offered>;
export const OffersOfTitle = v.object({
  items: v.array(Offered),
  /** What this viewer has of it, and holds now. */
  mine: v.array(OwnPurchase),
});
export type OffersOfTitle = v.InferOutput<typeof OffersOfTitle>;
