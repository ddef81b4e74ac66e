import * as v from 'valibot';
import type { Stripe } from 'stripe';
import { invalid } from './errors.ts';
import { change, emit } from './events.ts';
import { accepts, clearable, expand, labelled, metadata, page, text, whole, yes } from './form.ts';
import { listOf } from './list.ts';
import { route, type Route } from './route.ts';
import { get, newId, now, type Account } from './state.ts';
import type { PortalConfiguration, PortalSession } from './stored.ts';

const prorations = v.picklist(['always_invoice', 'create_prorations', 'none']);
const reasons = [
  'customer_service',
  'low_quality',
  'missing_features',
  'other',
  'switched_service',
  'too_complex',
  'too_expensive',
  'unused',
] as const;
const none = v.pipe(
  v.literal(''),
  v.transform((): [] => []),
);

const features = v.strictObject({
  customer_update: v.optional(
    v.strictObject({
      enabled: v.optional(yes),
      allowed_updates: v.optional(
        v.union([none, v.array(v.picklist(['address', 'email', 'name', 'phone', 'shipping', 'tax_id']))]),
      ),
    }),
  ),
  invoice_history: v.optional(v.strictObject({ enabled: yes })),
  payment_method_update: v.optional(v.strictObject({ enabled: yes })),
  subscription_cancel: v.optional(
    v.strictObject({
      enabled: v.optional(yes),
      mode: v.optional(v.picklist(['at_period_end', 'immediately'])),
      proration_behavior: v.optional(prorations),
      cancellation_reason: v.optional(
        v.strictObject({ enabled: yes, options: v.optional(v.union([none, v.array(v.picklist(reasons))])) }),
      ),
    }),
  ),
  subscription_pause: v.optional(v.strictObject({ enabled: v.optional(yes) })),
  subscription_update: v.optional(
    v.strictObject({
      enabled: v.optional(yes),
      default_allowed_updates: v.optional(
        v.union([none, v.array(v.picklist(['price', 'promotion_code', 'quantity']))]),
      ),
      products: v.optional(
        v.union([none, v.array(v.strictObject({ product: text, prices: v.array(text) }))]),
      ),
      proration_behavior: v.optional(prorations),
      billing_cycle_anchor: v.optional(v.picklist(['now', 'unchanged'])),
      trial_update_behavior: v.optional(v.picklist(['continue_trial', 'end_trial'])),
    }),
  ),
});
const profile = v.strictObject({
  headline: v.optional(clearable),
  privacy_policy_url: v.optional(clearable),
  terms_of_service_url: v.optional(clearable),
});

const plain = (): PortalConfiguration['features'] => ({
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: [...reasons] },
    enabled: false,
    mode: 'at_period_end',
    proration_behavior: 'none',
  },
  subscription_pause: { duration: { interval_options: [], type: 'indefinite' }, enabled: false },
  subscription_update: {
    billing_cycle_anchor: null,
    default_allowed_updates: [],
    enabled: false,
    products: [],
    proration_behavior: 'none',
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: 'end_trial',
  },
});

// What is said is taken over; the rest stays as it is.
function merge(now: PortalConfiguration['features'], given: v.InferOutput<typeof features>): void {
  Object.assign(now.customer_update, given.customer_update);
  Object.assign(now.invoice_history, given.invoice_history);
  Object.assign(now.payment_method_update, given.payment_method_update);
  const { cancellation_reason, ...cancel } = given.subscription_cancel ?? {};
  Object.assign(now.subscription_cancel, cancel);
  Object.assign(now.subscription_cancel.cancellation_reason, cancellation_reason);
  Object.assign(now.subscription_pause, given.subscription_pause);
  const { products, ...update } = given.subscription_update ?? {};
  Object.assign(now.subscription_update, update);
  if (products)
    now.subscription_update.products = products.map((one) => ({
      ...one,
      adjustable_quantity: { enabled: false, maximum: null, minimum: 1 },
    }));
}

