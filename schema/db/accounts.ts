import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { roles } from '../api/accounts.ts';

const ms = () => integer({ mode: 'timestamp_ms' }); // better-auth hands over Dates; the column holds ms UTC all the same

/** People. Columns named as better-auth names them, plus `role`. */
export const users = sqliteTable(
  'users',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    email: text().notNull().unique(),
    emailVerified: integer({ mode: 'boolean' }).notNull().default(false),
    image: text(),
    role: text({ enum: roles }).notNull().default('viewer'),
    createdAt: ms().notNull(),
    updatedAt: ms().notNull(),
  },
  (t) => [
    index('users_admins')
      .on(t.id)
      .where(sql`role = 'admin'`),
  ],
);

/** Sign-in sessions: one per browser or device. */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    token: text().notNull().unique(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: ms().notNull(),
    ipAddress: text(),
    userAgent: text(),
    createdAt: ms().notNull(),
    updatedAt: ms().notNull(),
  },
  (t) => [index('sessions_user').on(t.userId)],
);

/** Ways to sign in: a password here, other providers later. */
export const credentials = sqliteTable(
  'credentials',
  {
    id: text().primaryKey(),
    accountId: text().notNull(),
    providerId: text().notNull(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: ms(),
    refreshTokenExpiresAt: ms(),
    scope: text(),
    password: text(),
    createdAt: ms().notNull(),
    updatedAt: ms().notNull(),
  },
  (t) => [index('credentials_user').on(t.userId)],
);

/** Short-lived codes: mail verification, reset. */
export const verifications = sqliteTable(
  'verifications',
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: ms().notNull(),
    createdAt: ms().notNull(),
    updatedAt: ms().notNull(),
  },
  (t) => [index('verifications_identifier').on(t.identifier)],
);
