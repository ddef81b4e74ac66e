import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import type { OwnBilling, Preview } from '../../schema/api/billing.ts';
import type { BillingOfPerson, MadeGifts, Promotion } from '../../schema/api/billing-admin.ts';
import { users } from '../../schema/db/accounts.ts';
import { customers } from '../../schema/db/billing.ts';
import { sweepClosedAccounts } from '../accounts/me/close-account.ts';
import { database } from '../platform/db.ts';
import { platform } from '../platform/platform.ts';
import { call } from '../testing/call.ts';
import { PASSWORD, person, signIn, type Person } from '../testing/people.ts';
import { asAdmin, atDouble, customerAt, paid, soldPlan } from './checkout.fixture.ts';
import { followClosing, sweepLeftCustomers } from './subscription-closing.ts';

let low: Awaited<ReturnType<typeof soldPlan>>;
let high: typeof low;
beforeAll(async () => {
  low = await soldPlan('low-plan', { rank: 11, month: 800 });
  high = await soldPlan('high-plan', { rank: 12, month: 2_000 });
});

const post = async (who: Person, what: string, json?: object) => {
  const answer = await who.ask('POST', `/api/billing/subscription/${what}`, json ? { json } : {});
  expect(answer.status).toBe(200);
  return (await answer.json<OwnBilling>()).subscriptions[0]!;
};
type Bills = { data: { total: number; amount_due: number }[] };

it('cancels, takes that back, pauses and takes up again, each as often as it is asked', async () => {
  const mio = await person('mio-own');
  await paid(mio, { priceId: low['jpy month'] });
  const ends = await post(mio, 'cancel');
  expect(ends.paid!.cancelAt).toBe(ends.paid!.periodEnd);
  expect((await post(mio, 'cancel')).paid!.cancelAt).toBe(ends.paid!.cancelAt);
  expect((await post(mio, 'resume')).paid!.cancelAt).toBeNull();
  await post(mio, 'resume');
  const still = await post(mio, 'pause', { months: 2 });
  expect(still.counts).toBe(false);
  expect(still.paid!.resumesAt! - Date.now()).toBeGreaterThan(58 * 86_400_000);
  expect((await post(mio, 'pause', { months: 3 })).paid!.resumesAt).toBe(still.paid!.resumesAt);
  const on = await post(mio, 'unpause');
  expect(on).toMatchObject({ counts: true, paid: { state: 'active', pausedAt: null } });
});

it('switches up and down for what Stripe previewed, to the yen', async () => {
  const rin = await person('rin-switches');
  await paid(rin, { priceId: low['jpy month'] });
  const customer = await customerAt(rin);
  for (const [to, sign] of [
    [high['jpy month'], 1],
    [low['jpy month'], -1],
    [high['jpy year'], 1],
  ] as const) {
    const answer = await rin.ask('GET', `/api/billing/subscription/preview?price=${to}`);
    expect(answer.status).toBe(200);
    const preview = await answer.json<Preview>();
    expect(preview.nextAt).toBeGreaterThan(Date.now() + 20 * 86_400_000);
    const before = await atDouble<Bills>('GET', `/v1/invoices?customer=${customer}&limit=100`);
    const json = { priceId: to, prorationAt: preview.prorationAt };
    const switched = await rin.ask('PUT', '/api/billing/subscription', { json });
    expect(switched.status).toBe(200);
    const { subscriptions } = await switched.json<OwnBilling>();
    expect(subscriptions[0]!.paid!.price!.id).toBe(to);
    await rin.ask('PUT', '/api/billing/subscription', { json }); // a second click
    const after = await atDouble<Bills>('GET', `/v1/invoices?customer=${customer}&limit=100`);
    const made = after.data.slice(0, after.data.length - before.data.length);
    const total = made.reduce((sum, bill) => sum + bill.total, 0);
    const due = made.reduce((sum, bill) => sum + bill.amount_due, 0);
    expect(total < 0 ? total : due).toBe(preview.dueNow); // what was credited before pays first
    expect(Math.sign(total)).toBe(sign);
  }
  const billing = await (
    await asAdmin('GET', `/api/admin/users/${rin.userId}/billing`)
  ).json<BillingOfPerson>();
  const [yearly] = billing.payments!;
  expect(yearly!.left).toBeGreaterThan(0);
  expect(yearly!.left).toBeLessThan(yearly!.amount); // the rest was paid by what was credited, and nobody can pay that back
});