function make(
  account: Account,
  given: {
    features: v.InferOutput<typeof features>;
    profile: v.InferOutput<typeof profile> | undefined;
    metadata: Record<string, string>;
    returns: string | null;
    name: string | null;
  },
): PortalConfiguration {
  const at = now(account);
  const made: PortalConfiguration = {
    id: newId('bpc'),
    object: 'billing_portal.configuration',
    active: true,
    application: null,
    business_profile: {
      headline: given.profile?.headline ?? null,
      privacy_policy_url: given.profile?.privacy_policy_url ?? null,
      terms_of_service_url: given.profile?.terms_of_service_url ?? null,
    },
    created: at,
    default_return_url: given.returns,
    features: plain(),
    is_default: account.tables['billing_portal.configuration'].size === 0,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: given.metadata,
    name: given.name,
    updated: at,
  };
  merge(made.features, given.features);
  account.tables['billing_portal.configuration'].set(made.id, made);
  emit(account, 'billing_portal.configuration.created', made);
  return made;
}

const flowData = v.optional(
  v.strictObject({
    type: v.picklist([
      'customer_update',
      'payment_method_update',
      'subscription_cancel',
      'subscription_pause',
      'subscription_update',
      'subscription_update_confirm',
    ]),
    subscription_cancel: v.optional(v.strictObject({ subscription: text })),
    subscription_update: v.optional(v.strictObject({ subscription: text })),
    subscription_pause: v.optional(v.strictObject({ subscription: text })),
    subscription_update_confirm: v.optional(
      v.strictObject({
        subscription: text,
        items: v.array(v.strictObject({ id: text, price: v.optional(text), quantity: v.optional(whole) })),
        discounts: v.optional(
          v.array(v.strictObject({ coupon: v.optional(text), promotion_code: v.optional(text) })),
        ),
      }),
    ),
    after_completion: v.optional(
      v.strictObject({
        type: v.picklist(['hosted_confirmation', 'portal_homepage', 'redirect']),
        redirect: v.optional(v.strictObject({ return_url: text })),
        hosted_confirmation: v.optional(v.strictObject({ custom_message: v.optional(text) })),
      }),
    ),
  }),
);

function flowOf(
  account: Account,
  customer: string,
  given: v.InferOutput<typeof flowData>,
): PortalSession['flow'] {
  if (!given) return null;
  const about =
    given.subscription_cancel ??
    given.subscription_update ??
    given.subscription_pause ??
    given.subscription_update_confirm;
  if (
    about &&
    get(
      account.tables.subscription,
      'subscription',
      about.subscription,
      `flow_data[${given.type}][subscription]`,
    ).customer !== customer
  )
    throw invalid('The subscription is not of this customer.', `flow_data[${given.type}][subscription]`);
  const after = given.after_completion;
  const confirm = given.subscription_update_confirm;
  return {
    after_completion: {
      hosted_confirmation: after?.hosted_confirmation
        ? { custom_message: after.hosted_confirmation.custom_message ?? null }
        : null,
      redirect: after?.redirect ?? null,
      type: after?.type ?? 'portal_homepage',
    },
    customer_update: null,
    subscription_cancel: given.subscription_cancel
      ? { retention: null, subscription: given.subscription_cancel.subscription }
      : null,
    subscription_pause: given.subscription_pause ?? null,
    subscription_update: given.subscription_update ?? null,
    subscription_update_confirm: confirm
      ? {
          discounts:
            confirm.discounts?.map((one) => ({
              coupon: one.coupon ?? null,
              promotion_code: one.promotion_code ?? null,
            })) ?? null,
          items: confirm.items.map((one) => ({
            id: one.id,
            price: one.price ?? null,
            ...(one.quantity !== undefined && { quantity: one.quantity }),
          })),
          subscription: confirm.subscription,
        }
      : null,
    type: given.type,
  };
}

