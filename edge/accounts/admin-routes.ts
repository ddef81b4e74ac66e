import { Hono } from 'hono';
import { PersonChange, PersonId } from '../../schema/api/accounts.ts';
import { Person } from '../../schema/api/people.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, recent } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { shownPerson } from './people/person.ts';
import { setRole } from './queries.ts';

/** Roles, of which nobody can give themselves a higher one: only admins give them, and theirs is the highest. */
export const accountsAdmin = new Hono<AppEnv>().patch(
  '/api/admin/users/:id',
  allow('admin'),
  recent(),
  accepts('param', PersonId),
  accepts('json', PersonChange),
  returns('Gives somebody a role; there is always an admin left', { 200: Person }),
  async (c) => {
    const { db, now, settings } = c.var.platform;
    if (settings.authIssuer)
      throw new Problem('conflict', `Roles are given at ${settings.authIssuer}, in the claim \`role\`.`);
    const { id } = c.req.valid('param');
    const changed = await setRole(db, id, c.req.valid('json').role, now());
    if (changed === 'unknown') throw new Problem('not-found', 'There is no such account.');
    if (changed === 'last-admin')
      throw new Problem('conflict', 'This is the last admin. Make somebody else one first.');
    return c.json(await shownPerson(c.var.platform, id), 200);
  },
);
