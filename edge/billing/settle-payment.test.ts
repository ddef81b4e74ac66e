import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { users } from '../../schema/db/accounts.ts';
import { checkouts, purchases } from '../../schema/db/billing.ts';
import { ledger } from '../../schema/db/books.ts';
import { newId } from '../platform/clock.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { episodeWith, worldWide } from '../playback/playback.fixture.ts';
import {
  db,
  eventsOf,
  ledgerOf,
  offered,
  outside,
  page,
  pay,
  payer,
  purchasesOf,
  settleAll,
  steer,
  told,
  type Payer,
} from './core.fixture.ts';
import { settleCheckout } from './settle-checkout.ts';
import { settlePayment } from './settle-payment.ts';

const { stripe } = outside;
let rental: { id: string; amount: number };
let episodeId: string;
beforeAll(async () => {
  ({ episodeId } = await episodeWith('rented', [{ ...worldWide, models: ['rental'] }]));
  rental = await offered('ttl_rented', 'rental');
});
const plays = async (somebody: Payer) => {
  const answer = await somebody.ask('POST', `/api/episodes/${episodeId}/hls`, {
    json: { beginsRental: true },
    cf: { country: 'JP' } as RequestInitCfProperties,
  });
  const said = await answer.json<{ code?: string; sessionId?: string }>();
  return said.code ?? said.sessionId ?? '';
};
const beats = async (somebody: Payer, sessionId: string) => {
  const json = { position: 1, number: 1 };
  const answer = await somebody.ask('POST', `/api/playback/${sessionId}/heartbeat`, { json });
  return answer.ok ? 'plays' : (await answer.json<{ because?: string }>()).because;
};
const sums = async (userId: string) =>
  (await ledgerOf(userId)).map(({ kind, amount }) => `${kind} ${amount}`).sort();

it('what was paid for is there, once, however often it is told of', async () => {
  const mio = await payer();
  expect(await plays(mio)).toBe('purchase-required');
  const session = await page(mio, rental);
  expect(await settleCheckout(outside, session.id)).toBe('open');
  const payment = await pay(session);
  expect(await settleCheckout(outside, session.id)).toBe('paid');
  await settleAll(mio);
  await settleAll(mio);
  await Promise.all([settlePayment(outside, payment), settlePayment(outside, payment)]);
  const [bought, ...more] = await purchasesOf(mio.userId);
  expect(more).toEqual([]);
  expect(bought).toMatchObject({
    kind: 'rental',
    titleId: 'ttl_rented',
    offerId: rental.id,
    amount: 500,
    currency: 'jpy',
    beginBy: bought!.boughtAt + 30 * 86_400_000,
    playsForMs: 2 * 86_400_000,
    revokedAt: null,
    stripePaymentId: payment,
  });
  expect(await ledgerOf(mio.userId)).toMatchObject([
    {
      id: `payment:${payment}`,
      amount: 500,
      model: 'rental',
      titleId: 'ttl_rented',
      purchaseId: bought!.id,
      country: 'JP',
    },
  ]);
  expect(await plays(mio)).toMatch(/^ply_/);
});

it('where Stripe’s clock is ahead of ours, what was paid for opens at once; the books keep Stripe’s time', async () => {
  const mio = await payer();
  const payment = await pay(await page(mio, rental));
  const early = Date.now() - 3_600_000;
  await settlePayment({ ...outside, now: () => early }, payment);
  await settlePayment(outside, payment);
  const [bought] = await purchasesOf(mio.userId);
  expect(bought).toMatchObject({ boughtAt: early, beginBy: early + 30 * 86_400_000 });
  const [entry] = await ledgerOf(mio.userId);
  expect(entry!.at).toBeGreaterThan(early + 3_000_000);
});

it('two devices that pay for the same at once: one rental, and the other payment goes back, once', async () => {
  const mio = await payer();
  const pages = [await page(mio, rental), await page(mio, rental)];
  await Promise.all(pages.map((one) => pay(one)));
  await Promise.all(pages.map(({ id }) => settleCheckout(outside, id)));
  await settleAll(mio);
  const rows = await purchasesOf(mio.userId);
  expect(rows.filter(({ revokedAt }) => revokedAt === null)).toHaveLength(1);
  expect(rows.filter(({ revokedBecause }) => revokedBecause === 'bought-twice')).toHaveLength(1);
  expect(await sums(mio.userId)).toEqual(['payment 500', 'payment 500', 'refund -500']);
  const given = await stripe.ask((sdk) => sdk.refunds.list({ limit: 100 }));
  const payments = new Set<unknown>(rows.map(({ stripePaymentId }) => stripePaymentId));
  expect(given.data.filter(({ payment_intent: of }) => payments.has(of))).toHaveLength(1);
  expect(await plays(mio)).toMatch(/^ply_/);
});

