import { beforeAll, expect, it } from 'vitest';
import type { Checkout, OffersOfTitle, OwnBilling } from '../../schema/api/billing.ts';
import type { AdminPlans, BillingOfPerson } from '../../schema/api/billing-admin.ts';
import type { Plans } from '../../schema/api/plans.ts';
import { episodeWith, worldWide } from '../playback/playback.fixture.ts';
import { call } from '../testing/call.ts';
import { person, signIn } from '../testing/people.ts';
import {
  asAdmin,
  atDouble,
  checkout,
  customerAt,
  HERE,
  paid,
  pay,
  sessionOf,
  soldPlan,
} from './checkout.fixture.ts';

let prices: Awaited<ReturnType<typeof soldPlan>>;
let trial: typeof prices;
beforeAll(async () => {
  prices = await soldPlan('paid-plan', { rank: 5 });
  trial = await soldPlan('trial-plan', { rank: 4, trialDays: 14 });
});

it('asks prices in the currency of where one is, or in the one that is named, and makes each at Stripe once', async () => {
  const of = async (query: string, country: string) => {
    const answer = await call('GET', `/api/plans${query}`, { cf: { country } as RequestInitCfProperties });
    const { items } = await answer.json<Plans>();
    return items
      .find(({ id }) => id === 'paid-plan')!
      .prices.map((one) => [one.currency, one.interval, one.amount]);
  };
  expect(await of('', 'JP')).toEqual([
    ['jpy', 'month', 1_000],
    ['jpy', 'year', 10_000],
  ]);
  expect(await of('', 'BR')).toEqual([['usd', 'month', 1_000]]);
  expect(await of('?currency=usd', 'JP')).toEqual([['usd', 'month', 1_000]]);
  await soldPlan('paid-plan', { rank: 5 }); // said again, it is the same
  const { items } = await (await asAdmin('GET', '/api/admin/plans')).json<AdminPlans>();
  const plan = items.find(({ id }) => id === 'paid-plan')!;
  expect(plan.prices).toHaveLength(3);
  expect(new Set(plan.prices.map(({ stripePriceId }) => stripePriceId)).size).toBe(3);
  expect(plan).toMatchObject({ people: 0, morePeople: false });
});

it('refuses amounts that Stripe does not take, and a price that is another than it is said to be', async () => {
  const at = '/api/admin/plans/paid-plan/prices';
  const post = async (json: object) => (await asAdmin('POST', at, json)).status;
  expect(await post({ currency: 'jpy', interval: 'month', amount: 49 })).toBe(400);
  expect(await post({ currency: 'kwd', interval: 'month', amount: 1_001 })).toBe(400);
  expect(await post({ currency: 'zzz', interval: 'month', amount: 1_000 })).toBe(400);
  const other = await atDouble<{ id: string }>('POST', '/v1/prices', {
    currency: 'eur',
    unit_amount: '900',
    tax_behavior: 'inclusive',
    'recurring[interval]': 'month',
    'product_data[name]': 'By hand',
  });
  const taxed = await atDouble<{ id: string }>('POST', '/v1/prices', {
    currency: 'eur',
    unit_amount: '900',
    'recurring[interval]': 'month',
    'product_data[name]': 'By hand',
  });
  // Whether tax comes on top of it is not said: pages say that it does not.
  const unsaid = { currency: 'eur', interval: 'month', amount: 900, stripePriceId: taxed.id };
  expect(await post(unsaid)).toBe(409);
  const link = { currency: 'eur', interval: 'month', stripePriceId: other.id };
  expect(await post({ ...link, amount: 901 })).toBe(409);
  expect(await post({ ...link, interval: 'year', amount: 900 })).toBe(409);
  expect(await post({ ...link, amount: 900 })).toBe(200);
  expect(await post({ ...link, amount: 900, stripePriceId: 'price_none' })).toBe(404);
});

