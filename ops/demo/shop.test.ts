import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { NewOffer, NewPlanPrice, type AdminOffer, type AdminPlans } from '../../schema/api/billing-admin.ts';
import { PlanFields } from '../../schema/api/plans.ts';
import type { Api } from '../api.ts';
import { putOffers, putPlans } from './shop.ts';

// The admins' part of the API about prices, in memory.
let plans: AdminPlans['items'];
let offers: Map<string, AdminOffer[]>;
let writes: string[];
beforeEach(() => {
  plans = [];
  offers = new Map();
  writes = [];
});

function answer(method: string, path: string, body: unknown): unknown {
  if (method !== 'GET') writes.push(`${method} ${path}`);
  const [, , , kind, id = '', part] = path.split('/');
  if (kind === 'plans') {
    const plan = plans.find((one) => one.id === id);
    if (method === 'PUT') {
      const fields = v.parse(PlanFields, body);
      const made = {
        id,
        ...fields,
        prices: plan?.prices ?? [],
        stripeProductId: null,
        people: 0,
        morePeople: false,
      };
      plans = [...plans.filter((one) => one !== plan), made];
      return made;
    }
    if (part === 'prices') {
      const price = v.parse(NewPlanPrice, body);
      const n = plan!.prices.length;
      plan!.prices.push({
        ...price,
        id: `prc_000${n}${id}`,
        endedAt: null,
        stripePriceId: `price_${id}${n}`,
      });
    }
    return { items: plans };
  }
  const ofTitle = offers.get(id) ?? [];
  if (method === 'GET') return { items: ofTitle };
  const { beginWithinMs = null, playsForMs = null, ...offer } = v.parse(NewOffer, body);
  const made: AdminOffer = {
    ...offer,
    beginWithinMs,
    playsForMs,
    id: `ofr_000${ofTitle.length}`,
    titleId: 'ttl_0000',
    createdAt: 0,
    updatedAt: 0,
  };
  offers.set(id, [...ofTitle, made]);
  return made;
}
const server = createServer((request, response) => {
  void (async () => {
    const body = request.method === 'GET' ? null : await json(request);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer(request.method!, request.url!, body)));
  })();
});
let api: Api;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  api = { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 'admin' };
});
afterAll(() => void server.close());

test('an empty shop gets plans with a month and a year in every currency; a second start changes nothing', async () => {
  await putPlans(api);
  expect(plans.map(({ id }) => id)).toEqual(['standard', 'household']);
  for (const { prices } of plans)
    expect(prices.map(({ currency, interval }) => `${currency} ${interval}`)).toEqual(
      ['usd', 'eur', 'gbp', 'brl', 'jpy'].flatMap((currency) => [`${currency} month`, `${currency} year`]),
    );
  const made = writes.length;
  await putPlans(api);
  expect(writes).toHaveLength(made);
});

test('the plan that was made by hand gets its prices; one with a price, even of old, is its owner’s', async () => {
  const plan = {
    streams: 9,
    maxHeight: null,
    ads: false,
    skipAds: false,
    downloads: true,
    rank: 1,
    trialDays: 0,
  };
  const rest = { sold: true, stripeProductId: null, people: 1, morePeople: false };
  const price = {
    id: 'prc_0001',
    currency: 'usd',
    interval: 'month',
    amount: 1,
    stripePriceId: 'price_1',
  } as const;
  plans = [
    { id: 'household', name: 'By hand', ...plan, ...rest, prices: [] },
    { id: 'standard', name: 'Mine', ...plan, ...rest, prices: [{ ...price, endedAt: 5 }] },
  ];
  await putPlans(api);
  expect(plans.find(({ id }) => id === 'standard')).toMatchObject({
    name: 'Mine',
    streams: 9,
    prices: [price],
  });
  expect(plans.find(({ id }) => id === 'household')).toMatchObject({ name: 'Household', streams: 4 });
  expect(plans.find(({ id }) => id === 'household')?.prices).toHaveLength(10);
});

test('titles get their offers once; what somebody offers already stays', async () => {
  await putOffers(api, (slug) => (slug === 'ashita-hare' ? 'ttl_film' : 'ttl_other'));
  expect(offers.get('ttl_film')?.map(({ kind }) => kind)).toEqual(['rental', 'purchase']);
  expect(offers.get('ttl_film')?.[0]).toMatchObject({ playsForMs: 172_800_000, prices: { jpy: 550 } });
  const made = writes.length;
  await putOffers(api, (slug) => (slug === 'ashita-hare' ? 'ttl_film' : 'ttl_other'));
  expect(writes).toHaveLength(made);
});
