import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { entryKinds } from '../book-terms.ts';
import type { Id } from '../ids.ts';
import { businessModels, type BusinessModel, type GivenBy } from '../plans.ts';
import { users } from './accounts.ts';
import { titles } from './catalog.ts';
import { licensors } from './rights.ts';

/**
 * Money that came and went, as Stripe's objects say: rows are added, each once by its id, and never changed. Who paid may be forgotten
 * (the account is deleted); that it was paid, when, where and for what stays, as tax law wants it.
 */
export const ledger = sqliteTable(
  'ledger',
  {
    /** The kind and Stripe's id of what moved: `payment:in_…`, `payment:pi_…`, `refund:re_…`, `dispute:dp_…`. */
    id: text().primaryKey(),
    kind: text({ enum: entryKinds }).notNull(),
    /** By Stripe's clock, ms UTC. */
    at: integer().notNull(),
    userId: text().references(() => users.id, { onDelete: 'set null' }),
    /** Of the bill, ISO 3166-1; null: not known. */
    country: text(),
    currency: text().notNull(),
    /** Smallest units, tax included; what leaves us is below zero. */
    amount: integer().notNull(),
    /** Of `amount`. */
    tax: integer().notNull(),
    /** A plan, and the days that are paid, [from, until) ms UTC … */
    planId: text(),
    stripeSubscriptionId: text(),
    paidFrom: integer(),
    paidUntil: integer(),
    /** … or something of a title. */
    purchaseId: text().$type<Id<'purchase'>>(),
    model: text({ enum: businessModels }),
    titleId: text()
      .$type<Id<'title'>>()
      .references(() => titles.id),
    season: integer(),
    episodeId: text().$type<Id<'episode'>>(),
    /** What it was paid by: pi_…; so that refunds and disputes find what they take back. */
    stripePaymentId: text(),
    recordedAt: integer().notNull(),
  },
  (t) => [
    index('ledger_at').on(t.at, t.id),
    index('ledger_kind').on(t.kind, t.at, t.id),
    index('ledger_user').on(t.userId, t.at),
    index('ledger_title').on(t.titleId, t.at),
    index('ledger_payment').on(t.stripePaymentId),
    index('ledger_subscription').on(t.stripeSubscriptionId, t.at),
    index('ledger_paid_until').on(t.paidUntil, t.id),
  ],
);

/** What of the revenue a licensor gets, by how it was paid for. Rows are added; the latest that has begun holds. */
export const licensorShares = sqliteTable(
  'licensor_shares',
  {
    id: text().$type<Id<'share'>>().primaryKey(),
    licensorId: text()
      .$type<Id<'licensor'>>()
      .notNull()
      .references(() => licensors.id),
    model: text({ enum: businessModels }).notNull(),
    /** Ten-thousandths: 5000 is half. */
    basisPoints: integer().notNull(),
    /** A month's beginning, ms UTC. */
    startsAt: integer().notNull(),
    createdAt: integer().notNull(),
  },
  (t) => [index('licensor_shares_licensor').on(t.licensorId, t.model, t.startsAt)],
);

/** What a licensor was told for a month. Rows are added: a corrected one has the next number. */
export const statements = sqliteTable(
  'statements',
  {
    id: text().$type<Id<'statement'>>().primaryKey(),
    licensorId: text()
      .$type<Id<'licensor'>>()
      .notNull()
      .references(() => licensors.id),
    /** [from, until), ms UTC. */
    from: integer().notNull(),
    until: integer().notNull(),
    /** Of this licensor and month: 1, 2, … */
    number: integer().notNull(),
    /** Of a corrected one: why. */
    reason: text(),
    /** The version of the rules that it was reckoned by (edge/books/rules.ts). */
    rules: integer().notNull(),
    /** SHA-256 of the CSV, hex: reckoned anew from the log, it must come out the same. */
    sha256: text().notNull(),
    /** In R2: the CSV, and the signed document. */
    csvKey: text().notNull(),
    documentKey: text().notNull(),
    /** Which key the document is signed with: its RFC 7638 thumbprint. */
    keyId: text().notNull(),
    /** Sums, to show in lists. */
    plays: integer().notNull(),
    minutes: integer().notNull(),
    /** Owed, by currency. */
    owed: text({ mode: 'json' }).$type<Record<string, number>>().notNull(),
    createdBy: text(),
    createdAt: integer().notNull(),
  },
  (t) => [
    uniqueIndex('statements_number').on(t.licensorId, t.from, t.number),
    index('statements_from').on(t.from, t.id),
  ],
);

// Sums of what is above, of plays and of adverts, reckoned by the sweeper (edge/books/fold.ts), so that whoever looks reads sums. All
// of them may be deleted at any time: they are reckoned anew, and come out the same. Only what was summed of advertisements that are forgotten
// (edge/books/forget-adverts.ts) stands here alone. Days and months are UTC, by their beginning, ms. What is not known or not applicable is
// an empty text, since it stands in keys.

