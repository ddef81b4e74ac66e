import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm';
import { stripeEvents } from '../../schema/db/billing.ts';
import type { Db } from '../platform/db.ts';

export type EventRow = typeof stripeEvents.$inferSelect;

/**
 * Stores an event, once by its id; another delivery of it is counted.
 * @returns whether it is the first one
 */
export async function storeEvent(db: Db, row: typeof stripeEvents.$inferInsert): Promise<boolean> {
  const [stored] = await db
    .insert(stripeEvents)
    .values(row)
    .onConflictDoUpdate({
      target: stripeEvents.id,
      set: { deliveries: sql`${stripeEvents.deliveries} + 1` },
    })
    .returning({ deliveries: stripeEvents.deliveries });
  return stored?.deliveries === 1;
}

/** Those of some events that wait. @param ids at most 100 */
export const waitingAmong = (db: Db, ids: readonly string[]): Promise<EventRow[]> =>
  db
    .select()
    .from(stripeEvents)
    .where(and(inArray(stripeEvents.id, [...ids]), eq(stripeEvents.state, 'waiting')));

/**
 * @param problem what was found about it that is none of ours to mend; null: nothing
 * @returns whether it was not done before
 */
export async function eventDone(db: Db, id: string, problem: string | null, now: number): Promise<boolean> {
  const rows = await db
    .update(stripeEvents)
    .set({ state: 'done', doneAt: now, problem })
    .where(and(eq(stripeEvents.id, id), eq(stripeEvents.state, 'waiting')))
    .returning({ id: stripeEvents.id });
  return rows.length > 0;
}

export const eventPutOff = (db: Db, id: string, problem: string, dueAt: number) =>
  db
    .update(stripeEvents)
    .set({ attempts: sql`${stripeEvents.attempts} + 1`, problem, dueAt })
    .where(and(eq(stripeEvents.id, id), eq(stripeEvents.state, 'waiting')));

/** Given up by the queue: somebody has to look. */
export async function buryEvents(db: Db, ids: readonly string[]): Promise<void> {
  await db
    .update(stripeEvents)
    .set({ state: 'dead' })
    .where(and(inArray(stripeEvents.id, [...ids]), eq(stripeEvents.state, 'waiting')));
}

/** Those whose message was lost; they are due anew, so that the next sweep leaves them to the queue. */
export async function takeLost(db: Db, before: number, now: number, limit: number): Promise<string[]> {
  const lost = db
    .select({ id: stripeEvents.id })
    .from(stripeEvents)
    .where(and(sql`state = 'waiting'`, lt(stripeEvents.dueAt, before))) // word for word as the partial index has it
    .orderBy(asc(stripeEvents.dueAt))
    .limit(limit);
  const rows = await db
    .update(stripeEvents)
    .set({ dueAt: now })
    .where(inArray(stripeEvents.id, lost))
    .returning({ id: stripeEvents.id });
  return rows.map(({ id }) => id);
}

/** The oldest first. What is told again after that is settled again, and comes out the same. */
export async function forgetDone(db: Db, before: number, limit: number): Promise<void> {
  const old = db
    .select({ id: stripeEvents.id })
    .from(stripeEvents)
    .where(and(sql`state = 'done'`, lt(stripeEvents.doneAt, before))) // word for word as the partial index has it
    .orderBy(asc(stripeEvents.doneAt))
    .limit(limit);
  await db.delete(stripeEvents).where(inArray(stripeEvents.id, old));
}

/** Dead ones are to be tried again. @returns those that were */
export async function revive(db: Db, ids: readonly string[], now: number): Promise<string[]> {
  const rows = await db
    .update(stripeEvents)
    .set({ state: 'waiting', attempts: 0, dueAt: now, doneAt: null })
    .where(and(inArray(stripeEvents.id, [...ids]), inArray(stripeEvents.state, ['dead', 'done'])))
    .returning({ id: stripeEvents.id });
  return rows.map(({ id }) => id);
}

export async function oldestDead(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: stripeEvents.id })
    .from(stripeEvents)
    .where(eq(stripeEvents.state, 'dead'))
    .orderBy(asc(stripeEvents.receivedAt), asc(stripeEvents.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}
