import type { PlanPrice } from '../../schema/api/billing.ts';
import type { Plan } from '../../schema/api/plans.ts';
import type { PriceRow } from './price-queries.ts';
import type { PlanRow } from './queries.ts';

export const planView = ({
  createdAt: _made,
  updatedAt: _changed,
  stripeProductId: _its,
  ...plan
}: PlanRow): Plan => plan;
export const priceView = ({ id, currency, interval, amount }: PriceRow): PlanPrice => ({
  id,
  currency,
  interval,
  amount,
});
