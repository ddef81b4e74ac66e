import { behaviour } from './cards.ts';
import { price, promiseOf, promote, trialEnd } from './checkout-price.ts';
import { makeCustomer } from './customers.ts';
import { type Given, redeem } from './discounts.ts';
import { type Refusal, declined, invalid } from './errors.ts';
import { change, emit } from './events.ts';
import { finalize, makeInvoice } from './invoices.ts';
import { attach, methodOf } from './methods.ts';
import { anyCard, confirm, makeIntent } from './payments.ts';
import { type Account, type CheckoutPromise, get, now } from './state.ts';
import type { Address, CheckoutSession, PaymentMethod, Price, Invoice, PaymentIntent } from './stored.ts';
import { makeSubscription } from './subscriptions.ts';

/** What the customer does on the page. */
export type Paying = {
  /** pm_…, or the name of a test card; left out where nothing is to be paid and no card is asked. */
  method?: string | undefined;
  email?: string | undefined;
  name?: string | undefined;
  address?: Address | undefined;
  promotionCode?: string | undefined;
  /** What became of 3-D Secure, if the card's bank has asked. */
  authenticated?: 'passed' | 'failed' | undefined;
};
export type Paid =
  | { state: 'paid'; session: CheckoutSession }
  /** The bank asks its customer: pay again with `authenticated`. */
  | { state: 'authenticate' }
  | { state: 'declined'; refusal: Refusal };

const asGiven = (promise: CheckoutPromise): Given[] =>
  promise.discounts.map(({ coupon, promotionCode }) =>
    promotionCode ? { promotion_code: promotionCode } : { coupon },
  );

function owner(account: Account, session: CheckoutSession, paying: Paying): string {
  if (session.customer) {
    const customer = get(account.tables.customer, 'customer', session.customer);
    if (paying.address || paying.name)
      change(account, 'customer.updated', customer, () => {
        if (paying.address) customer.address = paying.address;
        if (paying.name) customer.name ??= paying.name;
      });
    return customer.id;
  }
  const made = makeCustomer(account, { email: paying.email ?? session.customer_email, name: paying.name });
  made.address = paying.address ?? null;
  return made.id;
}

const asksNothing = (session: CheckoutSession): boolean =>
  session.amount_total === 0 &&
  (session.mode === 'payment' || session.payment_method_collection === 'if_required');

// On the page its owner is there: what their bank asks, it asks now.
function refusal(account: Account, method: PaymentMethod, paying: Paying): Paid | null {
  const card = account.tables.card.get(method.id);
  if (!card) return null;
  const { authenticates, declines, attaches } = behaviour(card.name);
  if (authenticates && !paying.authenticated) return { state: 'authenticate' };
  if (authenticates && paying.authenticated === 'failed')
    return {
      state: 'declined',
      refusal: declined({
        code: 'payment_intent_authentication_failure',
        message:
          'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
      }),
    };
  const none = declines && !attaches ? declines : account.settings.declines ? anyCard : null;
  return none && { state: 'declined', refusal: declined(none, { payment_method: method }) };
}

/**
 * Pays a Checkout page as its customer does. Whoever pays twice has paid once.
 * @throws Refusal: the page is over, or no card was given
 */
export function pay(account: Account, session: CheckoutSession, paying: Paying): Paid {
  if (session.status === 'complete') return { state: 'paid', session };
  if (session.status !== 'open')
    throw invalid('This Checkout Session has expired.', undefined, 'checkout_session_expired');
  if (paying.promotionCode) promote(account, session, paying.promotionCode);
  price(account, session, paying.address?.country);
  const free = asksNothing(session);
  if (!free && !paying.method)
    throw invalid('Missing required param: payment_method.', 'payment_method', 'parameter_missing');
  const method = paying.method && !free ? methodOf(account, paying.method) : null;
  const no = method && refusal(account, method, paying);
  if (no && (session.mode === 'subscription' || no.state === 'authenticate')) return no;
  const customer =
    session.customer || session.mode === 'subscription' || session.customer_creation === 'always'
      ? owner(account, session, paying)
      : null;
  const done =
    session.mode === 'subscription'
      ? subscribe(account, session, customer ?? '', method)
      : payOnce(account, session, customer, method, paying);
  if (done) return done;
  complete(account, session, customer, paying);
  return { state: 'paid', session };
}

