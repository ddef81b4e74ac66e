import { offsOf, spent } from './discounts.ts';
import { invalid, type Refusal } from './errors.ts';
import { change, emit } from './events.ts';
import { inner } from './list.ts';
import { defaultMethod, methodOf } from './methods.ts';
import { cancelIntent, confirm, makeIntent, type Outcome, type Way } from './payments.ts';
import { afterFailed, afterPaid, subscriptionOf } from './standing.ts';
import { get, newId, now, type Account } from './state.ts';
import type {
  Customer,
  Invoice,
  InvoiceItem,
  InvoiceLine,
  InvoicePayment,
  Metadata,
  PaymentIntent,
  Price,
  Subscription,
} from './stored.ts';
import { holdsTax, rateAt, reckon } from './totals.ts';

const HOUR = 3600;

/** A line as it is put on an invoice. */
export type NewLine = {
  amount: number;
  description: string;
  period: { start: number; end: number };
  price: Price | null;
  quantity: number;
  discountable: boolean;
  proration: boolean;
  item: string | null;
  invoiceItem: string | null;
  metadata: Metadata;
};

export type Draft = {
  customer: Customer;
  subscription: Subscription | null;
  reason: NonNullable<Invoice['billing_reason']>;
  currency: string;
  lines: NewLine[];
  discounts: string[];
  automaticTax: boolean;
  period: { start: number; end: number };
  metadata?: Metadata;
  description?: string | null;
};

const lineOf = (
  draft: Draft,
  line: NewLine,
  i: number,
  reckoned: ReturnType<typeof reckon>,
  invoice: string,
  rate: number,
): InvoiceLine => {
  const of = reckoned.lines[i];
  const subscription = draft.subscription?.id ?? null;
  return {
    id: newId('il'),
    object: 'line_item',
    amount: line.amount,
    currency: draft.currency,
    description: line.description,
    discount_amounts: of?.discounts ?? [],
    discountable: line.discountable,
    discounts: of?.discounts.map((one) => one.discount) ?? [],
    invoice,
    livemode: false,
    metadata: line.metadata,
    parent: line.item
      ? {
          invoice_item_details: null,
          subscription_item_details: {
            invoice_item: line.invoiceItem,
            proration: line.proration,
            proration_details: { credited_items: null },
            subscription,
            subscription_item: line.item,
          },
          type: 'subscription_item_details',
        }
      : {
          invoice_item_details: {
            invoice_item: line.invoiceItem ?? '',
            proration: line.proration,
            proration_details: { credited_items: null },
            subscription,
          },
          subscription_item_details: null,
          type: 'invoice_item_details',
        },
    period: line.period,
    pretax_credit_amounts: [],
    pricing: line.price
      ? {
          price_details: { price: line.price.id, product: line.price.product },
          type: 'price_details',
          unit_amount_decimal: line.price.unit_amount_decimal,
        }
      : null,
    quantity: line.quantity,
    quantity_decimal: String(line.quantity),
    subscription,
    subtotal: line.amount,
    taxes: rate
      ? [taxOf(of?.tax ?? 0, holdsTax(line.price?.tax_behavior ?? null, draft.currency), line.amount)]
      : [],
  };
};

const taxOf = (amount: number, inclusive: boolean, of: number) => ({
  amount,
  tax_behavior: inclusive ? ('inclusive' as const) : ('exclusive' as const),
  tax_rate_details: { tax_rate: 'txr_automatic' },
  taxability_reason: 'standard_rated' as const,
  taxable_amount: of,
  type: 'tax_rate_details' as const,
});

