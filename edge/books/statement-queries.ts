import { and, desc, eq, lt, lte, sql } from 'drizzle-orm';
import type { Id } from '../../schema/ids.ts';
import type { BusinessModel } from '../../schema/plans.ts';
import { foldedDays, licensorShares, monthSums, reckonedMonths, statements } from '../../schema/db/books.ts';
import { titles } from '../../schema/db/catalog.ts';
import { licences, licensors } from '../../schema/db/rights.ts';
import type { Db } from '../platform/db.ts';
import type { SumRow } from './lines.ts';

export type StatementRow = typeof statements.$inferSelect;

/** A licensor's sums of a month, with what titles are called now. Along the key of the sums: nobody else's are read. */
export async function sumsOf(
  db: Db,
  licensorId: Id<'licensor'>,
  month: number,
): Promise<(SumRow & { titleName: string })[]> {
  return db
    .select({
      titleId: monthSums.titleId,
      country: monthSums.country,
      audio: monthSums.audio,
      planId: monthSums.planId,
      model: monthSums.model,
      given: monthSums.given,
      currency: monthSums.currency,
      plays: monthSums.plays,
      seconds: monthSums.seconds,
      sold: monthSums.sold,
      revenue: monthSums.revenue,
      titleName: sql<string>`coalesce(${titles.nameMain}, '')`,
    })
    .from(licences)
    .innerJoin(monthSums, and(eq(monthSums.month, month), eq(monthSums.licenceId, licences.id)))
    .leftJoin(titles, eq(titles.id, monthSums.titleId))
    .where(eq(licences.licensorId, licensorId));
}

/** What holds in a month, by model: of what has begun by then the latest, of the same month what was said last. */
export async function sharesIn(db: Db, licensorId: Id<'licensor'>, month: number) {
  const rows = await db
    .select({ model: licensorShares.model, basisPoints: licensorShares.basisPoints })
    .from(licensorShares)
    .where(and(eq(licensorShares.licensorId, licensorId), lte(licensorShares.startsAt, month)))
    .orderBy(desc(licensorShares.startsAt), desc(licensorShares.createdAt), desc(licensorShares.id));
  return (model: BusinessModel): number => rows.find((row) => row.model === model)?.basisPoints ?? 0;
}

const listed = { statement: statements, licensorName: licensors.name };

export const statementById = async (db: Db, id: Id<'statement'>) =>
  (
    await db
      .select(listed)
      .from(statements)
      .innerJoin(licensors, eq(licensors.id, statements.licensorId))
      .where(eq(statements.id, id))
  )[0] ?? null;

export async function lastStatement(db: Db, licensorId: Id<'licensor'>, from: number) {
  const [row] = await db
    .select({ name: licensors.name, number: statements.number })
    .from(licensors)
    .leftJoin(statements, and(eq(statements.licensorId, licensors.id), eq(statements.from, from)))
    .where(eq(licensors.id, licensorId))
    .orderBy(desc(statements.number))
    .limit(1);
  return row ?? null;
}

/** The newest months first; of one licensor, or of all. */
export const statementList = (
  db: Db,
  licensorId: Id<'licensor'> | undefined,
  after: { from: number; id: string } | null,
  limit: number,
) =>
  db
    .select(listed)
    .from(statements)
    .innerJoin(licensors, eq(licensors.id, statements.licensorId))
    .where(
      and(
        licensorId ? eq(statements.licensorId, licensorId) : undefined,
        after
          ? and(
              lte(statements.from, after.from),
              sql`(${statements.from}, ${statements.id}) < (${after.from}, ${after.id})`,
            )
          : undefined,
      ),
    )
    .orderBy(desc(statements.from), desc(statements.id))
    .limit(limit + 1);

/** A licensor with licences who was told nothing for a month yet. */
export async function licensorWithout(db: Db, month: number, until: number): Promise<Id<'licensor'> | null> {
  const [row] = await db
    .select({ id: licensors.id })
    .from(licensors)
    .where(
      and(
        lt(licensors.createdAt, until),
        sql`exists (select 1 from ${licences} where ${licences.licensorId} = ${licensors.id})`,
        sql`not exists (select 1 from ${statements} where ${statements.licensorId} = ${licensors.id} and ${statements.from} = ${month})`,
      ),
    )
    .orderBy(licensors.id)
    .limit(1);
  return row?.id ?? null;
}

export async function reckonedAt(db: Db, month: number): Promise<number | null> {
  const [row] = await db.select().from(reckonedMonths).where(eq(reckonedMonths.month, month));
  return row?.reckonedAt ?? null;
}

/**
 * The newest month whose days were reckoned since it was itself, and that was not reckoned since `before`, ms UTC; null: all are as their
 * days are.
 */
export async function monthDue(db: Db, before: number): Promise<number | null> {
  const month = sql<number>`1000 * unixepoch(${foldedDays.day} / 1000, 'unixepoch', 'start of month')`;
  const [row] = await db
    .select({ month })
    .from(foldedDays)
    .leftJoin(reckonedMonths, eq(reckonedMonths.month, month))
    .groupBy(month)
    .having(
      sql`${reckonedMonths.reckonedAt} is null or (max(${foldedDays.foldedAt}) > ${reckonedMonths.reckonedAt} and ${reckonedMonths.reckonedAt} <= ${before})`,
    )
    .orderBy(desc(month))
    .limit(1);
  return row?.month ?? null;
}
