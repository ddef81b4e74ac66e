import * as v from 'valibot';
import type { Stripe } from 'stripe';
import { invalid } from './errors.ts';
import { change } from './events.ts';
import { accepts, clearable, labelled, metadata, page, range, text, whole, yes } from './form.ts';
import { settle } from './invoices.ts';
import { listOf, within } from './list.ts';
import { attach, methodOf } from './methods.ts';
import { cancelIntent, confirm, makeIntent, type Way } from './payments.ts';
import { route, type Route } from './route.ts';
import { get, type Account } from './state.ts';
import type { PaymentIntent } from './stored.ts';

const shipping = v.optional(
  v.strictObject({
    address: v.record(v.string(), v.string()),
    name: v.optional(text),
    phone: v.optional(text),
    carrier: v.optional(text),
    tracking_number: v.optional(text),
  }),
);
const future = v.optional(v.picklist(['off_session', 'on_session']));

const of = (account: Account, id: string): PaymentIntent =>
  get(account.tables.payment_intent, 'payment_intent', id);

// Confirmed with a card: whatever waited for the payment hears of it.
function take(account: Account, intent: PaymentIntent, given: string | undefined, way: Way): PaymentIntent {
  const id = given ?? intent.payment_method;
  if (!id)
    throw invalid(
      'You cannot confirm this PaymentIntent because it’s missing a payment method.',
      'payment_method',
      'payment_intent_unexpected_state',
    );
  const method = methodOf(account, id);
  if (method.customer && method.customer !== intent.customer)
    throw invalid(
      'The provided PaymentMethod is attached to another customer.',
      'payment_method',
      'payment_method_customer_mismatch',
    );
  const outcome = confirm(account, intent, method, way);
  const invoice = [...account.tables.invoice_payment.values()].find(
    (one) => one.payment.payment_intent === intent.id,
  )?.invoice;
  const waits = invoice && account.tables.invoice.get(invoice);
  if (waits && outcome.state !== 'action') settle(account, waits, outcome);
  if (outcome.state === 'declined') throw outcome.refusal;
  if (outcome.state === 'paid' && intent.setup_future_usage && intent.customer)
    attach(account, method, intent.customer, true);
  return intent;
}

export const paymentRoutes: Route[] = [
  route(
    'POST',
    '/v1/payment_intents',
    accepts<Stripe.PaymentIntentCreateParams>()({
      amount: v.pipe(whole, v.minValue(1)),
      currency: text,
      customer: v.optional(text),
      confirm: v.optional(yes),
      description: v.optional(text),
      metadata: v.optional(metadata),
      payment_method: v.optional(text),
      off_session: v.optional(yes),
      return_url: v.optional(text),
      receipt_email: v.optional(text),
      setup_future_usage: future,
      shipping,
      automatic_payment_methods: v.optional(
        v.strictObject({ enabled: yes, allow_redirects: v.optional(text) }),
      ),
    }),
    (account, params) => {
      if (params.customer) get(account.tables.customer, 'customer', params.customer, 'customer');
      const intent = makeIntent(account, {
        amount: params.amount,
        currency: params.currency.toLowerCase(),
        customer: params.customer ?? null,
        metadata: labelled(null, params.metadata),
        description: params.description ?? null,
      });
      intent.setup_future_usage = params.setup_future_usage ?? null;
      intent.receipt_email = params.receipt_email ?? null;
      if (params.payment_method) {
        intent.payment_method = methodOf(account, params.payment_method).id;
        intent.status = 'requires_confirmation';
      }
      return params.confirm
        ? take(account, intent, undefined, { offSession: params.off_session ?? false })
        : intent;
    },
  ),
  route(
    'GET',
    '/v1/payment_intents/:id',
    v.strictObject({ client_secret: v.optional(text) }),
    (account, _, id) => of(account, id),
  ),
  route(
    'POST',
    '/v1/payment_intents/:id',
    accepts<Stripe.PaymentIntentUpdateParams>()({
      description: v.optional(clearable),
      metadata: v.optional(metadata),
      receipt_email: v.optional(clearable),
    }),
    (account, { metadata: labels, ...rest }, id) => {
      const intent = of(account, id);
      Object.assign(intent, rest, { metadata: labelled(intent.metadata, labels) });
      return intent;
    },
  ),
  route(
    'POST',
    '/v1/payment_intents/:id/confirm',
    accepts<Stripe.PaymentIntentConfirmParams>()({
      payment_method: v.optional(text),
      off_session: v.optional(yes),
      return_url: v.optional(text),
    }),
    (account, params, id) => {
      const intent = of(account, id);
      // Asked by 3-D Secure and confirmed again: in test mode the challenge was passed.
      const authenticated = intent.status === 'requires_action' ? ('passed' as const) : undefined;
      return take(account, intent, params.payment_method, {
        offSession: params.off_session ?? false,
        authenticated,
      });
    },
  ),
  route(
    'POST',
    '/v1/payment_intents/:id/cancel',
    accepts<Stripe.PaymentIntentCancelParams>()({
      cancellation_reason: v.optional(
        v.picklist(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer']),
      ),
    }),
    (account, params, id) => cancelIntent(account, of(account, id), params.cancellation_reason ?? null),
  ),
  route(
    'GET',
    '/v1/payment_intents',
    accepts<Stripe.PaymentIntentListParams>()({ ...page, created: range, customer: v.optional(text) }),
    (account, params) =>
      listOf(
        '/v1/payment_intents',
        [...account.tables.payment_intent.values()].filter(
          (one) =>
            (!params.customer || one.customer === params.customer) && within(params.created, one.created),
        ),
        params,
      ),
  ),
  route('GET', '/v1/charges/:id', v.strictObject({}), (account, _, id) =>
    get(account.tables.charge, 'charge', id),
  ),
  route(
    'POST',
    '/v1/charges/:id',
    accepts<Stripe.ChargeUpdateParams>()({
      description: v.optional(text),
      metadata: v.optional(metadata),
    }),
    (account, params, id) =>
      change(account, 'charge.updated', get(account.tables.charge, 'charge', id), (charge) => {
        if (params.description !== undefined) charge.description = params.description;
        charge.metadata = labelled(charge.metadata, params.metadata);
      }),
  ),
  route(
    'GET',
    '/v1/charges',
    accepts<Stripe.ChargeListParams>()({
      ...page,
      created: range,
      customer: v.optional(text),
      payment_intent: v.optional(text),
    }),
    (account, params) =>
      listOf(
        '/v1/charges',
        [...account.tables.charge.values()].filter(
          (one) =>
            (!params.customer || one.customer === params.customer) &&
            (!params.payment_intent || one.payment_intent === params.payment_intent) &&
            within(params.created, one.created),
        ),
        params,
      ),
  ),
];