describe('money that goes back', () => {
  const rented = async () => {
    const mio = await payer();
    const payment = await pay(await page(mio, rental));
    await settleAll(mio);
    return { mio, payment };
  };

  it('part of it: the rental stays; all of it: it is gone, and what plays ends', async () => {
    const { mio, payment } = await rented();
    const playing = await plays(mio);
    await stripe.ask((sdk) => sdk.refunds.create({ payment_intent: payment, amount: 100 }));
    await settleAll(mio);
    expect((await purchasesOf(mio.userId))[0]?.revokedAt).toBeNull();
    expect(await beats(mio, playing)).toBe('plays');
    await stripe.ask((sdk) => sdk.refunds.create({ payment_intent: payment }));
    await settleAll(mio);
    expect((await purchasesOf(mio.userId))[0]).toMatchObject({ revokedBecause: 'refunded' });
    expect(await beats(mio, playing)).toBe('rights-changed');
    expect(await sums(mio.userId)).toEqual(['payment 500', 'refund -100', 'refund -400']);
    expect(await plays(mio)).toBe('purchase-required');
  });

  it('a dispute takes it at once; lost, it stays away; won, it comes back', async () => {
    const [lost, won] = [await rented(), await rented()];
    for (const [{ mio, payment }, status] of [
      [lost, 'lost'],
      [won, 'won'],
    ] as const) {
      const { id } = await steer<{ id: string }>('POST', 'disputes', { payment_intent: payment });
      await settleAll(mio);
      expect((await purchasesOf(mio.userId))[0]).toMatchObject({ revokedBecause: 'disputed' });
      await steer('POST', `disputes/${id}/close`, { status });
      await settleAll(mio);
    }
    expect((await purchasesOf(lost.mio.userId))[0]).toMatchObject({ revokedBecause: 'disputed' });
    expect((await purchasesOf(won.mio.userId))[0]).toMatchObject({ revokedAt: null, revokedBecause: null });
    expect(await sums(lost.mio.userId)).toEqual(['dispute -500', 'payment 500']);
    expect(await sums(won.mio.userId)).toEqual(['dispute -500', 'dispute-won 500', 'payment 500']);
  });

  it('a refund that its bank sends back: the rental is there again, and the books say both', async () => {
    const mio = await payer();
    const payment = await pay(await page(mio, rental), 'pm_card_refundFail');
    await settlePayment(outside, payment);
    const refund = await stripe.ask((sdk) => sdk.refunds.create({ payment_intent: payment }));
    // As it was told of while it still stood so.
    const [paid] = await ledgerOf(mio.userId);
    await db.insert(ledger).values({ ...paid!, id: `refund:${refund.id}`, kind: 'refund', amount: -500 });
    await settleAll(mio);
    await settleAll(mio);
    expect(await sums(mio.userId)).toEqual(['payment 500', 'refund -500', 'refund-failed 500']);
    expect((await purchasesOf(mio.userId))[0]).toMatchObject({ revokedAt: null });
    expect(await plays(mio)).toMatch(/^ply_/);
  });

  it('what staff took away stays away, whatever is told of its payment', async () => {
    const { mio, payment } = await rented();
    const [bought] = await purchasesOf(mio.userId);
    const json = { reason: 'Shared with half of the town' };
    const path = `/api/admin/purchases/${bought!.id}/revoke`;
    expect((await call('POST', path, { token: await bearer('admin'), json })).status).toBe(200);
    await settlePayment(outside, payment);
    await stripe.ask((sdk) => sdk.refunds.create({ payment_intent: payment, amount: 100 }));
    await settleAll(mio);
    expect((await purchasesOf(mio.userId))[0]).toMatchObject({
      revokedAt: expect.any(Number),
      revokedBecause: json.reason,
    });
    expect(await plays(mio)).toBe('purchase-required');
  });

  it('told of before its payment, it is there and gone at once, and both stand in the books', async () => {
    const mio = await payer();
    const payment = await pay(await page(mio, rental));
    await stripe.ask((sdk) => sdk.refunds.create({ payment_intent: payment }));
    const events = await eventsOf(mio.customer);
    await told(events.filter(({ type }) => type.includes('refund')));
    expect((await purchasesOf(mio.userId))[0]).toMatchObject({ revokedBecause: 'refunded' });
    await told([...events].reverse());
    expect(await purchasesOf(mio.userId)).toHaveLength(1);
    expect(await sums(mio.userId)).toEqual(['payment 500', 'refund -500']);
    expect(await plays(mio)).toBe('purchase-required');
  });
});

