import type { Stripe } from 'stripe';

type Decimal = NonNullable<Stripe.Price['unit_amount_decimal']>;

// Where Stripe's type says "an id, or the object in its place" (`string | Customer`), state holds the id: objects come in on `expand[]`.
type Field<V> = string extends V
  ? Exclude<V, object>
  : V extends Decimal
    ? string
    : V extends (infer U)[]
      ? Field<U>[]
      : V extends object
        ? { [K in keyof V as K extends 'deleted' ? never : K]: Field<V[K]> }
        : V;

/** An object of Stripe's as it is kept, and as it stands on the wire unless something is expanded; times are in seconds. */
export type Stored<T> = { [K in keyof T as K extends 'deleted' ? never : K]: Field<T[K]> };

export type Address = Stored<Stripe.Address>;
export type Card = Stored<Stripe.PaymentMethod.Card>;
export type Charge = Stored<Stripe.Charge>;
export type CheckoutSession = Stored<Stripe.Checkout.Session>;
export type Coupon = Stored<Stripe.Coupon>;
export type Customer = Stored<Stripe.Customer>;
export type BalanceTransaction = Stored<Stripe.CustomerBalanceTransaction>;
export type Discount = Stored<Stripe.Discount>;
export type Dispute = Stored<Stripe.Dispute>;
export type Event = Omit<Stored<Stripe.EventBase>, 'data'> & {
  data: { object: Record<string, unknown>; previous_attributes?: Record<string, unknown> };
};
export type Invoice = Stored<Stripe.Invoice>;
export type InvoiceItem = Stored<Stripe.InvoiceItem>;
export type InvoiceLine = Stored<Stripe.InvoiceLineItem>;
export type InvoicePayment = Stored<Stripe.InvoicePayment>;
export type LineItem = Stored<Stripe.LineItem>;
/** A move on the account's own balance. */
export type MoneyMoved = Stored<Stripe.BalanceTransaction>;
export type PaymentIntent = Stored<Stripe.PaymentIntent>;
export type PaymentMethod = Stored<Stripe.PaymentMethod>;
export type PortalConfiguration = Stored<Stripe.BillingPortal.Configuration>;
export type PortalSession = Stored<Stripe.BillingPortal.Session>;
export type Price = Stored<Stripe.Price>;
export type Product = Stored<Stripe.Product>;
export type PromotionCode = Stored<Stripe.PromotionCode>;
export type Refund = Stored<Stripe.Refund>;
export type SetupIntent = Stored<Stripe.SetupIntent>;
export type Subscription = Stored<Stripe.Subscription>;
export type SubscriptionItem = Stored<Stripe.SubscriptionItem>;
export type TestClock = Stored<Stripe.TestHelpers.TestClock>;
export type WebhookEndpoint = Stored<Stripe.WebhookEndpoint>;
export type Metadata = Record<string, string>;
