import * as v from 'valibot';
import type { Stripe } from 'stripe';
import { isCard } from './cards.ts';
import { address, addressOf } from './customers.ts';
import { invalid } from './errors.ts';
import { change, emit } from './events.ts';
import { accepts, clearable, labelled, metadata, page, range, text, whole, yes } from './form.ts';
import { listOf, within } from './list.ts';
import { attach, detach, makeMethod, methodOf, typedMethod } from './methods.ts';
import { route, type Route } from './route.ts';
import { get, newId, now, type Account } from './state.ts';
import type { PaymentMethod, SetupIntent } from './stored.ts';

const billing = v.optional(
  v.strictObject({
    address: v.optional(address),
    email: v.optional(clearable),
    name: v.optional(clearable),
    phone: v.optional(clearable),
  }),
);
const typed = v.optional(
  v.strictObject({
    number: v.optional(text),
    exp_month: v.optional(whole),
    exp_year: v.optional(whole),
    cvc: v.optional(text),
    token: v.optional(text),
  }),
);

function bill(method: PaymentMethod, given: v.InferOutput<typeof billing>): void {
  if (!given) return;
  const { address: lives, ...rest } = given;
  Object.assign(method.billing_details, rest);
  if (lives !== undefined) method.billing_details.address = addressOf(lives);
}

function make(account: Account, card: v.InferOutput<typeof typed>): PaymentMethod {
  // tok_visa and pm_card_visa are the same card.
  const name = card?.token?.replace(/^tok_/, 'pm_card_');
  if (name) {
    if (!isCard(name)) throw invalid(`No such token: '${card?.token}'`, 'card[token]', 'resource_missing');
    return makeMethod(account, name);
  }
  if (!card?.number || !card.exp_month || !card.exp_year)
    throw invalid('Missing required param: card.', 'card', 'parameter_missing');
  return typedMethod(account, { number: card.number, expMonth: card.exp_month, expYear: card.exp_year });
}

const listedOf = (
  account: Account,
  customer: string,
  url: string,
  params: v.InferOutput<v.StrictObjectSchema<typeof page, undefined>>,
) =>
  listOf(
    url,
    [...account.tables.payment_method.values()].filter((one) => one.customer === customer),
    params,
  );

function makeSetup(
  account: Account,
  given: {
    customer: string | null;
    method: string | null;
    usage: string;
    metadata: Record<string, string>;
    description: string | null;
  },
): SetupIntent {
  const id = newId('seti');
  const made: SetupIntent = {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: newId(`${id}_secret`),
    created: now(account, given.customer),
    customer: given.customer,
    customer_account: null,
    description: given.description,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: given.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: given.method,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: given.method ? 'requires_confirmation' : 'requires_payment_method',
    usage: given.usage,
  };
  account.tables.setup_intent.set(id, made);
  emit(account, 'setup_intent.created', made);
  return made;
}

// The owner is there, as on Stripe's page: what their bank asks is answered.
function confirmSetup(account: Account, intent: SetupIntent, method: string | undefined): SetupIntent {
  const id = method ?? intent.payment_method;
  if (!id)
    throw invalid(
      'You cannot confirm this SetupIntent because it has no payment method.',
      'payment_method',
      'parameter_missing',
    );
  const of = methodOf(account, id);
  try {
    if (intent.customer) attach(account, of, intent.customer, true);
  } catch (error) {
    intent.status = 'requires_payment_method';
    emit(account, 'setup_intent.setup_failed', intent);
    throw error;
  }
  intent.payment_method = of.id;
  intent.status = 'succeeded';
  emit(account, 'setup_intent.succeeded', intent);
  return intent;
}

