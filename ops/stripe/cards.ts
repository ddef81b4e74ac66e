import type { Decline } from './errors.ts';

/** What becomes of a payment with a test card (https://docs.stripe.com/testing). */
export type Behaviour = {
  number: string;
  brand: string;
  country: string;
  funding?: 'debit' | 'prepaid';
  /** No payment goes through. `attaches`: but it can be put on file. */
  declines?: Decline;
  attaches?: true;
  /** 3-D Secure: `always`; `once`: not any more when it was asked while the card was put on file. */
  authenticates?: 'always' | 'once';
  /** The payment goes through, and its owner calls it back. */
  disputes?: 'fraudulent' | 'inquiry' | 'product_not_received';
  /** Giving back fails a while later. */
  refundFails?: true;
};

const no = (declineCode: string): Decline => ({
  code: 'card_declined',
  declineCode,
  message:
    declineCode === 'insufficient_funds' ? 'Your card has insufficient funds.' : 'Your card was declined.',
});
const visa = (number: string, more: Partial<Behaviour> = {}): Behaviour => ({
  number,
  brand: 'visa',
  country: 'US',
  ...more,
});

export const cards = {
  pm_card_visa: visa('4242424242424242'),
  pm_card_visa_debit: visa('4000056655665556', { funding: 'debit' }),
  pm_card_mastercard: { number: '5555555555554444', brand: 'mastercard', country: 'US' },
  pm_card_mastercard_prepaid: {
    number: '5105105105105100',
    brand: 'mastercard',
    country: 'US',
    funding: 'prepaid',
  },
  pm_card_amex: { number: '378282246310005', brand: 'amex', country: 'US' },
  pm_card_jcb: { number: '3566002020360505', brand: 'jcb', country: 'JP' },
  pm_card_us: visa('4242424242424242'),
  pm_card_jp: visa('4000003920000003', { country: 'JP' }),
  pm_card_gb: visa('4000008260000000', { country: 'GB' }),
  pm_card_de: visa('4000002760000016', { country: 'DE' }),
  pm_card_fr: visa('4000002500000003', { country: 'FR' }),
  pm_card_chargeDeclined: visa('4000000000000002', { declines: no('generic_decline') }),
  pm_card_visa_chargeDeclined: visa('4000000000000002', { declines: no('generic_decline') }),
  pm_card_chargeDeclinedInsufficientFunds: visa('4000000000009995', { declines: no('insufficient_funds') }),
  pm_card_visa_chargeDeclinedInsufficientFunds: visa('4000000000009995', {
    declines: no('insufficient_funds'),
  }),
  pm_card_visa_chargeDeclinedLostCard: visa('4000000000009987', { declines: no('lost_card') }),
  pm_card_visa_chargeDeclinedStolenCard: visa('4000000000009979', { declines: no('stolen_card') }),
  pm_card_chargeDeclinedFraudulent: visa('4100000000000019', { declines: no('fraudulent') }),
  pm_card_chargeDeclinedExpiredCard: visa('4000000000000069', {
    declines: { code: 'expired_card', message: 'Your card has expired.' },
  }),
  pm_card_chargeDeclinedIncorrectCvc: visa('4000000000000127', {
    declines: { code: 'incorrect_cvc', message: "Your card's security code is incorrect." },
  }),
  pm_card_chargeDeclinedProcessingError: visa('4000000000000119', {
    declines: {
      code: 'processing_error',
      message: 'An error occurred while processing your card. Try again in a little bit.',
    },
  }),
  /** Can be put on file, and fails when it is charged. */
  pm_card_chargeCustomerFail: visa('4000000000000341', { declines: no('generic_decline'), attaches: true }),
  pm_card_authenticationRequired: visa('4000002760003184', { authenticates: 'always' }),
  pm_card_threeDSecure2Required: visa('4000000000003220', { authenticates: 'always' }),
  pm_card_threeDSecureRequired: visa('4000000000003063', { authenticates: 'always' }),
  pm_card_authenticationRequiredOnSetup: visa('4000002500003155', { authenticates: 'once' }),
  pm_card_authenticationRequiredChargeDeclinedInsufficientFunds: visa('4000008260003178', {
    authenticates: 'always',
    declines: no('insufficient_funds'),
    attaches: true,
  }),
  pm_card_createDispute: visa('4000000000000259', { disputes: 'fraudulent' }),
  pm_card_createDisputeProductNotReceived: visa('4000000000002685', { disputes: 'product_not_received' }),
  pm_card_createDisputeInquiry: visa('4000000000001976', { disputes: 'inquiry' }),
  pm_card_refundFail: visa('4000000000005126', { refundFails: true }),
} as const satisfies Record<string, Behaviour>;
export type CardName = keyof typeof cards;

export const behaviour = (name: CardName): Behaviour => cards[name];
export const isCard = (name: string): name is CardName => Object.hasOwn(cards, name);

/** The test card of a number, however it is spaced; null: no test card. */
export function cardOfNumber(number: string): CardName | null {
  const digits = number.replaceAll(/\D/g, '');
  for (const name of Object.keys(cards)) if (isCard(name) && cards[name].number === digits) return name;
  return null;
}
