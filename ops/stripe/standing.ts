import { nextAttempt } from './dunning.ts';
import { end, over } from './ending.ts';
import { change } from './events.ts';
import { now, type Account } from './state.ts';
import type { Invoice, Subscription } from './stored.ts';

export const subscriptionOf = (account: Account, invoice: Invoice): Subscription | null => {
  const id = invoice.parent?.subscription_details?.subscription;
  return (id && account.tables.subscription.get(id)) || null;
};

// Whether the last invoice is unpaid: that one decides, as Stripe's rule is.
const owes = (account: Account, subscription: Subscription): boolean => {
  const latest = account.tables.invoice.get(subscription.latest_invoice ?? '');
  return latest?.status === 'open' && latest.attempted;
};

const set = (account: Account, subscription: Subscription, status: Subscription['status']): void => {
  if (subscription.status === status || over(subscription)) return;
  change(account, 'customer.subscription.updated', subscription, () => {
    subscription.status = status;
  });
};

/** An invoice has been paid: what that makes of its subscription. */
export function afterPaid(account: Account, invoice: Invoice): void {
  const subscription = subscriptionOf(account, invoice);
  if (!subscription || over(subscription)) return;
  if (subscription.status === 'paused') return;
  if (
    subscription.status === 'incomplete' ||
    ((subscription.status === 'past_due' || subscription.status === 'unpaid') && !owes(account, subscription))
  )
    set(account, subscription, trialing(account, subscription) ? 'trialing' : 'active');
}

export const trialing = (account: Account, subscription: Subscription): boolean =>
  subscription.trial_end !== null && subscription.trial_end > now(account, subscription.customer);

/** A payment of an invoice has failed: when it is tried again, and what becomes of the subscription. */
export function afterFailed(account: Account, invoice: Invoice): void {
  const subscription = subscriptionOf(account, invoice);
  if (!subscription || over(subscription)) return;
  // The first payment is made by somebody who is there: within 23 hours they may try another card (Stripe's `incomplete`).
  if (invoice.billing_reason === 'subscription_create') return;
  const at = now(account, subscription.customer);
  const { retryDays, afterRetries } = account.settings;
  const again = invoice.auto_advance ? nextAttempt(invoice.attempt_count, retryDays, at) : null;
  invoice.next_payment_attempt = again;
  if (again !== null || !invoice.auto_advance) {
    if (subscription.status === 'active' || subscription.status === 'trialing')
      set(account, subscription, 'past_due');
    return;
  }
  if (afterRetries === 'cancel') end(account, subscription, 'payment_failed');
  else set(account, subscription, afterRetries === 'unpaid' ? 'unpaid' : 'past_due');
}
