import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import type { Stripe } from 'stripe';
import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test';
import type { Id } from '../../schema/ids.ts';
import { customers, offers, planPrices, plans, purchases, subscriptions } from '../../schema/db/billing.ts';
import { ledger } from '../../schema/db/books.ts';
import { newId } from '../platform/clock.ts';
import { database } from '../platform/db.ts';
import { platform, type Platform } from '../platform/platform.ts';
import { person, type Person } from '../testing/people.ts';
import { consumeEvents } from './consumer.ts';
import { deliver, type Sent } from './webhook.fixture.ts';

// Somebody who pays at Stripe's double (ops/stripe), and what came of it here.

export const db = database(env.DB);
export const outside: Platform = platform(env);
const { stripe } = outside;

/** What Stripe has no API for: see ops/stripe/steering.ts. */
export async function steer<T = unknown>(method: string, path: string, json?: unknown): Promise<T> {
  const answer = await fetch(`${env.STRIPE_API}/_double/${path}`, {
    method,
    headers: { authorization: `Bearer ${env.STRIPE_SECRET_KEY}`, 'content-type': 'application/json' },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} /_double/${path}: ${answer.status} ${text}`);
  return (text === '' ? {} : JSON.parse(text)) as T;
}
/** Test clocks and payment methods have no part in what the site uses of Stripe. */
export async function asStripe<T>(
  method: string,
  path: string,
  form: Record<string, string> = {},
): Promise<T> {
  const answer = await fetch(`${env.STRIPE_API}/v1/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${env.STRIPE_SECRET_KEY}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    ...(method === 'GET' ? {} : { body: new URLSearchParams(form).toString() }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}

let made = 0;
/** A plan with a price, here and at Stripe. */
export async function pricedPlan(id: string, { rank = 1, amount = 980, streams = 1 } = {}) {
  const at = Date.now();
  const product = await stripe.ask((sdk) => sdk.products.create({ name: id }));
  const price = await stripe.ask((sdk) =>
    sdk.prices.create({
      product: product.id,
      currency: 'jpy',
      unit_amount: amount,
      recurring: { interval: 'month' },
    }),
  );
  await db.insert(plans).values({
    id,
    name: id,
    rank,
    streams,
    ads: false,
    downloads: false,
    stripeProductId: product.id,
    createdAt: at,
    updatedAt: at,
  });
  const priceId = newId('price');
  await db.insert(planPrices).values({
    id: priceId,
    planId: id,
    currency: 'jpy',
    interval: 'month',
    amount,
    stripePriceId: price.id,
    createdAt: at,
  });
  return { id, priceId, stripePriceId: price.id };
}

export type Payer = Person & { customer: string; clock: string | null };

/** Somebody whom Stripe knows, with a card. @param clock by a clock that the test moves */
export async function payer({ card = 'pm_card_visa', clock = false } = {}): Promise<Payer> {
  const somebody = await person(`payer${++made}-${crypto.randomUUID().slice(0, 8)}`);
  const testClock = clock
    ? await asStripe<{ id: string }>('POST', 'test_helpers/test_clocks', {
        frozen_time: String(Math.floor(Date.now() / 1000)),
      })
    : null;
  const customer = await stripe.ask((sdk) =>
    sdk.customers.create({
      metadata: { user: somebody.userId },
      ...(testClock ? { test_clock: testClock.id } : {}),
    }),
  );
  await useCard(customer.id, card);
  await db
    .insert(customers)
    .values({ stripeId: customer.id, userId: somebody.userId, createdAt: Date.now() });
  return { ...somebody, customer: customer.id, clock: testClock?.id ?? null };
}

/** From now on it is this card that is charged. */
export async function useCard(customer: string, card: string): Promise<void> {
  const method = await asStripe<{ id: string }>('POST', `payment_methods/${card}/attach`, { customer });
  await stripe.ask((sdk) =>
    sdk.customers.update(customer, { invoice_settings: { default_payment_method: method.id } }),
  );
}

/** Moves somebody's clock, and does what is due by then. */
export const advance = (clock: string, to: number) =>
  asStripe('POST', `test_helpers/test_clocks/${clock}/advance`, {
    frozen_time: String(Math.floor(to / 1000)),
  });

export const subscribe = (
  { customer, userId }: Payer,
  stripePriceId: string,
  more: { trial_period_days?: number; payment_behavior?: 'allow_incomplete' } = {},
): Promise<Stripe.Subscription> =>
  stripe.ask((sdk) =>
    sdk.subscriptions.create({
      customer,
      items: [{ price: stripePriceId }],
      metadata: { user: userId },
      ...more,
    }),
  );

type Told = Sent & { id: string; type: string };
/** What Stripe has told of somebody so far, signed, in its order. */
export const eventsOf = (customer: string): Promise<Told[]> => steer('GET', `events?customer=${customer}`);

/** Delivers events and works through the queue, as often as it takes. */
export async function told(events: readonly Told[]): Promise<void> {
  for (const event of events) {
    const answer = await deliver(event);
    if (answer.status !== 200) throw new Error(`${event.type}: ${answer.status} ${await answer.text()}`);
  }
  await consumed(events.map(({ id }) => id));
}

/** One batch through the consumer. @returns those that are tried again, and after how many seconds */
export async function consumed(ids: readonly string[], by: Platform = outside, attempts = 1) {
  const messages = ids.map((eventId, i) => ({
    id: `msg_${i}`,
    timestamp: new Date(),
    attempts,
    body: { eventId },
  }));
  const batch = createMessageBatch('billing', messages);
  await consumeEvents(batch, by);
  const { explicitAcks, retryMessages } = await getQueueResult(batch, createExecutionContext());
  return { acked: explicitAcks.length, again: retryMessages };
}

export const settleAll = async ({ customer }: Payer): Promise<void> => told(await eventsOf(customer));

export const subscriptionsOf = (userId: string) =>
  db.select().from(subscriptions).where(eq(subscriptions.userId, userId)).orderBy(subscriptions.createdAt);
export const purchasesOf = (userId: string) =>
  db.select().from(purchases).where(eq(purchases.userId, userId)).orderBy(purchases.boughtAt);
export const ledgerOf = (userId: string) =>
  db.select().from(ledger).where(eq(ledger.userId, userId)).orderBy(ledger.at, ledger.id);
export const planNow = async (somebody: Person): Promise<string | null> =>
  (await (await somebody.ask('GET', '/api/me/plan')).json<{ subscription: { planId: string } | null }>())
    .subscription?.planId ?? null;

/** What can be rented or bought of a title, and a page of Stripe's that was opened for it. */
export async function offered(titleId: Id<'title'>, kind: 'rental' | 'purchase', amount = 500) {
  const id = newId('offer');
  await db.insert(offers).values({
    id,
    titleId,
    kind,
    ...(kind === 'rental' ? { beginWithinMs: 30 * 86_400_000, playsForMs: 2 * 86_400_000 } : {}),
    prices: { jpy: amount },
    createdAt: 1,
    updatedAt: 1,
  });
  return { id, amount };
}
export async function page(
  { customer, userId }: Payer,
  offer: { id: string; amount: number },
): Promise<Stripe.Checkout.Session> {
  const metadata = { user: userId, offer: offer.id };
  return stripe.ask((sdk) =>
    sdk.checkout.sessions.create({
      mode: 'payment',
      customer,
      metadata,
      payment_intent_data: { metadata },
      line_items: [
        {
          quantity: 1,
          price_data: { currency: 'jpy', unit_amount: offer.amount, product_data: { name: 'Kaze' } },
        },
      ],
      success_url: 'https://engawa.test/',
    }),
  );
}
/** Pays on a page as its viewer would. @returns pi_… */
export async function pay({ id }: { id: string }, card = 'pm_card_visa'): Promise<string> {
  await steer('POST', `checkout/${id}/pay`, { payment_method: card, address: { country: 'JP' } });
  const { payment_intent: payment } = await stripe.ask((sdk) => sdk.checkout.sessions.retrieve(id));
  return typeof payment === 'string' ? payment : (payment?.id ?? '');
}
