import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Sentence } from './sentence.ts';
import type { Secrets } from './secrets.ts';

/** Whom the Worker pays through: the local stand-in, or Stripe itself in test mode. */
export type Payments = {
  real: boolean;
  /** For the Worker: STRIPE_API, empty for Stripe's own; STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET. */
  variables: { STRIPE_API: string; STRIPE_SECRET_KEY: string; STRIPE_WEBHOOK_SECRET: string };
};

/** Where Stripe tells the Worker of what happens. */
export const WEBHOOK_PATH = '/api/webhooks/stripe';

/**
 * With STRIPE_SECRET_KEY in the environment it is Stripe, in test mode; without, the stand-in on `port`.
 * @throws Sentence for a key that this machine must not have, or cannot be used
 */
export function paymentsOf(
  env: Readonly<Record<string, string | undefined>>,
  secrets: Secrets,
  { stripe, site }: { stripe: number; site: number },
): Payments {
  const key = env['STRIPE_SECRET_KEY'];
  if (!key) {
    const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET } = secrets;
    const STRIPE_API = `http://localhost:${stripe}`;
    return { real: false, variables: { STRIPE_API, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET } };
  }
  if (/^[a-z]+_live_/.test(key))
    throw new Sentence(
      'STRIPE_SECRET_KEY is a live key: this platform would take real money for a demo. Take a test key (sk_test_… or rk_test_…).',
    );
  if (!/^(sk|rk)_test_\w+$/.test(key))
    throw new Sentence(
      `STRIPE_SECRET_KEY begins with “${key.slice(0, 8)}”: a secret key in test mode begins with sk_test_ or rk_test_.`,
    );
  const secret = env['STRIPE_WEBHOOK_SECRET'];
  if (!secret)
    throw new Sentence(
      `STRIPE_SECRET_KEY is set and STRIPE_WEBHOOK_SECRET is not: without it nothing that Stripe tells is believed. Get it, and have events forwarded:
  stripe listen --forward-to http://localhost:${site}${WEBHOOK_PATH}
  STRIPE_WEBHOOK_SECRET=whsec_… npm start`,
    );
  return {
    real: true,
    variables: { STRIPE_API: '', STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: secret },
  };
}

const NOTE = 'payments';
/**
 * Customers, prices and subscriptions that one of the two made are unknown to the other: a data folder stays with the one it began with.
 * @throws Sentence
 */
export function stayWith(data: string, { real }: Payments): void {
  const note = join(data, NOTE);
  const now = real ? 'Stripe' : 'the local Stripe';
  const then = existsSync(note) ? readFileSync(note, 'utf8').trim() : now;
  if (then !== now)
    throw new Sentence(
      `What is in ${relative(process.cwd(), data) || '.'} was sold through ${then}, which ${now} knows nothing of: give another folder with --data, or forget it all with --reset.`,
    );
  writeFileSync(note, `${now}\n`);
}
