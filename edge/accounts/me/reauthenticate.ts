import type { Context } from 'hono';
import { decodeJwt } from 'jose';
import * as v from 'valibot';
import type { Actor, AppEnv } from '../../http/context.ts';
import { within } from '../../http/limits.ts';
import { Problem } from '../../http/problem.ts';
import type { Platform } from '../../platform/platform.ts';
import { cookieNames, cookieValue, EXTERNAL_COOKIE } from '../cookies.ts';
import { bearerToken, sessionOf } from '../identity.ts';
import { passwordHash, sessionStart } from './queries/sign-in.ts';

/** How long after signing in somebody counts as having just done so. */
const FRESH_MS = 10 * 60_000;

/**
 * Takes the account's password as proof that it is still they who ask.
 * @returns the hash that it was compared with
 * @throws Problem `wrong-password`, also for an account without one; `too-many-requests`
 */
export async function confirmPassword(
  c: Context<AppEnv>,
  { userId }: Actor,
  password: string,
): Promise<string> {
  return within(c, 'confirm', userId, async () => {
    const hash = await passwordHash(c.var.platform.db, userId);
    const { verifyPassword } = await import('better-auth/crypto'); // scrypt, as better-auth made it (ADR 0016)
    if (!hash || !(await verifyPassword({ hash, password }))) throw new Problem('wrong-password');
    return hash;
  });
}

export const hasPassword = async ({ db }: Platform, { userId }: Actor): Promise<boolean> =>
  (await passwordHash(db, userId)) !== null;

const SignedIn = v.object({
  iat: v.number(),
  auth_time: v.optional(v.number()),
  fva: v.optional(v.tupleWithRest([v.pipe(v.number(), v.minValue(0))], v.number())),
});

/**
 * When the issuer of a token saw its person sign in, ms UTC: OpenID Connect Core 1.0 §2 says `auth_time`, in seconds, Clerk `fva`, in
 * minutes before the token; 0 where it says neither.
 * @param token one that has been verified
 */
export function signInTime(token: string): number {
  const claims = v.safeParse(SignedIn, decodeJwt(token));
  if (!claims.success) return 0;
  const { iat, auth_time, fva } = claims.output;
  if (auth_time !== undefined) return auth_time * 1000;
  return fva ? (iat - fva[0] * 60) * 1000 : 0;
}

/** Whether the request comes from a session that somebody signed in to a few minutes ago. Never by a token for tools. */
export async function justSignedIn(c: Context<AppEnv>, actor: Actor): Promise<boolean> {
  const { platform } = c.var;
  const { headers } = c.req.raw;
  const { db, settings, now } = platform;
  if (settings.authIssuer) {
    const token = bearerToken(headers) ?? cookieValue(headers.get('cookie'), EXTERNAL_COOKIE);
    return token !== null && signInTime(token) > now() - FRESH_MS;
  }
  if (bearerToken(headers)) return false;
  const session = await sessionOf(platform, headers);
  if (session?.actor.userId !== actor.userId) return false;
  // better-auth's cookie is `token.signature`; that it is good was just checked.
  const cookie = cookieValue(headers.get('cookie'), cookieNames(settings.origin).session) ?? '';
  const token = decodeURIComponent(cookie).split('.')[0] ?? '';
  return (await sessionStart(db, actor.userId, token)) > now() - FRESH_MS;
}
