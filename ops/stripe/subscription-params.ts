import type { Stripe } from 'stripe';
import * as v from 'valibot';
import { priceData, priceOf } from './prices.ts';
import { accepts, clearable, metadata, text, whole, yes } from './form.ts';
import type { Account } from './state.ts';
import type { Change } from './subscription-update.ts';

export const discounts = v.optional(
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
export const trialEnd = v.optional(v.union([v.literal('now'), whole]));
export const cancelAt = v.optional(
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
export const cancellation = v.optional(
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

export const creates = accepts<Stripe.SubscriptionCreateParams>()({
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
export const updates = accepts<Stripe.SubscriptionUpdateParams>()({
  billing_cycle_anchor: v.optional(v.object({ type: v.picklist(['now', 'unchanged']) })),
  cancel_at: cancelAt,
  cancel_at_period_end: v.optional(yes),
  cancellation_details: cancellation,
  default_payment_method: v.optional(clearable),
  description: v.optional(clearable),
  discounts,
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
export const feedbackOf = (given: string | null | undefined) =>
  feedbacks.find((one) => one === given) ?? null;
