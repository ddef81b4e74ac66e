import { cardOfNumber, cards, isCard, type CardName } from './cards.ts';
import { declined, invalid, missing } from './errors.ts';
import { change, emit } from './events.ts';
import { get, newId, now, type Account } from './state.ts';
import type { PaymentMethod } from './stored.ts';

const lettersOf = (text: string): string => {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
  return sum.toString(36).padStart(8, '0');
};

/** What a customer has typed on a page of Stripe's. */
export type TypedCard = {
  number: string;
  expMonth: number;
  expYear: number;
  name?: string | undefined;
  country?: string | undefined;
  postalCode?: string | undefined;
};

/** A payment method that is nobody's yet. */
export function makeMethod(
  account: Account,
  name: CardName,
  typed?: Omit<TypedCard, 'number'>,
): PaymentMethod {
  const card = cards[name];
  const { number, brand, country } = card;
  const id = newId('pm');
  const made: PaymentMethod = {
    id,
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: {
      address: {
        city: null,
        country: typed?.country ?? null,
        line1: null,
        line2: null,
        postal_code: typed?.postalCode ?? null,
        state: null,
      },
      email: null,
      name: typed?.name ?? null,
      phone: null,
      tax_id: null,
    },
    card: {
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country,
      display_brand: brand,
      exp_month: typed?.expMonth ?? 12,
      exp_year: typed?.expYear ?? new Date(now(account) * 1000).getUTCFullYear() + 3,
      fingerprint: lettersOf(number),
      funding: 'funding' in card ? card.funding : 'credit',
      generated_from: null,
      last4: number.slice(-4),
      networks: { available: [brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: now(account),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  };
  account.tables.payment_method.set(id, made);
  account.tables.card.set(id, { name, setUp: false });
  return made;
}

/** The card of a number that somebody typed. @throws Refusal `card_error`: no such number, or the card has expired */
export function typedMethod(account: Account, typed: TypedCard): PaymentMethod {
  const name = cardOfNumber(typed.number);
  if (!name)
    throw declined({
      code: 'incorrect_number',
      message: 'Your card number is incorrect: only test cards work here, as 4242 4242 4242 4242.',
    });
  const end = Date.UTC(typed.expYear, typed.expMonth, 1) / 1000; // good to the end of its month
  if (end <= now(account))
    throw declined({ code: 'invalid_expiry_year', message: "Your card's expiration year is invalid." });
  return makeMethod(account, name, typed);
}

/** A payment method by its id, or a new one by the name of a test card (`pm_card_visa`). */
export function methodOf(account: Account, id: string, param = 'payment_method'): PaymentMethod {
  if (isCard(id)) return makeMethod(account, id);
  return get(account.tables.payment_method, 'PaymentMethod', id, param);
}

/** Puts a card on a customer's file; its bank is asked whether it is good. @throws Refusal `card_error` */
export function attach(
  account: Account,
  method: PaymentMethod,
  customer: string,
  setUp = false,
): PaymentMethod {
  if (method.customer === customer) return method;
  if (method.customer)
    throw invalid(
      'The payment method you provided has already been attached to a customer.',
      undefined,
      'payment_method_unexpected_state',
    );
  const kept = account.tables.card.get(method.id);
  if (!kept) throw missing('PaymentMethod', method.id, 'payment_method');
  const card = cards[kept.name];
  if ('declines' in card && !('attaches' in card)) throw declined(card.declines, { payment_method: method });
  kept.setUp ||= setUp;
  method.customer = customer;
  emit(account, 'payment_method.attached', method);
  return method;
}

export function detach(account: Account, method: PaymentMethod): PaymentMethod {
  const { customer } = method;
  if (!customer)
    throw invalid(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
      'payment_method',
    );
  method.customer = null;
  emit(account, 'payment_method.detached', method, { customer });
  const owner = account.tables.customer.get(customer);
  if (owner?.invoice_settings.default_payment_method === method.id)
    change(account, 'customer.updated', owner, () => {
      owner.invoice_settings.default_payment_method = null;
    });
  for (const subscription of account.tables.subscription.values())
    if (subscription.default_payment_method === method.id)
      change(account, 'customer.subscription.updated', subscription, () => {
        subscription.default_payment_method = null;
      });
  return method;
}

/** What an invoice of a subscription, or of its customer, is paid with; null: nothing is on file. */
export function defaultMethod(
  account: Account,
  customer: string,
  subscription: { default_payment_method: string | null } | null,
): string | null {
  return (
    subscription?.default_payment_method ??
    account.tables.customer.get(customer)?.invoice_settings.default_payment_method ??
    null
  );
}
