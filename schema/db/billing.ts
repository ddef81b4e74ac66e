import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Id } from '../ids.ts';
import { intervals, sources, subscriptionStates } from '../plans.ts';
import { episodes, titles } from './catalog.ts';
import { users } from './accounts.ts';

// Amounts are whole numbers of a currency's smallest unit, as Stripe has them (¥500 is 500, $5 is 500); currencies are ISO 4217 in
// small letters, as Stripe writes them. Stripe's ids are kept as they come (sub_…, cus_…).

/** What can be subscribed to. Whoever has none stands on `basePlan` (schema/plans.ts). */
export const plans = sqliteTable('plans', {
  /** A word, as it stands in addresses and licences: `standard`. */
  id: text().primaryKey(),
  name: text().notNull(),
  /** Of several that somebody is on, the highest counts. */
  rank: integer().notNull().default(1),
  /** How many streams at once. */
  streams: integer().notNull(),
  /** Pixels; null: any. */
  maxHeight: integer(),
  /** Whether titles licensed for advertising come with it. */
  ads: integer({ mode: 'boolean' }).notNull(),
  /** Whether breaks may be skipped and jumped over. */
  skipAds: integer({ mode: 'boolean' }).notNull().default(false),
  downloads: integer({ mode: 'boolean' }).notNull(),
  /** Days that a first subscription is free; 0: none. */
  trialDays: integer().notNull().default(0),
  /** Whether it can be subscribed to now. Whoever is on it stays. */
  sold: integer({ mode: 'boolean' }).notNull().default(true),
  /** Null: Stripe does not know it yet. */
  stripeProductId: text().unique(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
});

/** What a plan costs. Never changed: another amount is another row, and who pays the old one goes on paying it. */
export const planPrices = sqliteTable(
  'plan_prices',
  {
    id: text().$type<Id<'price'>>().primaryKey(),
    planId: text()
      .notNull()
      .references(() => plans.id),
    currency: text().notNull(),
    interval: text({ enum: intervals }).notNull(),
    amount: integer().notNull(),
    stripePriceId: text().notNull().unique(),
    /** Null: it is the one that is asked now. */
    endedAt: integer(),
    createdAt: integer().notNull(),
  },
  (t) => [
    uniqueIndex('plan_prices_asked')
      .on(t.planId, t.currency, t.interval)
      .where(sql`ended_at is null`),
    index('plan_prices_plan').on(t.planId),
  ],
);

/** Accounts as Stripe knows them. The row stays when the account goes: what was paid must still be found. */
export const customers = sqliteTable(
  'customers',
  {
    stripeId: text().primaryKey(),
    userId: text()
      .unique()
      .references(() => users.id, { onDelete: 'set null' }),
    /** Stripe bills one customer in one currency as long as they subscribe to anything; null: none yet. */
    currency: text(),
    /** SHA-256, hex, of the e-mail address that Stripe was told last: told again when it is another. */
    toldHash: text(),
    /** The account is gone, and what was still subscribed to has been ended at Stripe. */
    endedAt: integer(),
    createdAt: integer().notNull(),
  },
  (t) => [
    index('customers_left')
      .on(t.stripeId)
      .where(sql`user_id is null and ended_at is null`),
  ],
);

/**
 * Why somebody is on a plan, and for how long: [since, until), ms UTC; `until` null: until it is ended. Several may hold at once.
 * Those of Stripe are a copy of what stands there (edge/billing/settle-subscription.ts), with `until` so that it ends by itself when
 * nothing more is heard: who has not paid is not let in beyond the grace.
 */
export const subscriptions = sqliteTable(
  'subscriptions',
  {
    id: text().$type<Id<'subscription'>>().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    planId: text()
      .notNull()
      .references(() => plans.id),
    source: text({ enum: sources }).notNull(),
    since: integer().notNull(),
    until: integer(),
    /** Why staff gave it. */
    reason: text(),
    /** The code that it came by. */
    giftId: text().$type<Id<'gift'>>(),

    // Of Stripe's; null for others.
    stripeId: text().unique(),
    priceId: text().$type<Id<'price'>>(),
    state: text({ enum: subscriptionStates }),
    periodStart: integer(),
    periodEnd: integer(),
    trialEnd: integer(),
    /** Ends then, unless it is resumed. */
    cancelAt: integer(),
    /** Collection is paused, and with it the plan; `resumesAt` null: until it is taken up again. */
    pausedAt: integer(),
    resumesAt: integer(),
    /** A payment has failed, and is tried again: until `until` the plan holds all the same. */
    pastDueSince: integer(),
    /** It was cancelled because its account is being closed: whoever keeps the account gets it back. */
    closing: integer({ mode: 'boolean' }).notNull().default(false),
    /** Counts what was written: what was fetched before somebody else wrote is fetched again. */
    revision: integer().notNull().default(0),
    /** When the last reconciliation met it at Stripe. */
    checkedAt: integer(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    index('subscriptions_user').on(t.userId),
    // How many are on a plan, up to a bound: of those without an end, and of those that end later.
    index('subscriptions_until').on(t.planId, t.until),
    // Everybody redeems a code once.
    uniqueIndex('subscriptions_gift')
      .on(t.userId, t.giftId)
      .where(sql`gift_id is not null`),
    index('subscriptions_closing')
      .on(t.userId)
      .where(sql`closing = 1`),
    // Who is on a plan; those who left it are left out.
    index('subscriptions_plan')
      .on(t.planId, t.userId)
      .where(sql`state is null or state not in ('canceled', 'incomplete_expired')`),
    // One of staff's a person: put on a plan by hand, and again, is on the last one.
    uniqueIndex('subscriptions_by_hand')
      .on(t.userId)
      .where(sql`source = 'staff'`),
    // Of Stripe's that are not over: those that a reconciliation did not meet there.
    index('subscriptions_checked')
      .on(t.checkedAt)
      .where(sql`stripe_id is not null and state not in ('canceled', 'incomplete_expired')`),
  ],
);

/** What a title, one of its seasons or one episode can be rented or bought for. */
export const offers = sqliteTable(
  'offers',
  {
    id: text().$type<Id<'offer'>>().primaryKey(),
    titleId: text()
      .$type<Id<'title'>>()
      .notNull()
      .references(() => titles.id, { onDelete: 'cascade' }),
    /** Null with `episodeId` null: the whole title. */
    season: integer(),
    episodeId: text()
      .$type<Id<'episode'>>()
      .references(() => episodes.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['rental', 'purchase'] }).notNull(),
    /** Rentals: to be begun within, then played for, ms. */
    beginWithinMs: integer(),
    playsForMs: integer(),
    /** Amount by currency. */
    prices: text({ mode: 'json' }).$type<Record<string, number>>().notNull(),
    /** Whether it can be had now. */
    sold: integer({ mode: 'boolean' }).notNull().default(true),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [index('offers_title').on(t.titleId), index('offers_episode').on(t.episodeId)],
);

/** A rental or a purchase of a title, one of its seasons or one episode. */
export const purchases = sqliteTable(
  'purchases',
  {
    id: text().$type<Id<'purchase'>>().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    titleId: text()
      .$type<Id<'title'>>()
      .notNull()
      .references(() => titles.id),
    /** Null with `episodeId` null: the whole title. */
    season: integer(),
    episodeId: text()
      .$type<Id<'episode'>>()
      .references(() => episodes.id),
    kind: text({ enum: ['rental', 'purchase'] }).notNull(),
    source: text({ enum: sources }).notNull().default('stripe'),
    offerId: text().$type<Id<'offer'>>(),
    /** Why staff gave it. */
    reason: text(),
    boughtAt: integer().notNull(),
    /** Rentals: to be begun before this, ms UTC; then played for `playsForMs` from `begunAt` on. */
    beginBy: integer(),
    playsForMs: integer(),
    begunAt: integer(),
    /** Refunded or charged back: grants nothing from then on. */
    revokedAt: integer(),
    revokedBecause: text(),
    /** What was paid, tax included; null: nothing. */
    amount: integer(),
    currency: text(),
    /** pi_…: one payment buys one thing, however often it is told of. */
    stripePaymentId: text().unique(),
    revision: integer().notNull().default(0),
  },
  (t) => [
    index('purchases_user_title').on(t.userId, t.titleId),
    index('purchases_title').on(t.titleId),
    index('purchases_episode').on(t.episodeId),
  ],
);

/**
 * Somebody on their way to pay for something: a page of Stripe's that is open. One at a time for each thing, so that two clicks, or two
 * devices, come to the same page.
 */
export const checkouts = sqliteTable(
  'checkouts',
  {
    id: text().$type<Id<'checkout'>>().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** `plan`, or an offer's id. */
    subject: text().notNull(),
    priceId: text().$type<Id<'price'>>(),
    offerId: text().$type<Id<'offer'>>(),
    state: text({ enum: ['open', 'paid', 'over'] }).notNull(),
    /** cs_…, and its page; null until Stripe has answered. */
    stripeId: text().unique(),
    url: text(),
    /** Where to go on afterwards: a path of ours. */
    next: text(),
    /** What else the page is made with: two who make it at once must ask Stripe the same. */
    locale: text(),
    trialDays: integer().notNull().default(0),
    createdAt: integer().notNull(),
    expiresAt: integer().notNull(),
  },
  (t) => [
    uniqueIndex('checkouts_open')
      .on(t.userId, t.subject)
      .where(sql`state = 'open'`),
    index('checkouts_user').on(t.userId),
    index('checkouts_expiry')
      .on(t.expiresAt)
      .where(sql`state = 'open'`),
  ],
);

/** Codes that give a plan for some days: given away, or bought for somebody. */
export const gifts = sqliteTable(
  'gifts',
  {
    id: text().$type<Id<'gift'>>().primaryKey(),
    /** SHA-256 of the code, hex: the code itself is shown once. */
    codeHash: text().notNull().unique(),
    /** Its last four characters, to tell codes apart. */
    hint: text().notNull(),
    planId: text()
      .notNull()
      .references(() => plans.id),
    days: integer().notNull(),
    /** How many people may redeem it, each once, and how many have. */
    uses: integer().notNull().default(1),
    used: integer().notNull().default(0),
    /** Why it was given, for the books. */
    reason: text().notNull(),
    redeemBy: integer(),
    endedAt: integer(),
    createdAt: integer().notNull(),
  },
  (t) => [index('gifts_plan').on(t.planId), index('gifts_created').on(t.createdAt, t.id)],
);

/**
 * What Stripe told us, each once by its id, however often it was delivered. It says that something has changed, never what is true now:
 * that is fetched. Forgotten `EVENTS_KEPT_MS` after it is done.
 */
export const stripeEvents = sqliteTable(
  'stripe_events',
  {
    /** evt_… */
    id: text().primaryKey(),
    type: text().notNull(),
    /** What it is about: sub_…, in_…, pi_…; null: nothing that we follow. */
    objectId: text(),
    /** The event as it came; null: nothing follows from it. */
    body: text(),
    /** By Stripe's clock, ms UTC. */
    happenedAt: integer().notNull(),
    receivedAt: integer().notNull(),
    deliveries: integer().notNull().default(1),
    /** `dead`: tried too often; somebody has to look. */
    state: text({ enum: ['waiting', 'done', 'dead'] }).notNull(),
    attempts: integer().notNull().default(0),
    /** Of one that waits: when it is tried. A minute later its message was lost, and it is sent again. */
    dueAt: integer().notNull(),
    problem: text(),
    doneAt: integer(),
  },
  (t) => [
    index('stripe_events_state').on(t.state, t.receivedAt, t.id),
    index('stripe_events_due')
      .on(t.dueAt)
      .where(sql`state = 'waiting'`),
    index('stripe_events_type').on(t.type, t.receivedAt, t.id),
    // Those that may be forgotten, the oldest first.
    index('stripe_events_kept')
      .on(t.doneAt)
      .where(sql`state = 'done'`),
    index('stripe_events_object').on(t.objectId, t.receivedAt, t.id),
    index('stripe_events_received').on(t.receivedAt, t.id),
  ],
);

/** What the last reconciliations with Stripe found (edge/billing/reconcile.ts). */
export const reconciliations = sqliteTable('reconciliations', {
  /** ms UTC. */
  startedAt: integer().primaryKey(),
  endedAt: integer(),
  /** Where it goes on: objects are walked a page at a time. Null: done. */
  cursor: text(),
  looked: integer().notNull(),
  mended: integer().notNull(),
  /** What was amiss: the first hundred. */
  findings: text({ mode: 'json' }).$type<{ id: string; what: string }[]>().notNull(),
});