export const methodRoutes: Route[] = [
  route(
    'POST',
    '/v1/payment_methods',
    accepts<Stripe.PaymentMethodCreateParams>()({
      type: v.literal('card'),
      card: typed,
      billing_details: billing,
      metadata: v.optional(metadata),
      allow_redisplay: v.optional(text),
    }),
    (account, params) => {
      const made = make(account, params.card);
      bill(made, params.billing_details);
      made.metadata = labelled(null, params.metadata);
      return made;
    },
  ),
  route('GET', '/v1/payment_methods/:id', v.strictObject({}), (account, _, id) =>
    get(account.tables.payment_method, 'PaymentMethod', id),
  ),
  route(
    'POST',
    '/v1/payment_methods/:id',
    accepts<Stripe.PaymentMethodUpdateParams>()({
      billing_details: billing,
      card: v.optional(v.strictObject({ exp_month: v.optional(whole), exp_year: v.optional(whole) })),
      metadata: v.optional(metadata),
    }),
    (account, params, id) =>
      change(
        account,
        'payment_method.updated',
        get(account.tables.payment_method, 'PaymentMethod', id),
        (method) => {
          bill(method, params.billing_details);
          if (params.card && method.card) Object.assign(method.card, params.card);
          method.metadata = labelled(method.metadata, params.metadata);
        },
      ),
  ),
  route(
    'POST',
    '/v1/payment_methods/:id/attach',
    accepts<Stripe.PaymentMethodAttachParams>()({ customer: text }),
    (account, params, id) => {
      get(account.tables.customer, 'customer', params.customer, 'customer');
      return attach(account, methodOf(account, id, 'id'), params.customer);
    },
  ),
  route('POST', '/v1/payment_methods/:id/detach', v.strictObject({}), (account, _, id) =>
    detach(account, get(account.tables.payment_method, 'PaymentMethod', id)),
  ),
  route(
    'GET',
    '/v1/payment_methods',
    accepts<Stripe.PaymentMethodListParams>()({ ...page, customer: text, type: v.optional(text) }),
    (account, params) => listedOf(account, params.customer, '/v1/payment_methods', params),
  ),
  route(
    'GET',
    '/v1/customers/:id/payment_methods',
    v.strictObject({ ...page, type: v.optional(text) }),
    (account, params, id) => {
      get(account.tables.customer, 'customer', id);
      return listedOf(account, id, `/v1/customers/${id}/payment_methods`, params);
    },
  ),
  route(
    'POST',
    '/v1/setup_intents',
    accepts<Stripe.SetupIntentCreateParams>()({
      customer: v.optional(text),
      confirm: v.optional(yes),
      description: v.optional(text),
      metadata: v.optional(metadata),
      payment_method: v.optional(text),
      usage: v.optional(v.picklist(['off_session', 'on_session'])),
      automatic_payment_methods: v.optional(
        v.strictObject({ enabled: yes, allow_redirects: v.optional(text) }),
      ),
    }),
    (account, params) => {
      if (params.customer) get(account.tables.customer, 'customer', params.customer, 'customer');
      const method = params.payment_method ? methodOf(account, params.payment_method).id : null;
      const made = makeSetup(account, {
        customer: params.customer ?? null,
        method,
        usage: params.usage ?? 'off_session',
        metadata: labelled(null, params.metadata),
        description: params.description ?? null,
      });
      return params.confirm ? confirmSetup(account, made, undefined) : made;
    },
  ),
  route('GET', '/v1/setup_intents/:id', v.strictObject({}), (account, _, id) =>
    get(account.tables.setup_intent, 'setupintent', id),
  ),
  route(
    'POST',
    '/v1/setup_intents/:id/confirm',
    accepts<Stripe.SetupIntentConfirmParams>()({
      payment_method: v.optional(text),
      return_url: v.optional(text),
    }),
    (account, params, id) => {
      const intent = get(account.tables.setup_intent, 'setupintent', id);
      if (intent.status === 'succeeded')
        throw invalid(
          'You cannot confirm this SetupIntent because it has already succeeded.',
          undefined,
          'setup_intent_unexpected_state',
        );
      return confirmSetup(account, intent, params.payment_method);
    },
  ),
  route(
    'GET',
    '/v1/setup_intents',
    accepts<Stripe.SetupIntentListParams>()({ ...page, created: range, customer: v.optional(text) }),
    (account, params) =>
      listOf(
        '/v1/setup_intents',
        [...account.tables.setup_intent.values()].filter(
          (one) =>
            (!params.customer || one.customer === params.customer) && within(params.created, one.created),
        ),
        params,
      ),
  ),
];