it('leaves the old plan where the difference cannot be charged', async () => {
  const yui = await person('yui-declined');
  await paid(yui, { priceId: low['jpy month'] });
  const customer = await customerAt(yui);
  const method = await atDouble<{ id: string }>(
    'POST',
    '/v1/payment_methods/pm_card_chargeCustomerFail/attach',
    { customer },
  );
  await atDouble('POST', `/v1/customers/${customer}`, {
    'invoice_settings[default_payment_method]': method.id,
  });
  const { data } = await atDouble<{ data: { id: string }[] }>(
    'GET',
    `/v1/subscriptions?customer=${customer}`,
  );
  await atDouble('POST', `/v1/subscriptions/${data[0]!.id}`, { default_payment_method: method.id });
  const preview = await (
    await yui.ask('GET', `/api/billing/subscription/preview?price=${high['jpy month']}`)
  ).json<Preview>();
  const answer = await yui.ask('PUT', '/api/billing/subscription', {
    json: { priceId: high['jpy month'], prorationAt: preview.prorationAt },
  });
  expect([answer.status, await answer.json()]).toMatchObject([402, { code: 'payment-failed' }]);
  const mine = await (await yui.ask('GET', '/api/me/billing')).json<OwnBilling>();
  expect(mine.subscriptions).toMatchObject([{ planId: 'low-plan', counts: true, paid: { state: 'active' } }]);
});

it('opens Stripe’s page for cards and bills to who has paid, and to nobody else', async () => {
  const kai = await person('kai-portal');
  expect((await kai.ask('POST', '/api/billing/portal')).status).toBe(404);
  await paid(kai, { priceId: low['jpy month'] });
  const answer = await kai.ask('POST', '/api/billing/portal', { json: { next: '/account' } });
  expect(answer.status).toBe(200);
  expect((await answer.json<{ url: string }>()).url).toMatch(/^http/);
});

it('gives out no more of a gift code than there is, to everybody once, one after another', async () => {
  const made = await asAdmin('POST', '/api/admin/gifts', {
    planId: 'low-plan',
    days: 30,
    count: 2,
    uses: 2,
    reason: 'a test',
  });
  expect(made.status).toBe(201);
  const [first, second] = (await made.json<MadeGifts>()).items;
  const people = await Promise.all(['a', 'b', 'c', 'd'].map((name) => person(`gift-${name}`)));
  const redeem = (who: Person, code: string) =>
    who.ask('POST', '/api/billing/gifts/redeem', { json: { code } });
  const statuses = await Promise.all(
    people
      .flatMap((who) => [redeem(who, first!.code), redeem(who, first!.code)])
      .map(async (one) => (await one).status),
  );
  expect(statuses.filter((status) => status === 200)).toHaveLength(4); // two people, each twice
  expect(statuses.filter((status) => status === 404)).toHaveLength(4);
  const lucky = people[statuses.indexOf(200) >> 1]!;
  const both = await (
    await redeem(lucky, second!.code.toLowerCase().replaceAll('-', ' '))
  ).json<OwnBilling>();
  const spans = both.subscriptions
    .map(({ since, until }) => [since, until!] as const)
    .sort((a, b) => a[0] - b[0]);
  expect(spans).toHaveLength(2);
  expect(spans[1]![0]).toBe(spans[0]![1]);
  expect(spans[1]![1] - spans[1]![0]).toBe(30 * 86_400_000);
  await asAdmin('POST', `/api/admin/gifts/${second!.id}/end`);
  expect((await redeem(people[0] === lucky ? people[1]! : people[0]!, second!.code)).status).toBe(404);
});

