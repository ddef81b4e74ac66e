import { writtenMoney } from '../../schema/written-money.ts';
import { invalid } from './errors.ts';
import type { NewLine } from './invoice-draft.ts';
import { waiting } from './invoice-items.ts';
import { type Account, newId } from './state.ts';
import type { Metadata, Price, Subscription, SubscriptionItem } from './stored.ts';

export type NewItem = { price: Price; quantity: number; metadata: Metadata };
export function makeSubscriptionItem(
  subscription: string,
  { price, quantity, metadata }: NewItem,
  at: number,
  period: { start: number; end: number },
): SubscriptionItem {
  if (!price.recurring)
    throw invalid(
      `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
      'items[0][price]',
    );
  return {
    id: newId('si', 14),
    object: 'subscription_item',
    billing_thresholds: null,
    created: at,
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata,
    plan: planOf(price),
    price: structuredClone(price),
    quantity,
    subscription,
    tax_rates: [],
  };
}

/** The older name for a recurring price, that items still carry. */
const planOf = (price: Price): SubscriptionItem['plan'] => ({
  id: price.id,
  object: 'plan',
  active: price.active,
  amount: price.unit_amount,
  amount_decimal: price.unit_amount_decimal,
  billing_scheme: 'per_unit',
  created: price.created,
  currency: price.currency,
  interval: price.recurring?.interval ?? 'month',
  interval_count: price.recurring?.interval_count ?? 1,
  livemode: false,
  metadata: price.metadata,
  meter: null,
  nickname: price.nickname,
  product: price.product,
  tiers_mode: null,
  transform_usage: null,
  trial_period_days: null,
  usage_type: 'licensed',
});

export const costs = (item: { price: Price; quantity?: number }): number =>
  Math.round(Number(item.price.unit_amount_decimal ?? 0) * (item.quantity ?? 1));

export const nameOf = (account: Account, price: Price): string =>
  account.tables.product.get(price.product)?.name ?? price.product;

/** The lines of a subscription's next invoice: its items for their period, and what waits for it. */
export function linesOf(account: Account, subscription: Subscription, free = false): NewLine[] {
  const items = subscription.items.data.map((item): NewLine => {
    const name = nameOf(account, item.price);
    const interval = item.price.recurring?.interval ?? 'month';
    return {
      amount: free ? 0 : costs(item),
      description: free
        ? `Trial period for ${name}`
        : `${item.quantity ?? 1} × ${name} (at ${writtenMoney('en', { amount: costs({ price: item.price }), currency: item.price.currency })} / ${interval})`,
      period: { start: item.current_period_start, end: item.current_period_end },
      price: item.price,
      quantity: item.quantity ?? 1,
      discountable: true,
      proration: false,
      item: item.id,
      invoiceItem: null,
      metadata: { ...subscription.metadata },
    };
  });
  return [
    ...waiting(account, subscription.customer, subscription.id),
    ...waiting(account, subscription.customer, null),
    ...items,
  ];
}

/** A subscription's running period: items of one interval have it in common. */
export const periodOf = (subscription: Subscription): { start: number; end: number } => {
  const [first] = subscription.items.data;
  return {
    start: first?.current_period_start ?? subscription.start_date,
    end: first?.current_period_end ?? subscription.start_date,
  };
};
