import { boundaryAfter, sameInterval } from './cycle.ts';
import { couponOf, redeem, type Given } from './discounts.ts';
import { invalid, Refusal } from './errors.ts';
import { emit } from './events.ts';
import {
  collect,
  finalize,
  intentOf,
  makeInvoice,
  nothingOnFile,
  waiting,
  type NewLine,
} from './invoices.ts';
import { inner } from './list.ts';
import type { Way } from './payments.ts';
import { get, newId, now, type Account } from './state.ts';
import type { Invoice, Metadata, Price, Subscription, SubscriptionItem } from './stored.ts';

const DAY = 86_400;
/** Stripe says so this long before a trial ends (https://docs.stripe.com/api/events/types#event_types-customer.subscription.trial_will_end). */
export const TRIAL_WILL_END = 3 * DAY;

export type NewItem = { price: Price; quantity: number; metadata: Metadata };
export type NewSubscription = {
  customer: string;
  items: NewItem[];
  /** s; null: no trial. */
  trialEnd: number | null;
  missingPaymentMethod: string;
  method: string | null;
  metadata: Metadata;
  description: string | null;
  discounts: Given[];
  session: string | null;
  automaticTax: boolean;
  behaviour: 'allow_incomplete' | 'default_incomplete' | 'error_if_incomplete' | 'pending_if_incomplete';
  cancelAt: number | null;
  cancelAtPeriodEnd: boolean;
  anchor: number | null;
  saveMethod: boolean;
  way: Way;
};

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
export const planOf = (price: Price): SubscriptionItem['plan'] => ({
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
        : `${item.quantity ?? 1} × ${name} (at ${item.price.unit_amount_decimal} ${item.price.currency} / ${interval})`,
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

/** A draft of what a subscription costs from here on. */
export function draftOf(
  account: Account,
  subscription: Subscription,
  reason: NonNullable<Invoice['billing_reason']>,
  lines: NewLine[],
) {
  return {
    customer: get(account.tables.customer, 'customer', subscription.customer, 'customer'),
    subscription,
    reason,
    currency: subscription.currency,
    lines,
    discounts: [...subscription.discounts],
    automaticTax: subscription.automatic_tax.enabled,
    period: periodOf(subscription),
  };
}

/** An invoice at once, not in an hour, and its payment tried. */
export function billNow(
  account: Account,
  subscription: Subscription,
  reason: NonNullable<Invoice['billing_reason']>,
  lines: NewLine[],
  way: Way,
  pay = true,
): Invoice {
  const invoice = makeInvoice(account, draftOf(account, subscription, reason, lines));
  finalize(account, invoice);
  if (pay && invoice.status === 'open') collect(account, invoice, null, way);
  return invoice;
}

/** @throws Refusal: Stripe bills one customer in one currency as long as a subscription of theirs lasts */
export function oneCurrency(account: Account, customer: string, currency: string): void {
  const other = [...account.tables.subscription.values()].find(
    (one) =>
      one.customer === customer &&
      one.currency !== currency &&
      !['canceled', 'incomplete_expired'].includes(one.status),
  );
  if (other)
    throw invalid(
      `You cannot combine currencies on a single customer. This customer has an active subscription, subscription schedule, discount, quote, or invoice item with currency ${other.currency}.`,
    );
}

export function makeSubscription(account: Account, given: NewSubscription): Subscription {
  const customer = get(account.tables.customer, 'customer', given.customer, 'customer');
  const [first] = given.items;
  if (!first) throw invalid('Missing required param: items.', 'items', 'parameter_missing');
  const { currency, recurring } = first.price;
  if (given.items.some(({ price }) => price.currency !== currency))
    throw invalid('All prices on a subscription must have the same currency.', 'items');
  if (
    given.items.some(
      ({ price }) => !price.recurring || !recurring || !sameInterval(price.recurring, recurring),
    )
  )
    throw invalid('All prices on a subscription must be recurring, with the same interval.', 'items');
  if (!recurring) throw invalid('The price must be recurring.', 'items[0][price]');
  oneCurrency(account, customer.id, currency);
  for (const one of given.discounts) couponOf(account, one, customer.id);
  const at = now(account, customer.id);
  const trial = given.trialEnd !== null && given.trialEnd > at ? given.trialEnd : null;
  const method = given.method ?? customer.invoice_settings.default_payment_method;
  if (!trial && !method && given.behaviour !== 'default_incomplete' && costs(first) > 0)
    throw nothingOnFile();
  const anchor = trial ?? given.anchor ?? at;
  const period = { start: at, end: trial ?? boundaryAfter(anchor, recurring, at) };
  const id = newId('sub');
  const subscription: Subscription = {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: {
      disabled_reason: null,
      enabled: given.automaticTax,
      liability: given.automaticTax ? { type: 'self' } : null,
    },
    billing_cycle_anchor: anchor,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: given.cancelAtPeriodEnd ? period.end : given.cancelAt,
    cancel_at_period_end: given.cancelAtPeriodEnd,
    canceled_at: given.cancelAt || given.cancelAtPeriodEnd ? at : null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: 'charge_automatically',
    created: at,
    currency,
    customer: customer.id,
    customer_account: null,
    days_until_due: null,
    default_payment_method: given.method,
    default_source: null,
    default_tax_rates: [],
    description: given.description,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: inner(
      `/v1/subscription_items?subscription=${id}`,
      given.items.map((item) => makeSubscriptionItem(id, item, at, period)),
    ),
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: given.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: given.saveMethod ? 'on_subscription' : 'off',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: at,
    status: trial ? 'trialing' : 'incomplete',
    test_clock: customer.test_clock ?? null,
    transfer_data: null,
    trial_end: trial,
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: null,
        missing_payment_method:
          given.missingPaymentMethod === 'cancel' || given.missingPaymentMethod === 'pause'
            ? given.missingPaymentMethod
            : 'create_invoice',
      },
    },
    trial_start: trial ? at : null,
  };
  account.tables.subscription.set(id, subscription);
  customer.currency = currency;
  subscription.discounts = given.discounts.map(
    (one) => redeem(account, one, { customer: customer.id, subscription: id, session: given.session }).id,
  );
  emit(account, 'customer.subscription.created', subscription);
  // Told with the creation where three days are more than the trial has.
  if (trial && trial - at <= TRIAL_WILL_END) {
    account.tables.told.set(id, trial);
    emit(account, 'customer.subscription.trial_will_end', subscription);
  }
  const invoice = billNow(
    account,
    subscription,
    'subscription_create',
    linesOf(account, subscription, trial !== null),
    given.way,
    given.behaviour !== 'default_incomplete',
  );
  if (invoice.status === 'open' && given.behaviour === 'error_if_incomplete') {
    const error = intentOf(account, invoice)?.last_payment_error;
    throw new Refusal(402, {
      type: 'card_error',
      code: error?.code ?? 'subscription_payment_intent_requires_action',
      ...(error?.decline_code && { decline_code: error.decline_code }),
      message:
        error?.message ??
        'Payment for this subscription requires additional user action before it can be completed successfully.',
    });
  }
  return subscription;
}
