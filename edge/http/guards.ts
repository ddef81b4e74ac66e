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

/**
 * Names a route's guard. Every route has one, before anything else; a test fails for a route without.
 * `anyone`: no account needed. `task`: the transcoder, by the token of one task (checked by the route itself).
 * `playback`: a playback token in the path (checked by the route itself).
 * More than `viewer` is looked up, one row, so that a role that was taken away is gone at once, whatever a token says.
 * @throws Problem `not-signed-in` or `not-allowed`
 */
export function allow(who: Guard): MiddlewareHandler<AppEnv> {
  const guard: MiddlewareHandler<AppEnv> = async (c, next) => {
    if (who !== 'anyone' && who !== 'task' && who !== 'playback') {
      const actor = signedIn(await c.var.actor());
      const role = who === 'viewer' ? actor.role : await c.var.currentRole(actor);
      if (!role) throw new Problem('not-signed-in', 'This account is not there any more.');
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