// Who has set nothing up has what Stripe's dashboard would save first.
const usual = (account: Account): PortalConfiguration =>
  [...account.tables['billing_portal.configuration'].values()].find((one) => one.is_default) ??
  make(account, {
    features: {
      customer_update: { enabled: true, allowed_updates: ['email', 'address', 'name'] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true },
    },
    profile: undefined,
    metadata: {},
    returns: null,
    name: null,
  });

export const portalRoutes: Route[] = [
  route(
    'POST',
    '/v1/billing_portal/configurations',
    accepts<Stripe.BillingPortal.ConfigurationCreateParams>()({
      business_profile: v.optional(profile),
      default_return_url: v.optional(clearable),
      features,
      login_page: v.optional(v.strictObject({ enabled: yes })),
      metadata: v.optional(metadata),
      name: v.optional(clearable),
      expand,
    }),
    (account, params) =>
      make(account, {
        features: params.features,
        profile: params.business_profile,
        metadata: labelled(null, params.metadata),
        returns: params.default_return_url ?? null,
        name: params.name ?? null,
      }),
  ),
  route('GET', '/v1/billing_portal/configurations/:id', v.strictObject({ expand }), (account, _, id) =>
    get(account.tables['billing_portal.configuration'], 'configuration', id),
  ),
  route(
    'POST',
    '/v1/billing_portal/configurations/:id',
    accepts<Stripe.BillingPortal.ConfigurationUpdateParams>()({
      active: v.optional(yes),
      business_profile: v.optional(profile),
      default_return_url: v.optional(clearable),
      features: v.optional(features),
      metadata: v.optional(metadata),
      name: v.optional(clearable),
      expand,
    }),
    (account, params, id) =>
      change(
        account,
        'billing_portal.configuration.updated',
        get(account.tables['billing_portal.configuration'], 'configuration', id),
        (one) => {
          if (params.active !== undefined) one.active = params.active;
          if (params.default_return_url !== undefined) one.default_return_url = params.default_return_url;
          if (params.name !== undefined) one.name = params.name;
          Object.assign(one.business_profile, params.business_profile);
          if (params.features) merge(one.features, params.features);
          one.metadata = labelled(one.metadata, params.metadata);
          one.updated = now(account);
        },
      ),
  ),
  route(
    'GET',
    '/v1/billing_portal/configurations',
    accepts<Stripe.BillingPortal.ConfigurationListParams>()({
      ...page,
      active: v.optional(yes),
      is_default: v.optional(yes),
    }),
    (account, params) =>
      listOf(
        '/v1/billing_portal/configurations',
        [...account.tables['billing_portal.configuration'].values()].filter(
          (one) =>
            (params.active === undefined || one.active === params.active) &&
            (params.is_default === undefined || one.is_default === params.is_default),
        ),
        params,
      ),
  ),
  route(
    'POST',
    '/v1/billing_portal/sessions',
    accepts<Stripe.BillingPortal.SessionCreateParams>()({
      configuration: v.optional(text),
      customer: text,
      flow_data: flowData,
      locale: v.optional(text),
      return_url: v.optional(text),
      expand,
    }),
    (account, params) => {
      get(account.tables.customer, 'customer', params.customer, 'customer');
      const configuration = params.configuration
        ? get(
            account.tables['billing_portal.configuration'],
            'configuration',
            params.configuration,
            'configuration',
          )
        : usual(account);
      const id = newId('bps');
      const made: PortalSession = {
        id,
        object: 'billing_portal.session',
        configuration: configuration.id,
        created: now(account, params.customer),
        customer: params.customer,
        customer_account: null,
        flow: flowOf(account, params.customer, params.flow_data),
        livemode: false,
        locale:
          params.locale === 'ja' ||
          params.locale === 'en' ||
          params.locale === 'de' ||
          params.locale === 'auto'
            ? params.locale
            : null,
        on_behalf_of: null,
        return_url: params.return_url ?? configuration.default_return_url,
        url: `${account.pages}/p/session/${id}`,
      };
      account.tables['billing_portal.session'].set(id, made);
      emit(account, 'billing_portal.session.created', made);
      return made;
    },
  ),
];
