import type { Context } from 'hono';
import type { Me } from '../../schema/api/accounts.ts';
import type { Actor, AppEnv } from '../http/context.ts';
import { rememberDevice } from '../http/known-device.ts';
import { Problem } from '../http/problem.ts';
import { accessCookie } from './identity.ts';
import type { BuiltInIssuer, HalfWay, LiveSession, Session } from './issuer.ts';
import { closingOf } from './me/queries/closing.ts';
import { codeMail, notice, type Letter, type Notice } from './mails.ts';
import type { Failed } from './outcome.ts';
import { complain } from '../platform/log.ts';

/* What the routes of signing in have in common: the issuer of a request, its mails, and what a session that begins answers. */

export const meOf = ({ userId, name, email, emailVerified, role }: Actor): Me => ({
  id: userId,
  name,
  email,
  emailVerified,
  role,
});

/**
 * better-auth, loaded for those who sign in or change how they do.
 * @throws Problem `not-found` where people sign in elsewhere
 */
export async function issuerOf(c: Context<AppEnv>): Promise<BuiltInIssuer> {
  const { platform } = c.var;
  if (platform.settings.authIssuer)
    throw new Problem('not-found', `People sign in to this site at ${platform.settings.authIssuer}.`);
  const { builtInIssuer } = await import('./issuer.ts');
  const { city = null, country = null } = placeOf(c.req.raw);
  return builtInIssuer(platform, {
    city,
    country,
    mailCode: (kind, to, code) => platform.mailer.send(codeMail(kind, code, letterTo(c, to))),
  });
}

type Place = { city?: string; country?: string };
const placeOf = ({ cf }: Request): Place => (cf ?? {}) as Place;

export const letterTo = (c: Context<AppEnv>, to: string): Letter => ({
  to,
  origin: c.var.platform.settings.origin,
  acceptLanguage: c.req.header('accept-language') ?? null,
});

/** Tells somebody by mail what was done to their account, after the answer. */
export function tell(c: Context<AppEnv>, kind: Notice, to: string): void {
  c.executionCtx.waitUntil(c.var.platform.mailer.send(notice(kind, letterTo(c, to))));
}

/** Does after the answer what nobody waits for, or what would say by its time whether an address has an account. */
export function afterwards(c: Context<AppEnv>, work: Promise<unknown>): void {
  const { requestId } = c.var;
  c.executionCtx.waitUntil(work.catch((error: unknown) => complain({ requestId, error })));
}

/**
 * Does to its end what cannot be asked for again, such as what a code was used up for: what a request does ends where its client leaves,
 * unless it is said that it goes on (https://developers.cloudflare.com/workers/runtime-apis/context/#waituntil).
 */
export function toItsEnd<T>(c: Context<AppEnv>, work: Promise<T>): Promise<T> {
  c.executionCtx.waitUntil(work.catch(() => undefined));
  return work;
}

/** The cookies of a session that began or changed, and who it is. */
export async function started(c: Context<AppEnv>, { actor, cookies }: Session): Promise<Me> {
  for (const line of [...cookies, await accessCookie(c.var.platform, actor)])
    c.header('set-cookie', line, { append: true });
  // Not a browser in which somebody signed up with another's address: it would keep an allowance for guessing at the owner's account.
  if (actor.emailVerified) await rememberDevice(c, actor.email);
  c.header('cache-control', 'no-store');
  const closing = await closingOf(c.var.platform.db, actor.userId);
  return { ...meOf(actor), ...(closing?.closesAt ? { closesAt: closing.closesAt } : {}) };
}

/**
 * What a way of signing in came to.
 * @param wrong the code of the problem for what was wrong
 * @throws Problem `second-factor-required` with the cookie of the second step; `wrong`; `too-many-requests`; `not-signed-in`
 */
export async function signedInBy(
  c: Context<AppEnv>,
  came: Session | HalfWay | Failed,
  wrong: 'invalid-credentials' | 'wrong-code',
): Promise<Me> {
  if ('failure' in came) throw refused(came, wrong);
  if ('actor' in came) return started(c, came);
  for (const line of came.cookies) c.header('set-cookie', line, { append: true });
  throw new Problem(
    'second-factor-required',
    'Send a code of your app, or a backup code, to /api/auth/sign-in/second-step within ten minutes.',
  );
}

/** What better-auth refuses, as a problem; what is no refusal of a person's is thrown on. */
export function refused(
  { failure, error }: Failed,
  wrong: 'invalid-credentials' | 'wrong-code' | 'wrong-password',
): unknown {
  switch (failure) {
    case 'wrong':
      return new Problem(wrong, wrong === 'wrong-code' ? 'Ask for a new one if it does not get better.' : {});
    case 'over':
      return new Problem('not-signed-in', 'This sign-in has run out. Begin again with the first step.');
    case 'too-many':
      return new Problem(
        'too-many-requests',
        'There were too many wrong codes. Wait a quarter of an hour, or use another way to sign in.',
      );
    case 'taken':
      return new Problem('conflict', 'Somebody has this already.');
    case 'not-on':
      return new Problem('conflict', 'Two-step sign-in is not on.');
    case 'failed-to-create':
      break;
  }
  return error;
}

/**
 * The session behind a request that changes how somebody signs in, looked up now, so that one which was ended can do no more.
 * @throws Problem `not-signed-in`, also for a bearer token; `not-found` where people sign in elsewhere
 */
export async function liveSession(
  c: Context<AppEnv>,
): Promise<{ issuer: BuiltInIssuer; session: LiveSession }> {
  const issuer = await issuerOf(c);
  const { headers } = c.req.raw;
  const session = headers.has('authorization') ? null : await issuer.session(headers);
  // Guards and limits went by the access cookie: both have to be one person's, or a limit of another account's would be used up.
  if (!session || (await c.var.actor())?.userId !== session.actor.userId)
    throw new Problem('not-signed-in', 'This takes the cookies of a session: sign in again.');
  c.header('cache-control', 'no-store');
  return { issuer, session };
}
