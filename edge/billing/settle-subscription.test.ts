import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { users } from '../../schema/db/accounts.ts';
import { customers, stripeEvents, subscriptions } from '../../schema/db/billing.ts';
import { episodeWith, worldWide } from '../playback/playback.fixture.ts';
import {
  advance,
  consumed,
  db,
  eventsOf,
  ledgerOf,
  outside,
  payer,
  planNow,
  pricedPlan,
  settleAll,
  steer,
  subscribe,
  subscriptionsOf,
  told,
  useCard,
} from './core.fixture.ts';
import { settleSubscription } from './settle-subscription.ts';
import { deliver } from './webhook.fixture.ts';

const DAY = 86_400_000;
const GRACE = outside.settings.graceMs;
const { stripe } = outside;

let plan: Awaited<ReturnType<typeof pricedPlan>>;
let better: Awaited<ReturnType<typeof pricedPlan>>;
let episodeId: string;
const plays = async (somebody: Awaited<ReturnType<typeof payer>>) => {
  const answer = await somebody.ask('POST', `/api/episodes/${episodeId}/hls`, {
    json: {},
    cf: { country: 'JP' } as RequestInitCfProperties,
  });
  const said = await answer.json<{ code?: string; sessionId?: string }>();
  return said.code ?? said.sessionId ?? '';
};
const mailsTo = async (address: string) =>
  (await outside.mailbox!.list()).filter((mail) => mail.to === address);
const beats = async (somebody: Awaited<ReturnType<typeof payer>>, sessionId: string) => {
  const json = { position: 1, number: 1 };
  const answer = await somebody.ask('POST', `/api/playback/${sessionId}/heartbeat`, { json });
  return answer.ok ? 'plays' : (await answer.json<{ because?: string }>()).because;
};

beforeAll(async () => {
  plan = await pricedPlan('standard');
  better = await pricedPlan('premium', { rank: 2, amount: 1480, streams: 4 });
  ({ episodeId } = await episodeWith('forsubscribers', [{ ...worldWide, models: ['subscription'] }]));
});

it('somebody who has paid is on the plan at once, and it stands in the books', async () => {
  const mio = await payer();
  expect(await plays(mio)).toBe('plan-required');
  const { id } = await subscribe(mio, plan.stripePriceId);
  await settleAll(mio);
  expect(await planNow(mio)).toBe('standard');
  expect(await plays(mio)).toMatch(/^ply_/);
  const [row] = await subscriptionsOf(mio.userId);
  expect(row).toMatchObject({ stripeId: id, state: 'active', priceId: plan.priceId, pastDueSince: null });
  expect(row?.until).toBe(row!.periodEnd! + GRACE);
  expect(await ledgerOf(mio.userId)).toMatchObject([
    {
      kind: 'payment',
      amount: 980,
      currency: 'jpy',
      planId: 'standard',
      model: 'subscription',
      stripeSubscriptionId: id,
      paidFrom: row!.periodStart,
      paidUntil: row!.periodEnd,
    },
  ]);
  await settleAll(mio); // told of once more, nothing is written or mailed anew
  expect(await mailsTo(mio.email)).toMatchObject([{ subject: expect.stringContaining('standard') }]);
});

it('events that come twice, late and in the wrong order end the same', async () => {
  const mio = await payer();
  const { id } = await subscribe(mio, plan.stripePriceId);
  await stripe.ask((sdk) => sdk.subscriptions.update(id, { cancel_at_period_end: true }));
  await stripe.ask((sdk) => sdk.subscriptions.cancel(id));
  const events = await eventsOf(mio.customer);
  await told(events.filter(({ type }) => type === 'customer.subscription.deleted'));
  const [ended] = await subscriptionsOf(mio.userId);
  expect(ended).toMatchObject({ state: 'canceled' });
  await told([...events].reverse()); // the old `updated` and `created` after it
  await told(events);
  const [row] = await subscriptionsOf(mio.userId);
  expect({ ...row, updatedAt: 0 }).toEqual({ ...ended, updatedAt: 0 });
  expect(await planNow(mio)).toBeNull();
  expect(await ledgerOf(mio.userId)).toHaveLength(1);
});

