import { Hono, type Context } from 'hono';
import { PersonId } from '../../../schema/api/accounts.ts';
import { CloseAccount, CloseForReason, Closing } from '../../../schema/api/me.ts';
import type { AppEnv } from '../../http/context.ts';
import { accepts, returns } from '../../http/contract.ts';
import { allow, recent, signedIn } from '../../http/guards.ts';
import { Problem } from '../../http/problem.ts';
import { cookieNames, setCookie } from '../cookies.ts';
import { close, keep } from './close-account.ts';
import { ensureUser } from './current-profile.ts';
import { profileCookie } from './profile-claim.ts';
import { closingOf } from './queries/closing.ts';
import { confirmPassword, justSignedIn } from './reauthenticate.ts';

const post = (c: Context<AppEnv>, language: 'theirs' | 'unknown') => ({
  acceptLanguage: language === 'theirs' ? (c.req.header('accept-language') ?? null) : null,
  later: (work: Promise<unknown>) => c.executionCtx.waitUntil(work),
});

/** Nobody is signed in here any more. */
function forgetCookies(c: Context<AppEnv>): void {
  const { origin } = c.var.platform.settings;
  for (const name of Object.values(cookieNames(origin)))
    c.header('set-cookie', setCookie(origin, name, '', 0), { append: true });
  c.header('set-cookie', profileCookie(origin, '', 0), { append: true });
}

/** Deleting an account, with two weeks to think again. */
export const closingRoutes = new Hono<AppEnv>()
  .get(
    '/api/me/closing',
    allow('viewer'),
    returns('Whether the account is about to be deleted, and whether it may be kept', { 200: Closing }),
    async (c) => {
      const { userId } = signedIn(await c.var.actor());
      c.header('cache-control', 'no-store');
      const none = { closesAt: null, mayKeep: false, reason: null };
      return c.json((await closingOf(c.var.platform.db, userId)) ?? none, 200);
    },
  )
  .delete(
    '/api/me',
    allow('viewer'),
    accepts('json', CloseAccount),
    returns('Closes the account: signed out everywhere at once, deleted in two weeks', { 200: Closing }),
    async (c) => {
      const { platform } = c.var;
      const actor = signedIn(await c.var.actor());
      const { password } = c.req.valid('json');
      if (password !== undefined) await confirmPassword(c, actor, password);
      else if (!(await justSignedIn(c, actor)))
        throw new Problem(
          'proof-required',
          'Send the account’s password, or sign in anew and try again within ten minutes.',
        );
      await ensureUser(platform, actor);
      const closing = await close(platform, actor.userId, null, post(c, 'theirs'));
      forgetCookies(c);
      return c.json(closing, 200);
    },
  )
  .post(
    '/api/me/keep',
    allow('viewer'),
    returns('Keeps an account that is about to be deleted; fine where it is not', { 200: Closing }),
    async (c) => {
      const { platform } = c.var;
      const { userId } = signedIn(await c.var.actor());
      await keep(platform, userId, false, post(c, 'theirs'));
      const closing = await closingOf(platform.db, userId);
      if (!closing) throw new Problem('not-signed-in', 'This account is not there any more.');
      if (closing.closesAt !== null)
        throw new Problem('account-closing', {
          detail: closing.reason
            ? `It was not you who closed it: ${closing.reason}`
            : 'Its time has come: it is being deleted.',
        });
      return c.json(closing, 200);
    },
  )
  .delete(
    '/api/admin/users/:id',
    allow('admin'),
    recent(),
    accepts('param', PersonId),
    accepts('json', CloseForReason),
    returns('Closes somebody’s account, who is told the reason; there is always an admin left', {
      200: Closing,
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await close(c.var.platform, id, c.req.valid('json').reason, post(c, 'unknown')), 200);
    },
  )
  .post(
    '/api/admin/users/:id/keep',
    allow('admin'),
    recent(),
    accepts('param', PersonId),
    returns('Takes closing somebody’s account back, whoever closed it', { 200: Closing }),
    async (c) => {
      const { platform } = c.var;
      const { id } = c.req.valid('param');
      await keep(platform, id, true, post(c, 'unknown'));
      const closing = await closingOf(platform.db, id);
      if (!closing) throw new Problem('not-found', 'There is no such account.');
      return c.json(closing, 200);
    },
  );
