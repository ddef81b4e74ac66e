import type {
  Offered,
  OwnBilling,
  OwnPurchase,
  OwnSubscription,
  PlanPrice,
} from '../../../schema/api/billing.ts';
import type { SoldPlan } from '../plans/sold.ts';

/** What the API tells of money, for tests; say what matters to the test. */
export const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 0, 1);

export const price = (given: Partial<PlanPrice> = {}): PlanPrice => ({
  id: 'prc_0month',
  currency: 'jpy',
  interval: 'month',
  amount: 980,
  ...given,
});
export const yearly = price({ id: 'prc_0year', interval: 'year', amount: 9_800 });

type Paid = NonNullable<OwnSubscription['paid']>;
export const paid = (given: Partial<Paid> = {}): Paid => ({
  state: 'active',
  price: price(),
  periodEnd: NOW + 20 * DAY,
  trialEnd: null,
  cancelAt: null,
  pausedAt: null,
  resumesAt: null,
  pastDueSince: null,
  ...given,
});
export const subscription = (given: Partial<OwnSubscription> = {}): OwnSubscription => ({
  id: 'sbn_0test',
  planId: 'standard',
  planName: 'Standard',
  source: 'stripe',
  since: NOW - 10 * DAY,
  until: NOW + 27 * DAY,
  counts: true,
  paid: paid(),
  ...given,
});
export const billing = (given: Partial<OwnBilling> = {}): OwnBilling => ({
  subscriptions: [],
  purchases: [],
  customer: true,
  currency: 'jpy',
  ...given,
});
export const purchase = (given: Partial<OwnPurchase> = {}): OwnPurchase => ({
  id: 'pur_0test',
  titleId: 'ttl_0test',
  titleSlug: 'kaze-no-iro',
  titleName: 'Kaze no Iro',
  season: null,
  episodeId: null,
  episodeNumber: null,
  kind: 'rental',
  source: 'stripe',
  amount: 500,
  currency: 'jpy',
  boughtAt: NOW - DAY,
  beginBy: NOW + 29 * DAY,
  playsForMs: 2 * DAY,
  begunAt: null,
  until: NOW + 29 * DAY,
  revokedAt: null,
  ...given,
});
export const offer = (given: Partial<Offered> = {}): Offered => ({
  id: 'ofr_0test',
  kind: 'rental',
  season: null,
  episodeId: null,
  beginWithinMs: 30 * DAY,
  playsForMs: 2 * DAY,
  amount: 500,
  currency: 'jpy',
  ...given,
});
export const plan = (given: Partial<SoldPlan> = {}): SoldPlan => ({
  id: 'standard',
  name: 'Standard',
  rank: 1,
  streams: 2,
  maxHeight: 1080,
  ads: true,
  skipAds: true,
  downloads: false,
  trialDays: 7,
  sold: true,
  prices: [price(), yearly],
  earlyAccessMs: null,
  ...given,
});
