import { asc, eq, sql, type SQL } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { MyExport } from '../../../../schema/api/export.ts';
import { credentials, passkeys, sessions, users } from '../../../../schema/db/accounts.ts';
import { customers, purchases, subscriptions } from '../../../../schema/db/billing.ts';
import { ledger } from '../../../../schema/db/books.ts';
import { plays, progress, trackChoices, watchlist } from '../../../../schema/db/library.ts';
import { consents, profiles } from '../../../../schema/db/profiles.ts';
import type { Db } from '../../../platform/db.ts';
import { bought, listed, paid, played, progressOf, tracksChosen } from './export-history.ts';

/** Lists of the export; the rest of it is its heading. */
export type Part = Exclude<keyof MyExport, 'format' | 'version' | 'exportedAt'>;
type Item<P extends Part> = MyExport[P][number];

/** One table of what is kept about somebody, a page of rows at a time. */
type Section<P extends Part> = {
  table: SQLiteTable;
  /** Columns that are not taken along, and why. */
  leftOut: Record<string, string>;
  pages(db: Db, userId: string): AsyncIterable<readonly Item<P>[]>;
};

const USER = 'whose all of it is';
const SECRET = 'a secret';

/** Times that better-auth writes, as the numbers that the columns hold. */
const ms = (column: SQL | { getSQL(): SQL }) => sql<number>`${column}`;

/** Of what there are few: one page. */
async function* once<T>(rows: Promise<T[]>): AsyncGenerator<T[]> {
  yield await rows;
}

/**
 * Everything that is kept about somebody, table by table. A test holds it to the schema: a table that refers to people is here or in
 * `notExported`, and each of its columns is taken along or left out for a reason.
 */
