import { and, desc, eq, sql } from 'drizzle-orm';
import type { StripeEvent, StripeEventsQuery } from '../../schema/api/billing-events.ts';
import { stripeEvents } from '../../schema/db/billing.ts';
import type { Db } from '../platform/db.ts';
import type { EventRow } from './event-queries.ts';

/** What lists read: not the bodies. */
const listed = {
  id: stripeEvents.id,
  type: stripeEvents.type,
  objectId: stripeEvents.objectId,
  state: stripeEvents.state,
  happenedAt: stripeEvents.happenedAt,
  receivedAt: stripeEvents.receivedAt,
  deliveries: stripeEvents.deliveries,
  attempts: stripeEvents.attempts,
  problem: stripeEvents.problem,
  dueAt: stripeEvents.dueAt,
  doneAt: stripeEvents.doneAt,
};

/** Where the page before ended. */
export type At = { receivedAt: number; id: string } | null;

/** The newest first, along the index of whatever is asked for: one narrowing at most. */
export function eventList(
  db: Db,
  { state, type, object }: Pick<StripeEventsQuery, 'state' | 'type' | 'object'>,
  at: At,
  limit: number,
): Promise<StripeEvent[]> {
  const narrow =
    state !== undefined
      ? eq(stripeEvents.state, state)
      : type !== undefined
        ? eq(stripeEvents.type, type)
        : object !== undefined
          ? eq(stripeEvents.objectId, object)
          : undefined;
  const after =
    at === null
      ? undefined
      : sql`(${stripeEvents.receivedAt}, ${stripeEvents.id}) < (${at.receivedAt}, ${at.id})`;
  return db
    .select(listed)
    .from(stripeEvents)
    .where(and(narrow, after))
    .orderBy(desc(stripeEvents.receivedAt), desc(stripeEvents.id))
    .limit(limit);
}

export async function eventRow(db: Db, id: string): Promise<EventRow | null> {
  const [row] = await db.select().from(stripeEvents).where(eq(stripeEvents.id, id));
  return row ?? null;
}
