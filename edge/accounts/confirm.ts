import type { Context } from 'hono';
import type { AppEnv } from '../http/context.ts';
import { Problem } from '../http/problem.ts';
import type { LiveSession } from './issuer.ts';
import { confirmPassword, hasPassword, justSignedIn } from './me/reauthenticate.ts';

/**
 * Before somebody changes how they sign in: the password, if the account has one, or a sign-in of a few minutes ago if it has none. A
 * browser left open is not enough.
 * @returns the hash that the password was compared with; null where the account has none
 * @throws Problem `wrong-password`, `proof-required`, `too-many-requests`
 */
export async function confirm(
  c: Context<AppEnv>,
  { actor }: LiveSession,
  password: string | undefined,
): Promise<string | null> {
  if (password !== undefined) return confirmPassword(c, actor, password);
  if (await hasPassword(c.var.platform, actor))
    throw new Problem('proof-required', 'Send the account’s password (`password`) along.');
  if (!(await justSignedIn(c, actor)))
    throw new Problem('proof-required', 'Sign in anew, and try again within ten minutes.');
  return null;
}

/**
 * What would outlive the owner's coming: whoever signed up with another's address must not put a key of their own to it.
 * @throws Problem `unverified-address`
 */
export function verifiedOnly({ actor }: LiveSession): void {
  if (!actor.emailVerified)
    throw new Problem(
      'unverified-address',
      'Enter the code that was mailed to you; POST /api/me/email/code mails another.',
    );
}
