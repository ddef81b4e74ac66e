import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

// Sums that the overview shows, reckoned from plays, accounts and jobs by the sweeper (edge/operations/overview/roll-up.ts): whoever
// looks reads sums, never plays. Rows may be deleted at any time: they are reckoned anew, and come out the same.

/** What began in an hour. */
export const hourlyNumbers = sqliteTable('hourly_numbers', {
  /** Its beginning, ms UTC. */
  hour: integer().primaryKey(),
  plays: integer().notNull(),
  /** Seconds watched, in the hour in which the play began. */
  seconds: real().notNull(),
  /** Accounts whose first play of the day (UTC) it was: hours of a day add up to its viewers. */
  viewers: integer().notNull(),
  accounts: integer().notNull(),
  /** Encodes that finished, and how long they took from upload to ready, seconds. */
  encodes: integer().notNull(),
  encodeSeconds: real().notNull(),
});

export const shareKinds = ['title', 'country'] as const;
/** A day's most watched titles and its countries: the first fifty of each. */
export const dailyShares = sqliteTable(
  'daily_shares',
  {
    /** Its beginning, ms UTC. */
    day: integer().notNull(),
    kind: text({ enum: shareKinds }).notNull(),
    /** A title's id; ISO 3166-1, empty where it is not known. */
    of: text().notNull(),
    plays: integer().notNull(),
    seconds: real().notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.day, t.of] })],
);

/** Sweeps that failed when they last ran (edge/operations/sweeper.ts); a row goes when its sweep runs through. */
export const sweepFailures = sqliteTable(
  'sweep_failures',
  {
    sweep: text().primaryKey(),
    /** When it failed first since it last ran through, and last, ms UTC; how often since then. */
    since: integer().notNull(),
    at: integer().notNull(),
    times: integer().notNull(),
    error: text().notNull(),
  },
  (t) => [index('sweep_failures_at').on(t.at)],
);
