import type { Stripe } from 'stripe';
import { Problem } from '../http/problem.ts';

/** What of Stripe we use. */
export type Sdk = Pick<
  Stripe,
  | 'billingPortal'
  | 'charges'
  | 'checkout'
  | 'coupons'
  | 'customers'
  | 'disputes'
  | 'invoicePayments'
  | 'invoices'
  | 'paymentIntents'
  | 'prices'
  | 'products'
  | 'promotionCodes'
  | 'refunds'
  | 'subscriptions'
>;

/** Stripe, by its own SDK. Its objects are `Stripe.…` of the package's types; its times are in seconds. */
export interface StripePort {
  /**
   * Asks Stripe, again where it did not answer, within some ten seconds each time. What changes something there is sent with a key of
   * its own (`idempotencyKey`), so that whoever asks twice changes it once: give one that says what is being done.
   * @throws Problem `unavailable` where Stripe does not answer or has too much to do; `payment-failed` where a card was refused, with
   * Stripe's words for its owner; other errors are ours, and come as they are
   */
  ask<T>(question: (sdk: Sdk) => Promise<T>): Promise<T>;
  /** The same; null: Stripe has nothing by that id. */
  find<T>(question: (sdk: Sdk) => Promise<T>): Promise<T | null>;
  /**
   * An event, if Stripe signed exactly this body within the last five minutes, by any of our secrets (there are several while one is
   * rolled); null: it did not.
   * @param at now, ms UTC
   */
  verified(body: string, signature: string, at: number): Promise<Stripe.Event | null>;
  /** Where staff finds a customer: in Stripe's dashboard, or in the console of the double. */
  customerPage(customerId: string): string;
  /** Whether it is about real money. Events of the other kind are none of ours. */
  readonly live: boolean;
}

export type StripeSettings = {
  /** Where it answers; empty: https://api.stripe.com. */
  api: string;
  key: string;
  /** Of the webhook; blanks between several. */
  webhookSecrets: string;
};

/** Somebody waits at most this long, three times. */
const TIMEOUT_MS = 10_000;
const RETRIES = 2;
/** Replayed after this, a signature is worth nothing (https://docs.stripe.com/webhooks#replay-attacks). */
const TOLERANCE_S = 300;
/** The types of the SDK are of this version; answers come in it whatever the account's own is. */
const API_VERSION = '2026-10-28.endive';

/** The SDK is read when it is asked for first: who plays does not pay for it. */
const load = async () => (await import('stripe')).Stripe;

export function stripePort({ api, key, webhookSecrets }: StripeSettings): StripePort {
  let made: Promise<Stripe> | undefined;
  const sdk = () =>
    (made ??= load().then((Sdk) => {
      const { protocol, hostname, port } = new URL(api || 'https://api.stripe.com');
      return new Sdk(key, {
        apiVersion: API_VERSION,
        httpClient: Sdk.createFetchHttpClient(),
        host: hostname,
        port: port || (protocol === 'http:' ? '80' : '443'),
        protocol: protocol === 'http:' ? 'http' : 'https',
        timeout: TIMEOUT_MS,
        maxNetworkRetries: RETRIES,
        telemetry: false,
      });
    }));
  const ask: StripePort['ask'] = async (question) => {
    try {
      return await question(await sdk());
    } catch (error) {
      throw await asProblem(error);
    }
  };
  const live = /^[a-z]+_live_/.test(key);
  return {
    live,
    customerPage: (id) =>
      api ? `${api}/customers/${id}` : `https://dashboard.stripe.com/${live ? '' : 'test/'}customers/${id}`,
    ask,
    async find(question) {
      const { errors } = await load();
      return ask(question).catch((error: unknown) => {
        const ours = error instanceof errors.StripeInvalidRequestError;
        if (ours && (error.statusCode === 404 || error.code === 'resource_missing')) return null;
        throw error;
      });
    },
    async verified(body, signature, at) {
      const { errors } = await load();
      const { webhooks } = await sdk();
      for (const secret of webhookSecrets.split(/\s+/).filter(Boolean))
        try {
          return await webhooks.constructEventAsync(body, signature, secret, TOLERANCE_S, undefined, at);
        } catch (error) {
          const unlike = error instanceof errors.StripeSignatureVerificationError;
          if (!unlike && !(error instanceof SyntaxError)) throw error; // signed, but no JSON: no event either
        }
      return null;
    },
  };
}

/** Why Stripe refused, in its own word (https://docs.stripe.com/error-codes): `charge_disputed`; null: it gave none. */
export const refusalOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

async function asProblem(error: unknown): Promise<unknown> {
  const { errors } = await load();
  const { StripeAPIError, StripeCardError, StripeConnectionError, StripeRateLimitError } = errors;
  if (error instanceof StripeCardError) return new Problem('payment-failed', error.message);
  const away = [StripeConnectionError, StripeRateLimitError, StripeAPIError].some(
    (its) => error instanceof its,
  );
  if (!away) return error;
  return new Problem('unavailable', 'Stripe does not answer right now. Try again in a minute.');
}
