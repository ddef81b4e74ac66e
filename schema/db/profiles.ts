import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { ageRatings } from '../catalog-terms.ts';
import type { Id } from '../ids.ts';
import { avatars, type WatchPreferences } from '../api/me.ts';
import { users } from './accounts.ts';

/** Who of a household watches: five at most. The first is made with the account. */
export const profiles = sqliteTable(
  'profiles',
  {
    id: text().$type<Id<'profile'>>().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    /** One of the avatars that come with the site. */
    avatar: text({ enum: avatars }).notNull(),
    /** Nothing rated above it is shown or played. */
    ageCeiling: text({ enum: ageRatings }).notNull(),
    /** Asked for on entering; null: none. */
    pinHash: text(),
    preferences: text({ mode: 'json' }).$type<WatchPreferences>().notNull(),
    /** New episodes up to then have been seen in the list of notices, ms UTC. */
    noticesSeenAt: integer().notNull().default(0),
    /** Which private address of its calendar is good: one more makes those before worthless. */
    calendarSerial: integer().notNull().default(0),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [index('profiles_user').on(t.userId, t.createdAt)],
);

/** What somebody agreed to, or took back, and when: rows are only ever added. */
export const consents = sqliteTable(
  'consents',
  {
    id: text().$type<Id<'consent'>>().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['terms', 'privacy', 'newsletter'] }).notNull(),
    /** Of the text that was shown, a date: `2026-11-01`. */
    version: text().notNull(),
    given: integer({ mode: 'boolean' }).notNull(),
    at: integer().notNull(),
  },
  (t) => [index('consents_user').on(t.userId, t.at)],
);