it('leads two devices and a double click to one page, and one payment', async () => {
  const mio = await person('mio-two-devices');
  const other = { ...mio, cookie: await signIn(mio.email) };
  const wanted = { priceId: prices['jpy month'], next: '/watch/x' };
  const pages = await Promise.all(
    [mio, mio, other, other].map(async (who) =>
      (
        await call('POST', '/api/billing/checkout', {
          json: wanted,
          ...HERE,
          headers: { cookie: who.cookie, 'accept-language': who === other ? 'de' : 'ja' },
        })
      ).json<Checkout>(),
    ),
  );
  expect(new Set(pages.map(({ id }) => id)).size).toBe(1);
  expect(new Set(pages.map(({ url }) => url)).size).toBe(1);
  const page = pages[0]!;
  const open = await mio.ask('POST', `/api/billing/checkouts/${page.id}/settle`);
  expect(await open.json()).toEqual({ state: 'open', next: '/watch/x' });
  await pay(page);
  // Not settled yet: whoever asks again learns that it is paid.
  const again = await checkout(mio, wanted);
  expect([again.status, await again.json()]).toMatchObject([409, { code: 'already-subscribed' }]);
  const settled = await mio.ask('POST', `/api/billing/checkouts/${page.id}/settle`);
  expect(await settled.json()).toEqual({ state: 'paid', next: '/watch/x' });
  const mine = await (await mio.ask('GET', '/api/me/billing')).json<OwnBilling>();
  expect(mine.subscriptions).toMatchObject([
    { planId: 'paid-plan', counts: true, paid: { state: 'active', price: { amount: 1_000 } } },
  ]);
  const at = await atDouble<{ data: unknown[] }>(
    'GET',
    `/v1/subscriptions?customer=${await customerAt(mio)}`,
  );
  expect(at.data).toHaveLength(1);
});

it('takes a page for another price, or one that has run out, off the table', async () => {
  const rin = await person('rin-other-price');
  const first = await (await checkout(rin, { priceId: prices['jpy month'] })).json<Checkout>();
  const second = await (await checkout(rin, { priceId: prices['jpy year'] })).json<Checkout>();
  expect(second.id).not.toBe(first.id);
  const gone = await atDouble<{ status: string }>('GET', `/v1/checkout/sessions/${sessionOf(first)}`);
  expect(gone.status).toBe('expired');
  await atDouble('POST', `/v1/checkout/sessions/${sessionOf(second)}/expire`);
  const third = await (await checkout(rin, { priceId: prices['jpy year'] })).json<Checkout>();
  expect(third.id).not.toBe(second.id);
});

it('gives the free days once in a lifetime', async () => {
  const yui = await person('yui-trial');
  const mine = await paid(yui, { priceId: trial['jpy month'] });
  expect(mine.subscriptions[0]!.paid).toMatchObject({ state: 'trialing' });
  const { data } = await atDouble<{ data: { id: string }[] }>(
    'GET',
    `/v1/subscriptions?customer=${await customerAt(yui)}`,
  );
  await atDouble('DELETE', `/v1/subscriptions/${data[0]!.id}`);
  const after = await yui.ask('POST', '/api/billing/subscription/cancel');
  expect(after.status).toBe(409); // it ended behind our back, which is learned by asking
  const again = await paid(yui, { priceId: trial['jpy month'] });
  expect(again.subscriptions.find(({ counts }) => counts)!.paid).toMatchObject({ state: 'active' });
});

it('sells to whom Stripe has forgotten, and shows them and staff what was paid since', async () => {
  const nao = await person('nao-forgotten');
  const left = await (await checkout(nao, { priceId: prices['jpy month'] })).json<Checkout>();
  await atDouble('POST', `/v1/checkout/sessions/${sessionOf(left)}/expire`);
  const before = await customerAt(nao);
  await atDouble('DELETE', `/v1/customers/${before}`);
  expect((await nao.ask('POST', '/api/billing/portal', { json: {} })).status).toBe(404);
  expect(await (await nao.ask('GET', '/api/me/invoices')).json()).toEqual({ items: [], next: null });
  expect((await paid(nao, { priceId: prices['jpy month'] })).subscriptions).toHaveLength(1);
  expect(await customerAt(nao)).not.toBe(before);

  const { episodeId } = await episodeWith('onceonly', [{ ...worldWide, models: ['rental'] }]);
  const offer = { episodeId, kind: 'rental', prices: { jpy: 399 } };
  const made = await (
    await asAdmin('POST', '/api/admin/titles/ttl_onceonly/offers', offer)
  ).json<{ id: string }>();
  await paid(nao, { offerId: made.id });
  const seen = await asAdmin('GET', `/api/admin/users/${nao.userId}/billing`);
  const { payments } = await seen.json<BillingOfPerson>();
  expect(payments?.map(({ amount }) => amount)).toEqual([399, 1_000]);
  const once = payments?.find(({ amount }) => amount === 399);
  const back = await asAdmin('POST', `/api/admin/payments/${once?.paymentId}/refund`, {
    reason: 'Asked for',
  });
  expect(await back.json()).toEqual({ refunded: 399, left: 0, currency: 'jpy' });
  const foreign = await nao.ask('GET', '/api/me/invoices?cursor=in_of_nobody');
  expect([foreign.status, await foreign.json()]).toMatchObject([400, { code: 'invalid-request' }]);
});

