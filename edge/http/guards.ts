import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { RECENT_S, type Role } from '../../schema/api/accounts.ts';
import type { Actor, AppEnv } from './context.ts';
import { noted, type Guard } from './contract.ts';
import { Problem } from './problem.ts';

/** Who may use a route. `admin` may do what every other role may; `staff` is everybody who works here. */
export const allowed: Record<Role | 'staff', readonly Role[]> = {
  viewer: ['viewer', 'moderator', 'editor', 'admin'],
  moderator: ['moderator', 'admin'],
  editor: ['editor', 'admin'],
  admin: ['admin'],
  staff: ['moderator', 'editor', 'admin'],
};

/** Safe methods (RFC 9110 §9.2.1) that we have. */
const READS = new Set(['GET', 'HEAD']);

/**
 * Names a route's guard. Every route has one, before anything else; a test fails for a route without.
 * `anyone`: no account needed. `task`: the transcoder, by the token of one task (checked by the route itself).
 * `playback`: a playback token in the path (checked by the route itself).
 * More than `viewer`, and whatever changes something, is looked up, one row, so that a role that was taken away is gone at once, and
 * a session that has ended changes nothing, whatever a token says.
 * @param options `asOf: 'token'`: the token's word is enough to change something as well; for what has to do without the database,
 * and for routes that look at the session themselves
 * @throws Problem `not-signed-in` or `not-allowed`
 */
export function allow(
  who: Guard,
  { asOf = 'now' }: { asOf?: 'now' | 'token' } = {},
): MiddlewareHandler<AppEnv> {
  const guard: MiddlewareHandler<AppEnv> = async (c, next) => {
    if (who !== 'anyone' && who !== 'task' && who !== 'playback') {
      const actor = signedIn(await c.var.actor());
      const lookedUp = who !== 'viewer' || (asOf === 'now' && !READS.has(c.req.method));
      const role = lookedUp ? await c.var.currentRole(actor) : actor.role;
      if (!role)
        throw new Problem(
          'not-signed-in',
          'This device has been signed out, or the account is not there any more.',
        );
      if (!allowed[who].includes(role))
        throw new Problem('not-allowed', `This needs the role ${who}; yours is ${role}.`);
      if (who !== 'viewer') await strongly(c, actor);
      if (role !== 'viewer' && !READS.has(c.req.method))
        c.var.writeDownAs(actor, role, `${c.req.method} ${routePath(c)}`);
    }
    await next();
  };
  return noted(guard, (contract) => {
    contract.guard = who;
  });
}

/** Where the site asks it of staff: two-step sign-in, or a passkey, which is two steps in one. */
async function strongly(c: Context<AppEnv>, actor: Actor): Promise<void> {
  if (!c.var.platform.settings.staffSecondFactor || (await c.var.hasSecondFactor(actor))) return;
  throw new Problem(
    'second-factor-missing',
    'Turn on two-step sign-in, or add a passkey, on your account page under “Sign-in”. Then it is open to you at once.',
  );
}

/**
 * For what does harm in the wrong hands, such as a browser left open: whoever asks has signed in, or shown once more that it is they
 * (`POST /api/auth/step-up`), within a quarter of an hour. It stands right after `allow()`. The token says when (`auth_time`, OpenID
 * Connect Core 1.0 §2), so this costs no look at anything; pages ask and repeat the call by themselves (web/admin/step-up.ts).
 * @throws Problem `step-up-required`, with the challenge of RFC 9470 §3
 */
export function recent(): MiddlewareHandler<AppEnv> {
  const recently: MiddlewareHandler<AppEnv> = async (c, next) => {
    const { provedAt } = signedIn(await c.var.actor());
    const { now, settings } = c.var.platform;
    if (provedAt === undefined || provedAt <= now() - RECENT_S * 1000)
      throw new Problem('step-up-required', howToProve(provedAt !== undefined, settings.authIssuer));
    await next();
  };
  return noted(recently, (contract) => {
    contract.recent = true;
  });
}

function howToProve(known: boolean, issuer: string): string {
  if (!issuer)
    return 'This takes a sign-in of the last 15 minutes. POST /api/auth/step-up renews that of a browser’s session; for a new token, sign in anew.';
  return known
    ? `This takes a sign-in of the last 15 minutes: sign in anew at ${issuer}.`
    : `This takes a sign-in of the last 15 minutes, and the tokens of ${issuer} do not say when that was: they need the claim auth_time, or fva.`;
}

/** The actor behind a guard that let only signed-in people through. */
export function signedIn(actor: Actor | null): Actor {
  if (!actor) throw new Problem('not-signed-in');
  return actor;
}
