import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test';
import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Reconciliation } from '../../schema/api/billing-events.ts';
import type { Overview } from '../../schema/api/overview.ts';
import { users } from '../../schema/db/accounts.ts';
import { reconciliations, stripeEvents, subscriptions } from '../../schema/db/billing.ts';
import { ledger } from '../../schema/db/books.ts';
import { newId } from '../platform/clock.ts';
import { episodeWith, worldWide } from '../playback/playback.fixture.ts';
import type { StripePort } from '../platform/stripe.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { consumeDeadEvents } from './consumer.ts';
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
  planNow,
  pricedPlan,
  purchasesOf,
  settleAll,
  steer,
  subscribe,
  subscriptionsOf,
} from './core.fixture.ts';
import { reconcile, sweepReconciliation } from './reconcile.ts';
import { settlePayment } from './settle-payment.ts';
import { settleSubscription } from './settle-subscription.ts';
import { idOf } from './standing.ts';
import { deliver } from './webhook.fixture.ts';

const { stripe } = outside;
const asAdmin = async (method: string, path: string, json?: unknown) =>
  call(method, path, { token: await bearer('admin'), ...(json === undefined ? {} : { json }) });
let plan: Awaited<ReturnType<typeof pricedPlan>>;
let rental: Awaited<ReturnType<typeof offered>>;
beforeAll(async () => {
  plan = await pricedPlan('nightly');
  await episodeWith('nightly', [{ ...worldWide, models: ['rental'] }]);
  rental = await offered('ttl_nightly', 'rental');
});
beforeEach(async () => {
  await db.delete(reconciliations);
});

/** A whole night: begun by cron, gone on with by the sweeper. */
async function night(by = outside) {
  let run = await reconcile(by);
  for (let i = 0; i < 20 && run.endedAt === null; i++) {
    await sweepReconciliation(by);
    [run] = (await db.select().from(reconciliations)) as [typeof run];
  }
  expect(run.endedAt).not.toBeNull();
  return run;
}

it('finds everything that was never told of, mends it and names it; the next night finds nothing', async () => {
  const [missed, cancelled, renter, refunded, gone] = [
    await payer(),
    await payer(),
    await payer(),
    await payer(),
    await payer(),
  ];
  const missing = await subscribe(missed, plan.stripePriceId);
  const over = await subscribe(cancelled, plan.stripePriceId);
  await settleAll(cancelled);
  await stripe.ask((sdk) => sdk.subscriptions.cancel(over.id));
  const rented = await pay(await page(renter, rental));
  const back = await pay(await page(refunded, rental));
  await settlePayment(outside, back);
  const refund = await stripe.ask((sdk) => sdk.refunds.create({ payment_intent: back }));
  const left = await subscribe(gone, plan.stripePriceId);
  await db.delete(users).where(eq(users.id, gone.userId));
  await db.insert(subscriptions).values({
    id: newId('subscription'),
    userId: renter.userId,
    planId: plan.id,
    source: 'stripe',
    since: 1,
    until: null,
    stripeId: 'sub_neverwas',
    state: 'active',
    createdAt: 1,
    updatedAt: 1,
  });

  const run = await night();
  const found = run.findings.map(({ id }) => id);
  for (const id of [missing.id, over.id, rented, refund.id, left.id, 'sub_neverwas'])
    expect(found).toContain(id);
  expect(run.mended).toBeGreaterThanOrEqual(6);
  expect(await planNow(missed)).toBe('nightly');
  expect(await ledgerOf(missed.userId)).toHaveLength(1);
  expect((await subscriptionsOf(cancelled.userId))[0]?.state).toBe('canceled');
  expect(await purchasesOf(renter.userId)).toHaveLength(1);
  expect((await purchasesOf(refunded.userId))[0]?.revokedBecause).toBe('refunded');
  expect((await stripe.ask((sdk) => sdk.subscriptions.retrieve(left.id))).status).toBe('canceled');
  expect(await planNow(renter)).toBeNull();
  const overview = async () =>
    (await (await asAdmin('GET', '/api/admin/overview')).json<Overview>()).needs.find(
      ({ kind }) => kind === 'drift',
    );
  expect(await overview()).toMatchObject({ count: found.length });

  await db.delete(reconciliations);
  expect(await night()).toMatchObject({ mended: 0, findings: [] });
  expect(await overview()).toBeUndefined();
}, 120_000);

it('books what an old invoice brought at last, and what a bank sent back; what is over and nobody’s is no work', async () => {
  const [late, gone, returned] = [await payer(), await payer(), await payer()];
  const { id, latest_invoice: last } = await subscribe(late, plan.stripePriceId);
  const owed = idOf(last ?? '');
  await settleSubscription(outside, id);
  const over = await subscribe(gone, plan.stripePriceId);
  await stripe.ask((sdk) => sdk.subscriptions.cancel(over.id));
  await db.delete(users).where(eq(users.id, gone.userId));
  const payment = await pay(await page(returned, rental), 'pm_card_refundFail');
  await settlePayment(outside, payment);
  const [paid] = await ledgerOf(returned.userId);
  const refund = await stripe.ask((sdk) => sdk.refunds.create({ payment_intent: payment }));
  await db.insert(ledger).values({ ...paid!, id: `refund:${refund.id}`, kind: 'refund', amount: -500 });

  const inTenDays = Date.now() + 10 * 86_400_000;
  const { findings } = await night({ ...outside, now: () => inTenDays });
  expect(findings.find((one) => one.id === id)?.what).toContain(owed);
  expect((await ledgerOf(late.userId)).map((entry) => entry.id)).toContain(`payment:${owed}`);
  expect((await ledgerOf(returned.userId)).map(({ kind }) => kind)).toContain('refund-failed');
  const looked: unknown[] = [];
  const watched: StripePort = {
    ...stripe,
    find: async (question) => {
      const found = await stripe.find(question);
      looked.push((found as { id?: string } | null)?.id);
      return found;
    },
  };
  await db.delete(reconciliations);
  const next = await night({ ...outside, stripe: watched, now: () => inTenDays });
  const named = [...looked, ...next.findings.map((one) => one.id)];
  // Other tests, side by side, have things of their own at Stripe.
  for (const settled of [id, over.id, payment]) expect(named).not.toContain(settled);
}, 120_000);

