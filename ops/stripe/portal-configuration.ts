import * as v from 'valibot';
import { emit } from './events.ts';
import { clearable, text, yes } from './form.ts';
import { type Account, newId, now } from './state.ts';
import type { PortalConfiguration } from './stored.ts';

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

export const features = v.strictObject({
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
export const profile = v.strictObject({
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
export function merge(now: PortalConfiguration['features'], given: v.InferOutput<typeof features>): void {
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

export function make(
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

// Who has set nothing up has what Stripe's dashboard would save first.
export const usual = (account: Account): PortalConfiguration =>
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