describe('as time goes by', () => {
  it('a card that fails after the trial: the grace, then nothing; and what plays ends with it', async () => {
    const mio = await payer({ clock: true });
    await subscribe(mio, plan.stripePriceId, { trial_period_days: 7 });
    await settleAll(mio);
    const [trial] = await subscriptionsOf(mio.userId);
    expect(trial).toMatchObject({ state: 'trialing', until: trial!.trialEnd! + GRACE });
    expect(await ledgerOf(mio.userId)).toEqual([]);

    await advance(mio.clock!, trial!.trialEnd! - 2 * DAY);
    await settleAll(mio);
    await useCard(mio.customer, 'pm_card_chargeCustomerFail');
    await advance(mio.clock!, trial!.trialEnd! + DAY);
    await settleAll(mio);
    const [due] = await subscriptionsOf(mio.userId);
    expect(due).toMatchObject({ state: 'past_due' });
    expect(due!.pastDueSince).toBeGreaterThanOrEqual(trial!.trialEnd!);
    expect(due!.until).toBe(due!.pastDueSince! + GRACE);
    expect(await planNow(mio)).toBe('standard');
    const told = await mailsTo(mio.email);
    expect(told.filter(({ text }) => text.includes('980'))).toHaveLength(2); // the trial ends soon; the payment failed

    await advance(mio.clock!, trial!.trialEnd! + 60 * DAY);
    await settleAll(mio);
    const [over] = await subscriptionsOf(mio.userId);
    expect(['canceled', 'unpaid']).toContain(over?.state);
    expect(over!.until).toBeLessThanOrEqual(trial!.trialEnd! + 60 * DAY);
    expect(await mailsTo(mio.email)).toHaveLength(told.length + 1); // it has ended
    expect(await ledgerOf(mio.userId)).toEqual([]);
  });

  it('a card that is mended in time: paid, and on as before', async () => {
    const mio = await payer({ clock: true });
    const { id } = await subscribe(mio, plan.stripePriceId);
    await settleAll(mio);
    const [first] = await subscriptionsOf(mio.userId);
    await useCard(mio.customer, 'pm_card_chargeCustomerFail');
    await advance(mio.clock!, first!.periodEnd! + DAY);
    await settleAll(mio);
    expect((await subscriptionsOf(mio.userId))[0]?.state).toBe('past_due');
    await useCard(mio.customer, 'pm_card_visa');
    const open = await stripe.ask((sdk) => sdk.invoices.list({ subscription: id, status: 'open' }));
    await stripe.ask((sdk) => sdk.invoices.pay(open.data[0]!.id));
    await settleAll(mio);
    const [row] = await subscriptionsOf(mio.userId);
    expect(row).toMatchObject({ state: 'active', pastDueSince: null, until: row!.periodEnd! + GRACE });
    expect(await ledgerOf(mio.userId)).toHaveLength(2);
  });

  it('paused: nothing holds from then on, and it holds again when it is taken up', async () => {
    const mio = await payer();
    const { id } = await subscribe(mio, plan.stripePriceId);
    await settleAll(mio);
    const playing = await plays(mio);
    await stripe.ask((sdk) => sdk.subscriptions.update(id, { pause_collection: { behavior: 'void' } }));
    await settleSubscription(outside, id);
    const [paused] = await subscriptionsOf(mio.userId);
    expect(paused!.until).toBe(paused!.pausedAt);
    expect(await planNow(mio)).toBeNull();
    expect(await beats(mio, playing)).toBe('rights-changed');
    await settleSubscription(outside, id); // later: it is still paused since then
    expect((await subscriptionsOf(mio.userId))[0]).toMatchObject({
      pausedAt: paused!.pausedAt,
      revision: paused!.revision,
    });
    await stripe.ask((sdk) => sdk.subscriptions.update(id, { pause_collection: '' }));
    await settleSubscription(outside, id);
    expect(await planNow(mio)).toBe('standard');
  });

  it('to be cancelled: it holds to the day, without a grace; taken back: it goes on', async () => {
    const mio = await payer();
    const { id } = await subscribe(mio, plan.stripePriceId);
    await stripe.ask((sdk) => sdk.subscriptions.update(id, { cancel_at_period_end: true }));
    await settleSubscription(outside, id);
    const [row] = await subscriptionsOf(mio.userId);
    expect(row).toMatchObject({ cancelAt: row!.periodEnd, until: row!.periodEnd });
    await stripe.ask((sdk) => sdk.subscriptions.update(id, { cancel_at_period_end: false }));
    await settleSubscription(outside, id);
    expect((await subscriptionsOf(mio.userId))[0]).toMatchObject({
      cancelAt: null,
      until: row!.periodEnd! + GRACE,
    });
  });

  it('ended at once: what plays ends, without a word of money that nobody owes', async () => {
    const mio = await payer();
    const { id } = await subscribe(mio, plan.stripePriceId);
    await settleAll(mio);
    const playing = await plays(mio);
    await stripe.ask((sdk) => sdk.subscriptions.cancel(id));
    await settleAll(mio);
    expect(await planNow(mio)).toBeNull();
    expect(await beats(mio, playing)).toBe('rights-changed');
  });

  it('a better plan interrupts nobody, a lower one ends what plays', async () => {
    const mio = await payer();
    const { id, items } = await subscribe(mio, plan.stripePriceId);
    await settleAll(mio);
    const playing = await plays(mio);
    const to = (price: string) =>
      stripe.ask((sdk) =>
        sdk.subscriptions.update(id, {
          items: [{ id: items.data[0]!.id, price }],
          proration_behavior: 'always_invoice',
        }),
      );
    await to(better.stripePriceId);
    await settleAll(mio);
    expect(await planNow(mio)).toBe('premium');
    expect(await beats(mio, playing)).toBe('plays');
    const paid = await ledgerOf(mio.userId);
    expect(paid.map(({ planId }) => planId).toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
      'premium',
      'standard',
    ]);
    await to(plan.stripePriceId);
    await settleAll(mio);
    expect(await planNow(mio)).toBe('standard');
    expect(await beats(mio, playing)).toBe('rights-changed');
  });
});