it('pays back once, gives and takes purchases, and shows it all to staff', async () => {
  const aoi = await person('aoi-support');
  await paid(aoi, { priceId: low['jpy month'] });
  const at = `/api/admin/users/${aoi.userId}/billing`;
  const seen = await (await asAdmin('GET', at)).json<BillingOfPerson>();
  expect(seen.customer!.url).toMatch(/^http:\/\/stripe.test\/customers\/cus_/);
  const paymentId = seen.payments![0]!.paymentId!;
  const part = await Promise.all(
    [1, 2].map(() =>
      asAdmin('POST', `/api/admin/payments/${paymentId}/refund`, { amount: 300, reason: 'a test' }),
    ),
  );
  expect(part.map(({ status }) => status)).toEqual([200, 200]); // a double click
  const rest = await (
    await asAdmin('POST', `/api/admin/payments/${paymentId}/refund`, { reason: 'a test' })
  ).json();
  expect(rest).toMatchObject({ refunded: 500, left: 0 });
  expect(
    (await asAdmin('POST', `/api/admin/payments/${paymentId}/refund`, { reason: 'a test' })).status,
  ).toBe(409);
  const after = await (await asAdmin('GET', at)).json<BillingOfPerson>();
  expect(after.payments![0]).toMatchObject({ state: 'refunded', refunded: 800 });
});

it('makes promotion codes once, and ends them', async () => {
  const json = { code: 'spring-30', percentOff: 30, months: 3 };
  const made = await (await asAdmin('POST', '/api/admin/promotions', json)).json<Promotion>();
  expect(made).toMatchObject({ code: 'SPRING-30', percentOff: 30, months: 3, active: true });
  expect(await (await asAdmin('POST', '/api/admin/promotions', json)).json()).toMatchObject({ id: made.id });
  for (const other of [{ percentOff: 40 }, { maxRedemptions: 10 }, { expiresAt: Date.now() + 86_400_000 }])
    expect((await asAdmin('POST', '/api/admin/promotions', { ...json, ...other })).status).toBe(409);
  await asAdmin('POST', '/api/admin/promotions', { code: 'FIVE-OFF', amountOff: 500, currency: 'usd' });
  const { data } = await atDouble<{ data: { promotion: { coupon: { name: string } } }[] }>(
    'GET',
    '/v1/promotion_codes?code=FIVE-OFF&expand[]=data.promotion.coupon',
  );
  expect(data[0]!.promotion.coupon.name).toBe('$5 off'); // as bills have it
  const ended = await (await asAdmin('POST', `/api/admin/promotions/${made.id}/end`)).json<Promotion>();
  expect(ended.active).toBe(false);
  const list = await (await asAdmin('GET', '/api/admin/promotions')).json<{ items: Promotion[] }>();
  expect(list.items.find(({ id }) => id === made.id)).toMatchObject({ active: false, percentOff: 30 });
});

it('cancels for who closes their account, goes on for who keeps it, and ends at once when it is deleted', async () => {
  const sora = await person('sora-closes');
  await paid(sora, { priceId: low['jpy month'] });
  const customer = await customerAt(sora);
  const outside = platform(env);
  const atStripe = async () =>
    (
      await atDouble<{ data: { status: string; cancel_at_period_end: boolean }[] }>(
        'GET',
        `/v1/subscriptions?customer=${customer}&status=all`,
      )
    ).data[0]!;
  expect((await sora.ask('DELETE', '/api/me', { json: { password: PASSWORD } })).status).toBe(200);
  await followClosing(outside, null); // as the sweeper does, where the first go failed
  expect(await atStripe()).toMatchObject({ status: 'active', cancel_at_period_end: true });
  const cookie = await signIn(sora.email);
  expect((await call('POST', '/api/me/keep', { headers: { cookie } })).status).toBe(200);
  await followClosing(outside, null);
  expect(await atStripe()).toMatchObject({ status: 'active', cancel_at_period_end: false });

  const db = database(env.DB);
  await db
    .update(users)
    .set({ closesAt: Date.now() - 1 })
    .where(eq(users.id, sora.userId));
  await atDouble('POST', '/_double/faults', { kind: 'down', match: customer });
  await sweepClosedAccounts(outside);
  expect(await db.select().from(users).where(eq(users.id, sora.userId))).toEqual([]);
  await expect(sweepLeftCustomers(outside)).rejects.toMatchObject({ code: 'unavailable' });
  await atDouble('DELETE', '/_double/faults');
  await sweepLeftCustomers(outside);
  expect(await atStripe()).toMatchObject({ status: 'canceled' });
  const [row] = await db.select().from(customers).where(eq(customers.stripeId, customer));
  expect(row).toMatchObject({ userId: null, endedAt: expect.any(Number) as number });
});
