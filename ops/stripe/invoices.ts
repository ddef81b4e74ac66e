import { spent } from './discounts.ts';
import { type Refusal, invalid } from './errors.ts';
import { change, emit } from './events.ts';
import { type Draft, preview } from './invoice-draft.ts';
import { defaultMethod, methodOf } from './methods.ts';
import { type Outcome, type Way, cancelIntent, confirm, makeIntent } from './payments.ts';
import { afterFailed, afterPaid, subscriptionOf } from './standing.ts';
import { type Account, get, newId, now } from './state.ts';
import type { Invoice, InvoicePayment, PaymentIntent } from './stored.ts';

const HOUR = 3600;

/** A draft, that becomes an invoice by itself an hour later unless it is finalized before. */
export function makeInvoice(account: Account, draft: Draft, itself = true): Invoice {
  const invoice = preview(account, draft);
  account.tables.invoice.set(invoice.id, invoice);
  for (const line of draft.lines) {
    const item = line.invoiceItem && account.tables.invoiceitem.get(line.invoiceItem);
    if (item) item.invoice = invoice.id;
  }
  invoice.auto_advance = itself;
  invoice.automatically_finalizes_at = itself ? now(account, draft.customer.id) + HOUR : null;
  if (draft.subscription) draft.subscription.latest_invoice = invoice.id;
  emit(account, 'invoice.created', invoice);
  for (const { discount, amount } of invoice.total_discount_amounts ?? [])
    if (amount > 0 && draft.subscription && spent(account, discount))
      draft.subscription.discounts = draft.subscription.discounts.filter((id) => id !== discount);
  return invoice;
}

const whatFor = (invoice: Invoice): string =>
  new Map<string, string>([
    ['subscription_create', 'Subscription creation'],
    ['subscription_update', 'Subscription update'],
    ['subscription_cycle', 'Subscription update'],
  ]).get(invoice.billing_reason ?? '') ?? `Payment for Invoice ${invoice.number ?? ''}`.trim();

/** @param by the payment that it was paid with before it was written: a page paid once */
export function finalize(account: Account, invoice: Invoice, by?: PaymentIntent): Invoice {
  if (invoice.status !== 'draft')
    throw invalid(
      `This invoice is already finalized, you can't re-finalize a non-draft invoice.`,
      undefined,
      'invoice_not_editable',
    );
  const customer = get(account.tables.customer, 'customer', invoice.customer ?? '', 'customer');
  const at = now(account, customer.id);
  const before = customer.balance;
  // The balance may have changed since the draft was written.
  const due = by?.amount ?? (invoice.total > 0 ? Math.max(0, invoice.total + before) : 0);
  const balance = by ? before : before + invoice.total - due;
  customer.next_invoice_sequence ??= 1;
  const number = `${customer.invoice_prefix}-${String(customer.next_invoice_sequence++).padStart(4, '0')}`;
  Object.assign(invoice, {
    status: 'open',
    number,
    amount_due: due,
    amount_remaining: due,
    starting_balance: before,
    ending_balance: balance,
    automatically_finalizes_at: null,
    effective_at: at,
    hosted_invoice_url: `${account.pages}/i/${invoice.id}`,
    invoice_pdf: `${account.pages}/i/${invoice.id}/pdf`,
  } satisfies Partial<Invoice>);
  invoice.status_transitions.finalized_at = at;
  if (balance !== before)
    change(account, 'customer.updated', customer, () => {
      customer.balance = balance;
    });
  if (due > 0) makePayment(account, invoice, by);
  emit(account, 'invoice.finalized', invoice);
  if (due === 0 || by) markPaid(account, invoice);
  return invoice;
}

function makePayment(account: Account, invoice: Invoice, by?: PaymentIntent): PaymentIntent {
  const intent =
    by ??
    makeIntent(account, {
      amount: invoice.amount_remaining,
      currency: invoice.currency,
      customer: invoice.customer,
      metadata: {},
      description: whatFor(invoice),
      order: invoice.id,
    });
  const payment: InvoicePayment = {
    id: newId('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_remaining,
    created: now(account, invoice.customer),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: 'payment_intent' },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  };
  account.tables.invoice_payment.set(payment.id, payment);
  return intent;
}

const paymentOf = (account: Account, invoice: Invoice): InvoicePayment | null =>
  [...account.tables.invoice_payment.values()].find((one) => one.invoice === invoice.id && one.is_default) ??
  null;

/** The payment that an invoice waits for; null: there is none. */
export function intentOf(account: Account, invoice: Invoice): PaymentIntent | null {
  const id = paymentOf(account, invoice)?.payment.payment_intent;
  return (id && account.tables.payment_intent.get(id)) || null;
}

