import { and, asc, desc, eq, gte, isNull, lte, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { plans } from '../../schema/db/billing.ts';
import { licensorShares, statements } from '../../schema/db/books.ts';
import { episodes, titles } from '../../schema/db/catalog.ts';
import { holdbacks, licences, licensors } from '../../schema/db/rights.ts';
import type { Id } from '../../schema/ids.ts';
import { selectRow, type Db } from '../platform/db.ts';
import { listingDue } from '../catalog/listing.ts';
import { watchable } from '../playback/revoke.ts';

export type LicenceRow = typeof licences.$inferSelect;
export type HoldbackRow = typeof holdbacks.$inferSelect;
export type LicensorRow = typeof licensors.$inferSelect;
/** Which episodes of a title a row is about. */
export type Scope = Pick<LicenceRow, 'titleId' | 'season' | 'episodeFrom' | 'episodeTo'>;

/** A title's licences by start, those without one first, ended ones too; null where there is no such title. */
export async function licencesOf(db: Db, titleId: Id<'title'>): Promise<LicenceRow[] | null> {
  const [title, rows] = await db.batch([
    db.select({ id: titles.id }).from(titles).where(eq(titles.id, titleId)),
    db
      .select()
      .from(licences)
      .where(eq(licences.titleId, titleId))
      .orderBy(asc(licences.startsAt), asc(licences.id)),
  ]);
  return title.length > 0 ? rows : null;
}

export async function holdbacksOf(db: Db, titleId: Id<'title'>): Promise<HoldbackRow[] | null> {
  const [title, rows] = await db.batch([
    db.select({ id: titles.id }).from(titles).where(eq(titles.id, titleId)),
    db
      .select()
      .from(holdbacks)
      .where(eq(holdbacks.titleId, titleId))
      .orderBy(asc(holdbacks.startsAt), asc(holdbacks.id)),
  ]);
  return title.length > 0 ? rows : null;
}

export const licenceById = async (db: Db, id: Id<'licence'>): Promise<LicenceRow | null> =>
  (await db.select().from(licences).where(eq(licences.id, id)))[0] ?? null;

/** What a row names that has to be there: the licensor, and the plans of its early access. */
export async function namedBy(db: Db, licensorId: Id<'licensor'> | null) {
  const [found, all] = await db.batch([
    db
      .select({ id: licensors.id })
      .from(licensors)
      .where(eq(licensors.id, licensorId ?? 'lsr_none')),
    db.select({ id: plans.id }).from(plans),
  ]);
  return { licensor: licensorId === null || found.length > 0, plans: new Set(all.map(({ id }) => id)) };
}

export async function insertLicence(db: Db, row: LicenceRow): Promise<void> {
  await db.batch([db.insert(licences).values(row), listingDue(db, row.titleId)]);
}

/**
 * Puts a row in the place of another one, at once, if that is still in force.
 * @returns whether it was: of two amendments of one row one succeeds
 */
export async function amendLicence(db: Db, row: LicenceRow, old: Id<'licence'>, because: string) {
  const inForce = and(eq(licences.id, old), isNull(licences.endedAt));
  const [made] = await db.batch([
    db
      .insert(licences)
      .select(sql`${selectRow(licences, row)} from ${licences} where ${inForce}`)
      .returning({ id: licences.id }),
    db.update(licences).set({ endedAt: row.createdAt, endedBecause: because }).where(inForce),
    listingDue(db, row.titleId),
  ]);
  return made.length > 0;
}

/** Ends a row that is in force. */
export async function endLicence(db: Db, id: Id<'licence'>, because: string, at: number): Promise<void> {
  const one = eq(licences.id, id);
  await db.batch([
    db
      .update(licences)
      .set({ endedAt: at, endedBecause: because })
      .where(and(one, isNull(licences.endedAt))),
    listingDue(db, sql`(select ${licences.titleId} from ${licences} where ${one})`),
  ]);
}

export async function insertHoldback(db: Db, row: HoldbackRow): Promise<void> {
  await db.batch([db.insert(holdbacks).values(row), listingDue(db, row.titleId)]);
}

/** The row as it was before; null: there is none. */
export async function changeHoldback(
  db: Db,
  id: Id<'holdback'>,
  change: Omit<HoldbackRow, 'id' | 'titleId' | 'createdAt'> | null,
): Promise<HoldbackRow | null> {
  const one = eq(holdbacks.id, id);
  const [[before]] = await db.batch([
    db.select().from(holdbacks).where(one),
    listingDue(db, sql`(select ${holdbacks.titleId} from ${holdbacks} where ${one})`),
    change ? db.update(holdbacks).set(change).where(one) : db.delete(holdbacks).where(one),
  ]);
  return before ?? null;
}

/** The assets that somebody may be watching of the episodes that a row is about. */
export const assetsIn = (
  db: Db,
  { titleId, season, episodeFrom, episodeTo }: Scope,
): Promise<Id<'asset'>[]> =>
  watchable(
    db,
    and(
      eq(episodes.titleId, titleId),
      season === null ? undefined : eq(episodes.season, season),
      episodeFrom === null ? undefined : gte(episodes.number, episodeFrom),
      episodeTo === null ? undefined : lte(episodes.number, episodeTo),
    ),
  );

export const allLicensors = (db: Db): Promise<LicensorRow[]> =>
  db.select().from(licensors).orderBy(asc(licensors.name));

/** Makes a licensor, or changes its name and notes. `taken`: another one has the name. */
export async function putLicensor(
  db: Db,
  row: LicensorRow,
  isNew: boolean,
): Promise<LicensorRow | 'taken' | null> {
  const { id, name, notes, updatedAt } = row;
  try {
    const [saved] = isNew
      ? await db.insert(licensors).values(row).returning()
      : await db.update(licensors).set({ name, notes, updatedAt }).where(eq(licensors.id, id)).returning();
    return saved ?? null;
  } catch (error) {
    if (String((error as Error).cause).includes('UNIQUE constraint failed: licensors.name')) return 'taken';
    throw error;
  }
}

/** `used`: licences or holdbacks name it. */
export async function deleteLicensor(db: Db, id: Id<'licensor'>): Promise<'deleted' | 'used' | null> {
  const names = (table: typeof licences | typeof holdbacks | typeof licensorShares | typeof statements) =>
    sql`exists (select 1 from ${table as SQLiteTable} where ${eq(table.licensorId, id)})`;
  const [found, gone] = await db.batch([
    db.select({ id: licensors.id }).from(licensors).where(eq(licensors.id, id)),
    db
      .delete(licensors)
      .where(
        and(
          eq(licensors.id, id),
          sql`not ${names(licences)}`,
          sql`not ${names(holdbacks)}`,
          sql`not ${names(licensorShares)}`,
          sql`not ${names(statements)}`,
        ),
      )
      .returning({ id: licensors.id }),
  ]);
  if (gone.length > 0) return 'deleted';
  return found.length > 0 ? 'used' : null;
}

/** An episode with all rows of its title, ended ones too; null: there is no such episode. */
export async function episodeRights(db: Db, id: Id<'episode'>) {
  const asked = eq(episodes.id, id);
  const ofTitle = (table: typeof licences | typeof holdbacks) =>
    sql`${table.titleId} = (select title_id from episodes where id = ${id})`;
  const [[episode], [title], licenceRows, holdbackRows] = await db.batch([
    db.select().from(episodes).where(asked),
    db
      .select({
        name: titles.nameMain,
        ageRating: titles.ageRating,
        takenDownAt: titles.takenDownAt,
        draft: titles.draft,
      })
      .from(episodes)
      .innerJoin(titles, eq(titles.id, episodes.titleId))
      .where(asked),
    db.select().from(licences).where(ofTitle(licences)).orderBy(desc(licences.startsAt), asc(licences.id)),
    db.select().from(holdbacks).where(ofTitle(holdbacks)).orderBy(asc(holdbacks.id)),
  ]);
  return episode && title ? { episode, title, licences: licenceRows, holdbacks: holdbackRows } : null;
}
