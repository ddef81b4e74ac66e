import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { roles } from '../api/accounts.ts';
import { auditOps } from '../audit-chain.ts';

/** Who asked for a change, when, by which request, and from where. */
const author = {
  /** When the request came, ms UTC. */
  at: integer().notNull(),
  /** Its `x-request-id`. */
  request: text().notNull(),
  /** The route: `PATCH /api/admin/titles/:id`. */
  operation: text().notNull(),
  /** A user's id; people go, what they did stays. */
  actorId: text().notNull(),
  actorRole: text({ enum: roles }).notNull(),
  /** IPv4, or the /64 of an IPv6 address; null: this machine itself. */
  address: text(),
  country: text(),
  userAgent: text(),
};

/**
 * Each change that somebody with a role above viewer made, a row a row. Written by the triggers of schema/db/audit.sql in the transaction
 * of the change itself, and never changed or erased: other triggers there refuse that (docs/adr/0064).
 */
export const auditEntries = sqliteTable(
  'audit_entries',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    ...author,
    /** The table of the row; for what is no row (`op` act), a word of its own. */
    kind: text().notNull(),
    /** Its primary key; of several columns, with blanks between. */
    rowId: text().notNull(),
    /** The title and the episode that it belongs to, where it does. */
    titleId: text(),
    episodeId: text(),
    op: text({ enum: auditOps }).notNull(),
    /** JSON of columns as SQLite holds them: those that differ; of a row that was made or erased, all that are not null. */
    before: text(),
    after: text(),
  },
  // Each ends with `seq`, as an index of SQLite ends with the row's own number: pages are read along them.
  (t) => [
    index('audit_entries_at').on(t.at),
    index('audit_entries_request').on(t.request),
    index('audit_entries_actor').on(t.actorId),
    index('audit_entries_operation').on(t.operation),
    index('audit_entries_kind').on(t.kind),
    index('audit_entries_row').on(t.rowId),
    index('audit_entries_title')
      .on(t.titleId)
      .where(sql`title_id is not null`),
    index('audit_entries_episode')
      .on(t.episodeId)
      .where(sql`episode_id is not null`),
  ],
);

/**
 * Whose change is being made: there is a row only inside the transaction that makes it (edge/platform/written-down.ts), so that no other
 * one ever sees it. The triggers do nothing without.
 */
export const auditNow = sqliteTable('audit_now', { id: integer().primaryKey(), ...author });

/** The chain: SHA-256 over the seal before and the entry itself (schema/audit-chain.ts), in hex. Never changed or erased, either. */
export const auditSeals = sqliteTable('audit_seals', {
  seq: integer().primaryKey(),
  hash: text().notNull(),
});
