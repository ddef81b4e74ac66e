import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Id } from '../ids.ts';
import { episodes, titles } from './catalog.ts';
import { users } from './accounts.ts';

/** What can be subscribed to. Whoever has none stands on `basePlan` (schema/plans.ts). */
export const plans = sqliteTable('plans', {
  /** A word, as it stands in addresses and licences: `standard`. */
  id: text().primaryKey(),
  name: text().notNull(),
  /** How many streams at once. */
  streams: integer().notNull(),
  /** Pixels; null: any. */
  maxHeight: integer(),
  /** Whether titles licensed for advertising come with it. */
  ads: integer({ mode: 'boolean' }).notNull(),
  downloads: integer({ mode: 'boolean' }).notNull(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
});

/** One a person. [since, until), ms UTC; `until` null: until it is ended. */
export const subscriptions = sqliteTable(
  'subscriptions',
  {
    userId: text()
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    planId: text()
      .notNull()
      .references(() => plans.id),
    since: integer().notNull(),
    until: integer(),
    updatedAt: integer().notNull(),
  },
  (t) => [index('subscriptions_plan').on(t.planId, t.userId)],
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
    boughtAt: integer().notNull(),
    /** Rentals: to be begun before this, ms UTC; then played for `playsForMs` from `begunAt` on. */
    beginBy: integer(),
    playsForMs: integer(),
    begunAt: integer(),
    /** Refunded or charged back: grants nothing from then on. */
    revokedAt: integer(),
  },
  (t) => [
    index('purchases_user_title').on(t.userId, t.titleId),
    index('purchases_title').on(t.titleId),
    index('purchases_episode').on(t.episodeId),
  ],
);
