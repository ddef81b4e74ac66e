import { Hono, type Context } from 'hono';
import type * as v from 'valibot';
import {
  CodeRequest,
  Mailbox,
  MailboxQuery,
  Me,
  Reset,
  ResetRequest,
  SecondStep,
  SignInByCode,
} from '../../schema/api/accounts.ts';
import { revokeStreams } from '../playback/revoke.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { limited } from '../http/limits.ts';
import { Problem } from '../http/problem.ts';
import { endSessions, unconfirmedAt, userIdAt } from './queries.ts';
import { afterwards, issuerOf, refused, signedInBy, tell, toItsEnd } from './signing-in.ts';

async function reset(
  c: Context<AppEnv>,
  { email, code, password }: v.InferOutput<typeof Reset>,
): Promise<void> {
  const { platform } = c.var;
  const came = await (await issuerOf(c)).reset(email, code, password);
  if ('failure' in came) throw refused(came, 'wrong-code');
  tell(c, 'password-changed', email); // first: the code is used up, and nothing after this can be asked for again
  const userId = await userIdAt(platform.db, email);
  if (!userId) return;
  // better-auth ended them before it wrote: one may have begun in between, with the old password.
  await endSessions(platform.db, userId);
  await revokeStreams(platform, { userId });
}

/** Signing in by what was mailed, and the second step. */
export const codes = new Hono<AppEnv>()
  .post(
    '/api/auth/code',
    allow('anyone'),
    accepts('json', CodeRequest),
    limited('mail', 'email'),
    returns('Mails a code to sign in with, if the address has an account; says nothing of that', {
      202: null,
    }),
    async (c) => {
      afterwards(c, (await issuerOf(c)).mailCode(c.req.valid('json').email, 'sign-in'));
      return c.body(null, 202);
    },
  )
  .post(
    '/api/auth/sign-in/code',
    allow('anyone'),
    accepts('json', SignInByCode),
    limited('code', 'email'),
    returns('Signs in by a mailed code', { 200: Me }),
    async (c) => {
      const { platform } = c.var;
      const given = c.req.valid('json');
      const claimed = await unconfirmedAt(platform.db, given.email);
      const came = await (await issuerOf(c)).signInByCode(given, c.req.raw.headers);
      const me = await signedInBy(c, came, 'wrong-code');
      // Whoever signed up with another's address is signed out now, and plays no more.
      if (claimed) await revokeStreams(platform, { userId: claimed });
      return c.json(me, 200);
    },
  )
  .post(
    '/api/auth/sign-in/second-step',
    allow('anyone'),
    accepts('json', SecondStep),
    limited('second-factor', async (c) => (await issuerOf(c)).halfWay(c.req.raw.headers)),
    returns('The second step of a sign-in: a code of an app, or a backup code', { 200: Me }),
    async (c) => {
      const came = await (await issuerOf(c)).secondStep(c.req.valid('json').code, c.req.raw.headers);
      return c.json(await signedInBy(c, came, 'wrong-code'), 200);
    },
  )
  .post(
    '/api/auth/reset',
    allow('anyone'),
    accepts('json', ResetRequest),
    limited('mail', 'email'),
    returns('Mails a code to set a new password with, if the address has an account; says nothing of that', {
      202: null,
    }),
    async (c) => {
      afterwards(c, (await issuerOf(c)).mailCode(c.req.valid('json').email, 'forget-password'));
      return c.body(null, 202);
    },
  )
  .post(
    '/api/auth/reset/finish',
    allow('anyone'),
    accepts('json', Reset),
    limited('code', 'email'),
    returns('Sets a new password by a mailed code, and ends every session of the account', { 204: null }),
    async (c) => {
      await toItsEnd(c, reset(c, c.req.valid('json')));
      return c.body(null, 204);
    },
  )
  .get(
    '/api/mailbox',
    allow('anyone'),
    accepts('query', MailboxQuery),
    returns('What a local platform without a mail provider has mailed, the latest first', { 200: Mailbox }),
    async (c) => {
      const { mailbox } = c.var.platform;
      if (!mailbox) throw new Problem('not-found', 'Mail of this site goes out by its mail provider.');
      const { to } = c.req.valid('query');
      c.header('cache-control', 'no-store');
      const items = (await mailbox.list()).filter((mail) => to === undefined || mail.to === to);
      return c.json({ items }, 200);
    },
  );
