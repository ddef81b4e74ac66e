/** What a plan lets a viewer do, as `decide` reads it. */
export type PlanTerms = {
  /** Null: no subscription. */
  id: string | null;
  streams: number;
  /** Pixels; null: any. */
  maxHeight: number | null;
  ads: boolean;
  /** Whether breaks may be skipped and jumped over. */
  skipAds: boolean;
  downloads: boolean;
  /** Of several plans that somebody is on, the highest counts; of equal ones, the smaller id. */
  rank: number;
};

/** What everybody with an account has. */
export const basePlan: PlanTerms = {
  id: null,
  streams: 1,
  maxHeight: null,
  ads: true,
  skipAds: false,
  downloads: false,
  rank: 0,
};

/** How often a plan is paid for. */
export const intervals = ['month', 'year'] as const;
export type Interval = (typeof intervals)[number];

/** How somebody came by a plan or a title: paid through Stripe, given by staff, or by a gift code. */
export const sources = ['stripe', 'staff', 'gift'] as const;
export type Source = (typeof sources)[number];

/** Why a play under a plan or of something bought brought no money: on trial, or given by staff or a gift code. */
export const givenBy = ['trial', 'staff', 'gift'] as const;
export type GivenBy = (typeof givenBy)[number];

/** Stripe's words for where a subscription stands (https://docs.stripe.com/api/subscriptions/object#subscription_object-status). */
export const subscriptionStates = [
  'incomplete',
  'incomplete_expired',
  'trialing',
  'active',
  'past_due',
  'canceled',
  'unpaid',
  'paused',
] as const;
export type SubscriptionState = (typeof subscriptionStates)[number];

/** How a licence lets an episode be paid for. `free`: not at all; `ads`: by advertising. */
export const businessModels = ['free', 'ads', 'subscription', 'rental', 'purchase'] as const;
export type BusinessModel = (typeof businessModels)[number];

/** Subscribers of a plan may watch so much earlier than the episode airs, ms. */
export type EarlyAccess = { plan: string; ms: number };
