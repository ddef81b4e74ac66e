import type { Stripe } from 'stripe';
import * as v from 'valibot';
import { invalid } from './errors.ts';
import { change, emit } from './events.ts';
import { accepts, clearable, labelled, metadata, page, text, whole, yes } from './form.ts';
import { listOf } from './list.ts';
import { features, make, merge, profile, usual } from './portal-configuration.ts';
import { type Route, route } from './route.ts';
import { type Account, get, newId, now } from './state.ts';
import type { PortalSession } from './stored.ts';

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
  route('GET', '/v1/billing_portal/configurations/:id', v.strictObject({}), (account, _, id) =>
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
