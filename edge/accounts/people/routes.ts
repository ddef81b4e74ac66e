import { Hono, type Context } from 'hono';
import { routePath } from 'hono/route';
import * as v from 'valibot';
import {
  Account,
  AnyPersonId,
  EmailShown,
  LookedAt,
  PeoplePage,
  PeopleQuery,
  RecentPlays,
  SessionOfPerson,
} from '../../../schema/api/people.ts';
import type { AppEnv } from '../../http/context.ts';
import { accepts, returns } from '../../http/contract.ts';
import { decodeCursor, toPage } from '../../http/cursor.ts';
import { allow, recent, signedIn } from '../../http/guards.ts';
import { Problem } from '../../http/problem.ts';
import { audited } from '../../operations/audit/audited.ts';
import { revokeStreams } from '../../playback/revoke.ts';
import { endSession, endSessions } from '../queries.ts';
import { emailOf, lastPlays, openedSince } from './account-queries.ts';
import { accountView, personView, shownPerson } from './person.ts';
import { peopleList } from './queries.ts';

const PAGE = 50;
const Cursor = v.tuple([v.picklist([0, 1]), v.string()]);
/** Opening an account again within so long is the same look at it. */
const ONE_LOOK_MS = 15 * 60_000;
const PLAYS = 20;

/** Writes down that an account was opened: a request that only reads has no author until it is given one. */
async function opened(c: Context<AppEnv>, id: string): Promise<void> {
  const actor = signedIn(await c.var.actor());
  const { db, now } = c.var.platform;
  if (await openedSince(db, actor.userId, id, now() - ONE_LOOK_MS)) return;
  c.var.writeDownAs(actor, 'admin', `${c.req.method} ${routePath(c)}`);
  await audited(c, { what: 'accounts', of: id, after: { opened: true } });
}

/** People, for those who help them and those who answer for them. */
export const peopleAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/users',
    allow('admin'),
    accepts('query', PeopleQuery),
    returns('People, the newest first, or those looked for', { 200: PeoplePage }),
    async (c) => {
      const { cursor, limit = PAGE, ...asked } = c.req.valid('query');
      if (Object.values(asked).filter(Boolean).length > 1)
        throw new Problem('invalid-request', 'Ask for one of q, role, plan and state at a time.');
      const at = decodeCursor(Cursor, cursor);
      const where = at && { part: at[0], id: at[1] };
      const { db, now } = c.var.platform;
      const found = await peopleList(db, asked, where, limit + 1, now());
      c.header('cache-control', 'no-store');
      return c.json(
        toPage(
          found,
          limit,
          ({ row }) => personView(row),
          ({ row, part }) => [part, row.id],
        ),
        200,
      );
    },
  )
  .get(
    '/api/admin/users/:id',
    allow('admin'),
    recent(),
    accepts('param', AnyPersonId),
    returns('An account as support sees it, without its secrets; that it was opened is written down', {
      200: Account,
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const account = await accountView(c.var.platform, id);
      await opened(c, id);
      c.header('cache-control', 'no-store');
      return c.json(account, 200);
    },
  )
  .post(
    '/api/admin/users/:id/email',
    allow('admin'),
    recent(),
    accepts('param', AnyPersonId),
    accepts('json', LookedAt),
    returns('Somebody’s e-mail address, for a reason that is written down', { 200: EmailShown }),
    async (c) => {
      const { id } = c.req.valid('param');
      const email = await emailOf(c.var.platform.db, id);
      if (email === null) throw new Problem('not-found', 'There is no such account.');
      const { reason } = c.req.valid('json');
      await audited(c, { what: 'accounts', of: id, after: { shown: 'email', reason } });
      c.header('cache-control', 'no-store');
      return c.json({ email }, 200);
    },
  )
  .post(
    '/api/admin/users/:id/plays',
    allow('admin'),
    recent(),
    accepts('param', AnyPersonId),
    accepts('json', LookedAt),
    returns('What somebody played last, for a reason that is written down', { 200: RecentPlays }),
    async (c) => {
      const { db } = c.var.platform;
      const { id } = c.req.valid('param');
      await shownPerson(c.var.platform, id);
      const rows = await lastPlays(db, id, PLAYS);
      const { reason } = c.req.valid('json');
      await audited(c, { what: 'accounts', of: id, after: { shown: 'plays', reason } });
      c.header('cache-control', 'no-store');
      const items = rows.map(({ seconds, ...play }) => ({ ...play, minutes: Math.round(seconds / 60) }));
      return c.json({ items }, 200);
    },
  )
  .delete(
    '/api/admin/users/:id/sessions/:session',
    allow('admin'),
    recent(),
    accepts('param', SessionOfPerson),
    returns('Signs one device of somebody out, and ends what plays on it', { 204: null }),
    async (c) => {
      const { platform } = c.var;
      const { id, session } = c.req.valid('param');
      await revokeStreams(platform, { userId: id, signInId: session }); // first: nothing begins with it any more
      if (!(await endSession(platform.db, id, session)))
        throw new Problem('not-found', 'There is no such session; it may have ended already.');
      await audited(c, { what: 'sessions', of: id, after: { ended: 'one' } });
      return c.body(null, 204);
    },
  )
  .delete(
    '/api/admin/users/:id/sessions',
    allow('admin'),
    recent(),
    accepts('param', AnyPersonId),
    returns('Signs somebody out everywhere, and ends what plays', { 204: null }),
    async (c) => {
      const { platform } = c.var;
      const { id } = c.req.valid('param');
      await shownPerson(platform, id);
      await revokeStreams(platform, { userId: id });
      await endSessions(platform.db, id);
      await revokeStreams(platform, { userId: id }); // and what began until then
      await audited(c, { what: 'sessions', of: id, after: { ended: 'all' } });
      return c.body(null, 204);
    },
  );