export const sections: { [P in Part]: Section<P> } = {
  account: {
    table: users,
    leftOut: {},
    pages: (db, userId) =>
      once(
        db
          .select({
            id: users.id,
            name: users.name,
            email: users.email,
            emailVerified: users.emailVerified,
            image: users.image,
            role: users.role,
            twoFactorEnabled: users.twoFactorEnabled,
            createdAt: ms(users.createdAt),
            updatedAt: ms(users.updatedAt),
            closesAt: users.closesAt,
            closesBecause: users.closesBecause,
          })
          .from(users)
          .where(eq(users.id, userId)),
      ),
  },
  waysToSignIn: {
    table: credentials,
    leftOut: {
      id: 'internal',
      userId: USER,
      accountId: 'the account’s own id again',
      accessToken: SECRET,
      refreshToken: SECRET,
      idToken: SECRET,
      accessTokenExpiresAt: 'of a secret',
      refreshTokenExpiresAt: 'of a secret',
      scope: 'of a secret',
      password: SECRET,
    },
    pages: (db, userId) =>
      once(
        db
          .select({
            provider: credentials.providerId,
            createdAt: ms(credentials.createdAt),
            updatedAt: ms(credentials.updatedAt),
          })
          .from(credentials)
          .where(eq(credentials.userId, userId)),
      ),
  },
  passkeys: {
    table: passkeys,
    leftOut: {
      id: 'names the key to whoever has it',
      userId: USER,
      publicKey: 'of use to this site only',
      counter: 'of use to this site only',
      transports: 'of use to this site only',
    },
    pages: (db, userId) =>
      once(
        db
          .select({ name: passkeys.name, createdAt: passkeys.createdAt, usedAt: passkeys.usedAt })
          .from(passkeys)
          .where(eq(passkeys.userId, userId)),
      ),
  },
  devices: {
    table: sessions,
    leftOut: { id: 'internal', token: SECRET, userId: USER },
    pages: (db, userId) =>
      once(
        db
          .select({
            ipAddress: sessions.ipAddress,
            userAgent: sessions.userAgent,
            city: sessions.city,
            country: sessions.country,
            signedInAt: ms(sessions.createdAt),
            provedAt: sql<number | null>`${sessions.provedAt}`,
            lastSeenAt: ms(sessions.updatedAt),
            expiresAt: ms(sessions.expiresAt),
          })
          .from(sessions)
          .where(eq(sessions.userId, userId)),
      ),
  },
  profiles: {
    table: profiles,
    leftOut: {
      userId: USER,
      pinHash: 'a secret; `locked` says whether there is one',
      calendarSerial: 'internal',
    },
    pages: (db, userId) =>
      once(
        db
          .select({
            id: profiles.id,
            name: profiles.name,
            avatar: profiles.avatar,
            ageCeiling: profiles.ageCeiling,
            locked: sql<boolean>`${profiles.pinHash} is not null`.mapWith(Boolean),
            preferences: profiles.preferences,
            noticesSeenAt: profiles.noticesSeenAt,
            createdAt: profiles.createdAt,
            updatedAt: profiles.updatedAt,
          })
          .from(profiles)
          .where(eq(profiles.userId, userId)),
      ),
  },
  consents: {
    table: consents,
    leftOut: { id: 'internal', userId: USER },
    pages: (db, userId) =>
      once(
        db
          .select({ kind: consents.kind, version: consents.version, given: consents.given, at: consents.at })
          .from(consents)
          .where(eq(consents.userId, userId))
          .orderBy(asc(consents.at), asc(consents.id)),
      ),
  },
  subscription: {
    table: subscriptions,
    leftOut: { userId: USER, revision: 'internal', checkedAt: 'internal', closing: 'internal' },
    pages: (db, userId) =>
      once(
        db
          .select({
            id: subscriptions.id,
            plan: subscriptions.planId,
            source: subscriptions.source,
            since: subscriptions.since,
            until: subscriptions.until,
            reason: subscriptions.reason,
            giftId: subscriptions.giftId,
            stripeId: subscriptions.stripeId,
            priceId: subscriptions.priceId,
            state: subscriptions.state,
            periodStart: subscriptions.periodStart,
            periodEnd: subscriptions.periodEnd,
            trialEnd: subscriptions.trialEnd,
            cancelAt: subscriptions.cancelAt,
            pausedAt: subscriptions.pausedAt,
            resumesAt: subscriptions.resumesAt,
            pastDueSince: subscriptions.pastDueSince,
            createdAt: subscriptions.createdAt,
            updatedAt: subscriptions.updatedAt,
          })
          .from(subscriptions)
          .where(eq(subscriptions.userId, userId)),
      ),
  },
  purchases: {
    table: purchases,
    leftOut: { userId: USER, revision: 'internal' },
    pages: bought,
  },
  customer: {
    table: customers,
    leftOut: {
      userId: USER,
      toldHash: 'of the address that stands in `account`',
      endedAt: 'set once there is no account',
    },
    pages: (db, userId) =>
      once(
        db
          .select({
            stripeId: customers.stripeId,
            currency: customers.currency,
            createdAt: customers.createdAt,
          })
          .from(customers)
          .where(eq(customers.userId, userId)),
      ),
  },
  payments: {
    table: ledger,
    leftOut: { userId: USER, recordedAt: 'when `at` was written down, a moment later' },
    pages: paid,
  },
  progress: { table: progress, leftOut: {}, pages: progressOf },
  watchlist: { table: watchlist, leftOut: {}, pages: listed },
  trackChoices: { table: trackChoices, leftOut: {}, pages: tracksChosen },
  plays: {
    table: plays,
    leftOut: {
      userId: USER,
      licenceId: 'a contract between others',
      periods: 'the same as `seconds`, in the units of the encryption',
    },
    pages: played,
  },
};

/** Tables that refer to people and are not in the export, by their names, and why. */
export const notExported: Record<string, string> = {
  verifications: 'codes and challenges, used once and gone within minutes',
  invites: 'to an address, not to an account, for a week at most; who invited is work for the site',
  two_factors: 'secrets of a second factor; that there is one stands in `account`',
  uploads: 'work for the site: what an editor uploaded is the catalogue’s',
  jobs: 'work for the site: who had what encoded',
  tasks: 'of jobs',
  attempts: 'of tasks of jobs',
  job_texts: 'what jobs are found by: titles and file names',
  assets: 'work for the site: which editor overrode a warning, and why',
  licences: 'work for the site: who entered a contract between others',
  takedown_notices:
    'no account’s: whoever holds a right sends one without; kept as the record of what was asked, by whom',
  takedowns: 'work for the site: who took something down, and who put it back',
  checkouts: 'a page to pay on that was open for a day; what came of it stands in `payments`',
  gifts: 'codes, of nobody: what was redeemed stands in `subscription`',
  statements: 'work for the site: who told a licensor what',
  audit_entries:
    'work for the site: what staff changed of it; of those whose account they changed, a role and an end',
  audit_now: 'work for the site: whose change is being written down; empty between transactions',
};
