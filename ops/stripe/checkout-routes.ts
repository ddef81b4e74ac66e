import type { Stripe } from 'stripe';
import * as v from 'valibot';
import { creates, make } from './checkout-make.ts';
import { expire } from './checkout.ts';
import { accepts, labelled, metadata, page, range, text } from './form.ts';
import { listOf, within } from './list.ts';
import { type Route, route } from './route.ts';
import { get } from './state.ts';

export const checkoutRoutes: Route[] = [
  route('POST', '/v1/checkout/sessions', creates, (account, params) => make(account, params)),
  route('GET', '/v1/checkout/sessions/:id', v.strictObject({}), (account, _, id) =>
    get(account.tables['checkout.session'], 'checkout.session', id),
  ),
  route(
    'POST',
    '/v1/checkout/sessions/:id',
    accepts<Stripe.Checkout.SessionUpdateParams>()({ metadata: v.optional(metadata) }),
    (account, params, id) => {
      const session = get(account.tables['checkout.session'], 'checkout.session', id);
      session.metadata = labelled(session.metadata, params.metadata);
      return session;
    },
  ),
  route('POST', '/v1/checkout/sessions/:id/expire', v.strictObject({}), (account, _, id) =>
    expire(account, get(account.tables['checkout.session'], 'checkout.session', id)),
  ),
  route('GET', '/v1/checkout/sessions/:id/line_items', v.strictObject(page), (account, params, id) => {
    const session = get(account.tables['checkout.session'], 'checkout.session', id);
    // Lines stand in the order they were given, unlike every other list.
    return listOf(
      `/v1/checkout/sessions/${id}/line_items`,
      (session.line_items?.data ?? []).toReversed(),
      params,
    );
  }),
  route(
    'GET',
    '/v1/checkout/sessions',
    accepts<Stripe.Checkout.SessionListParams>()({
      ...page,
      created: range,
      customer: v.optional(text),
      customer_details: v.optional(v.strictObject({ email: text })),
      payment_intent: v.optional(text),
      status: v.optional(v.picklist(['complete', 'expired', 'open'])),
      subscription: v.optional(text),
    }),
    (account, params) =>
      listOf(
        '/v1/checkout/sessions',
        [...account.tables['checkout.session'].values()].filter(
          (one) =>
            (!params.customer || one.customer === params.customer) &&
            (!params.customer_details || one.customer_details?.email === params.customer_details.email) &&
            (!params.payment_intent || one.payment_intent === params.payment_intent) &&
            (!params.status || one.status === params.status) &&
            (!params.subscription || one.subscription === params.subscription) &&
            within(params.created, one.created),
        ),
        params,
      ),
  ),
];
