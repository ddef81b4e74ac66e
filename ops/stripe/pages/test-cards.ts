import type { CardName } from '../cards.ts';

/** The cards that a pay page offers, and what becomes of whoever pays with them (https://docs.stripe.com/testing). */
export const offeredCards = [
  ['pm_card_visa', 'Visa: is paid'],
  ['pm_card_mastercard', 'Mastercard: is paid'],
  ['pm_card_jcb', 'JCB of Japan: is paid'],
  ['pm_card_threeDSecure2Required', 'The bank asks its owner first (3-D Secure)'],
  ['pm_card_chargeCustomerFail', 'Goes on file, and fails when it is charged: after a trial, say'],
  ['pm_card_chargeDeclined', 'Declined'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'Declined: not enough money'],
  ['pm_card_chargeDeclinedExpiredCard', 'Declined: expired'],
  ['pm_card_createDispute', 'Is paid, and disputed as a fraud afterwards'],
] as const satisfies readonly (readonly [CardName, string])[];
