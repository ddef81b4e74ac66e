import { AdminOffer, AdminOffers, AdminPlans, type NewOffer } from '../../schema/api/billing-admin.ts';
import { Plan, type PlanFields } from '../../schema/api/plans.ts';
import type { Id } from '../../schema/ids.ts';
import type { Interval } from '../../schema/plans.ts';
import type * as v from 'valibot';
import { ask, type Api } from '../api.ts';

type DemoPlan = {
  id: string;
  fields: v.InferInput<typeof PlanFields>;
  /** By currency, in its smallest unit: what a month and what a year costs. */
  prices: Record<string, Record<Interval, number>>;
};

/** The plans of the demo world. `household` is the one that the demo viewer is on by hand (ops/local/people.ts). */
const plans: readonly DemoPlan[] = [
  {
    id: 'standard',
    fields: { name: 'Standard', streams: 2, ads: false, downloads: false, rank: 10, trialDays: 14 },
    prices: {
      usd: { month: 799, year: 7_990 },
      eur: { month: 799, year: 7_990 },
      gbp: { month: 699, year: 6_990 },
      brl: { month: 1_990, year: 19_900 },
      jpy: { month: 980, year: 9_800 },
    },
  },
  {
    id: 'household',
    fields: { name: 'Household', streams: 4, ads: false, downloads: true, rank: 20, trialDays: 14 },
    prices: {
      usd: { month: 1_299, year: 12_990 },
      eur: { month: 1_299, year: 12_990 },
      gbp: { month: 1_099, year: 10_990 },
      brl: { month: 2_990, year: 29_900 },
      jpy: { month: 1_480, year: 14_800 },
    },
  },
];

const DAY_MS = 86_400_000;
/** What can be rented or bought, by title. */
const offers: Record<string, readonly NewOffer[]> = {
  // Its episodes have films: nothing is sold that could not be watched.
  'ashita-hare': [
    {
      kind: 'rental',
      beginWithinMs: 30 * DAY_MS,
      playsForMs: 2 * DAY_MS,
      prices: { usd: 499, eur: 499, gbp: 449, brl: 1_490, jpy: 550 },
    },
    { kind: 'purchase', prices: { usd: 1_499, eur: 1_499, gbp: 1_299, brl: 3_990, jpy: 1_800 } },
  ],
};

/**
 * Plans with what they cost, in a shop that has none of them yet. A plan that somebody has given a price, or taken one away from, is
 * theirs, and stays as it is.
 * @param admin what things cost is an admin's work
 */
export async function putPlans(admin: Api, signal?: AbortSignal): Promise<void> {
  const { items } = await ask(admin, 'GET', '/api/admin/plans', AdminPlans, { signal });
  for (const { id, fields, prices } of plans) {
    if (items.find((plan) => plan.id === id)?.prices.length) continue;
    await ask(admin, 'PUT', `/api/admin/plans/${id}`, Plan, { json: fields, signal });
    for (const [currency, amounts] of Object.entries(prices))
      for (const interval of ['month', 'year'] as const)
        await ask(admin, 'POST', `/api/admin/plans/${id}/prices`, AdminPlans, {
          json: { currency, interval, amount: amounts[interval] },
          signal,
        });
  }
}

/** What of the demo's titles can be rented and bought, where a title offers nothing yet. */
export async function putOffers(
  admin: Api,
  idOf: (slug: string) => Id<'title'>,
  signal?: AbortSignal,
): Promise<void> {
  for (const [slug, wanted] of Object.entries(offers)) {
    const path = `/api/admin/titles/${idOf(slug)}/offers`;
    if ((await ask(admin, 'GET', path, AdminOffers, { signal })).items.length > 0) continue;
    for (const json of wanted) await ask(admin, 'POST', path, AdminOffer, { json, signal });
  }
}
