import {
  consumed,
  db,
  eventsOf,
  ledgerOf,
  offered,
  outside,
  page,
  pay,
  payer,
  pricedPlan,
  purchasesOf,
  steer,
  subscribe,
  subscriptionsOf,
  told,
  type Payer,
} from './core.fixture.ts';
import { eq } from 'drizzle-orm';
import { stripeEvents } from '../../schema/db/billing.ts';
import { episodeWith, worldWide } from '../playback/playback.fixture.ts';
import { deliver } from './webhook.fixture.ts';

const { stripe } = outside;
type Told = Awaited<ReturnType<typeof eventsOf>>[number];
type Priced = Awaited<ReturnType<typeof pricedPlan>>;
type Offered = Awaited<ReturnType<typeof offered>>;
type Shop = { plan: Priced; better: Priced; rental: Offered };

/** What may happen to somebody's money, and all of it ends somewhere else. */
const stories: Record<string, (mio: Payer, shop: Shop) => Promise<void>> = {
  async pays(mio, { plan }) {
    await subscribe(mio, plan.stripePriceId);
  },
  async cancels(mio, { plan }) {
    const { id } = await subscribe(mio, plan.stripePriceId);
    await stripe.ask((sdk) => sdk.subscriptions.update(id, { cancel_at_period_end: true }));
    await stripe.ask((sdk) => sdk.subscriptions.cancel(id));
  },
  async comesBack(mio, { plan }) {
    const { id } = await subscribe(mio, plan.stripePriceId);
    await stripe.ask((sdk) => sdk.subscriptions.update(id, { cancel_at_period_end: true }));
    await stripe.ask((sdk) => sdk.subscriptions.update(id, { cancel_at_period_end: false }));
  },
  async switches(mio, { plan, better }) {
    const { id, items } = await subscribe(mio, plan.stripePriceId);
    await stripe.ask((sdk) =>
      sdk.subscriptions.update(id, {
        items: [{ id: items.data[0]!.id, price: better.stripePriceId }],
        proration_behavior: 'always_invoice',
      }),
    );
  },
  async rents(mio, { rental }) {
    await pay(await page(mio, rental));
  },
  async rentsTwice(mio, { rental }) {
    const pages = [await page(mio, rental), await page(mio, rental)];
    for (const one of pages) await pay(one);
  },
  async isRefunded(mio, { rental }) {
    const payment = await pay(await page(mio, rental));
    await stripe.ask((sdk) => sdk.refunds.create({ payment_intent: payment }));
  },
  async disputes(mio, { rental }) {
    const payment = await pay(await page(mio, rental));
    const { id } = await steer<{ id: string }>('POST', 'disputes', { payment_intent: payment });
    await steer('POST', `disputes/${id}/close`, { status: 'won' });
  },
};

/** What somebody has in the end: without ids and times, which are each one's own. */
async function endOf({ userId }: Payer) {
  const now = Date.now();
  return {
    subscriptions: (await subscriptionsOf(userId)).map(({ planId, state, until, cancelAt }) => ({
      planId,
      state,
      holds: until === null || until > now,
      ends: cancelAt !== null,
    })),
    purchases: (await purchasesOf(userId))
      .map(({ kind, revokedBecause }) => `${kind} ${revokedBecause}`)
      .sort(),
    books: (await ledgerOf(userId)).map(({ kind, amount }) => `${kind} ${amount}`).sort(),
  };
}

function shuffled<T>(all: readonly T[]): T[] {
  const left = [...all];
  return Array.from(all, () => left.splice(Math.floor(Math.random() * left.length), 1)[0]!);
}

/** Works through what waits, with the queue of the platform beside it, until nothing does. @returns events that never were done */
async function drained(): Promise<number> {
  for (let round = 0; ; round++) {
    const waiting = await db
      .select({ id: stripeEvents.id })
      .from(stripeEvents)
      .where(eq(stripeEvents.state, 'waiting'))
      .limit(10);
    if (waiting.length === 0 || round > 2_000) return waiting.length;
    await consumed(waiting.map(({ id }) => id));
  }
}

/**
 * One of each story is told in order, once; then many at the same time, each event three times and all of them shuffled.
 * @param atLeast how many deliveries the storm has
 */
export async function storm(atLeast: number, name: string) {
  await episodeWith(name, [{ ...worldWide, models: ['rental'] }]);
  const shop: Shop = {
    plan: await pricedPlan(`${name}-standard`),
    better: await pricedPlan(`${name}-premium`, { rank: 2, amount: 1480 }),
    rental: await offered(`ttl_${name}`, 'rental'),
  };
  const calm = new Map<string, unknown>();
  for (const [story, happens] of Object.entries(stories)) {
    const mio = await payer();
    await happens(mio, shop);
    await told(await eventsOf(mio.customer));
    await told(await eventsOf(mio.customer)); // what was given back by us is told of as well
    calm.set(story, await endOf(mio));
  }
  const people: { story: string; mio: Payer }[] = [];
  const events: Told[] = [];
  while (events.length * 3 < atLeast)
    for (const [story, happens] of Object.entries(stories)) {
      const mio = await payer();
      await happens(mio, shop);
      people.push({ story, mio });
      events.push(...(await eventsOf(mio.customer)));
    }
  const deliveries = shuffled([...events, ...events, ...events]);
  const startedAt = performance.now();
  const queue = [...deliveries];
  let refused = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let one = queue.pop(); one; one = queue.pop())
        if ((await deliver(one)).status !== 200) refused += 1;
    }),
  );
  const takenMs = performance.now() - startedAt;
  let lost = await drained();
  // What we gave back in the storm is news as well.
  for (const { mio } of people) for (const one of await eventsOf(mio.customer)) await deliver(one);
  lost += await drained();
  const wrong: { story: string; end: unknown; expected: unknown }[] = [];
  let twice = 0;
  for (const { story, mio } of people) {
    const end = await endOf(mio);
    const expected = calm.get(story);
    if (JSON.stringify(end) !== JSON.stringify(expected)) wrong.push({ story, end, expected });
    const held = end.purchases.filter((one) => one.endsWith('null')).length;
    twice += Math.max(0, held - 1) + Math.max(0, end.subscriptions.filter(({ holds }) => holds).length - 1);
  }
  const stored = await Promise.all(
    events.map(async ({ id }) => (await db.select().from(stripeEvents).where(eq(stripeEvents.id, id)))[0]),
  );
  lost += stored.filter((row) => row === undefined || row.state !== 'done').length;
  const counted = stored.reduce((sum, row) => sum + (row?.deliveries ?? 0), 0);
  return {
    people: people.length,
    events: events.length,
    deliveries: deliveries.length,
    counted,
    refused,
    lost,
    wrong,
    twice,
    takenMs,
  };
}