describe('money that goes back', () => {
  const paymentOf = async (userId: string) => (await ledgerOf(userId))[0]!.stripePaymentId!;

  it('all of it: the plan ends; part of it: it stays', async () => {
    const mio = await payer();
    await subscribe(mio, plan.stripePriceId);
    await settleAll(mio);
    const playing = await plays(mio);
    const payment = await paymentOf(mio.userId);
    await stripe.ask((sdk) => sdk.refunds.create({ payment_intent: payment, amount: 400 }));
    await settleAll(mio);
    expect(await planNow(mio)).toBe('standard');
    await stripe.ask((sdk) => sdk.refunds.create({ payment_intent: payment }));
    await settleAll(mio);
    expect(await planNow(mio)).toBeNull();
    expect(await beats(mio, playing)).toBe('rights-changed');
    expect(
      (await ledgerOf(mio.userId))
        .map(({ kind, amount }) => [kind, amount])
        .toSorted((a, b) => String(a).localeCompare(String(b))),
    ).toEqual([
      ['payment', 980],
      ['refund', -400],
      ['refund', -580],
    ]);
  });

  it('a dispute takes it away at once, and gives it back when it is won', async () => {
    const mio = await payer();
    await subscribe(mio, plan.stripePriceId);
    await settleAll(mio);
    const { id } = await steer<{ id: string }>('POST', 'disputes', {
      payment_intent: await paymentOf(mio.userId),
    });
    await settleAll(mio);
    expect(await planNow(mio)).toBeNull();
    await steer('POST', `disputes/${id}/close`, { status: 'won' });
    await settleAll(mio);
    expect(await planNow(mio)).toBe('standard');
    const kinds = (await ledgerOf(mio.userId)).map(({ kind, amount }) => [kind, amount]);
    expect(kinds).toHaveLength(3);
    expect(kinds).toEqual(
      expect.arrayContaining([
        ['payment', 980],
        ['dispute', -980],
        ['dispute-won', 980],
      ]),
    );
  });

  it('a refund that is told of before its payment finds both', async () => {
    const mio = await payer();
    await subscribe(mio, plan.stripePriceId);
    const invoices = await stripe.ask((sdk) =>
      sdk.invoices.list({ customer: mio.customer, expand: ['data.payments'] }),
    );
    const payment = invoices.data[0]!.payments!.data[0]!.payment.payment_intent as string;
    await stripe.ask((sdk) => sdk.refunds.create({ payment_intent: payment }));
    await told((await eventsOf(mio.customer)).filter(({ type }) => /refund/.test(type)));
    expect(await planNow(mio)).toBeNull();
    expect(await ledgerOf(mio.userId)).toHaveLength(2);
    await settleAll(mio);
    expect(await planNow(mio)).toBeNull();
    expect(await ledgerOf(mio.userId)).toHaveLength(2);
  });
});

