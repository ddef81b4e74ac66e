import type { Context } from 'hono';
import type { Actor, AppEnv } from '../../http/context.ts';
import { within } from '../../http/limits.ts';
import { Problem } from '../../http/problem.ts';
import type { Platform } from '../../platform/platform.ts';
import { bearerToken, sessionOf } from '../identity.ts';
import { passwordHash } from './queries/sign-in.ts';

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

/**
 * Whether the request comes from somebody who signed in, or proved that it is they, a few minutes ago. Never by a token for tools: of
 * our own issuer it takes the session's cookie, alive now.
 */
export async function justSignedIn(c: Context<AppEnv>, actor: Actor): Promise<boolean> {
  const { platform } = c.var;
  const { headers } = c.req.raw;
  const isFresh = (at: number | undefined) => at !== undefined && at > platform.now() - FRESH_MS;
  if (platform.settings.authIssuer) return isFresh(actor.provedAt);
  if (bearerToken(headers)) return false;
  const session = await sessionOf(platform, headers);
  return session?.actor.userId === actor.userId && isFresh(session.actor.provedAt);
}