const usage = {
  titleId: text().$type<Id<'title'>>().notNull(),
  licenceId: text().$type<Id<'licence'> | ''>().notNull(),
  /** ISO 3166-1. */
  country: text().notNull(),
  /** Heard, BCP 47. */
  audio: text().notNull(),
  planId: text().notNull(),
  model: text({ enum: businessModels }).notNull(),
  given: text().$type<GivenBy | ''>().notNull(),
};

/** Plays that began on a day. */
export const playDays = sqliteTable(
  'play_days',
  {
    day: integer().notNull(),
    ...usage,
    plays: integer().notNull(),
    /** Whole seconds, each play's by itself. */
    seconds: integer().notNull(),
  },
  (t) => [
    primaryKey({
      columns: [t.day, t.planId, t.country, t.titleId, t.licenceId, t.audio, t.model, t.given],
    }),
    index('play_days_pool').on(t.planId, t.country, t.day),
  ],
);

/** Advertisements shown on a day. */
export const advertDays = sqliteTable(
  'advert_days',
  {
    day: integer().notNull(),
    titleId: usage.titleId,
    licenceId: text().$type<Id<'licence'>>().notNull(),
    country: usage.country,
    audio: usage.audio,
    currency: text().notNull(),
    shown: integer().notNull(),
    /** Thousandths of the smallest unit. */
    millis: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.day, t.country, t.currency, t.titleId, t.licenceId, t.audio] }),
    index('advert_days_pool').on(t.currency, t.country, t.day),
  ],
);

/** Money that moved on a day, of the ledger. */
export const moneyDays = sqliteTable(
  'money_days',
  {
    day: integer().notNull(),
    kind: text({ enum: entryKinds }).notNull(),
    country: usage.country,
    planId: usage.planId,
    /** Empty: a plan's. */
    model: text().$type<BusinessModel | ''>().notNull(),
    currency: text().notNull(),
    entries: integer().notNull(),
    amount: integer().notNull(),
    tax: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.kind, t.country, t.planId, t.model, t.currency] })],
);

/** How subscriptions of a plan stand at the end of a day; of the last day, now. */
export const planDays = sqliteTable(
  'plan_days',
  {
    day: integer().notNull(),
    planId: text().notNull(),
    /** Empty: of what is given. */
    currency: text().notNull(),
    /** Paid for, and what they bring a month, smallest units: yearly ones a twelfth. */
    paying: integer().notNull(),
    monthly: integer().notNull(),
    trialing: integer().notNull(),
    given: integer().notNull(),
    /** On that day: paid for the first time; gone, of those that paid; trials that were over, and those of them that were paid. */
    began: integer().notNull(),
    ended: integer().notNull(),
    trialsOver: integer().notNull(),
    trialsPaid: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.planId, t.currency] })],
);

/** Days whose sums are there, and when they were reckoned last. */
export const foldedDays = sqliteTable(
  'folded_days',
  {
    day: integer().primaryKey(),
    /** 0: the ledger has more of it since (books.sql); they are reckoned again. */
    foldedAt: integer().notNull(),
    /** Since when its rows of `advert_plays` go, ms UTC: its sums of them are not reckoned any more. */
    advertsForgottenAt: integer(),
  },
  (t) => [
    index('folded_days_late')
      .on(t.day)
      .where(sql`folded_at = 0`),
  ],
);

/** What a month earned, and with what: revenue as it was shared (docs/books.md). Without `titleId`: nobody watched anything of it. */
export const monthSums = sqliteTable(
  'month_sums',
  {
    month: integer().notNull(),
    ...usage,
    titleId: text().$type<Id<'title'> | ''>().notNull(),
    /** Usage stands in rows of its own, without a currency: so neither is counted twice. */
    currency: text().notNull(),
    plays: integer().notNull(),
    seconds: integer().notNull(),
    /** Times it was rented or bought. */
    sold: integer().notNull(),
    /** Smallest units, net of tax. */
    revenue: integer().notNull(),
    /** Of which run of the reckoning. */
    reckonedAt: integer().notNull(),
  },
  (t) => [
    primaryKey({
      columns: [t.month, t.licenceId, t.titleId, t.country, t.planId, t.audio, t.model, t.given, t.currency],
    }),
    index('month_sums_reckoned').on(t.month, t.reckonedAt),
  ],
);

/** What plans, sales and advertising earned. */
export type Earned = { plans: number; sales: number; ads: number };
/** Months that were reckoned. */
export const reckonedMonths = sqliteTable('reckoned_months', {
  month: integer().primaryKey(),
  reckonedAt: integer().notNull(),
  /** What it came to, by currency, net of tax. */
  earned: text({ mode: 'json' }).$type<Record<string, Earned>>().notNull(),
});
