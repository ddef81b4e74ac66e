import { and, eq, isNull } from 'drizzle-orm';
import { customers, purchases } from '../../schema/db/billing.ts';
import { users } from '../../schema/db/accounts.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';
import { purchasesWhere, type ShownPurchase } from './subscription-own.ts';

export async function insertPurchase(db: Db, row: typeof purchases.$inferInsert): Promise<void> {
  await db.insert(purchases).values(row);
}

export async function shownPurchase(db: Db, id: Id<'purchase'>): Promise<ShownPurchase | null> {
  const [row] = await purchasesWhere(db).where(eq(purchases.id, id));
  return row ?? null;
}

/** @returns whether it granted something until now */
export async function revokePurchase(
  db: Db,
  { id, revision }: { id: Id<'purchase'>; revision: number },
  because: string,
  at: number,
): Promise<boolean> {
  const rows = await db
    .update(purchases)
    .set({ revokedAt: at, revokedBecause: because, revision: revision + 1 })
    .where(and(eq(purchases.id, id), eq(purchases.revision, revision), isNull(purchases.revokedAt)))
    .returning({ id: purchases.id });
  return rows.length > 0;
}

export const isAccount = async (db: Db, id: string): Promise<boolean> =>
  (await db.select({ id: users.id }).from(users).where(eq(users.id, id))).length > 0;

export const isCustomer = async (db: Db, stripeId: string): Promise<boolean> =>
  (await db.select({ id: customers.stripeId }).from(customers).where(eq(customers.stripeId, stripeId)))
    .length > 0;