it('of two that were taken out at once the first stays; the other is given back, once, and ends', async () => {
  const mio = await payer();
  const first = await subscribe(mio, plan.stripePriceId);
  const second = await subscribe(mio, plan.stripePriceId);
  await Promise.all([
    settleSubscription(outside, second.id),
    settleSubscription(outside, first.id),
    settleSubscription(outside, second.id),
  ]);
  await settleAll(mio);
  const rows = await subscriptionsOf(mio.userId);
  const stateOf = (id: string) => rows.find(({ stripeId }) => stripeId === id)?.state;
  const live = [first, second].filter(({ id }) => stateOf(id) === 'active');
  expect(live).toHaveLength(1);
  const sums = await ledgerOf(mio.userId);
  expect(sums.map(({ amount }) => amount).sort((a, b) => a - b)).toEqual([-980, 980, 980]);
  expect(await planNow(mio)).toBe('standard');
});

it('one that ended at Stripe unheard makes no surplus of the next: who has paid keeps it', async () => {
  const mio = await payer();
  const over = await subscribe(mio, plan.stripePriceId);
  await settleAll(mio);
  await stripe.ask((sdk) => sdk.subscriptions.cancel(over.id)); // by support, and its event is late
  const { id } = await subscribe(mio, plan.stripePriceId);
  await settleSubscription(outside, id);
  const states = (await subscriptionsOf(mio.userId)).map((row) => [row.stripeId, row.state]);
  expect(new Map(states as [string, string][])).toEqual(
    new Map([
      [over.id, 'canceled'],
      [id, 'active'],
    ]),
  );
  expect((await stripe.ask((sdk) => sdk.subscriptions.retrieve(id))).status).toBe('active');
});

it('a customer is billed in one currency as long as they subscribe to anything', async () => {
  const mio = await payer();
  const currency = async () =>
    (await db.select().from(customers).where(eq(customers.stripeId, mio.customer)))[0]?.currency;
  expect(await currency()).toBeNull();
  const { id } = await subscribe(mio, plan.stripePriceId);
  await settleSubscription(outside, id);
  expect(await currency()).toBe('jpy');
  await stripe.ask((sdk) => sdk.subscriptions.cancel(id));
  await settleSubscription(outside, id);
  expect(await currency()).toBeNull();
});

it('a pause that Stripe ended by itself says nothing of a later one', async () => {
  const mio = await payer();
  const { id } = await subscribe(mio, plan.stripePriceId);
  await stripe.ask((sdk) =>
    sdk.subscriptions.update(id, { metadata: { pausedAt: '1000', pausedUntil: '2000' } }),
  );
  await stripe.ask((sdk) => sdk.subscriptions.update(id, { pause_collection: { behavior: 'void' } }));
  const before = Date.now();
  await settleSubscription(outside, id);
  expect((await subscriptionsOf(mio.userId))[0]?.pausedAt).toBeGreaterThanOrEqual(before);
});

