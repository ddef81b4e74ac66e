import type { Actor } from '../http/context.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { cookieNames, cookieValue, EXTERNAL_COOKIE, setCookie } from './cookies.ts';
import {
  ACCESS_MS,
  builtInTokens,
  externalTokens,
  issueToken,
  verifyToken,
  type TrustedIssuer,
} from './tokens.ts';
import { complain } from '../platform/log.ts';

/** A bearer token in the request (RFC 6750 §2.1; schemes ignore case, RFC 9110 §11.1). */
export const bearerToken = (headers: Headers): string | null =>
  /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null;

/** Kept for the life of the isolate: an external issuer's keys are fetched once, not with every request. */
const trustedIssuers = new Map<string, TrustedIssuer>();

async function trustedIssuer({ settings, secrets }: Platform, fetcher: typeof fetch): Promise<TrustedIssuer> {
  const name = settings.authIssuer || settings.origin;
  const known = trustedIssuers.get(name);
  if (known) return known;
  const found = settings.authIssuer
    ? await externalTokens(settings.authIssuer, settings.authAudience || settings.origin, fetcher)
    : await builtInTokens(settings.origin, secrets.authSigningKey);
  trustedIssuers.set(name, found);
  return found;
}

/** The built-in issuer's session behind the request's cookie; better-auth is loaded only when there is a cookie. */
export async function sessionOf(platform: Platform, headers: Headers) {
  const { settings } = platform;
  if (settings.authIssuer || !cookieValue(headers.get('cookie'), cookieNames(settings.origin).session))
    return null;
  const { builtInIssuer } = await import('./issuer.ts');
  return builtInIssuer(platform, { city: null, country: null, mailCode: async () => {} }).session(headers);
}

/** A fresh access cookie for somebody whose session is alive. */
export async function accessCookie(platform: Platform, actor: Actor): Promise<string> {
  const { settings, secrets } = platform;
  const { token } = await issueToken(
    settings.origin,
    secrets.authSigningKey,
    actor,
    platform.now(),
    ACCESS_MS,
  );
  return setCookie(settings.origin, cookieNames(settings.origin).access, token, ACCESS_MS / 1000);
}

/** Lines that take away those of our cookies that came along and are good for nothing, so that they come only once. */
const staleCookies = (headers: Headers, origin: string): string[] =>
  [cookieNames(origin).access, cookieNames(origin).session]
    .filter((name) => cookieValue(headers.get('cookie'), name) !== null)
    .map((name) => setCookie(origin, name, '', 0));

/**
 * Who sent a request. A bearer token counts alone and must be good; a stale access cookie is renewed
 * from the session cookie, with `renewed` told the `Set-Cookie` lines.
 * @throws Problem `invalid-token` for a bearer that is not good; `unavailable` when the issuer's keys can't be had
 */
export async function identify(
  headers: Headers,
  platform: Platform,
  renewed: (cookies: string[]) => void,
  fetcher: typeof fetch = fetch,
): Promise<Actor | null> {
  const { settings } = platform;
  const verify = async (token: string) => {
    try {
      const found = await verifyToken(token, await trustedIssuer(platform, fetcher), platform.now());
      if (!found || !settings.authIssuer) return found;
      const { sessionId: _theirs, ...person } = found; // in no table of ours: it would look as if it had ended
      return person;
    } catch (error) {
      if (!settings.authIssuer) throw error;
      complain({ from: settings.authIssuer, error });
      throw new Problem('unavailable', 'The sign-in service is not answering; try again in a moment.');
    }
  };

  const bearer = bearerToken(headers);
  if (bearer) {
    const actor = await verify(bearer);
    if (!actor) throw new Problem('invalid-token', 'Sign in again to get a new one.');
    return actor;
  }
  const name = settings.authIssuer ? EXTERNAL_COOKIE : cookieNames(settings.origin).access;
  const access = cookieValue(headers.get('cookie'), name);
  const actor = access ? await verify(access) : null;
  if (actor) return actor;
  const session = await sessionOf(platform, headers);
  if (!session) {
    if (!settings.authIssuer) renewed(staleCookies(headers, settings.origin));
    return null;
  }
  renewed([...session.cookies, await accessCookie(platform, session.actor)]);
  return session.actor;
}
