import * as v from 'valibot';
import { pause } from './billing-cycle.ts';
import { cards } from './cards.ts';
import { priceOf } from './prices.ts';
import { redeem } from './discounts.ts';
import { over } from './ending.ts';
import { Refusal, declined, invalid } from './errors.ts';
import { change } from './events.ts';
import { labelled } from './form.ts';
import { makeItem } from './invoice-items.ts';
import { defaultMethod, methodOf } from './methods.ts';
import { trialing } from './standing.ts';
import { type Account, get, now } from './state.ts';
import type { Subscription } from './stored.ts';
import { changesOf, creates, feedbackOf, updates } from './subscription-params.ts';
import { plan, planLines, wouldFail } from './subscription-update.ts';
import { billNow, makeSubscription } from './subscriptions.ts';
import { periodOf } from './subscription-items.ts';

const DAY = 86_400;

function ownMethod(account: Account, customer: string, id: string): string {
  const method = methodOf(account, id, 'default_payment_method');
  if (method.customer !== customer)
    throw invalid(
      `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
      'default_payment_method',
      'resource_missing',
    );
  return method.id;
}

function refuseCard(account: Account, customer: string, method: string | null): never {
  const id = method ?? defaultMethod(account, customer, null);
  const kept = id ? account.tables.card.get(id) : undefined;
  const card = kept && cards[kept.name];
  if (card && 'declines' in card) throw declined(card.declines);
  throw new Refusal(402, {
    type: 'card_error',
    code: 'subscription_payment_intent_requires_action',
    message:
      'Payment for this subscription requires additional user action before it can be completed successfully.',
  });
}

export function create(account: Account, params: v.InferOutput<typeof creates>): Subscription {
  const customer = get(account.tables.customer, 'customer', params.customer, 'customer');
  const at = now(account, customer.id);
  const method = params.default_payment_method
    ? ownMethod(account, customer.id, params.default_payment_method)
    : null;
  const trial =
    typeof params.trial_end === 'number'
      ? params.trial_end
      : params.trial_period_days
        ? at + params.trial_period_days * DAY
        : null;
  const items = params.items.map((item, i) => ({
    price: priceOf(account, item, `items[${i}]`),
    quantity: item.quantity ?? 1,
    metadata: labelled(null, item.metadata),
  }));
  const behaviour = params.payment_behavior ?? 'allow_incomplete';
  if (behaviour === 'error_if_incomplete' && trial === null && wouldFail(account, customer.id, method))
    refuseCard(account, customer.id, method);
  return makeSubscription(account, {
    customer: customer.id,
    items,
    trialEnd: trial,
    missingPaymentMethod: params.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
    method,
    metadata: labelled(null, params.metadata),
    description: params.description ?? null,
    discounts: params.discounts || [],
    session: null,
    automaticTax: params.automatic_tax?.enabled ?? false,
    behaviour,
    cancelAt: typeof params.cancel_at === 'number' ? params.cancel_at : null,
    cancelAtPeriodEnd: params.cancel_at_period_end ?? typeof params.cancel_at === 'string',
    anchor: params.billing_cycle_anchor ?? null,
    saveMethod: params.payment_settings?.save_default_payment_method === 'on_subscription',
    way: { offSession: params.off_session ?? false },
  });
}

export function update(
  account: Account,
  subscription: Subscription,
  params: v.InferOutput<typeof updates>,
): Subscription {
  const at = now(account, subscription.customer);
  if (over(subscription)) {
    // Of an ended subscription only its labels can be changed.
    if (Object.keys(params).some((name) => !['metadata', 'cancellation_details', 'expand'].includes(name)))
      throw invalid('A canceled subscription can only update its cancellation_details and metadata.');
    return change(account, 'customer.subscription.updated', subscription, () => {
      subscription.metadata = labelled(subscription.metadata, params.metadata);
    });
  }
  if (params.payment_behavior === 'pending_if_incomplete')
    throw invalid('This stand-in for Stripe does not know pending updates.', 'payment_behavior');
  const made = plan(account, subscription, {
    items: changesOf(account, params.items),
    proration: params.proration_behavior ?? 'create_prorations',
    prorationDate: params.proration_date ?? null,
    trialEnd: params.trial_end ?? null,
    anchorNow: params.billing_cycle_anchor?.type === 'now',
  });
  const method = defaultMethod(account, subscription.customer, subscription);
  if (
    params.trial_end === 'now' &&
    subscription.status === 'trialing' &&
    !method &&
    subscription.trial_settings?.end_behavior.missing_payment_method === 'pause'
  ) {
    pause(account, subscription);
    return subscription;
  }
  if (
    params.payment_behavior === 'error_if_incomplete' &&
    made.bills &&
    wouldFail(account, subscription.customer, method)
  )
    refuseCard(account, subscription.customer, method);
  change(account, 'customer.subscription.updated', subscription, () => {
    labels(account, subscription, params, at);
    apply(account, subscription, params, made);
  });
  return subscription;
}

function apply(
  account: Account,
  subscription: Subscription,
  params: v.InferOutput<typeof updates>,
  made: ReturnType<typeof plan>,
): void {
  const at = now(account, subscription.customer);
  const lines = planLines(account, subscription, made);
  subscription.items.data = made.items;
  subscription.billing_cycle_anchor = made.anchor;
  if (params.trial_end !== undefined) {
    subscription.trial_end = made.trialEnd ?? (subscription.trial_end === null ? null : at);
    if (made.trialEnd !== null) {
      subscription.trial_start ??= at;
      subscription.status = 'trialing';
    }
  }
  if (subscription.status === 'trialing' && !trialing(account, subscription)) subscription.status = 'active';
  if (made.bills)
    billNow(account, subscription, 'subscription_update', lines, { offSession: params.off_session ?? false });
  else
    for (const proration of made.prorations)
      makeItem(account, {
        ...proration,
        customer: subscription.customer,
        subscription: subscription.id,
        currency: subscription.currency,
      });
  if (subscription.cancel_at_period_end) subscription.cancel_at = periodOf(subscription).end;
}

function labels(
  account: Account,
  subscription: Subscription,
  params: v.InferOutput<typeof updates>,
  at: number,
): void {
  if (params.metadata !== undefined) subscription.metadata = labelled(subscription.metadata, params.metadata);
  if (params.description !== undefined) subscription.description = params.description;
  if (params.default_payment_method !== undefined)
    subscription.default_payment_method =
      params.default_payment_method &&
      ownMethod(account, subscription.customer, params.default_payment_method);
  if (params.trial_settings)
    subscription.trial_settings = {
      end_behavior: { billing_cycle_anchor: null, ...params.trial_settings.end_behavior },
    };
  if (params.pause_collection !== undefined)
    subscription.pause_collection = params.pause_collection && {
      behavior: params.pause_collection.behavior,
      resumes_at: params.pause_collection.resumes_at ?? null,
    };
  if (params.discounts !== undefined)
    subscription.discounts = (params.discounts || []).map(
      (one) =>
        one.discount ??
        redeem(account, one, {
          customer: subscription.customer,
          subscription: subscription.id,
          session: null,
        }).id,
    );
  const ends = params.cancel_at_period_end ?? (typeof params.cancel_at === 'string' ? true : undefined);
  if (ends !== undefined || params.cancel_at !== undefined) {
    const cancel = ends
      ? periodOf(subscription).end
      : typeof params.cancel_at === 'number'
        ? params.cancel_at
        : null;
    subscription.cancel_at_period_end = ends ?? false;
    subscription.cancel_at = cancel;
    subscription.canceled_at = cancel === null ? null : at;
    subscription.cancellation_details = {
      comment: params.cancellation_details?.comment ?? null,
      feedback: feedbackOf(params.cancellation_details?.feedback),
      feedback_option: null,
      reason: cancel === null ? null : 'cancellation_requested',
    };
  }
}
