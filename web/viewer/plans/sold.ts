import type { OwnBilling, OwnSubscription, PlanPrice } from '../../../schema/api/billing.ts';
import type { Plans } from '../../../schema/api/plans.ts';
import type { Interval } from '../../../schema/plans.ts';
import type { Here } from '../../visit.ts';
import { standing } from '../billing/standing.ts';

/** A plan with what it costs where the viewer is: one price an interval, all in one currency; none: it is not sold there. */
export type SoldPlan = Plans['items'][number];

export const priceFor = (plan: SoldPlan, interval: Interval): PlanPrice | null =>
  plan.prices.find((price) => price.interval === interval) ?? null;

/** What paying by the year saves over twelve months, as a share; null: nothing worth telling. */
export function savedByYear(plan: SoldPlan): number | null {
  const [month, year] = [priceFor(plan, 'month'), priceFor(plan, 'year')];
  if (!month || !year || month.currency !== year.currency || month.amount === 0) return null;
  const share = 1 - year.amount / (12 * month.amount);
  // Never told as more than it is.
  const percent = Math.floor(share * 100);
  return percent > 0 ? percent / 100 : null;
}

/** The subscription that somebody pays for, as long as there is something to it: it is switched, not added to. */
export const paidFor = (here: Here, mine: OwnBilling | null): OwnSubscription | null =>
  mine?.subscriptions.find((of) => of.paid !== null && !standing(here, of).over) ?? null;

/** The free days that this viewer would have: whoever has subscribed before had them. */
export const trialFor = (plan: SoldPlan, mine: OwnBilling | null): number =>
  mine?.subscriptions.some(({ paid }) => paid !== null) ? 0 : plan.trialDays;
