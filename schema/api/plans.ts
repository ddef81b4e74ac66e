import * as v from 'valibot';
import { Currency, PlanPrice } from './billing.ts';
import { Moment } from './moment.ts';

const words = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A plan's id: a word, as it stands in addresses and licences. */
export const PlanId = v.object({
  id: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens'),
    v.maxLength(40),
  ),
});
/** `PUT /api/admin/plans/:id`. */
export const PlanFields = v.object({
  name: words(80),
  /** How many streams at once. */
  streams: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)),
  /** Pixels; null: any. */
  maxHeight: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))), null),
  /** Whether titles licensed for advertising come with it. */
  ads: v.boolean(),
  /** Whether breaks may be skipped and jumped over. */
  skipAds: v.optional(v.boolean(), false),
  downloads: v.boolean(),
  /** Of several that somebody is on, the highest counts. */
  rank: v.optional(v.pipe(whole, v.maxValue(1_000)), 1),
  /** Days that a first subscription is free. */
  trialDays: v.optional(v.pipe(whole, v.maxValue(730)), 0),
  /** Whether it can be subscribed to now. Whoever is on it stays. */
  sold: v.optional(v.boolean(), true),
});
export const Plan = v.object({
  id: v.string(),
  ...PlanFields.entries,
  maxHeight: v.nullable(v.number()),
  skipAds: v.boolean(),
  rank: v.number(),
  trialDays: v.number(),
  sold: v.boolean(),
});
export type Plan = v.InferOutput<typeof Plan>;
/** `GET /api/plans`: in which currency; left out: that of where the request comes from. */
export const PlansQuery = v.object({ currency: v.optional(Currency) });
/** `GET /api/plans`: what is sold now. */
export const Plans = v.object({
  /** The highest last. */
  items: v.array(
    v.object({
      ...Plan.entries,
      /** What it costs by the month and by the year, in one currency for all plans; none: it cannot be paid for there. */
      prices: v.array(PlanPrice),
      /** The most that any licence which is open now gives it before an episode airs, ms; null: none gives it any. */
      earlyAccessMs: v.nullable(v.number()),
    }),
  ),
  /** What everybody with an account has. */
  base: v.pick(Plan, ['streams', 'maxHeight', 'ads', 'skipAds', 'downloads']),
});
export type Plans = v.InferOutput<typeof Plans>;

/** `PUT /api/admin/users/:id/plan`: by hand. Null takes it away; `until` null: until it is ended. */
export const PlanOfPerson = v.object({
  planId: v.nullable(PlanId.entries.id),
  /** ms UTC. */
  until: v.optional(v.nullable(Moment), null),
});
/** `GET /api/me/plan`, `GET /api/admin/users/:id/plan`; null: on what everybody with an account has. */
export const Subscribed = v.object({
  subscription: v.nullable(
    v.object({ planId: v.string(), since: v.number(), until: v.nullable(v.number()) }),
  ),
});
export type Subscribed = v.InferOutput<typeof Subscribed>;
