import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { roles } from '../api/accounts.ts';
import type { Id } from '../ids.ts';

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
    twoFactorEnabled: integer({ mode: 'boolean' }).notNull().default(false),
    /** Asked to be deleted: from then on, ms UTC, it is; until then, signing in takes it back. */
    closesAt: integer(),
    /** An admin's reason where it was not they who asked: then signing in does not take it back. */
    closesBecause: text(),
    createdAt: ms().notNull(),
    updatedAt: ms().notNull(),
  },
  (t) => [
    // Lists of people: each walks one of these, the newest first, as ids sort by age.
    index('users_role').on(t.role, t.id),
    index('users_name').on(sql`name collate nocase`, t.id),
    index('users_unverified')
      .on(t.id)
      .where(sql`email_verified = 0`),
    index('users_closing')
      .on(t.closesAt, t.id)
      .where(sql`closes_at is not null`),
    index('users_created').on(t.createdAt, t.id),
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
    /** Where it signed in, as Cloudflare knows it. */
    city: text(),
    country: text(),
    /** When whoever is signed in last showed that it is they; null: on signing in. */
    provedAt: ms(),
    createdAt: ms().notNull(),
    updatedAt: ms().notNull(),
  },
  (t) => [index('sessions_user').on(t.userId)],
);

/** A role that is offered to whoever shows that an address is theirs; gone once it is taken, taken back or too old. One an address. */
export const invites = sqliteTable(
  'invites',
  {
    id: text().$type<Id<'invite'>>().primaryKey(),
    /** In small letters, as accounts have it. */
    email: text().notNull().unique(),
    role: text({ enum: roles }).notNull(),
    /** Null once their account is deleted. */
    invitedBy: text().references(() => users.id, { onDelete: 'set null' }),
    createdAt: integer().notNull(),
    expiresAt: integer().notNull(),
  },
  (t) => [index('invites_expiry').on(t.expiresAt)],
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

/** Short-lived and used once: mailed codes, challenges of passkeys, second steps, codes of an app that were used. */
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

/** Time-based codes of an app (RFC 6238), as better-auth's plugin keeps them: the secret is encrypted. */
export const twoFactors = sqliteTable(
  'two_factors',
  {
    id: text().primaryKey(),
    secret: text().notNull(),
    backupCodes: text().notNull(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    verified: integer({ mode: 'boolean' }).notNull().default(true),
    failedVerificationCount: integer().notNull().default(0),
    lockedUntil: ms(),
  },
  (t) => [index('two_factors_user').on(t.userId)],
);

/** WebAuthn credentials (W3C Web Authentication Level 3): public keys only. */
export const passkeys = sqliteTable(
  'passkeys',
  {
    /** The credential's id, base64url. */
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** What its owner calls it. */
    name: text().notNull(),
    /** COSE key, base64url. */
    publicKey: text().notNull(),
    counter: integer().notNull(),
    transports: text({ mode: 'json' }).$type<string[]>().notNull(),
    createdAt: integer().notNull(),
    usedAt: integer(),
  },
  (t) => [index('passkeys_user').on(t.userId)],
);
