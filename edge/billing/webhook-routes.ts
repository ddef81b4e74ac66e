import { Hono } from 'hono';
import type { Stripe } from 'stripe';
import * as v from 'valibot';
import { addressOf } from '../http/address.ts';
import { readBody } from '../http/body.ts';
import type { AppEnv } from '../http/context.ts';
import { returns, takes } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { roughly } from '../http/limits.ts';
import { Problem } from '../http/problem.ts';
import { complain } from '../platform/log.ts';
import type { Platform } from '../platform/platform.ts';
import { storeEvent } from './event-queries.ts';
import { targetsOf } from './events.ts';

/** Events are some kilobytes; those of long invoices some hundred. */
const MAX_BYTES = 1024 * 1024;
const Received = v.object({ received: v.literal(true) });

/**
 * Where Stripe tells what has happened. Nothing is fetched here and nothing settled: what is signed is stored, sent on, and acknowledged,
 * so that a storm costs a row each. Stripe's servers send no Origin, so a page of another site cannot pass for them either.
 */
export const stripeWebhook = new Hono<AppEnv>().post(
  '/api/webhooks/stripe',
  allow('anyone'),
  takes('application/json'),
  returns(
    'Takes an event of Stripe’s, signed in the header Stripe-Signature; the same one again is only counted',
    {
      200: Received,
    },
  ),
  async (c) => {
    const { platform } = c.var;
    // Read as bytes that came: what is signed is these, not what JSON makes of them.
    const body = new TextDecoder().decode(await readBody(c.req.raw, MAX_BYTES));
    const signature = c.req.header('stripe-signature') ?? '';
    const event = await platform.stripe.verified(body, signature, platform.now());
    if (!event) {
      await roughly(c, 'webhook', addressOf(c.req.raw.headers) ?? 'nowhere');
      throw new Problem(
        'invalid-signature',
        'This is not what Stripe signed for this address in the last five minutes. Compare the endpoint’s signing secret with STRIPE_WEBHOOK_SECRET.',
      );
    }
    await take(platform, event, body);
    c.header('cache-control', 'no-store');
    return c.json({ received: true as const }, 200);
  },
);

async function take(
  { db, billingQueue, stripe, now }: Platform,
  event: Stripe.Event,
  body: string,
): Promise<void> {
  const { id, type, created, livemode } = event;
  const targets = livemode === stripe.live ? targetsOf(type, event.data.object) : [];
  const at = now();
  const nothing = targets.length === 0;
  const first = await storeEvent(db, {
    id,
    type,
    objectId: targets[0]?.id ?? null,
    body: nothing ? null : body,
    happenedAt: created * 1000,
    receivedAt: at,
    dueAt: at,
    state: nothing ? 'done' : 'waiting',
    doneAt: nothing ? at : null,
    problem: livemode === stripe.live ? null : `of ${livemode ? 'live' : 'test'} mode: not ours`,
  });
  if (nothing || !first) return;
  // Once it is stored nothing is lost: the sweeper sends what the queue did not take.
  await billingQueue
    .send([id])
    .catch((error: unknown) => complain({ event: 'event not sent to the queue', of: id, error }));
}