describe('what cannot be granted is given back', () => {
  it('to somebody whose account was deleted meanwhile', async () => {
    const mio = await payer();
    const session = await page(mio, rental);
    const payment = await pay(session);
    await db.delete(users).where(eq(users.id, mio.userId));
    await settleAll(mio);
    await settleAll(mio);
    expect(await db.select().from(purchases).where(eq(purchases.stripePaymentId, payment))).toEqual([]);
    const entries = await db.select().from(ledger).where(eq(ledger.stripePaymentId, payment));
    expect(
      entries
        .map(({ userId, amount }) => [userId, amount])
        .toSorted((a, b) => String(a).localeCompare(String(b))),
    ).toEqual([
      [null, -500],
      [null, 500],
    ]);
  });

  it('but not what somebody had who deleted their account later, whatever is told of it then', async () => {
    const mio = await payer();
    const payment = await pay(await page(mio, rental));
    await settleAll(mio);
    await db.delete(users).where(eq(users.id, mio.userId));
    await settlePayment(outside, payment);
    await stripe.ask((sdk) => sdk.refunds.create({ payment_intent: payment, amount: 100 }));
    await settleAll(mio);
    const entries = await db.select().from(ledger).where(eq(ledger.stripePaymentId, payment));
    expect(entries.map(({ kind, amount }) => `${kind} ${amount}`).sort()).toEqual([
      'payment 500',
      'refund -100',
    ]);
    const given = await stripe.ask((sdk) => sdk.refunds.list({ payment_intent: payment }));
    expect(given.data.map(({ amount }) => amount)).toEqual([100]);
  });

  it('nor what a bank has taken already: it stands in the books, both ways', async () => {
    const mio = await payer();
    const payment = await pay(await page(mio, { id: 'ofr_gone', amount: 300 }));
    await steer('POST', 'disputes', { payment_intent: payment });
    await settlePayment(outside, payment);
    expect(await sums(mio.userId)).toEqual(['dispute -300', 'payment 300']);
  });

  it('where what was paid is not what was asked, or what for is not there', async () => {
    const mio = await payer();
    const metadata = { user: mio.userId, offer: rental.id, amount: '900', currency: 'jpy' };
    const cheap = await stripe.ask((sdk) =>
      sdk.checkout.sessions.create({
        mode: 'payment',
        customer: mio.customer,
        metadata,
        payment_intent_data: { metadata },
        line_items: [
          { quantity: 1, price_data: { currency: 'jpy', unit_amount: 1, product_data: { name: 'K' } } },
        ],
        success_url: 'https://engawa.test/',
      }),
    );
    const gone = await page(mio, { id: 'ofr_gone', amount: 300 });
    await pay(cheap);
    await pay(gone);
    await settleAll(mio);
    expect(await purchasesOf(mio.userId)).toEqual([]);
    expect(await sums(mio.userId)).toEqual(['payment 1', 'payment 300', 'refund -1', 'refund -300']);
  });
});

it('a page that nobody paid on is over with its time, and no charge of strangers is ours', async () => {
  const mio = await payer();
  const session = await page(mio, rental);
  await db.insert(checkouts).values({
    id: newId('checkout'),
    userId: mio.userId,
    subject: rental.id,
    state: 'open',
    stripeId: session.id,
    createdAt: 1,
    expiresAt: 2,
  });
  await stripe.ask((sdk) => sdk.checkout.sessions.expire(session.id));
  await settleAll(mio);
  expect((await db.select().from(checkouts).where(eq(checkouts.stripeId, session.id)))[0]?.state).toBe(
    'over',
  );
  expect(await settleCheckout(outside, 'cs_test_unknown')).toBe('over');
  expect(await settlePayment(outside, 'pi_unknown')).toMatchObject({ did: 'ignored' });
  expect(await settlePayment(outside, 'ch_unknown')).toMatchObject({ did: 'ignored' });
});
