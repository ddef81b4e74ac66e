import { invalid } from './errors.ts';
import { change, emit } from './events.ts';
import { newId, now, type Account } from './state.ts';
import type { Charge, Dispute } from './stored.ts';

const DAY = 86_400;

/** The owner of a card calls a payment back: the money goes at once. */
export function dispute(
  account: Account,
  charge: Charge,
  reason = 'fraudulent',
  amount = charge.amount,
): Dispute {
  if (charge.disputed) throw invalid(`Charge ${charge.id} has already been disputed.`, 'charge');
  const at = now(account, charge.customer);
  const made: Dispute = {
    id: newId('dp'),
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: at,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: {
      access_activity_log: null,
      billing_address: null,
      cancellation_policy: null,
      cancellation_policy_disclosure: null,
      cancellation_rebuttal: null,
      customer_communication: null,
      customer_email_address: null,
      customer_name: null,
      customer_purchase_ip: null,
      customer_signature: null,
      duplicate_charge_documentation: null,
      duplicate_charge_explanation: null,
      duplicate_charge_id: null,
      enhanced_evidence: {},
      product_description: null,
      receipt: null,
      refund_policy: null,
      refund_policy_disclosure: null,
      refund_refusal_explanation: null,
      service_date: null,
      service_documentation: null,
      shipping_address: null,
      shipping_carrier: null,
      shipping_date: null,
      shipping_documentation: null,
      shipping_tracking_number: null,
      uncategorized_file: null,
      uncategorized_text: null,
    },
    evidence_details: {
      due_by: at + 7 * DAY,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason,
    status: 'needs_response',
  };
  account.tables.dispute.set(made.id, made);
  change(account, 'charge.updated', charge, () => {
    charge.disputed = true;
  });
  emit(account, 'charge.dispute.created', made);
  emit(account, 'charge.dispute.funds_withdrawn', made);
  return made;
}

/** The bank has decided. */
export function decideDispute(account: Account, made: Dispute, status: 'won' | 'lost'): Dispute {
  if (made.status === 'won' || made.status === 'lost')
    throw invalid(`This dispute is already closed: ${made.status}.`);
  made.status = status;
  emit(account, 'charge.dispute.updated', made, { status: 'needs_response' });
  emit(account, 'charge.dispute.closed', made);
  if (status === 'won') emit(account, 'charge.dispute.funds_reinstated', made);
  return made;
}
