import type { Stripe } from 'stripe';
import * as v from 'valibot';
import { over } from './ending.ts';
import { accepts, page, range, text, whole, yes } from './form.ts';
import { listOf, within } from './list.ts';
import { type Route, route } from './route.ts';
import { type Account, get } from './state.ts';
import type { Subscription } from './stored.ts';
import { create, update } from './subscription-changes.ts';
import { cancel, resume } from './subscription-ends.ts';
import { cancellation, creates, prorationBehaviour, updates } from './subscription-params.ts';
import { periodOf } from './subscription-items.ts';

export const of = (account: Account, id: string): Subscription =>
  get(account.tables.subscription, 'subscription', id);

export const subscriptionRoutes: Route[] = [
  route('POST', '/v1/subscriptions', creates, create),
  route('GET', '/v1/subscriptions/:id', v.strictObject({}), (account, _, id) => of(account, id)),
  route('POST', '/v1/subscriptions/:id', updates, (account, params, id) =>
    update(account, of(account, id), params),
  ),
  route(
    'DELETE',
    '/v1/subscriptions/:id',
    accepts<Stripe.SubscriptionCancelParams>()({
      cancellation_details: cancellation,
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
