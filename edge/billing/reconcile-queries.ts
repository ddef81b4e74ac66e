import { and, desc, eq, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import { checkouts, customers, purchases, reconciliations, subscriptions } from '../../schema/db/billing.ts';
import { ledger } from '../../schema/db/books.ts';
import type { Db } from '../platform/db.ts';
import type { SubscriptionRow } from './settle-queries.ts';

export type Run = typeof reconciliations.$inferSelect;

/** The one that is going on; null: none is. There are few rows: one a night, of the last hundred nights. */
export async function runningNow(db: Db): Promise<Run | null> {
  const [last] = await lastRuns(db, 1);
  return last && last.endedAt === null ? last : null;
}

export const lastRuns = (db: Db, limit: number): Promise<Run[]> =>
  db.select().from(reconciliations).orderBy(desc(reconciliations.startedAt)).limit(limit);

/** Begins one, and forgets those of long ago. @returns null where one has begun at the same moment */
export async function beginRun(
  db: Db,
  startedAt: number,
  cursor: string,
  forgetBefore: number,
): Promise<Run | null> {
  const [[made]] = await db.batch([
    db
      .insert(reconciliations)
      .values({ startedAt, cursor, looked: 0, mended: 0, findings: [] })
      .onConflictDoNothing()
      .returning(),
    db.delete(reconciliations).where(lt(reconciliations.startedAt, forgetBefore)),
  ]);
  return made ?? null;
}

/** Writes how far it has come, if nobody else went on with it meanwhile. */
export async function saveRun(db: Db, before: Run, after: Run): Promise<boolean> {
  const { startedAt: _same, ...changes } = after;
  const written = await db
    .update(reconciliations)
    .set(changes)
    .where(
      and(
        eq(reconciliations.startedAt, before.startedAt),
        sql`${reconciliations.cursor} is ${before.cursor}`,
        isNull(reconciliations.endedAt),
      ),
    )
    .returning({ startedAt: reconciliations.startedAt });
  return written.length > 0;
}

export async function rowsOf(db: Db, stripeIds: readonly string[]): Promise<Map<string, SubscriptionRow>> {
  const rows =
    stripeIds.length === 0
      ? []
      : await db
          .select()
          .from(subscriptions)
          .where(inArray(subscriptions.stripeId, [...stripeIds]));
  return new Map(rows.map((row) => [row.stripeId ?? '', row]));
}

/** Which of some customers are accounts here. @param stripeIds at most 100 */
export async function accountsAmong(db: Db, stripeIds: readonly string[]): Promise<Set<string>> {
  if (stripeIds.length === 0) return new Set();
  const rows = await db
    .select({ id: customers.stripeId })
    .from(customers)
    .where(and(inArray(customers.stripeId, [...stripeIds]), isNotNull(customers.userId)));
  return new Set(rows.map(({ id }) => id));
}

/** They were met at Stripe. @param stripeIds at most 99 */
export async function noteMet(db: Db, stripeIds: readonly string[], at: number): Promise<void> {
  if (stripeIds.length > 0)
    await db
      .update(subscriptions)
      .set({ checkedAt: at })
      .where(inArray(subscriptions.stripeId, [...stripeIds]));
}

/** Those of Stripe's that go on, by us, and that a comparison which began then did not meet there. */
export async function notMet(db: Db, since: number, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: sql<string>`${subscriptions.stripeId}` })
    .from(subscriptions)
    .where(
      and(
        // Word for word as the partial index has it.
        sql`stripe_id is not null and state not in ('canceled', 'incomplete_expired')`,
        or(isNull(subscriptions.checkedAt), lt(subscriptions.checkedAt, since)),
        lt(subscriptions.updatedAt, since), // made since then: the walk may have been past it
      ),
    )
    .orderBy(subscriptions.checkedAt)
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Which of some entries the books have. @param ids at most 100 */
export async function entriesThere(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ id: ledger.id })
    .from(ledger)
    .where(inArray(ledger.id, [...ids]));
  return new Set(rows.map(({ id }) => id));
}

/** Which of some payments bought something here. @param ids at most 100 */
export async function purchasesThere(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ id: sql<string>`${purchases.stripePaymentId}` })
    .from(purchases)
    .where(inArray(purchases.stripePaymentId, [...ids]));
  return new Set(rows.map(({ id }) => id));
}

/** Pages to pay on that are open by us and were over long ago. @param after cs_… of the last one before */
export async function overdueCheckouts(
  db: Db,
  { before, after }: { before: number; after: string | null },
  limit: number,
): Promise<string[]> {
  const past = sql`(${checkouts.expiresAt}, ${checkouts.stripeId}) > (select expires_at, stripe_id from checkouts where stripe_id = ${after})`;
  const rows = await db
    .select({ id: sql<string>`${checkouts.stripeId}` })
    .from(checkouts)
    .where(
      and(
        sql`state = 'open'`,
        lt(checkouts.expiresAt, before),
        sql`${checkouts.stripeId} is not null`,
        after === null ? undefined : past,
      ),
    )
    .orderBy(checkouts.expiresAt, checkouts.stripeId)
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Of some pages, those that are open by us. @param ids at most 100 */
export async function openAmong(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ id: sql<string>`${checkouts.stripeId}` })
    .from(checkouts)
    .where(and(inArray(checkouts.stripeId, [...ids]), eq(checkouts.state, 'open')));
  return new Set(rows.map(({ id }) => id));
}
