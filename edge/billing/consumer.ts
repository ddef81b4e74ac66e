import * as v from 'valibot';
import { Problem } from '../http/problem.ts';
import { complain } from '../platform/log.ts';
import type { Platform } from '../platform/platform.ts';
import { buryEvents, eventDone, eventPutOff, waitingAmong, type EventRow } from './event-queries.ts';
import { retryAfter, targetsIn, type Target } from './events.ts';
import { settleCheckout } from './settle-checkout.ts';
import { settleInvoice } from './settle-invoice.ts';
import { settlePayment } from './settle-payment.ts';
import { settleSubscription } from './settle-subscription.ts';
import { tellOfTrial } from './tell.ts';

const Message = v.object({ eventId: v.string() });
const idOf = ({ body }: Message): string | null => {
  const message = v.safeParse(Message, body);
  return message.success ? message.output.eventId : null;
};

/** What came of one object: nothing more to say, why it is none of ours, or what went wrong. */
type Came = { ok: true; note: string | null } | { ok: false; away: boolean; problem: string };

/**
 * Reads the queue `billing`. However many events of a batch are about an object, it is fetched and settled once. What fails is tried
 * again, later and later; an event is done when all that it is about is settled.
 */
export async function consumeEvents(batch: MessageBatch, platform: Platform): Promise<void> {
  const { db, now } = platform;
  const ids = batch.messages.map(idOf).filter((id) => id !== null);
  const waiting = new Map((await waitingAmong(db, ids)).map((row) => [row.id, row]));
  const came = new Map<string, Came>();
  let away: Came | null = null;
  const of = async (target: Target) => {
    const key = `${target.kind}:${target.id}`;
    // Where Stripe is away nobody else is asked for: each would wait half a minute for nothing, and a batch has fifteen.
    const result = came.get(key) ?? away ?? (await settled(platform, target));
    came.set(key, result);
    if (!result.ok && result.away) away = result;
    return result;
  };
  for (const message of batch.messages) {
    const row = waiting.get(idOf(message) ?? '');
    if (!row) {
      message.ack(); // done by another delivery, or none of ours
      continue;
    }
    const results = await inOrder(row, of);
    const failed = results.find((result) => !result.ok);
    if (!failed) {
      const note = results.map((result) => (result.ok ? result.note : null)).find((one) => one !== null);
      const first = await eventDone(db, row.id, note ?? null, now());
      if (first && row.type === 'customer.subscription.trial_will_end' && row.objectId)
        await tellOfTrial(platform, row.objectId).catch((error: unknown) =>
          complain({ event: 'not told of the end of a trial', of: row.id, error }),
        );
      message.ack();
      continue;
    }
    const delaySeconds = retryAfter(message.attempts);
    await eventPutOff(db, row.id, failed.ok ? '' : failed.problem, now() + delaySeconds * 1000);
    message.retry({ delaySeconds });
  }
}

/** One after the other: a subscription stands as its invoices say. */
async function inOrder({ type, body }: EventRow, of: (target: Target) => Promise<Came>): Promise<Came[]> {
  const results: Came[] = [];
  for (const target of targetsIn(type, body)) results.push(await of(target));
  return results;
}

async function settled(platform: Platform, target: Target): Promise<Came> {
  try {
    const result = await settle(platform, target);
    return { ok: true, note: typeof result === 'object' && result.did === 'ignored' ? result.why : null };
  } catch (error) {
    // What Stripe being away comes to is no news; anything else is a fault of ours.
    if (!(error instanceof Problem)) complain({ event: 'not settled', of: target.id, error });
    const away = error instanceof Problem && error.code === 'unavailable';
    return { ok: false, away, problem: error instanceof Error ? error.message : String(error) };
  }
}

function settle(platform: Platform, { kind, id }: Target) {
  switch (kind) {
    case 'subscription':
      return settleSubscription(platform, id);
    case 'invoice':
      return settleInvoice(platform, id);
    case 'payment':
      return settlePayment(platform, id);
    case 'checkout':
      return settleCheckout(platform, id);
    default:
      return kind satisfies never;
  }
}

/** Reads the dead-letter queue: what was tried too often waits in the dashboard for somebody to look, and to try it again. */
export async function consumeDeadEvents(batch: MessageBatch, { db }: Platform): Promise<void> {
  const ids = batch.messages.map(idOf).filter((id) => id !== null);
  await buryEvents(db, ids);
  complain({ event: 'events of Stripe given up', ids });
  batch.ackAll();
}
