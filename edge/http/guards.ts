import type { MiddlewareHandler } from 'hono';
import type { Role } from '../../schema/api/accounts.ts';
import type { Actor, AppEnv } from './context.ts';
import { noted, type Guard } from './contract.ts';
import { Problem } from './problem.ts';

/** Who may use a route. `admin` may do what every other role may. */
export const allowed: Record<Role, readonly Role[]> = {
  viewer: ['viewer', 'moderator', 'editor', 'admin'],
  moderator: ['moderator', 'admin'],
  editor: ['editor', 'admin'],
  admin: ['admin'],
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
    }
    await next();
  };
  return noted(guard, (contract) => {
    contract.guard = who;
  });
}

/** The actor behind a guard that let only signed-in people through. */
export function signedIn(actor: Actor | null): Actor {
  if (!actor) throw new Problem('not-signed-in');
  return actor;
}
