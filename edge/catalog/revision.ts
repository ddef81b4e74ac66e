import { sql, type SQL } from 'drizzle-orm';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { episodes, titles } from '../../schema/db/catalog.ts';
import type { Expected } from '../http/if-match.ts';

type Table = typeof titles | typeof episodes;

/**
 * The revision after a change, for the `set` of the statement that makes it: one more. Where the row is at none of those that were
 * expected it is null, which the column refuses: then nothing of the batch is done, as D1 undoes all of it. So the comparison and the
 * change are one, however many editors meet.
 */
export const nextRevision = (table: Table, expected: Expected): SQL =>
  expected === null || expected === 'any'
    ? sql`${table.revision} + 1`
    : sql`case when ${table.revision} in ${expected.length > 0 ? expected : [-1]} then ${table.revision} + 1 end`;

/** What the database says of a failed statement. */
export const reasonOf = (error: unknown): string =>
  error instanceof DrizzleQueryError ? String(error.cause) : String(error);

/** For a batch with `nextRevision` in it. @returns `stale`; anything else is thrown on */
export function stale(error: unknown): 'stale' {
  if (/NOT NULL constraint failed: (?:titles|episodes)\.revision/.test(reasonOf(error))) return 'stale';
  throw error;
}
