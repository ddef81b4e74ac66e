import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Id } from '../ids.ts';
import { noticeStates } from '../moderation-terms.ts';

/**
 * Notices of rights holders (17 U.S.C. §512(c)(3)(A)), as they were sent: rows are added, and answered once. There is
 * no row without both statements, so they are not columns. Whoever sent one needs no account, and the row is none's.
 */
export const takedownNotices = sqliteTable(
  'takedown_notices',
  {
    /** The receipt number. */
    id: text().$type<Id<'notice'>>().primaryKey(),
    state: text({ enum: noticeStates }).notNull(),
    /** Which work is infringed, in their words. */
    work: text().notNull(),
    /** Where it is: paths on this site, with their query. */
    addresses: text({ mode: 'json' }).$type<string[]>().notNull(),
    name: text().notNull(),
    /** Whose right it is, where that is somebody else. */
    onBehalfOf: text(),
    email: text().notNull(),
    postalAddress: text().notNull(),
    telephone: text(),
    /** Their name, as they typed it to sign (15 U.S.C. §7001). */
    signature: text().notNull(),
    /** SHA-256 of what was sent: a form that is sent twice is one notice. */
    digest: text().notNull(),
    /** In which language whoever sent it reads: the answer is mailed in it. */
    language: text({ enum: ['en', 'ja'] })
      .notNull()
      .default('en'),
    createdAt: integer().notNull(),
    /** When it was answered, ms UTC, by which user, and why so. */
    answeredAt: integer(),
    answeredBy: text(),
    answer: text(),
  },
  (t) => [
    index('takedown_notices_made').on(t.createdAt, t.id),
    index('takedown_notices_state').on(t.state, t.createdAt, t.id),
    index('takedown_notices_digest').on(t.digest, t.createdAt),
  ],
);
