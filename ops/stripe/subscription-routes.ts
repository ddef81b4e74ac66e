import * as v from 'valibot';
import type { Stripe } from 'stripe';
import { pause } from './billing-cycle.ts';
import { cards } from './cards.ts';
import { redeem } from './discounts.ts';
import { end, over } from './ending.ts';
import { declined, invalid, Refusal } from './errors.ts';
import { change, emit } from './events.ts';
import { accepts, clearable, expand, labelled, metadata, page, range, text, whole, yes } from './form.ts';
import { makeItem, waiting } from './invoices.ts';
import { listOf, within } from './list.ts';
import { defaultMethod, methodOf } from './methods.ts';
import { remaining } from './proration.ts';
import { route, type Route } from './route.ts';
import { trialing } from './standing.ts';
import { get, now, type Account } from './state.ts';
import type { Subscription } from './stored.ts';
import { billNow, costs, linesOf, makeSubscription, nameOf, periodOf } from './subscriptions.ts';
import { plan, planLines, wouldFail, type Change } from './subscription-update.ts';
import { boundaryAfter } from './cycle.ts';
import { priceData, priceOf } from './catalogue.ts';

const DAY = 86_400;

const discounts = v.optional(
  v.union([
    v.literal(''),
    v.array(
      v.strictObject({
        coupon: v.optional(text),
        promotion_code: v.optional(text),
        discount: v.optional(text),
      }),
    ),
  ]),
);
const trialSettings = v.optional(
  v.strictObject({
    end_behavior: v.strictObject({
      missing_payment_method: v.picklist(['cancel', 'create_invoice', 'pause']),
    }),
  }),
);
const trialEnd = v.optional(v.union([v.literal('now'), whole]));
const cancelAt = v.optional(
  v.union([
    v.pipe(
      v.literal(''),
      v.transform(() => null),
    ),
    v.picklist(['max_period_end', 'min_period_end']),
    whole,
  ]),
);
const behaviours = v.picklist([
  'allow_incomplete',
  'default_incomplete',
  'error_if_incomplete',
  'pending_if_incomplete',
]);
export const prorationBehaviour = v.optional(v.picklist(['always_invoice', 'create_prorations', 'none']));
const paymentSettings = v.optional(
  v.strictObject({
    save_default_payment_method: v.optional(v.picklist(['off', 'on_subscription'])),
    payment_method_types: v.optional(v.array(text)),
  }),
);
const cancellation = v.optional(
  v.strictObject({ comment: v.optional(clearable), feedback: v.optional(clearable) }),
);
export const itemChanges = v.array(
  v.strictObject({
    id: v.optional(text),
    price: v.optional(text),
    price_data: v.optional(priceData),
    quantity: v.optional(whole),
    deleted: v.optional(yes),
    metadata: v.optional(metadata),
  }),
);

const creates = accepts<Stripe.SubscriptionCreateParams>()({
  automatic_tax: v.optional(v.strictObject({ enabled: yes })),
  billing_cycle_anchor: v.optional(whole),
  billing_mode: v.optional(v.strictObject({ type: v.picklist(['classic', 'flexible']) })),
  cancel_at: cancelAt,
  cancel_at_period_end: v.optional(yes),
  collection_method: v.optional(v.literal('charge_automatically')),
  currency: v.optional(text),
  customer: text,
  default_payment_method: v.optional(text),
  description: v.optional(text),
  discounts,
  expand,
  items: v.array(
    v.strictObject({
      price: v.optional(text),
      price_data: v.optional(priceData),
      quantity: v.optional(whole),
      metadata: v.optional(metadata),
    }),
  ),
  metadata: v.optional(metadata),
  off_session: v.optional(yes),
  payment_behavior: v.optional(behaviours),
  payment_settings: paymentSettings,
  proration_behavior: prorationBehaviour,
  trial_end: trialEnd,
  trial_period_days: v.optional(whole),
  trial_settings: trialSettings,
});
const updates = accepts<Stripe.SubscriptionUpdateParams>()({
  billing_cycle_anchor: v.optional(v.object({ type: v.picklist(['now', 'unchanged']) })),
  cancel_at: cancelAt,
  cancel_at_period_end: v.optional(yes),
  cancellation_details: cancellation,
  default_payment_method: v.optional(clearable),
  description: v.optional(clearable),
  discounts,
  expand,
  items: v.optional(itemChanges),
  metadata: v.optional(metadata),
  off_session: v.optional(yes),
  pause_collection: v.optional(
    v.union([
      v.pipe(
        v.literal(''),
        v.transform(() => null),
      ),
      v.strictObject({
        behavior: v.picklist(['keep_as_draft', 'mark_uncollectible', 'void']),
        resumes_at: v.optional(whole),
      }),
    ]),
  ),
  payment_behavior: v.optional(behaviours),
  payment_settings: paymentSettings,
  proration_behavior: prorationBehaviour,
  proration_date: v.optional(whole),
  trial_end: trialEnd,
  trial_settings: trialSettings,
});

const of = (account: Account, id: string): Subscription =>
  get(account.tables.subscription, 'subscription', id);

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

