import type { PaymentIntent } from './stored.ts';

/** What Stripe says instead of an answer (https://docs.stripe.com/api/errors). */
export type StripeErrorBody = {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  doc_url?: string;
  charge?: string;
  payment_intent?: object;
  setup_intent?: object;
  payment_method?: object;
};

/** A request is refused: thrown by whatever finds the reason, answered by double.ts alone. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: StripeErrorBody;
  constructor(status: number, body: StripeErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body.code
      ? { doc_url: `https://stripe.com/docs/error-codes/${body.code.replaceAll('_', '-')}`, ...body }
      : body;
  }
}

export const invalid = (message: string, param?: string, code?: string): Refusal =>
  new Refusal(400, {
    type: 'invalid_request_error',
    message,
    ...(code && { code }),
    ...(param && { param }),
  });

/** What a parameter or an address names is not there. In an address it is a 404, in a parameter a 400. */
export const missing = (what: string, id: string, param = 'id'): Refusal =>
  new Refusal(param === 'id' ? 404 : 400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${what}: '${id}'`,
    param,
  });

export type Decline = {
  code: NonNullable<NonNullable<PaymentIntent['last_payment_error']>['code']>;
  declineCode?: string;
  message: string;
};

/** A card's bank says no. `more`: what the refused payment is, as it stands now. */
export const declined = (
  decline: Decline,
  more: Pick<StripeErrorBody, 'charge' | 'payment_intent' | 'setup_intent' | 'payment_method'> = {},
): Refusal =>
  new Refusal(402, {
    type: 'card_error',
    code: decline.code,
    ...(decline.declineCode && { decline_code: decline.declineCode }),
    message: decline.message,
    ...more,
  });
