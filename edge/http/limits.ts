import type { Context, MiddlewareHandler } from 'hono';
import type { ProblemCode } from '../../schema/problem.ts';
import type { Admission, Allowance } from '../platform/limiter.ts';
import { shortMac } from '../platform/mac.ts';
import { addressOf } from './address.ts';
import { limits, type Limits, type Purpose } from './allowances.ts';
import type { AppEnv } from './context.ts';
import { noted } from './contract.ts';
import { knownDevice } from './known-device.ts';
import { Problem } from './problem.ts';
import { complain } from '../platform/log.ts';

const DAY_MS = 86_400_000;
/** What a limit that counts failures counts: somebody was wrong about a secret. Anything else gives its places back. */
const FAILURES = new Set<ProblemCode>([
  'invalid-credentials',
  'wrong-password',
  'invalid-token',
  'wrong-code',
  'wrong-pin',
]);

/** What a limit goes by, beside the network address. `nobody`: by nothing else. A function finds the account, or null for nobody's. */
type By = 'email' | 'actor' | 'nobody' | ((c: Context<AppEnv>) => Promise<string | null>);

/**
 * Limits a route. It stands after what it goes by: `accepts('json', …)` for the field `email`, `allow('viewer')` for the `actor`.
 * @throws Problem `too-many-requests` with `retryAt`
 */
export function limited(purpose: Purpose, by: By): MiddlewareHandler<AppEnv> {
  const limited: MiddlewareHandler<AppEnv> = (c, next) =>
    subjectOf(c, by).then((account) => within(c, purpose, account, next));
  return noted(limited, (contract) => {
    contract.limits = [...(contract.limits ?? []), { purpose, by: typeof by === 'string' ? by : 'account' }];
  });
}

async function subjectOf(c: Context<AppEnv>, by: By): Promise<string | null> {
  if (typeof by === 'function') return by(c);
  if (by === 'nobody') return null;
  if (by === 'actor') return (await c.var.actor())?.userId ?? null;
  const body: { email?: unknown } = c.req.valid('json' as never);
  if (typeof body.email !== 'string')
    throw new Error('limited by an e-mail address that the body does not have');
  return body.email;
}

/**
 * Does something within its limits, for where only the handler knows what it is about.
 * @param account an e-mail address or an id; null: only the network address counts
 * @throws Problem `too-many-requests` with `retryAt`; what `work` throws
 */
export async function within<T>(
  c: Context<AppEnv>,
  purpose: Purpose,
  account: string | null,
  work: () => Promise<T>,
): Promise<T> {
  const giveBack = await enter(c, purpose, account);
  const before = c.error;
  let thrown: unknown;
  try {
    return await work();
  } catch (error) {
    thrown = error;
    throw error;
  } finally {
    // Hono hands what a handler throws to `onError` before its middleware goes on, and leaves it here.
    const error = thrown ?? (c.error === before ? undefined : c.error);
    const failed = error instanceof Problem && FAILURES.has(error.code);
    if (limits[purpose].counts === 'failures' && !failed) c.executionCtx.waitUntil(giveBack());
  }
}

/** Only the cheap first look: enough where something else counts exactly, or nothing has to. */
export async function roughly(c: Context<AppEnv>, purpose: Purpose, subject: string | null): Promise<void> {
  if (subject === null) return;
  const { rough, what } = limits[purpose];
  const { limiter, now } = c.var.platform;
  if (await limiter.roughly(rough, `${purpose}:${subject}`)) return;
  throw tooMany(what, now() + 60_000, now());
}

/** Takes a place in every allowance that applies. @returns what gives them back */
async function enter(c: Context<AppEnv>, purpose: Purpose, account: string | null) {
  const { limiter, now } = c.var.platform;
  const rules: Limits = limits[purpose];
  const address = addressOf(c.req.raw.headers);
  // What an account does is counted by it, wherever it does that from; what anybody may try, by where it comes from.
  await roughly(c, purpose, rules.address ? (address ?? account) : (account ?? address));
  const taken: { subject: string; slots: number[] }[] = [];
  const take = async (subject: string, allowances: Allowance[]) => {
    if (allowances.length === 0) return;
    const admission = await counted(limiter.admit(subject, allowances));
    if (!admission.admitted) throw tooMany(rules.what, admission.retryAt, now());
    taken.push({ subject, slots: admission.slots });
  };
  // The address first: a flood from one place ends there, and uses up nobody's account.
  if (address !== null && rules.address)
    await take(await nameOf(c, purpose, 'address', address), [{ name: 'address', ...rules.address }]);
  if (account !== null) {
    const device = rules.pair ? await knownDevice(c, account) : null;
    const from = device ?? address ?? 'here';
    const allowances: Allowance[] = [];
    if (rules.pair) allowances.push({ name: await hidden(c, from), ...rules.pair });
    if (rules.account && device === null) allowances.push({ name: 'everywhere', ...rules.account });
    if (rules.daily && device === null)
      allowances.push({ name: 'a day', limit: rules.daily, windowMs: DAY_MS });
    await take(await nameOf(c, purpose, 'account', mailbox(account)), allowances);
  }
  return async () => {
    await Promise.all(taken.map(({ subject, slots }) => limiter.giveBack(subject, slots)));
  };
}

/** Where nothing can be counted nothing is let in: these limits are what keeps guessing away. */
async function counted(asked: Promise<Admission>): Promise<Admission> {
  try {
    return await asked;
  } catch (error) {
    complain({ event: 'not counted', error });
    throw new Problem('unavailable', 'Too much is going on for this right now. Try again in a minute.');
  }
}

function tooMany(what: string, retryAt: number, now: number): Problem {
  const minutes = Math.ceil((retryAt - now) / 60_000);
  const wait =
    minutes <= 1 ? 'a minute' : minutes <= 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
  return new Problem('too-many-requests', { detail: `Too many ${what}. Try again in ${wait}.`, retryAt });
}

/** `mio+anime@example.com` ends in the mailbox of `mio@example.com` (RFC 5233), and is limited with it. */
const mailbox = (account: string): string => account.toLowerCase().replace(/\+[^@]*(?=@)/, '');

const nameOf = async (c: Context<AppEnv>, purpose: Purpose, kind: string, subject: string) =>
  `${purpose}:${kind}:${await hidden(c, subject)}`;

/** Names of objects are seen in dashboards and logs: what stands there tells nobody who it is about, not even by trying. */
const hidden = (c: Context<AppEnv>, subject: string): Promise<string> =>
  shortMac(c.var.platform.secrets.auth, 'limits', subject);
