import { change, emit } from './events.ts';
import { now, type Account } from './state.ts';
import type { Subscription } from './stored.ts';

export const over = (subscription: Subscription): boolean =>
  subscription.status === 'canceled' || subscription.status === 'incomplete_expired';

/** Ends a subscription for good. Drafts of it are sent no more. */
export function end(
  account: Account,
  subscription: Subscription,
  because: 'cancellation_requested' | 'payment_failed' | 'payment_disputed' = 'cancellation_requested',
  status: 'canceled' | 'incomplete_expired' = 'canceled',
): void {
  if (over(subscription)) return;
  const at = now(account, subscription.customer);
  subscription.status = status;
  subscription.ended_at = at;
  subscription.canceled_at ??= at;
  subscription.pause_collection = null;
  subscription.cancellation_details = {
    comment: null,
    feedback: null,
    feedback_option: null,
    ...subscription.cancellation_details,
    reason: because,
  };
  if (status === 'incomplete_expired')
    emit(account, 'customer.subscription.updated', subscription, { status: 'incomplete' });
  else emit(account, 'customer.subscription.deleted', subscription);
  for (const invoice of account.tables.invoice.values()) {
    if (invoice.parent?.subscription_details?.subscription !== subscription.id) continue;
    if (invoice.status === 'open' && status === 'incomplete_expired') {
      change(account, 'invoice.voided', invoice, () => {
        invoice.status = 'void';
        invoice.status_transitions.voided_at = at;
      });
    } else if (invoice.status === 'draft' || invoice.status === 'open') {
      change(account, 'invoice.updated', invoice, () => {
        invoice.auto_advance = false;
        invoice.next_payment_attempt = null;
        invoice.automatically_finalizes_at = null;
      });
    }
  }
}