function markPaid(account: Account, invoice: Invoice): void {
  const at = now(account, invoice.customer);
  const payment = paymentOf(account, invoice);
  if (payment) {
    payment.status = 'paid';
    payment.amount_paid = payment.amount_requested;
    payment.status_transitions.paid_at = at;
    emit(account, 'invoice_payment.paid', payment);
  }
  change(account, 'invoice.updated', invoice, () => {
    invoice.status = 'paid';
    invoice.attempted = true;
    invoice.amount_paid = invoice.amount_due;
    invoice.amount_remaining = 0;
    invoice.auto_advance = false;
    invoice.next_payment_attempt = null;
    invoice.status_transitions.paid_at = at;
  });
  emit(account, 'invoice.paid', invoice);
  emit(account, 'invoice.payment_succeeded', invoice);
  const customer = account.tables.customer.get(invoice.customer ?? '');
  if (customer) customer.delinquent = false;
  afterPaid(account, invoice);
}

// `save_default_payment_method`: what a subscription's first invoice was paid with pays the next ones.
function keepMethod(account: Account, invoice: Invoice): void {
  const subscription = subscriptionOf(account, invoice);
  const used = account.tables.payment_method.get(intentOf(account, invoice)?.payment_method ?? '');
  if (
    subscription?.payment_settings?.save_default_payment_method !== 'on_subscription' ||
    used?.customer !== invoice.customer
  )
    return;
  if (used) subscription.default_payment_method ??= used.id;
}

/** What became of the payment of an invoice, told to the invoice and whatever hangs on it. */
export function settle(account: Account, invoice: Invoice, outcome: Outcome | { state: 'nothing' }): void {
  if (outcome.state === 'paid') {
    invoice.attempt_count++;
    keepMethod(account, invoice);
    markPaid(account, invoice);
    return;
  }
  invoice.attempted = true;
  if (outcome.state !== 'nothing' || invoice.auto_advance) invoice.attempt_count++;
  const customer = account.tables.customer.get(invoice.customer ?? '');
  if (customer) customer.delinquent = true;
  afterFailed(account, invoice);
  if (outcome.state === 'action') emit(account, 'invoice.payment_action_required', invoice);
  emit(account, 'invoice.payment_failed', invoice);
  emit(account, 'invoice.updated', invoice, { attempted: false });
}

/** Tries to have an invoice paid. @param method null: what is on file */
export function collect(
  account: Account,
  invoice: Invoice,
  method: string | null,
  way: Way,
): Outcome | { state: 'nothing' } {
  if (invoice.status === 'paid') throw invalid('Invoice is already paid', undefined, 'invoice_already_paid');
  if (invoice.status !== 'open')
    throw invalid(
      `This invoice can no longer be paid: it is ${invoice.status}.`,
      undefined,
      'invoice_not_editable',
    );
  const intent = intentOf(account, invoice);
  const with_ =
    method ??
    invoice.default_payment_method ??
    defaultMethod(account, invoice.customer ?? '', subscriptionOf(account, invoice));
  const outcome =
    !intent || !with_
      ? { state: 'nothing' as const }
      : confirm(account, intent, methodOf(account, with_), way);
  settle(account, invoice, outcome);
  return outcome;
}

export function voidInvoice(
  account: Account,
  invoice: Invoice,
  status: 'void' | 'uncollectible' = 'void',
): Invoice {
  if (invoice.status !== 'open' && !(invoice.status === 'uncollectible' && status === 'void'))
    throw invalid(`You can only pass in open invoices. This invoice isn't open.`);
  const at = now(account, invoice.customer);
  const intent = intentOf(account, invoice);
  if (status === 'void' && intent && intent.status !== 'canceled')
    cancelIntent(account, intent, 'void_invoice');
  return change(
    account,
    status === 'void' ? 'invoice.voided' : 'invoice.marked_uncollectible',
    invoice,
    () => {
      invoice.status = status;
      invoice.auto_advance = false;
      invoice.next_payment_attempt = null;
      if (status === 'void') {
        invoice.status_transitions.voided_at = at;
        invoice.amount_remaining = 0;
      } else invoice.status_transitions.marked_uncollectible_at = at;
    },
  );
}

/** Nothing on file, as Stripe says it. */
export const nothingOnFile = (): Refusal =>
  invalid(
    'This customer has no attached payment source or default payment method. Please consider adding a default payment method.',
    undefined,
    'resource_missing',
  );
