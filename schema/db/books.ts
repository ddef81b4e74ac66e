import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Id } from '../ids.ts';
import { businessModels } from '../plans.ts';
import { users } from './accounts.ts';
import { titles } from './catalog.ts';
import { licensors } from './rights.ts';

/** What moved: `dispute` takes money away until it is won. */
export const entryKinds = ['payment', 'refund', 'dispute', 'dispute-won'] as const;

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
    /** SHA-256 of the CSV, hex: reckoned anew from the log, it must come out the same. */
    sha256: text().notNull(),
    /** In R2: the CSV, and the signed document. */
    csvKey: text().notNull(),
    documentKey: text().notNull(),
    /** Sums, to show in lists. */
    minutes: integer().notNull(),
    /** Owed, by currency. */
    owed: text({ mode: 'json' }).$type<Record<string, number>>().notNull(),
    createdBy: text(),
    createdAt: integer().notNull(),
  },
  (t) => [
    index('statements_licensor').on(t.licensorId, t.from, t.number),
    index('statements_from').on(t.from, t.id),
  ],
);
