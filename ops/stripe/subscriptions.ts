import { boundaryAfter, sameInterval } from './cycle.ts';
import { type Given, couponOf, redeem } from './discounts.ts';
import { Refusal, invalid } from './errors.ts';
import { emit } from './events.ts';
import type { Draft, NewLine } from './invoice-draft.ts';
import { collect, finalize, intentOf, makeInvoice, nothingOnFile } from './invoices.ts';
import { inner } from './list.ts';
import type { Way } from './payments.ts';
import { type Account, get, newId, now } from './state.ts';
import type { Invoice, Metadata, Subscription } from './stored.ts';
import { type NewItem, costs, linesOf, makeSubscriptionItem, periodOf } from './subscription-items.ts';

const DAY = 86_400;
/** Stripe says so this long before a trial ends (https://docs.stripe.com/api/events/types#event_types-customer.subscription.trial_will_end). */
export const TRIAL_WILL_END = 3 * DAY;

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

/** A draft of what a subscription costs from here on. */
export function draftOf(
  account: Account,
  subscription: Subscription,
  reason: NonNullable<Invoice['billing_reason']>,
  lines: NewLine[],
): Draft {
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
