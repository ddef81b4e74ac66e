import { asc, eq } from 'drizzle-orm';
import { titles } from '../../schema/db/catalog.ts';
import { licences } from '../../schema/db/rights.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';

export type LicenceRow = typeof licences.$inferSelect;

/** A title's licences by start, those without one first; null where there is no such title. */
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

export async function insertLicence(db: Db, row: LicenceRow): Promise<void> {
  await db.insert(licences).values(row);
}

/** Whether there was one. */
export async function deleteLicence(db: Db, id: Id<'licence'>): Promise<boolean> {
  return (await db.delete(licences).where(eq(licences.id, id)).returning({ id: licences.id })).length > 0;
}
