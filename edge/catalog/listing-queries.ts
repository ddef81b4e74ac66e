import { and, asc, eq, isNull, lte, sql, type SQL } from 'drizzle-orm';
import { titles } from '../../schema/db/catalog.ts';
import { holdbacks, licences } from '../../schema/db/rights.ts';
import type { Id } from '../../schema/ids.ts';
import { rowsOf, type Db } from '../platform/db.ts';
import type { Shown } from './shown.ts';

const terms = (table: typeof licences | typeof holdbacks) => ({
  id: table.id,
  season: table.season,
  episodeFrom: table.episodeFrom,
  episodeTo: table.episodeTo,
  territoryMode: table.territoryMode,
  countries: table.countries,
  startsAt: table.startsAt,
  endsAt: table.endsAt,
  models: table.models,
});
/** By name: a column of the one table of a select is written without it, and would be the inner table's own. */
const outer = sql.raw('titles.id');
const inForce = rowsOf(
  terms(licences),
  sql`${licences} where ${licences.titleId} = ${outer} and ${isNull(licences.endedAt)}`,
);
const heldBack = rowsOf(terms(holdbacks), sql`${holdbacks} where ${holdbacks.titleId} = ${outer}`);
/** All that is reckoned from, as one text: the same text, the same rows. */
const everything = sql<string>`${inForce} || ${heldBack} || ${sql.raw('titles.draft')}`;

/** A title's licences in force, its holdbacks, and whether it is a draft; null: there is no such title. */
export async function termsOf(db: Db, id: Id<'title'>) {
  const [row] = await db
    .select({ licences: inForce, holdbacks: heldBack, draft: titles.draft, seen: everything })
    .from(titles)
    .where(eq(titles.id, id));
  return row ?? null;
}

/** Writes where a title may be listed, if its terms still are what it was reckoned from. */
export async function setShown(db: Db, id: Id<'title'>, shown: Shown, seen: string): Promise<boolean> {
  const written = await db
    .update(titles)
    .set(shown)
    .where(and(eq(titles.id, id), sql`${everything} = ${seen}`))
    .returning({ id: titles.id });
  return written.length === 1;
}

/**
 * Marks a title as to be reckoned anew: for the batch that changes a licence or a holdback of it, so that whatever breaks off right
 * after that, the sweeper does it.
 */
export const listingDue = (db: Db, title: Id<'title'> | SQL) =>
  db.update(titles).set({ shownUntil: 0 }).where(eq(titles.id, title));

export const dueListings = (db: Db, now: number, limit: number): Promise<{ id: Id<'title'> }[]> =>
  db
    .select({ id: titles.id })
    .from(titles)
    .where(lte(titles.shownUntil, now))
    .orderBy(asc(titles.shownUntil))
    .limit(limit);
