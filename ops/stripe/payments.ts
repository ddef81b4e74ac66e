import { cards } from './cards.ts';
import { declined, invalid, missing, type Decline, type Refusal } from './errors.ts';
import { change, emit } from './events.ts';
import { newId, now, type Account } from './state.ts';
import type { Charge, Metadata, PaymentIntent, PaymentMethod } from './stored.ts';
import { dispute } from './disputes.ts';

export function makeIntent(
  account: Account,
  given: {
    amount: number;
    currency: string;
    customer: string | null;
    metadata: Metadata;
    description: string | null;
    order?: string;
  },
): PaymentIntent {
  const id = newId('pi');
  const intent: PaymentIntent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: given.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic',
    client_secret: newId(`${id}_secret`),
    confirmation_method: 'automatic',
    created: now(account, given.customer),
    currency: given.currency,
    customer: given.customer,
    customer_account: null,
    description: given.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: given.metadata,
    next_action: null,
    on_behalf_of: null,
    ...(given.order && { payment_details: { customer_reference: null, order_reference: given.order } }),
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
  account.tables.payment_intent.set(id, intent);
  emit(account, 'payment_intent.created', intent);
  return intent;
}

function makeCharge(
  account: Account,
  intent: PaymentIntent,
  method: PaymentMethod,
  decline: Decline | null,
): Charge {
  const { card } = method;
  const id = newId('ch');
  const charge: Charge = {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: decline ? 0 : intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: decline ? null : newId('txn'),
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'ENGAWA',
    captured: !decline,
    created: now(account, intent.customer),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: decline ? 'declined_by_network' : 'approved_by_network',
      reason: decline?.declineCode ?? null,
      risk_level: 'normal',
      seller_message: decline
        ? 'The bank did not return any further details with this decline.'
        : 'Payment complete.',
      type: decline ? 'issuer_declined' : 'authorized',
    },
    paid: !decline,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: card
      ? {
          card: {
            amount_authorized: decline ? null : intent.amount,
            authorization_code: decline ? null : '123456',
            brand: card.brand,
            checks: card.checks,
            country: card.country,
            electronic_commerce_indicator: null,
            exp_month: card.exp_month,
            exp_year: card.exp_year,
            fingerprint: card.fingerprint ?? null,
            funding: card.funding,
            installments: null,
            last4: card.last4,
            mandate: null,
            network: card.brand,
            network_token: { used: false },
            network_transaction_id: null,
            regulated_status: 'unregulated',
            three_d_secure: null,
            transaction_link_id: null,
            wallet: null,
          },
          type: 'card',
        }
      : null,
    receipt_email: null,
    receipt_number: null,
    receipt_url: decline ? null : `${account.pages}/r/${id}`,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: decline ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
  account.tables.charge.set(charge.id, charge);
  emit(account, decline ? 'charge.failed' : 'charge.succeeded', charge);
  return charge;
}

export type Way = {
  /** Its owner is not there: nobody answers 3-D Secure. */
  offSession: boolean;
  /** They have been asked by 3-D Secure, and what came of it. */
  authenticated?: 'passed' | 'failed' | undefined;
};
export type Outcome = { state: 'paid' } | { state: 'action' } | { state: 'declined'; refusal: Refusal };

const unauthenticated: Decline = {
  code: 'payment_intent_authentication_failure',
  message:
    'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
};

/** What every card says while `settings.declines` holds. */
export const anyCard: Decline = {
  code: 'card_declined',
  declineCode: 'generic_decline',
  message: 'Your card was declined.',
};

function refuse(
  account: Account,
  intent: PaymentIntent,
  method: PaymentMethod,
  decline: Decline,
  charged: boolean,
): Outcome {
  const charge = charged ? makeCharge(account, intent, method, decline) : null;
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.next_action = null;
  if (charge) intent.latest_charge = charge.id;
  intent.last_payment_error = {
    type: 'card_error',
    code: decline.code,
    ...(decline.declineCode && { decline_code: decline.declineCode }),
    message: decline.message,
    ...(charge && { charge: charge.id }),
  };
  emit(account, 'payment_intent.payment_failed', intent);
  return {
    state: 'declined',
    refusal: declined(decline, {
      ...(charge && { charge: charge.id }),
      payment_intent: structuredClone(intent),
      payment_method: method,
    }),
  };
}

/** Takes a payment from a card, or tries to. */
export function confirm(account: Account, intent: PaymentIntent, method: PaymentMethod, way: Way): Outcome {
  if (intent.status === 'succeeded' || intent.status === 'canceled')
    throw invalid(
      `You cannot confirm this PaymentIntent because it has already ${intent.status === 'succeeded' ? 'succeeded' : 'been canceled'}.`,
      undefined,
      'payment_intent_unexpected_state',
    );
  const kept = account.tables.card.get(method.id);
  if (!kept) throw missing('PaymentMethod', method.id, 'payment_method');
  const card = cards[kept.name];
  const asks =
    'authenticates' in card &&
    (card.authenticates === 'always' || (way.offSession && !kept.setUp) || !way.offSession);
  intent.payment_method = method.id;
  if (asks && way.authenticated === 'failed') return refuse(account, intent, method, unauthenticated, false);
  if (asks && !way.authenticated) {
    intent.status = 'requires_action';
    intent.next_action = { type: 'use_stripe_sdk', use_stripe_sdk: {} };
    emit(account, 'payment_intent.requires_action', intent);
    return { state: 'action' };
  }
  const decline = 'declines' in card ? card.declines : account.settings.declines ? anyCard : null;
  if (decline) return refuse(account, intent, method, decline, true);
  if (asks) kept.setUp = true;
  const charge = makeCharge(account, intent, method, null);
  Object.assign(intent, {
    status: 'succeeded',
    amount_received: intent.amount,
    latest_charge: charge.id,
    last_payment_error: null,
    next_action: null,
  } satisfies Partial<PaymentIntent>);
  emit(account, 'payment_intent.succeeded', intent);
  if ('disputes' in card)
    dispute(
      account,
      charge,
      card.disputes === 'inquiry' ? 'fraudulent' : card.disputes,
      charge.amount,
      card.disputes === 'inquiry',
    );
  return { state: 'paid' };
}

export function cancelIntent(
  account: Account,
  intent: PaymentIntent,
  reason: PaymentIntent['cancellation_reason'],
): PaymentIntent {
  if (intent.status === 'succeeded' || intent.status === 'canceled')
    throw invalid(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
      undefined,
      'payment_intent_unexpected_state',
    );
  return change(account, 'payment_intent.canceled', intent, () => {
    intent.status = 'canceled';
    intent.canceled_at = now(account, intent.customer);
    intent.cancellation_reason = reason;
    intent.next_action = null;
  });
}