it('goes on where it was when Stripe is away meanwhile, and two at once do not get in each other’s way', async () => {
  const mio = await payer();
  const { id } = await subscribe(mio, plan.stripePriceId);
  const listing = 'status=complete'; // of pages that were paid; other tests, side by side, make and fetch theirs
  await steer('POST', 'faults', { kind: 'down', match: listing });
  const wholeNight = async () => {
    for (let minute = 0; minute < 100; minute++) await reconcile(outside);
  };
  await expect(wholeNight()).rejects.toMatchObject({ code: 'unavailable' });
  await steer('DELETE', `faults?match=${encodeURIComponent(listing)}`);
  const [begun] = await db.select().from(reconciliations);
  expect(begun).toMatchObject({ endedAt: null });
  await Promise.all([reconcile(outside), sweepReconciliation(outside), reconcile(outside)]);
  const run = await night();
  expect(run.startedAt).toBe(begun?.startedAt);
  expect(run.findings.filter((one) => one.id === id)).toHaveLength(1);
  expect(await planNow(mio)).toBe('nightly');
}, 120_000);

describe('by hand', () => {
  it('an admin compares, and sees what came of it', async () => {
    const answer = await asAdmin('POST', '/api/admin/billing/reconciliations');
    expect(answer.status).toBe(200);
    const { items } = await (
      await asAdmin('GET', '/api/admin/billing/reconciliations')
    ).json<{
      items: Reconciliation[];
    }>();
    expect(items).toHaveLength(1);
    expect(
      (await call('POST', '/api/admin/billing/reconciliations', { token: await bearer('editor') })).status,
    ).toBe(403);
  });

  it('events that were given up are shown, named in the overview, and tried again', async () => {
    const mio = await payer();
    const { id } = await subscribe(mio, plan.stripePriceId);
    const told = (await eventsOf(mio.customer)).find(({ type }) => type === 'customer.subscription.created')!;
    await steer('POST', 'faults', { kind: 'down', match: `/v1/subscriptions/${id}` });
    await deliver(told);
    await consumed([told.id], outside, 8);
    const message = { id: 'msg', timestamp: new Date(), attempts: 9, body: { eventId: told.id } };
    const dead = createMessageBatch('billing-dead', [message]);
    await consumeDeadEvents(dead, outside);
    expect((await getQueueResult(dead, createExecutionContext())).ackAll).toBe(true);
    await steer('DELETE', `faults?match=/v1/subscriptions/${id}`);

    type Listed = { items: { id: string; state: string; problem: string }[]; next: string | null };
    const list = async (query: string) =>
      (await asAdmin('GET', `/api/admin/billing/events?${query}`)).json<Listed>();
    expect((await list('state=dead')).items).toMatchObject([{ id: told.id, state: 'dead' }]);
    expect((await list(`object=${id}`)).items.map((one) => one.id)).toContain(told.id);
    const { needs } = await (await asAdmin('GET', '/api/admin/overview')).json<Overview>();
    expect(needs.find(({ kind }) => kind === 'dead-events')).toMatchObject({
      count: 1,
      first: [{ id: told.id }],
    });
    const detail = await (
      await asAdmin('GET', `/api/admin/billing/events/${told.id}`)
    ).json<{ body: object }>();
    expect(JSON.stringify(detail.body)).toContain(id);
    expect((await asAdmin('GET', '/api/admin/billing/events/evt_none')).status).toBe(404);

    expect(await (await asAdmin('POST', '/api/admin/billing/events/replay', {})).json()).toEqual({
      ids: [told.id],
    });
    await consumed([told.id]);
    expect((await db.select().from(stripeEvents).where(eq(stripeEvents.id, told.id)))[0]).toMatchObject({
      state: 'done',
    });
    expect(await planNow(mio)).toBe('nightly');
  }, 60_000);

  it('the list goes page by page, by one thing at a time', async () => {
    const seen = new Set<string>();
    let cursor = '';
    for (let pages = 0; pages < 100; pages++) {
      const answer = await asAdmin('GET', `/api/admin/billing/events?limit=7${cursor}`);
      const { items, next } = await answer.json<{ items: { id: string }[]; next: string | null }>();
      for (const { id } of items) {
        expect(seen.has(id)).toBe(false);
        seen.add(id);
      }
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    expect(seen.size).toBe((await db.select({ id: stripeEvents.id }).from(stripeEvents)).length);
    const two = await asAdmin('GET', '/api/admin/billing/events?state=done&type=invoice.paid');
    expect((await two.json<{ code: string }>()).code).toBe('invalid-request');
  });
});