function create(account: Account, params: v.InferOutput<typeof creates>): Subscription {
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

export const changesOf = (
  account: Account,
  items: v.InferOutput<typeof itemChanges> | undefined,
): Change['items'] =>
  (items ?? []).map((item, i) => ({
    id: item.id,
    price: item.price || item.price_data ? priceOf(account, item, `items[${i}]`) : undefined,
    quantity: item.quantity,
    deleted: item.deleted,
  }));

function update(
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

const feedbacks = [
  'customer_service',
  'low_quality',
  'missing_features',
  'other',
  'switched_service',
  'too_complex',
  'too_expensive',
  'unused',
] as const;
const feedbackOf = (given: string | null | undefined) => feedbacks.find((one) => one === given) ?? null;

function cancel(
  account: Account,
  subscription: Subscription,
  params: {
    invoice_now?: boolean | undefined;
    prorate?: boolean | undefined;
    cancellation_details?: v.InferOutput<typeof cancellation>;
  },
): Subscription {
  if (over(subscription))
    throw invalid(`No such subscription: '${subscription.id}'`, 'id', 'resource_missing');
  if (params.prorate) {
    const period = periodOf(subscription);
    const at = now(account, subscription.customer);
    for (const item of subscription.items.data)
      makeItem(account, {
        amount: -remaining(costs(item), period, at),
        description: `Unused time on ${nameOf(account, item.price)}`,
        period: { start: at, end: period.end },
        price: item.price,
        quantity: item.quantity ?? 1,
        discountable: false,
        proration: true,
        item: item.id,
        metadata: {},
        customer: subscription.customer,
        subscription: subscription.id,
        currency: subscription.currency,
      });
  }
  if (params.invoice_now) {
    const lines = waiting(account, subscription.customer, subscription.id);
    if (lines.length) billNow(account, subscription, 'subscription_update', lines, { offSession: true });
  }
  if (params.cancellation_details)
    subscription.cancellation_details = {
      comment: params.cancellation_details.comment ?? null,
      feedback: feedbackOf(params.cancellation_details.feedback),
      feedback_option: null,
      reason: null,
    };
  end(account, subscription);
  return subscription;
}

function resume(account: Account, subscription: Subscription): Subscription {
  if (subscription.status !== 'paused')
    throw invalid(
      `Only subscriptions with status \`paused\` can be resumed. This one is \`${subscription.status}\`.`,
    );
  const at = now(account, subscription.customer);
  for (const item of subscription.items.data) {
    item.current_period_start = at;
    if (item.price.recurring) item.current_period_end = boundaryAfter(at, item.price.recurring, at);
  }
  subscription.billing_cycle_anchor = at;
  const invoice = billNow(account, subscription, 'subscription_update', linesOf(account, subscription), {
    offSession: false,
  });
  if (invoice.status === 'paid') {
    change(account, 'customer.subscription.updated', subscription, () => {
      subscription.status = 'active';
    });
    emit(account, 'customer.subscription.resumed', subscription);
  }
  return subscription;
}

export const subscriptionRoutes: Route[] = [
  route('POST', '/v1/subscriptions', creates, create),
  route('GET', '/v1/subscriptions/:id', v.strictObject({ expand }), (account, _, id) => of(account, id)),
  route('POST', '/v1/subscriptions/:id', updates, (account, params, id) =>
    update(account, of(account, id), params),
  ),
  route(
    'DELETE',
    '/v1/subscriptions/:id',
    accepts<Stripe.SubscriptionCancelParams>()({
      cancellation_details: cancellation,
      expand,
      invoice_now: v.optional(yes),
      prorate: v.optional(yes),
    }),
    (account, params, id) => cancel(account, of(account, id), params),
  ),
  route(
    'POST',
    '/v1/subscriptions/:id/resume',
    accepts<Stripe.SubscriptionResumeParams>()({
      billing_cycle_anchor: v.optional(v.literal('now')),
      expand,
      proration_behavior: prorationBehaviour,
      proration_date: v.optional(whole),
    }),
    (account, _, id) => resume(account, of(account, id)),
  ),
  route(
    'GET',
    '/v1/subscriptions',
    accepts<Stripe.SubscriptionListParams>()({
      ...page,
      created: range,
      customer: v.optional(text),
      price: v.optional(text),
      status: v.optional(text),
      test_clock: v.optional(text),
      current_period_end: range,
      current_period_start: range,
    }),
    (account, params) =>
      listOf(
        '/v1/subscriptions',
        [...account.tables.subscription.values()].filter(
          (one) =>
            inStatus(one, params.status) &&
            (!params.customer || one.customer === params.customer) &&
            (!params.price || one.items.data.some((item) => item.price.id === params.price)) &&
            (params.customer !== undefined || (one.test_clock ?? undefined) === params.test_clock) &&
            within(params.created, one.created) &&
            within(params.current_period_end, periodOf(one).end) &&
            within(params.current_period_start, periodOf(one).start),
        ),
        params,
      ),
  ),
];

// Without a status, ended ones are left out.
const inStatus = (subscription: Subscription, status: string | undefined): boolean => {
  if (status === 'all') return true;
  if (status === 'ended') return over(subscription);
  return status ? subscription.status === status : !over(subscription);
};
