import { offsOf } from './discounts.ts';
import { inner } from './list.ts';
import { type Account, newId, now } from './state.ts';
import type { Customer, Invoice, InvoiceLine, Metadata, Price, Subscription } from './stored.ts';
import { holdsTax, rateAt, reckon } from './totals.ts';

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
