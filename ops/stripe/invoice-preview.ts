import type { Stripe } from 'stripe';
import * as v from 'valibot';
import { invalid } from './errors.ts';
import { accepts, text, whole, yes } from './form.ts';
import { preview } from './invoice-draft.ts';
import { type Account, get } from './state.ts';
import type { Invoice } from './stored.ts';
import { changesOf, itemChanges, prorationBehaviour } from './subscription-params.ts';
import { plan, planLines } from './subscription-update.ts';
import { draftOf } from './subscriptions.ts';

export const previews = accepts<Stripe.InvoiceCreatePreviewParams>()({
  customer: v.optional(text),
  subscription: v.optional(text),
  discounts: v.optional(
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
  ),
  preview_mode: v.optional(v.picklist(['next', 'recurring'])),
  subscription_details: v.optional(
    v.strictObject({
      items: v.optional(itemChanges),
      proration_behavior: prorationBehaviour,
      proration_date: v.optional(whole),
      trial_end: v.optional(v.union([v.literal('now'), whole])),
      billing_cycle_anchor: v.optional(v.object({ type: v.picklist(['now', 'unchanged']) })),
      cancel_at_period_end: v.optional(yes),
    }),
  ),
});

// What would be asked next: with a change at once where it asks at once, or else at the end of the period.
export function previewed(account: Account, params: v.InferOutput<typeof previews>): Invoice {
  if (!params.subscription)
    throw invalid(
      'This stand-in for Stripe previews invoices of a subscription.',
      'subscription',
      'parameter_missing',
    );
  const subscription = get(account.tables.subscription, 'subscription', params.subscription, 'subscription');
  const details = params.subscription_details;
  const made = plan(account, subscription, {
    items: changesOf(account, details?.items),
    proration: details?.proration_behavior ?? 'create_prorations',
    prorationDate: details?.proration_date ?? null,
    trialEnd: details?.trial_end ?? null,
    anchorNow: details?.billing_cycle_anchor?.type === 'now',
  });
  const lines = planLines(account, subscription, made);
  const draft = draftOf(account, subscription, made.bills ? 'subscription_update' : 'upcoming', lines);
  return { ...preview(account, draft), id: `upcoming_${subscription.id}` };
}