function subscribe(
  account: Account,
  session: CheckoutSession,
  customer: string,
  method: PaymentMethod | null,
): Paid | null {
  const promise = promiseOf(account, session);
  const recurring: { price: Price; quantity: number; metadata: Record<string, string> }[] = [];
  for (const line of promise.lines)
    recurring.push({ ...line, price: get(account.tables.price, 'price', line.price) });
  if (method) {
    // A card that can be put on file and not be charged: nothing is charged today where a trial begins.
    const { declines } = behaviourOf(account, method);
    if (declines && trialEnd(account, session) === null)
      return { state: 'declined', refusal: declined(declines, { payment_method: method }) };
    attach(account, method, customer, true);
  }
  const subscription = makeSubscription(account, {
    customer,
    items: recurring,
    trialEnd: trialEnd(account, session),
    missingPaymentMethod: promise.missingPaymentMethod,
    method: method?.id ?? null,
    metadata: promise.metadata,
    description: promise.description,
    discounts: asGiven(promise),
    session: session.id,
    automaticTax: session.automatic_tax.enabled,
    behaviour: 'allow_incomplete',
    cancelAt: null,
    cancelAtPeriodEnd: false,
    anchor: null,
    saveMethod: true,
    way: { offSession: false, authenticated: 'passed' },
  });
  session.subscription = subscription.id;
  session.invoice = subscription.latest_invoice;
  session.payment_status =
    subscription.status === 'trialing' && session.amount_total === 0 ? 'no_payment_required' : 'paid';
  return null;
}

const behaviourOf = (account: Account, method: PaymentMethod) => {
  const card = account.tables.card.get(method.id);
  return behaviour(card?.name ?? 'pm_card_visa');
};

function payOnce(
  account: Account,
  session: CheckoutSession,
  customer: string | null,
  method: PaymentMethod | null,
  paying: Paying,
): Paid | null {
  const promise = promiseOf(account, session);
  if (!method) {
    session.payment_status = 'no_payment_required';
    return null;
  }
  // A payment that has failed on this page is tried again, not made anew.
  const open = promise.intent ? account.tables.payment_intent.get(promise.intent) : undefined;
  const intent =
    open ??
    makeIntent(account, {
      amount: session.amount_total ?? 0,
      currency: session.currency ?? '',
      customer,
      metadata: promise.metadata,
      description: promise.description,
    });
  promise.intent = intent.id;
  intent.amount = session.amount_total ?? 0;
  intent.setup_future_usage =
    promise.setupFutureUsage === 'off_session' || promise.setupFutureUsage === 'on_session'
      ? promise.setupFutureUsage
      : null;
  const outcome = confirm(account, intent, method, {
    offSession: false,
    authenticated: paying.authenticated,
  });
  if (outcome.state === 'action') return { state: 'authenticate' };
  if (outcome.state === 'declined') return outcome;
  if (customer && intent.setup_future_usage) attach(account, method, customer, true);
  for (const given of asGiven(promise))
    redeem(account, given, { customer, subscription: null, session: session.id });
  session.payment_intent = intent.id;
  if (customer && session.invoice_creation?.enabled)
    session.invoice = billed(account, session, customer, intent).id;
  session.payment_status = 'paid';
  return null;
}

/** The invoice of what was paid once (`invoice_creation`). */
function billed(
  account: Account,
  session: CheckoutSession,
  customer: string,
  intent: PaymentIntent,
): Invoice {
  const at = now(account, customer);
  const lines = (session.line_items?.data ?? []).map((line) => ({
    amount: line.amount_subtotal - line.amount_discount,
    description: line.description ?? '',
    period: { start: at, end: at },
    price: line.price,
    quantity: line.quantity ?? 1,
    discountable: false,
    proration: false,
    item: null,
    invoiceItem: null,
    metadata: {},
  }));
  const of = get(account.tables.customer, 'customer', customer);
  const invoice = makeInvoice(
    account,
    {
      customer: of,
      subscription: null,
      reason: 'manual',
      currency: session.currency ?? '',
      lines,
      discounts: [],
      automaticTax: session.automatic_tax.enabled,
      period: { start: at, end: at },
    },
    false,
  );
  return finalize(account, invoice, intent);
}

function complete(account: Account, session: CheckoutSession, customer: string | null, paying: Paying): void {
  const of = customer ? account.tables.customer.get(customer) : undefined;
  session.status = 'complete';
  session.customer = customer;
  session.url = null;
  session.customer_details = {
    address: paying.address ?? of?.address ?? null,
    business_name: null,
    email: paying.email ?? of?.email ?? session.customer_email,
    individual_name: null,
    name: paying.name ?? of?.name ?? null,
    phone: of?.phone ?? null,
    tax_exempt: 'none',
    tax_ids: [],
  };
  emit(account, 'checkout.session.completed', session);
}

export function expire(account: Account, session: CheckoutSession): CheckoutSession {
  if (session.status !== 'open')
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    );
  session.status = 'expired';
  session.url = null;
  emit(account, 'checkout.session.expired', session);
  return session;
}