it('says that nothing was charged where Stripe is down, and sells right after', async () => {
  const sora = await person('sora-down');
  await atDouble('POST', '/_double/faults', { kind: 'down', times: 20, match: '/v1/customers' });
  try {
    const refused = await checkout(sora, { priceId: prices['jpy month'] });
    expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'unavailable' }]);
  } finally {
    await atDouble('DELETE', '/_double/faults');
  }
  expect((await paid(sora, { priceId: prices['jpy month'] })).subscriptions).toHaveLength(1);
});

it('refuses who has no confirmed address or is leaving', async () => {
  const kai = await person('kai-leaving');
  expect((await kai.ask('DELETE', '/api/me', { json: { password: 'a password of the tests' } })).status).toBe(
    200,
  );
  const cookie = await signIn(kai.email).catch(() => kai.cookie);
  const answer = await call('POST', '/api/billing/checkout', {
    json: { priceId: prices['jpy month'] },
    headers: { cookie },
  });
  expect([401, 403]).toContain(answer.status);
});

it('rents an episode once on two devices, where it can be watched after that and nowhere else', async () => {
  const rented = {
    ...worldWide,
    models: ['rental' as const],
    territoryMode: 'include' as const,
    countries: ['JP'],
  };
  const { episodeId } = await episodeWith('rentable', [rented]);
  const offer = { episodeId, kind: 'rental', prices: { jpy: 400, usd: 300 } };
  const made = await (
    await asAdmin('POST', '/api/admin/titles/ttl_rentable/offers', offer)
  ).json<{ id: string }>();
  expect((await asAdmin('POST', '/api/admin/titles/ttl_rentable/offers', offer)).status).toBe(409);
  const offers = async (country: string) =>
    (
      await call('GET', '/api/titles/rentable/offers', { cf: { country } as RequestInitCfProperties })
    ).json<OffersOfTitle>();
  expect((await offers('JP')).items).toMatchObject([
    { id: made.id, amount: 400, currency: 'jpy', beginWithinMs: 30 * 86_400_000, playsForMs: 172_800_000 },
  ]);
  expect((await offers('US')).items).toEqual([]);

  const aoi = await person('aoi-rents');
  const abroad = await aoi.ask('POST', '/api/billing/checkout', {
    json: { offerId: made.id },
    cf: { country: 'US' } as RequestInitCfProperties,
  });
  expect([abroad.status, await abroad.json()]).toMatchObject([409, { code: 'not-for-sale' }]);
  const [one, two] = await Promise.all(
    [1, 2].map(async () => (await checkout(aoi, { offerId: made.id })).json<Checkout>()),
  );
  expect(one!.url).toBe(two!.url);
  const refused = await aoi.ask('POST', `/api/episodes/${episodeId}/hls`, { json: {}, ...HERE });
  expect(refused.status).toBe(402);
  await pay(one!);
  await Promise.all([1, 2].map(() => aoi.ask('POST', `/api/billing/checkouts/${one!.id}/settle`)));
  const mine = await (await aoi.ask('GET', '/api/me/billing')).json<OwnBilling>();
  expect(mine.purchases).toMatchObject([
    { kind: 'rental', episodeId, amount: 400, currency: 'jpy', begunAt: null },
  ]);
  expect((await checkout(aoi, { offerId: made.id })).status).toBe(409);
  const play = await aoi.ask('POST', `/api/episodes/${episodeId}/hls`, {
    json: { beginsRental: true },
    ...HERE,
  });
  expect(play.status).toBe(200);
});
