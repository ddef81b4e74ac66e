import * as v from 'valibot';
import type { Stripe } from 'stripe';
import { cards } from './cards.ts';
import { invalid } from './errors.ts';
import { change, emit } from './events.ts';
import { accepts, labelled, metadata, page, range, text, whole } from './form.ts';
import { listOf, within } from './list.ts';
import { route, type Route } from './route.ts';
import { get, newId, now, type Account } from './state.ts';
import type { Charge, Metadata, Refund } from './stored.ts';

function chargeOf(
  account: Account,
  given: { charge?: string | undefined; payment_intent?: string | undefined },
): Charge {
  if (given.charge) return get(account.tables.charge, 'charge', given.charge, 'charge');
  if (!given.payment_intent)
    throw invalid(
      'One of the following params should be provided for this request: payment_intent or charge.',
      'charge',
      'parameter_missing',
    );
  const intent = get(account.tables.payment_intent, 'payment_intent', given.payment_intent, 'payment_intent');
  const charge = intent.latest_charge && account.tables.charge.get(intent.latest_charge);
  if (!charge || !charge.paid)
    throw invalid(
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
      'payment_intent',
    );
  return charge;
}

/** Gives a payment back, all that is left of it or a part. */
export function refund(
  account: Account,
  charge: Charge,
  given: { amount?: number | undefined; reason?: Refund['reason'] | undefined; metadata: Metadata },
): Refund {
  if (!charge.paid) throw invalid(`Charge ${charge.id} has not been paid.`, 'charge');
  if (charge.refunded)
    throw invalid(`Charge ${charge.id} has already been refunded.`, 'charge', 'charge_already_refunded');
  if (charge.disputed)
    throw invalid(`Charge ${charge.id} has been charged back.`, 'charge', 'charge_disputed');
  const left = charge.amount - charge.amount_refunded;
  const amount = given.amount ?? left;
  if (amount <= 0) throw invalid('Invalid positive integer', 'amount', 'parameter_invalid_integer');
  if (amount > left)
    throw invalid(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
      'amount',
      'amount_too_large',
    );
  const card = cards[account.tables.card.get(charge.payment_method ?? '')?.name ?? 'pm_card_visa'];
  const fails = 'refundFails' in card;
  const made: Refund = {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: newId('txn'),
    charge: charge.id,
    created: now(account, charge.customer),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
    metadata: given.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: given.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
  account.tables.refund.set(made.id, made);
  emit(account, 'refund.created', made);
  change(account, 'charge.refunded', charge, () => {
    charge.amount_refunded += amount;
    charge.refunded = charge.amount_refunded === charge.amount;
  });
  // The bank sends it back: the money stays here.
  if (fails) {
    change(account, 'refund.failed', made, () => {
      made.status = 'failed';
      made.failure_reason = 'lost_or_stolen_card';
    });
    change(account, 'charge.updated', charge, () => {
      charge.amount_refunded -= amount;
      charge.refunded = false;
    });
  }
  return made;
}

export const refundRoutes: Route[] = [
  route(
    'POST',
    '/v1/refunds',
    accepts<Stripe.RefundCreateParams>()({
      amount: v.optional(whole),
      charge: v.optional(text),
      payment_intent: v.optional(text),
      reason: v.optional(v.picklist(['duplicate', 'fraudulent', 'requested_by_customer'])),
      metadata: v.optional(metadata),
    }),
    (account, params) =>
      refund(account, chargeOf(account, params), {
        amount: params.amount,
        reason: params.reason,
        metadata: labelled(null, params.metadata),
      }),
  ),
  route('GET', '/v1/refunds/:id', v.strictObject({}), (account, _, id) =>
    get(account.tables.refund, 'refund', id),
  ),
  route(
    'POST',
    '/v1/refunds/:id',
    accepts<Stripe.RefundUpdateParams>()({ metadata: v.optional(metadata) }),
    (account, params, id) =>
      change(account, 'refund.updated', get(account.tables.refund, 'refund', id), (one) => {
        one.metadata = labelled(one.metadata, params.metadata);
      }),
  ),
  route(
    'GET',
    '/v1/refunds',
    accepts<Stripe.RefundListParams>()({
      ...page,
      charge: v.optional(text),
      created: range,
      payment_intent: v.optional(text),
    }),
    (account, params) =>
      listOf(
        '/v1/refunds',
        [...account.tables.refund.values()].filter(
          (one) =>
            (!params.charge || one.charge === params.charge) &&
            (!params.payment_intent || one.payment_intent === params.payment_intent) &&
            within(params.created, one.created),
        ),
        params,
      ),
  ),
];
