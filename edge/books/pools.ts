import { shared } from './apportion.ts';
import type { PlanMoney } from './earned.ts';

/** Seconds that were watched under a plan in a country, paid for; `rows`: of how many sums. */
export type Watched = { planId: string; country: string; seconds: number; rows: number };
/** Money to be shared among what was watched there; of `country` null nobody watched anything under the plan. */
export type Pool = { planId: string; country: string | null; currency: string; revenue: number };

/**
 * The pools of a month: what a plan earned in a country goes to what was watched under it there. Where nothing was (and where the country
 * of a bill is not known) it goes to the countries in which something was, by their seconds.
 */
export function poolsOf(money: readonly PlanMoney[], watched: readonly Watched[]): Pool[] {
  const pools: Pool[] = [];
  const byPlan = Map.groupBy(money, ({ planId, currency }) => JSON.stringify([planId, currency]));
  for (const list of byPlan.values()) {
    const { planId, currency } = list[0]!;
    const places = watched.filter((one) => one.planId === planId && one.seconds > 0);
    const here = new Map(places.map(({ country }) => [country, 0]));
    let elsewhere = 0;
    for (const { country, revenue } of list) {
      const sum = here.get(country);
      if (sum === undefined) elsewhere += revenue;
      else here.set(country, sum + revenue);
    }
    if (places.length === 0) {
      pools.push({ planId, country: null, currency, revenue: elsewhere });
      continue;
    }
    const parts = shared(
      elsewhere,
      places.map(({ seconds }) => seconds),
    );
    for (const [i, { country }] of places.entries())
      pools.push({ planId, country, currency, revenue: here.get(country)! + parts[i]! });
  }
  return pools.filter(({ revenue }) => revenue !== 0);
}