/** An invoice as it would be; nothing is written. */
export function preview(account: Account, draft: Draft): Invoice {
  const { customer, subscription, currency } = draft;
  const at = now(account, customer.id);
  const rate = draft.automaticTax && customer.tax_exempt === 'none' ? rateAt(customer.address?.country) : 0;
  const priced = draft.lines.map((line) => ({
    amount: line.amount,
    discountable: line.discountable,
    inclusive: holdsTax(line.price?.tax_behavior ?? null, currency),
  }));
  const reckoned = reckon(priced, offsOf(account, draft.discounts, currency, at), rate);
  const id = newId('in');
  // What a customer has to their credit is taken off, and what is over is put to it (https://docs.stripe.com/billing/customer/balance).
  const afterBalance = reckoned.total + customer.balance;
  const due = Math.max(0, reckoned.total > 0 ? afterBalance : 0);
  const tax = reckoned.exclusive + reckoned.inclusive;
  return {
    id,
    object: 'invoice',
    account_country: 'JP',
    account_name: 'Engawa',
    account_tax_ids: null,
    amount_due: due,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: due,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: {
      disabled_reason: null,
      enabled: draft.automaticTax,
      liability: draft.automaticTax ? { type: 'self' } : null,
      provider: draft.automaticTax ? 'stripe' : null,
      status: draft.automaticTax
        ? customer.address?.country
          ? 'complete'
          : 'requires_location_inputs'
        : null,
    },
    automatically_finalizes_at: null,
    billing_reason: draft.reason,
    collection_method: 'charge_automatically',
    created: at,
    currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: draft.description ?? null,
    discounts: draft.discounts,
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: customer.invoice_settings.footer,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: inner(
      `/v1/invoices/${id}/lines`,
      draft.lines.map((line, i) => lineOf(draft, line, i, reckoned, id, rate)),
    ),
    livemode: false,
    metadata: draft.metadata ?? {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: subscription
      ? {
          quote_details: null,
          subscription_details: { metadata: { ...subscription.metadata }, subscription: subscription.id },
          type: 'subscription_details',
        }
      : null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: draft.period.end,
    period_start: draft.period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: customer.balance,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: reckoned.subtotal,
    subtotal_excluding_tax: reckoned.subtotal - reckoned.inclusive,
    test_clock: customer.test_clock ?? null,
    total: reckoned.total,
    total_discount_amounts: reckoned.discounts,
    total_excluding_tax: reckoned.total - tax,
    total_pretax_credit_amounts: [],
    total_taxes: rate ? [taxOf(tax, reckoned.exclusive === 0, reckoned.total - tax)] : [],
    webhooks_delivered_at: null,
  };
}

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

export function finalize(account: Account, invoice: Invoice): Invoice {
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
  const due = invoice.total > 0 ? Math.max(0, invoice.total + before) : 0;
  const balance = before + invoice.total - due;
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
  if (due > 0) makePayment(account, invoice);
  emit(account, 'invoice.finalized', invoice);
  if (due === 0) markPaid(account, invoice);
  return invoice;
}

function makePayment(account: Account, invoice: Invoice): PaymentIntent {
  const intent = makeIntent(account, {
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

export const paymentOf = (account: Account, invoice: Invoice): InvoicePayment | null =>
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

/** Waits for the next invoice: what a customer owes, or has to get back. */
export function makeItem(
  account: Account,
  given: Pick<
    NewLine,
    | 'amount'
    | 'description'
    | 'period'
    | 'price'
    | 'quantity'
    | 'discountable'
    | 'proration'
    | 'metadata'
    | 'item'
  > & {
    customer: string;
    subscription: string | null;
    currency: string;
  },
): InvoiceItem {
  const item: InvoiceItem = {
    id: newId('ii'),
    object: 'invoiceitem',
    amount: given.amount,
    currency: given.currency,
    customer: given.customer,
    customer_account: null,
    date: now(account, given.customer),
    description: given.description,
    discountable: given.discountable,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: given.metadata,
    parent: given.subscription
      ? {
          subscription_details: {
            subscription: given.subscription,
            ...(given.item && { subscription_item: given.item }),
          },
          type: 'subscription_details',
        }
      : null,
    period: given.period,
    pricing: given.price
      ? {
          price_details: { price: given.price.id, product: given.price.product },
          type: 'price_details',
          unit_amount_decimal: given.price.unit_amount_decimal,
        }
      : null,
    proration: given.proration,
    quantity: given.quantity,
    quantity_decimal: String(given.quantity),
    tax_rates: [],
    test_clock: account.tables.customer.get(given.customer)?.test_clock ?? null,
  };
  account.tables.invoiceitem.set(item.id, item);
  emit(account, 'invoiceitem.created', item);
  return item;
}

/** What waits for a customer's next invoice, or for that of one subscription. */
export const waiting = (account: Account, customer: string, subscription: string | null): NewLine[] =>
  [...account.tables.invoiceitem.values()]
    .filter((one) => one.customer === customer && one.invoice === null)
    .filter((one) => (one.parent?.subscription_details?.subscription ?? null) === subscription)
    .map((one) => ({
      amount: one.amount,
      description: one.description ?? '',
      period: one.period,
      price: account.tables.price.get(one.pricing?.price_details?.price ?? '') ?? null,
      quantity: one.quantity,
      discountable: one.discountable,
      proration: one.proration,
      item: one.parent?.subscription_details?.subscription_item ?? null,
      invoiceItem: one.id,
      metadata: one.metadata ?? {},
    }));
