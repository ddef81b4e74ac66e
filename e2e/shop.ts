import * as v from 'valibot';
import { AdminOffer, MadeGifts, Promotion } from '../schema/api/billing-admin.ts';
import { Checkout, CheckoutState, PlanPrice } from '../schema/api/billing.ts';
import { Plan } from '../schema/api/plans.ts';
import type { Id } from '../schema/ids.ts';
import { ApiProblem, ask, type Api } from '../ops/api.ts';
import { localSecrets } from '../ops/local/secrets.ts';
import { as, database, system } from './system.ts';

// Something to buy and something bought, for pages that are judged with something on them.
const admin = as('admin');
const stripe = `http://localhost:${system.ports.stripe}`;

/** The plan that is sold: below the viewer's own of equal rank, so that nothing else of theirs changes by paying for it. */
export const SOLD_PLAN = 'standard';

/** A plan by the month and the year, and an episode to rent and to keep. */
export async function fillShop(titleId: Id<'title'>, episodeId: Id<'episode'>) {
  await ask(admin, 'PUT', `/api/admin/plans/${SOLD_PLAN}`, Plan, {
    json: { name: 'Standard', streams: 2, maxHeight: 1080, ads: true, downloads: false },
  });
  for (const [currency, interval, amount] of [
    ['usd', 'month', 999],
    ['usd', 'year', 9_900],
    ['jpy', 'month', 1_200],
  ] as const)
    await ask(admin, 'POST', `/api/admin/plans/${SOLD_PLAN}/prices`, v.unknown(), {
      json: { currency, interval, amount },
    });
  await database(
    `UPDATE licences SET models = '["rental","purchase","subscription"]' WHERE title_id = '${titleId}'`,
  );
  const offers = `/api/admin/titles/${titleId}/offers`;
  const rental = await ask(admin, 'POST', offers, AdminOffer, {
    json: { kind: 'rental', episodeId, prices: { usd: 399, jpy: 500 } },
  });
  await ask(admin, 'POST', offers, AdminOffer, { json: { kind: 'purchase', prices: { usd: 1_999 } } });
  return { rentalId: rental.id, priceId: await priceOf(SOLD_PLAN) };
}

const Priced = v.object({
  items: v.array(v.object({ id: v.string(), prices: v.array(PlanPrice) })),
});
async function priceOf(plan: string): Promise<Id<'price'>> {
  const { items } = await ask(admin, 'GET', '/api/plans', Priced);
  const prices = items.find(({ id }) => id === plan)?.prices ?? [];
  const price = prices.find(({ currency, interval }) => currency === 'usd' && interval === 'month');
  if (!price) throw new Error(`${plan} has no price by the month`);
  return price.id;
}

/** Codes that take something off, and codes that give a plan. */
export async function makeCodes(): Promise<void> {
  await ask(admin, 'POST', '/api/admin/promotions', Promotion, {
    json: { code: `DESK-${Date.now().toString(36).toUpperCase()}`, percentOff: 50, months: 3 },
  });
  await ask(admin, 'POST', '/api/admin/gifts', MadeGifts, {
    json: { planId: SOLD_PLAN, days: 30, count: 2, reason: 'For whoever waited.' },
  });
}

/** Pays as its buyer does on Stripe's page, with a card that is good. What was paid for holds from then on. */
export async function buy(buyer: Api, what: { priceId: Id<'price'> } | { offerId: Id<'offer'> }) {
  const begun = await ask(buyer, 'POST', '/api/billing/checkout', Checkout, { json: what }).catch(
    (error: unknown) => {
      // A journey before this one has subscribed: the platform is one for all of them.
      if (error instanceof ApiProblem && error.problem.code === 'already-subscribed') return null;
      throw error;
    },
  );
  if (!begun) return;
  const { id, url } = begun;
  const { STRIPE_SECRET_KEY: key } = await localSecrets(system.data);
  const session = new URL(url).pathname.split('/').at(-1)!;
  const paid = await fetch(`${stripe}/_double/checkout/${session}/pay`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ payment_method: 'pm_card_visa' }),
  });
  if (!paid.ok) throw new Error(await paid.text());
  const settled = await ask(buyer, 'POST', `/api/billing/checkouts/${id}/settle`, CheckoutState);
  if (settled.state !== 'paid') throw new Error(`what was paid is ${settled.state}`);
}

const DAY_MS = 86_400_000;
/** The last month that is over, by its beginning: ms UTC. */
function lastMonth(): { begins: number; ends: number; name: string } {
  const now = new Date();
  const begins = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1);
  const name = new Date(begins).toISOString().slice(0, 7);
  return { begins, ends: Date.UTC(now.getUTCFullYear(), now.getUTCMonth()), name };
}

/**
 * A month that is over, in which a licensor's title was watched on the plan, and paid for; one payment was disputed. Nobody can wait for
 * that: it is written as playback and settling would have.
 * @returns the statement of it, and the month: `2026-10`
 */
export async function fillBooks(of: {
  titleId: Id<'title'>;
  episodeId: Id<'episode'>;
  licenceId: Id<'licence'>;
  licensorId: string;
}): Promise<{ statementId: string; month: string }> {
  const { begins, ends, name } = lastMonth();
  const at = begins + 9 * DAY_MS;
  const ledger =
    'INSERT INTO ledger (id, kind, at, country, currency, amount, tax, plan_id, paid_from, paid_until, recorded_at) VALUES';
  const run = Date.now().toString(36);
  await database(
    [
      `UPDATE licences SET licensor_id = '${of.licensorId}' WHERE id = '${of.licenceId}'`,
      `INSERT INTO plays (id, title_id, episode_id, licence_id, country, plan_id, model, audio, started_at, last_at, periods, seconds) VALUES ('pbk_desk${run}', '${of.titleId}', '${of.episodeId}', '${of.licenceId}', 'JP', '${SOLD_PLAN}', 'subscription', 'ja', ${at}, ${at + 1_440_000}, 48, 1440)`,
      `${ledger} ('payment:in_desk${run}', 'payment', ${at}, 'JP', 'jpy', 1200, 109, '${SOLD_PLAN}', ${begins}, ${ends}, ${at})`,
      `${ledger} ('payment:in_other${run}', 'payment', ${at + 1}, 'DE', 'usd', 999, 159, '${SOLD_PLAN}', ${begins}, ${ends}, ${at})`,
      `${ledger} ('dispute:dp_desk${run}', 'dispute', ${at + DAY_MS}, 'DE', 'usd', -999, -159, '${SOLD_PLAN}', ${begins}, ${ends}, ${at})`,
    ].join('; '),
  );
  await ask(admin, 'POST', `/api/admin/licensors/${of.licensorId}/shares`, v.unknown(), {
    json: { model: 'subscription', basisPoints: 5_000, month: name },
  });
  const made = await ask(
    admin,
    'POST',
    '/api/admin/books/statements',
    v.object({ id: v.string(), minutes: v.number(), owed: v.record(v.string(), v.number()) }),
    { json: { licensorId: of.licensorId, month: name } },
  );
  if (!made.owed['jpy']) throw new Error(`a month that was paid for owes nothing: ${JSON.stringify(made)}`);
  return { statementId: made.id, month: name };
}
