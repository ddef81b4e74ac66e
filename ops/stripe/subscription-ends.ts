import * as v from 'valibot';
import { boundaryAfter } from './cycle.ts';
import { end, over } from './ending.ts';
import { invalid } from './errors.ts';
import { change, emit } from './events.ts';
import { makeItem, waiting } from './invoice-items.ts';
import { remaining } from './proration.ts';
import { type Account, now } from './state.ts';
import type { Subscription } from './stored.ts';
import { cancellation, feedbackOf } from './subscription-params.ts';
import { billNow } from './subscriptions.ts';
import { costs, linesOf, nameOf, periodOf } from './subscription-items.ts';

export function cancel(
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

export function resume(account: Account, subscription: Subscription): Subscription {
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
