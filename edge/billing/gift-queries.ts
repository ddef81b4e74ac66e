import { and, desc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import { gifts, subscriptions } from '../../schema/db/billing.ts';
import type { Id } from '../../schema/ids.ts';
import { selectRow, type Db } from '../platform/db.ts';

export type GiftRow = typeof gifts.$inferSelect;
const DAY_MS = 86_400_000;
/** So many rows of eleven values a statement: D1 binds a hundred. */
const ROWS = 9;

export async function insertGifts(db: Db, rows: readonly GiftRow[]): Promise<void> {
  const statements = Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, i) =>
    db.insert(gifts).values(rows.slice(i * ROWS, (i + 1) * ROWS)),
  );
  const [first, ...rest] = statements;
  if (first) await db.batch([first, ...rest]);
}

/** Newest first. @param after where the page before ended */
export const giftPage = (
  db: Db,
  after: { at: number; id: string } | null,
  limit: number,
): Promise<GiftRow[]> =>
  db
    .select()
    .from(gifts)
    .where(
      after === null
        ? undefined
        : or(
            lt(gifts.createdAt, after.at),
            and(eq(gifts.createdAt, after.at), sql`${gifts.id} < ${after.id}`),
          ),
    )
    .orderBy(desc(gifts.createdAt), desc(gifts.id))
    .limit(limit);

/** @returns the code as it is then; null: there is none */
export async function endGift(db: Db, id: Id<'gift'>, at: number): Promise<GiftRow | null> {
  const [row] = await db
    .update(gifts)
    .set({ endedAt: sql`coalesce(${gifts.endedAt}, ${at})` })
    .where(eq(gifts.id, id))
    .returning();
  return row ?? null;
}

/**
 * Redeems a code: in one batch, so that of those who come for its last use at once one gets it. Days follow what is held of the same plan from
 * gifts, so that none is lost.
 * @returns whether it holds, also where the same person has redeemed it before
 */
export async function redeem(
  db: Db,
  { userId, codeHash, id, at }: { userId: string; codeHash: string; id: Id<'subscription'>; at: number },
): Promise<boolean> {
  const open = and(
    eq(gifts.codeHash, codeHash),
    isNull(gifts.endedAt),
    or(isNull(gifts.redeemBy), gt(gifts.redeemBy, at)),
    sql`${gifts.used} < ${gifts.uses}`,
  );
  const since = sql`max(${at}, coalesce((select max(held.until) from subscriptions as held where held.user_id = ${userId} and held.plan_id = ${gifts.planId} and held.source = 'gift'), 0))`;
  const row = {
    id,
    userId,
    planId: sql`${gifts.planId}`,
    source: 'gift' as const,
    since,
    until: sql`${since} + ${gifts.days} * ${DAY_MS}`,
    giftId: sql`${gifts.id}`,
    createdAt: at,
    updatedAt: at,
  };
  await db.batch([
    db
      .insert(subscriptions)
      .select(sql`${selectRow(subscriptions, row)} from ${gifts} where ${open}`)
      .onConflictDoNothing(),
    db
      .update(gifts)
      .set({ used: sql`${gifts.used} + 1` })
      .where(and(eq(gifts.codeHash, codeHash), sql`exists (select 1 from subscriptions where id = ${id})`)),
  ]);
  const [held] = await db
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .innerJoin(gifts, eq(gifts.id, subscriptions.giftId))
    .where(and(eq(subscriptions.userId, userId), eq(gifts.codeHash, codeHash)));
  return held !== undefined;
}
