import { missing } from './errors.ts';
import type * as is from './stored.ts';
import type { CardName } from './cards.ts';

/** Everything that a Stripe account holds, by id, in the order in which it was made. */
export type Tables = {
  charge: Map<string, is.Charge>;
  'checkout.session': Map<string, is.CheckoutSession>;
  coupon: Map<string, is.Coupon>;
  customer: Map<string, is.Customer>;
  customer_balance_transaction: Map<string, is.BalanceTransaction>;
  discount: Map<string, is.Discount>;
  dispute: Map<string, is.Dispute>;
  event: Map<string, is.Event>;
  invoice: Map<string, is.Invoice>;
  invoiceitem: Map<string, is.InvoiceItem>;
  invoice_payment: Map<string, is.InvoicePayment>;
  payment_intent: Map<string, is.PaymentIntent>;
  payment_method: Map<string, is.PaymentMethod>;
  'billing_portal.configuration': Map<string, is.PortalConfiguration>;
  'billing_portal.session': Map<string, is.PortalSession>;
  price: Map<string, is.Price>;
  product: Map<string, is.Product>;
  promotion_code: Map<string, is.PromotionCode>;
  refund: Map<string, is.Refund>;
  setup_intent: Map<string, is.SetupIntent>;
  subscription: Map<string, is.Subscription>;
  'test_helpers.test_clock': Map<string, is.TestClock>;
  webhook_endpoint: Map<string, is.WebhookEndpoint>;

  // What Stripe knows and does not show.
  /** Which test card a payment method is, and whether 3-D Secure was asked when it was put on file. */
  card: Map<string, { name: CardName; setUp: boolean }>;
  /** What a Checkout page will make: subscription_data, payment_intent_data and the like, by session. */
  promise: Map<string, CheckoutPromise>;
  /** Of which trial a subscription's end was already announced, s. */
  told: Map<string, number>;
  /** Customers that were deleted: Stripe goes on knowing that they were. */
  gone: Map<string, true>;
  /** Answers by idempotency key. */
  answered: Map<string, { request: string; status: number; body: string; at: number }>;
};

export type CheckoutPromise = {
  trialEnd: number | null;
  trialDays: number | null;
  missingPaymentMethod: string;
  metadata: is.Metadata;
  description: string | null;
  lines: { price: string; quantity: number; metadata: is.Metadata }[];
  discounts: { coupon: string; promotionCode: string | null }[];
  setupFutureUsage: string | null;
  /** The payment that was tried on the page. */
  intent?: string;
};

/** How Stripe goes on about payments that fail; in its dashboard these are settings. */
export type Settings = {
  /** Days from one attempt to the next (https://docs.stripe.com/billing/revenue-recovery/smart-retries). */
  retryDays: number[];
  /** What becomes of a subscription when the last attempt has failed. */
  afterRetries: 'cancel' | 'unpaid' | 'past_due';
  /** Every card is declined, whichever it is. */
  declines?: boolean;
};

/** One Stripe account in test mode: all that was made with one secret key. */
export type Account = {
  key: string;
  tables: Tables;
  settings: Settings;
  /** How far the account's own clock is ahead of the real one, s. */
  ahead: number;
  /** The real time, s. */
  real: () => number;
  /** Where Stripe's own pages are: `https://checkout.stripe.com`, here the double's. */
  pages: string;
  /** The request that is being answered; null: time has passed, or somebody is at a page of Stripe's. */
  request: { id: string; idempotency_key: string | null } | null;
  /** Set while a test clock is moved: where its customers are in time. */
  at: { clock: string | null; now: number } | null;
};

export const emptyTables = (): Tables => ({
  charge: new Map(),
  'checkout.session': new Map(),
  coupon: new Map(),
  customer: new Map(),
  customer_balance_transaction: new Map(),
  discount: new Map(),
  dispute: new Map(),
  event: new Map(),
  invoice: new Map(),
  invoiceitem: new Map(),
  invoice_payment: new Map(),
  payment_intent: new Map(),
  payment_method: new Map(),
  'billing_portal.configuration': new Map(),
  'billing_portal.session': new Map(),
  price: new Map(),
  product: new Map(),
  promotion_code: new Map(),
  refund: new Map(),
  setup_intent: new Map(),
  subscription: new Map(),
  'test_helpers.test_clock': new Map(),
  webhook_endpoint: new Map(),
  card: new Map(),
  promise: new Map(),
  told: new Map(),
  gone: new Map(),
  answered: new Map(),
});

/** @throws Refusal `resource_missing` */
export function get<T>(table: Map<string, T>, what: string, id: string, param?: string): T {
  const found = table.get(id);
  if (!found) throw missing(what, id, param);
  return found;
}

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** An id in Stripe's manner. Random: a state that was thrown away must not give out the ids again that a database still knows. */
export function newId(prefix: string, length = 24): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return `${prefix}_${Array.from(bytes, (byte) => letters[byte % letters.length]).join('')}`;
}

/** What time it is for a customer, s: that of their test clock, or the account's. */
export function now(account: Account, customer?: string | null): number {
  const clock = customer ? account.tables.customer.get(customer)?.test_clock : null;
  if (account.at && (!customer || account.at.clock === (clock ?? null))) return account.at.now;
  if (clock)
    return (
      account.tables['test_helpers.test_clock'].get(clock)?.frozen_time ?? account.real() + account.ahead
    );
  return account.real() + account.ahead;
}
