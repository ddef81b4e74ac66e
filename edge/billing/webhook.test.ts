import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { stripeEvents } from '../../schema/db/billing.ts';
import { database } from '../platform/db.ts';
import { stripePort } from '../platform/stripe.ts';
import { platform } from '../platform/platform.ts';
import { EVENTS_KEPT_MS, retryAfter, targetsIn, targetsOf } from './events.ts';
import { sweepEvents } from './events-sweep.ts';
import { deliver, signed, signedBy } from './webhook.fixture.ts';

const db = database(env.DB);
const stored = async (id: string) => (await db.select().from(stripeEvents).where(eq(stripeEvents.id, id)))[0];
const codeOf = async (answer: Response) => (await answer.json<{ code: string }>()).code;

let made = 0;
const event = (type = 'account.updated', object: object = { id: 'acct_1' }, more: object = {}) => ({
  id: `evt_test${++made}`,
  object: 'event',
  type,
  created: Math.floor(Date.now() / 1000),
  livemode: false,
  data: { object },
  ...more,
});

describe('a webhook', () => {
  it('is taken when Stripe signed exactly these bytes, and stored once, however often it comes', async () => {
    const said = event();
    const sent = await signed(said);
    for (let i = 0; i < 3; i++) expect((await deliver(sent)).status).toBe(200);
    expect(await stored(said.id)).toMatchObject({ deliveries: 3, state: 'done', type: 'account.updated' });
  });

  it('keeps what it says only where something follows from it', async () => {
    const said = event('invoice.paid', { id: 'in_nothing' });
    await deliver(await signed(said));
    expect(await stored(said.id)).toMatchObject({ objectId: 'in_nothing', body: JSON.stringify(said) });
    const other = event('product.created', { id: 'prod_1' });
    await deliver(await signed(other));
    expect(await stored(other.id)).toMatchObject({ state: 'done', body: null });
  });

  it('of the other mode is none of ours', async () => {
    const said = event('invoice.paid', { id: 'in_live' }, { livemode: true });
    expect((await deliver(await signed(said))).status).toBe(200);
    expect(await stored(said.id)).toMatchObject({ state: 'done', problem: 'of live mode: not ours' });
  });

  it('forged, changed, cut off, replayed or not signed at all is refused, and stored nowhere', async () => {
    const said = event();
    const sent = await signed(said);
    const old = await signedBy('whsec_test', said, Date.now() - 301_000);
    const [time, mac] = sent.signature.split(',');
    const bad = {
      'of another secret': await signedBy('whsec_other', said),
      'another body': { ...sent, body: sent.body.replace('acct_1', 'acct_2') },
      'one more blank': { ...sent, body: `${sent.body} ` },
      'half a signature': { ...sent, signature: sent.signature.slice(0, -10) },
      'half a body': { ...sent, body: sent.body.slice(0, 40) },
      'another time': { ...sent, signature: `t=${Math.floor(Date.now() / 1000) + 5},${mac}` },
      'no signature': { ...sent, signature: `${time}` },
      'another scheme': { ...sent, signature: sent.signature.replace('v1=', 'v0=') },
      'no header': { ...sent, signature: '' },
      rubbish: { ...sent, signature: 'rubbish' },
      'too old': old,
    };
    for (const [how, one] of Object.entries(bad)) {
      const answer = await deliver(one);
      expect([how, answer.status, await codeOf(answer)]).toEqual([how, 400, 'invalid-signature']);
    }
    expect(await stored(said.id)).toBeUndefined();
    // Four minutes are no replay: networks are slow, and clocks differ.
    expect((await deliver(await signedBy('whsec_test', said, Date.now() - 240_000))).status).toBe(200);
  });

  it('is bounded, and whoever guesses signatures is stopped', async () => {
    const large = event('account.updated', { id: 'acct_1', text: 'x'.repeat(1024 * 1024) });
    expect((await deliver(await signed(large))).status).toBe(413);
    const answers = [];
    for (let i = 0; i < 70; i++) {
      const forged = await signedBy('whsec_other', event());
      answers.push((await deliver(forged, { 'cf-connecting-ip': '203.0.113.99' })).status);
    }
    expect(answers).toContain(429);
    // Stripe itself is not held up by that, whatever address it comes from.
    const from = { 'cf-connecting-ip': '203.0.113.99' };
    expect((await deliver(await signed(event()), from)).status).toBe(200);
  });

  it('may be signed by any of several secrets while one is rolled', async () => {
    const port = stripePort({ api: '', key: 'rk_live_x', webhookSecrets: 'whsec_new  whsec_old' });
    const said = event();
    for (const secret of ['whsec_new', 'whsec_old']) {
      const { body, signature } = await signedBy(secret, said);
      expect(await port.verified(body, signature, Date.now())).toMatchObject({ id: said.id });
    }
    const { body, signature } = await signedBy('whsec_older', said);
    expect(await port.verified(body, signature, Date.now())).toBeNull();
    const none = stripePort({ api: '', key: 'sk_test_x', webhookSecrets: '' });
    expect(await none.verified(body, (await signedBy('', said)).signature, Date.now())).toBeNull();
    expect([port.live, none.live]).toEqual([true, false]);
    expect(none.customerPage('cus_1')).toBe('https://dashboard.stripe.com/test/customers/cus_1');
  });
});

