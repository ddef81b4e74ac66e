import { boundaryAfter } from './cycle.ts';
import { expire } from './checkout.ts';
import { end, over } from './ending.ts';
import { change, emit } from './events.ts';
import { collect, finalize, makeInvoice, voidInvoice } from './invoices.ts';
import { defaultMethod } from './methods.ts';
import type { Account } from './state.ts';
import type { Invoice, Subscription } from './stored.ts';
import { draftOf, TRIAL_WILL_END } from './subscriptions.ts';
import { linesOf, periodOf } from './subscription-items.ts';

const HOUR = 3600;
/** How long somebody may try other cards for a first payment (https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses). */
const INCOMPLETE = 23 * HOUR;

/** Something that happens by itself, at its time, s. */
export type Due = { at: number; run: () => void };

/** What comes next for the customers of a test clock (null: of none), or nothing. */
export function nextDue(account: Account, clock: string | null): Due | null {
  let next: Due | null = null;
  const take = (at: number | null | undefined, run: () => void) => {
    if (at !== null && at !== undefined && (!next || at < next.at)) next = { at, run };
  };
  const { tables } = account;
  for (const subscription of tables.subscription.values())
    if (subscription.test_clock === clock && !over(subscription)) dueOf(account, subscription, take);
  for (const invoice of tables.invoice.values()) {
    if (invoice.test_clock !== clock) continue;
    if (invoice.status === 'draft') take(invoice.automatically_finalizes_at, () => sendOut(account, invoice));
    if (invoice.status === 'open')
      take(invoice.next_payment_attempt, () => collect(account, invoice, null, { offSession: true }));
  }
  // Pages are open in real time, whatever clock is moved.
  for (const session of clock === null ? tables['checkout.session'].values() : [])
    if (session.status === 'open') take(session.expires_at + account.ahead, () => expire(account, session));
  return next;
}

type Take = (at: number | null | undefined, run: () => void) => void;

function dueOf(account: Account, subscription: Subscription, take: Take): void {
  if (subscription.status === 'incomplete')
    return take(subscription.created + INCOMPLETE, () =>
      end(account, subscription, 'payment_failed', 'incomplete_expired'),
    );
  // Ends before it renews, where both are due.
  take(subscription.cancel_at, () => end(account, subscription));
  take(subscription.pause_collection?.resumes_at, () =>
    change(account, 'customer.subscription.updated', subscription, () => {
      subscription.pause_collection = null;
    }),
  );
  if (subscription.status === 'paused') return;
  const { trial_end: trial } = subscription;
  if (
    subscription.status === 'trialing' &&
    trial !== null &&
    account.tables.told.get(subscription.id) !== trial
  )
    take(trial - TRIAL_WILL_END, () => {
      account.tables.told.set(subscription.id, trial);
      emit(account, 'customer.subscription.trial_will_end', subscription);
    });
  take(periodOf(subscription).end, () => renew(account, subscription));
}

/** A period is over: the next begins, and a draft says what it costs. */
function renew(account: Account, subscription: Subscription): void {
  const { end: at } = periodOf(subscription);
  const trialOver = subscription.status === 'trialing';
  if (trialOver && !defaultMethod(account, subscription.customer, subscription)) {
    const missing = subscription.trial_settings?.end_behavior.missing_payment_method;
    if (missing === 'cancel') return end(account, subscription);
    if (missing === 'pause') return pause(account, subscription);
  }
  change(account, 'customer.subscription.updated', subscription, () => {
    if (trialOver) subscription.status = 'active';
    for (const item of subscription.items.data) {
      if (!item.price.recurring) continue;
      item.current_period_start = at;
      item.current_period_end = boundaryAfter(subscription.billing_cycle_anchor, item.price.recurring, at);
    }
    const { pause_collection: paused } = subscription;
    const lines = linesOf(account, subscription);
    const invoice = makeInvoice(
      account,
      draftOf(account, subscription, 'subscription_cycle', lines),
      !paused && subscription.status !== 'unpaid',
    );
    if (paused && paused.behavior !== 'keep_as_draft') {
      finalize(account, invoice);
      if (invoice.status === 'open')
        voidInvoice(account, invoice, paused.behavior === 'void' ? 'void' : 'uncollectible');
    }
    subscription.discounts = subscription.discounts.filter((id) => {
      const until = account.tables.discount.get(id)?.end ?? null;
      return until === null || until > at;
    });
  });
}

/** A trial has ended with nothing on file: nothing is charged, nothing is given, until it is resumed. */
export function pause(account: Account, subscription: Subscription): void {
  change(account, 'customer.subscription.updated', subscription, () => {
    subscription.status = 'paused';
  });
  emit(account, 'customer.subscription.paused', subscription);
}

// A draft's hour is over.
function sendOut(account: Account, invoice: Invoice): void {
  finalize(account, invoice);
  if (invoice.status === 'open') collect(account, invoice, null, { offSession: true });
}
