import { invalid } from './errors.ts';
import { change, emit } from './events.ts';
import { newId, now, type Account } from './state.ts';
import type { Charge, Dispute, MoneyMoved } from './stored.ts';

const DAY = 86_400;

// What moves on the account's balance: the money goes with the dispute, and comes back when it is won.
const moved = (made: Dispute, amount: number, at: number): MoneyMoved => ({
  id: newId('txn'),
  object: 'balance_transaction',
  amount,
  available_on: at,
  balance_type: 'payments',
  created: at,
  currency: made.currency,
  description:
    amount < 0 ? `Chargeback withdrawal for ${made.charge}` : `Chargeback reversal for ${made.charge}`,
  exchange_rate: null,
  fee: 0,
  fee_details: [],
  net: amount,
  reporting_category: amount < 0 ? 'dispute' : 'dispute_reversal',
  source: made.id,
  status: 'available',
  type: 'adjustment',
});

/** The owner of a card calls a payment back: the money goes at once. */
export function dispute(
  account: Account,
  charge: Charge,
  reason = 'fraudulent',
  amount = charge.amount,
  inquiry = false,
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
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  };
  account.tables.dispute.set(made.id, made);
  change(account, 'charge.updated', charge, () => {
    charge.disputed = true;
  });
  emit(account, 'charge.dispute.created', made);
  // An inquiry only asks: no money moves.
  if (inquiry) return made;
  made.balance_transactions.push(moved(made, -amount, at));
  emit(account, 'charge.dispute.funds_withdrawn', made);
  return made;
}

/** The bank has decided. */
export function decideDispute(account: Account, made: Dispute, status: 'won' | 'lost'): Dispute {
  if (made.status === 'won' || made.status === 'lost' || made.status === 'warning_closed')
    throw invalid(`This dispute is already closed: ${made.status}.`);
  const inquiry = made.status.startsWith('warning');
  const before = made.status;
  made.status = inquiry ? 'warning_closed' : status;
  const customer = account.tables.charge.get(made.charge)?.customer;
  if (status === 'won' && !inquiry)
    made.balance_transactions.push(moved(made, made.amount, now(account, customer)));
  emit(account, 'charge.dispute.updated', made, { status: before });
  emit(account, 'charge.dispute.closed', made);
  if (status === 'won' && !inquiry) emit(account, 'charge.dispute.funds_reinstated', made);
  return made;
}