describe('the sweeper', () => {
  it('sends again what was lost, once a minute, and forgets what is long done', async () => {
    const at = Date.now();
    const row = (id: string, more: object) => ({
      id,
      type: 'invoice.paid',
      objectId: 'in_x',
      body: '{}',
      happenedAt: at,
      receivedAt: at,
      dueAt: at,
      state: 'waiting' as const,
      ...more,
    });
    await db
      .insert(stripeEvents)
      .values([
        row('evt_lost', { dueAt: at - 61_000 }),
        row('evt_due', { dueAt: at - 59_000 }),
        row('evt_later', { dueAt: at + 600_000 }),
        row('evt_old', { state: 'done', doneAt: at - EVENTS_KEPT_MS - 1 }),
        row('evt_others', { body: null, objectId: null, state: 'done', doneAt: at - EVENTS_KEPT_MS - 1 }),
        row('evt_new', { state: 'done', doneAt: at - EVENTS_KEPT_MS + 60_000 }),
        row('evt_dead', { state: 'dead', dueAt: at - 90_000_000 }),
      ]);
    const sent: string[] = [];
    const billingQueue = { send: async (ids: readonly string[]) => void sent.push(...ids) };
    const outside = { ...platform(env), db, billingQueue, now: () => at };
    await sweepEvents(outside);
    await sweepEvents(outside);
    expect(sent).toEqual(['evt_lost']);
    expect(await stored('evt_old')).toBeUndefined();
    expect(await stored('evt_others')).toBeUndefined();
    expect((await stored('evt_new'))?.body).toBe('{}');
    expect((await stored('evt_dead'))?.state).toBe('dead');
  });
});

describe('what an event is about', () => {
  it.each([
    ['customer.subscription.updated', { id: 'sub_1' }, ['subscription:sub_1']],
    ['checkout.session.completed', { id: 'cs_1', payment_intent: 'pi_1' }, ['checkout:cs_1']],
    ['payment_intent.succeeded', { id: 'pi_1' }, ['payment:pi_1']],
    ['charge.refunded', { id: 'ch_1', payment_intent: 'pi_1' }, ['payment:pi_1']],
    ['charge.refunded', { id: 'ch_1', payment_intent: null }, ['payment:ch_1']],
    ['refund.updated', { id: 're_1', charge: 'ch_1', payment_intent: null }, ['payment:ch_1']],
    ['charge.dispute.closed', { id: 'dp_1', charge: 'ch_1', payment_intent: 'pi_1' }, ['payment:pi_1']],
    [
      'invoice.payment_failed',
      { id: 'in_1', parent: { subscription_details: { subscription: 'sub_1' } } },
      ['invoice:in_1', 'subscription:sub_1'],
    ],
    [
      'invoice.upcoming',
      { parent: { subscription_details: { subscription: 'sub_1' } } },
      ['subscription:sub_1'],
    ],
    ['invoice.paid', { id: 'in_1', parent: null }, ['invoice:in_1']],
    ['customer.created', { id: 'cus_1' }, []],
    ['charge.succeeded', { id: 'ch_1', payment_intent: 'pi_1' }, []],
    ['invoice.paid', 'rubbish', []],
  ])('%s', (type, object, expected) => {
    expect(targetsOf(type, object).map(({ kind, id }) => `${kind}:${id}`)).toEqual(expected);
    expect(targetsIn(type, JSON.stringify({ data: { object } }))).toEqual(targetsOf(type, object));
  });

  it('is tried again later and later, for a couple of hours', () => {
    const pauses = Array.from({ length: 8 }, (_, i) => retryAfter(i + 1));
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses.reduce((sum, pause) => sum + pause)).toBeGreaterThan(6_000);
    expect(retryAfter(99)).toBe(3_600);
  });
});