describe('whose account is not there', () => {
  it('a deleted one is granted nothing, and pays no longer', async () => {
    const mio = await payer();
    const { id } = await subscribe(mio, plan.stripePriceId);
    await db.delete(users).where(eq(users.id, mio.userId));
    await settleAll(mio);
    expect(await db.select().from(subscriptions).where(eq(subscriptions.stripeId, id))).toEqual([]);
    expect((await stripe.ask((sdk) => sdk.subscriptions.retrieve(id))).status).toBe('canceled');
    expect(
      (await db.select().from(customers).where(eq(customers.stripeId, mio.customer)))[0]?.userId,
    ).toBeNull();
  });

  it('a customer that we lost is found by what we wrote on it; strangers’ and unknown ones are let be', async () => {
    const mio = await payer();
    await subscribe(mio, plan.stripePriceId);
    await db.delete(customers).where(eq(customers.stripeId, mio.customer));
    await settleAll(mio);
    expect(await planNow(mio)).toBe('standard');

    const stranger = await stripe.ask((sdk) => sdk.customers.create({}));
    await useCard(stranger.id, 'pm_card_visa');
    const other = await stripe.ask((sdk) =>
      sdk.subscriptions.create({ customer: stranger.id, items: [{ price: plan.stripePriceId }] }),
    );
    expect(await settleSubscription(outside, other.id)).toMatchObject({ did: 'ignored' });
    expect(await settleSubscription(outside, 'sub_unknown')).toMatchObject({ did: 'ignored' });
    await told(await eventsOf(stranger.id));
    const events = await db.select().from(stripeEvents).where(eq(stripeEvents.objectId, other.id));
    expect(
      events.every(({ state, problem }) => state === 'done' && problem?.includes('no customer of ours')),
    ).toBe(true);
    expect((await stripe.ask((sdk) => sdk.subscriptions.retrieve(other.id))).status).toBe('active');
  });
});

it('while Stripe is away nothing is lost and nobody who has paid is locked out; then it is settled', async () => {
  const mio = await payer();
  const { id } = await subscribe(mio, plan.stripePriceId);
  await settleAll(mio);
  await stripe.ask((sdk) => sdk.subscriptions.update(id, { cancel_at_period_end: true }));
  const events = (await eventsOf(mio.customer)).filter(
    ({ type }) => type === 'customer.subscription.updated',
  );
  const last = events.at(-1)!;
  await steer('POST', 'faults', { kind: 'down', match: `/v1/subscriptions/${id}` });
  expect((await deliver(last)).status).toBe(200); // acknowledged all the same
  expect(await consumed([last.id])).toMatchObject({ acked: 0, again: [{ msgId: 'msg_0' }] });
  const [waits] = await db.select().from(stripeEvents).where(eq(stripeEvents.id, last.id));
  expect(waits?.state).toBe('waiting');
  expect(waits?.attempts).toBeGreaterThan(0); // the queue of the tests may have tried as well
  expect(waits!.problem).toContain('Stripe does not answer');
  expect(waits!.dueAt).toBeGreaterThan(Date.now());
  expect(await planNow(mio)).toBe('standard');
  await steer('DELETE', `faults?match=/v1/subscriptions/${id}`);
  expect(await consumed([last.id], outside, 2)).toEqual({ acked: 1, again: [] });
  expect((await subscriptionsOf(mio.userId))[0]).toMatchObject({ cancelAt: expect.any(Number) });
}, 60_000);

it('two that write at once both look again, and neither overwrites what is newer', async () => {
  const mio = await payer();
  const { id } = await subscribe(mio, plan.stripePriceId);
  await settleSubscription(outside, id);
  // Fetched before it was cancelled, written after somebody else wrote that it was.
  let held = true;
  const slow = {
    ...outside,
    db,
    stripe: {
      ...stripe,
      find: async <T>(question: Parameters<typeof stripe.find<T>>[0]) => {
        const found = await stripe.find(question);
        if (held) {
          held = false;
          await stripe.ask((sdk) => sdk.subscriptions.cancel(id));
          await settleSubscription(outside, id);
        }
        return found;
      },
    },
  };
  await settleSubscription(slow, id);
  expect((await subscriptionsOf(mio.userId))[0]).toMatchObject({ state: 'canceled' });
});

it('what begins a second from now by Stripe’s clock holds now', async () => {
  const mio = await payer();
  const { id } = await subscribe(mio, plan.stripePriceId);
  const behind = { ...outside, db, now: () => Date.now() - 90_000 };
  await settleSubscription(behind, id);
  const [row] = await subscriptionsOf(mio.userId);
  expect(row!.since).toBeLessThanOrEqual(Date.now() - 89_000);
});
