import { and, eq, isNull } from 'drizzle-orm';
import { checkouts } from '../../schema/db/billing.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';

export type CheckoutRow = typeof checkouts.$inferSelect;

/** The page that somebody has open for a thing; null: none. */
export async function openCheckout(db: Db, userId: string, subject: string): Promise<CheckoutRow | null> {
  const [row] = await db
    .select()
    .from(checkouts)
    .where(and(eq(checkouts.userId, userId), eq(checkouts.subject, subject), eq(checkouts.state, 'open')));
  return row ?? null;
}

/** Opens one, unless somebody was quicker. @returns the one that is open now */
export async function openOne(db: Db, row: CheckoutRow): Promise<CheckoutRow | null> {
  await db.insert(checkouts).values(row).onConflictDoNothing();
  return openCheckout(db, row.userId, row.subject);
}

/** Notes the page that Stripe made. @returns whether it is the one that is open; false: it was closed meanwhile */
export async function notePage(
  db: Db,
  id: Id<'checkout'>,
  page: { stripeId: string; url: string },
): Promise<boolean> {
  const rows = await db
    .update(checkouts)
    .set(page)
    .where(and(eq(checkouts.id, id), eq(checkouts.state, 'open')))
    .returning({ id: checkouts.id });
  return rows.length > 0;
}

/** Closes one that has to make room. @param unmade only as long as it has no page */
export async function closeOne(db: Db, id: Id<'checkout'>, unmade = false): Promise<void> {
  await db
    .update(checkouts)
    .set({ state: 'over' })
    .where(
      and(eq(checkouts.id, id), eq(checkouts.state, 'open'), unmade ? isNull(checkouts.stripeId) : undefined),
    );
}

/** Null: it is nobody's, or somebody else's. */
export async function ownCheckout(db: Db, userId: string, id: Id<'checkout'>): Promise<CheckoutRow | null> {
  const [row] = await db
    .select()
    .from(checkouts)
    .where(and(eq(checkouts.id, id), eq(checkouts.userId, userId)));
  return row ?? null;
}
