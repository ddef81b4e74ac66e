import { Hono } from 'hono';
import { Person, PersonChange, PersonId, PersonPage, PersonQuery } from '../../schema/api/accounts.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow, recent } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { people, PersonCursor, setRole } from './queries.ts';

const PAGE = 50;

export const accountsAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/users',
    allow('admin'),
    accepts('query', PersonQuery),
    returns('People, by the beginning of their e-mail address', { 200: PersonPage }),
    async (c) => {
      const { email = '', cursor, limit = PAGE } = c.req.valid('query');
      const rows = await people(c.var.platform.db, email, decodeCursor(PersonCursor, cursor), limit);
      return c.json(
        toPage(
          rows,
          limit,
          (row) => row,
          (row) => [row.email],
        ),
        200,
      );
    },
  )
  .patch(
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
      const changed = await setRole(db, c.req.valid('param').id, c.req.valid('json').role, now());
      switch (changed) {
        case 'unknown':
          throw new Problem('not-found', 'There is no such account.');
        case 'last-admin':
          throw new Problem('conflict', 'This is the last admin. Make somebody else one first.');
        default:
          return c.json(changed, 200);
      }
    },
  );
