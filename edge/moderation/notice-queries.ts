import { and, desc, eq, gt, notExists, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { takedownNotices } from '../../schema/db/moderation.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import { selectRow, type Db } from '../platform/db.ts';

export type NoticeRow = typeof takedownNotices.$inferSelect;

const receipt = {
  id: takedownNotices.id,
  state: takedownNotices.state,
  createdAt: takedownNotices.createdAt,
};

/**
 * Keeps a notice, unless the same one came in after `since`: two clicks, or a form that was sent again, are one.
 * @returns the receipt, and whether it is of this row
 */
export async function receive(db: Db, row: NoticeRow, since: number) {
  const same = and(eq(takedownNotices.digest, row.digest), gt(takedownNotices.createdAt, since));
  const [, [kept]] = await db.batch([
    db.insert(takedownNotices).select(
      sql`${selectRow(takedownNotices, row)} where ${notExists(
        db
          .select({ one: sql`1` })
          .from(takedownNotices)
          .where(same),
      )}`,
    ),
    db.select(receipt).from(takedownNotices).where(same).orderBy(desc(takedownNotices.createdAt)).limit(1),
  ]);
  if (!kept) throw new Error('a notice was neither kept nor there before');
  return { receipt: kept, isNew: kept.id === row.id };
}

export const receiptOf = async (db: Db, id: Id<'notice'>) =>
  (await db.select(receipt).from(takedownNotices).where(eq(takedownNotices.id, id)))[0] ?? null;

export const NoticeCursor = v.tuple([v.number(), idSchema('notice')]);

/** The latest first; one more than `limit`. */
export function notices(
  db: Db,
  after: v.InferOutput<typeof NoticeCursor> | null,
  limit: number,
): Promise<NoticeRow[]> {
  const { createdAt, id } = takedownNotices;
  // A row value, which SQLite seeks along the index (https://sqlite.org/rowvalue.html §2.3); `or` would read all that came before.
  const further = after && sql`(${createdAt}, ${id}) < (${after[0]}, ${after[1]})`;
  return db
    .select()
    .from(takedownNotices)
    .where(further ?? undefined)
    .orderBy(desc(createdAt), desc(id))
    .limit(limit + 1);
}
