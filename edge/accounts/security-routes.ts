import { Hono } from 'hono';
import {
  BackupCodes,
  ChangeEmail,
  ChangePassword,
  Confirmation,
  DeviceId,
  Me,
  NewEmail,
  SecondFactorOffer,
  Security,
  TurnOnSecondFactor,
  VerifyEmail,
} from '../../schema/api/accounts.ts';
import { tellStripeOfAddress } from '../billing/checkout-customer.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { limited } from '../http/limits.ts';
import { Problem } from '../http/problem.ts';
import { revokeStreams } from '../playback/revoke.ts';
import { confirm, verifiedOnly } from './confirm.ts';
import { cookieNames, setCookie } from './cookies.ts';
import { profileCookie } from './me/profile-claim.ts';
import { addressIsTaken, endSession, endSessions } from './queries.ts';
import { securityOf } from './security.ts';
import { afterwards, liveSession, meOf, refused, started, tell } from './signing-in.ts';

/** How somebody signs in, as they see and change it. Each of these looks at the session itself (liveSession). */
export const security = new Hono<AppEnv>()
  .get(
    '/api/me/security',
    allow('viewer'),
    returns('How somebody signs in, and where they are signed in', { 200: Security }),
    async (c) => {
      const { issuer, session } = await liveSession(c);
      return c.json(await securityOf(c.var.platform, issuer, session), 200);
    },
  )

  .post(
    '/api/me/email/code',
    allow('viewer'),
    limited('mail', 'actor'),
    returns('Mails the code that verifies the address once more', { 202: null }),
    async (c) => {
      const { issuer, session } = await liveSession(c);
      if (session.actor.emailVerified) throw new Problem('conflict', 'This address is confirmed already.');
      afterwards(c, issuer.mailCode(session.actor.email, 'email-verification'));
      return c.body(null, 202);
    },
  )
  .post(
    '/api/me/email/verify',
    allow('viewer'),
    accepts('json', VerifyEmail),
    limited('code', 'actor'),
    returns('Shows that the address is theirs', { 200: Me }),
    async (c) => {
      const { issuer, session } = await liveSession(c);
      if (session.actor.emailVerified) return c.json(meOf(session.actor), 200); // both code and link were used
      const came = await issuer.verifyEmail(session, c.req.valid('json').code, c.req.raw.headers);
      if ('failure' in came) throw refused(came, 'wrong-code');
      return c.json(await started(c, came), 200);
    },
  )
  .post(
    '/api/me/email',
    allow('viewer'),
    accepts('json', NewEmail),
    limited('mail', 'actor'),
    limited('mail', 'email'), // whose mailbox it is has asked for nothing
    returns('Mails a code to a new address; says nothing of whether that has an account', { 202: null }),
    async (c) => {
      const { issuer, session } = await liveSession(c);
      const { email, password } = c.req.valid('json');
      await confirm(c, session, password);
      if (email === session.actor.email) throw new Problem('conflict', 'This is the address already.');
      afterwards(c, issuer.offerEmail(email, c.req.raw.headers));
      return c.body(null, 202);
    },
  )
  .put(
    '/api/me/email',
    allow('viewer'),
    accepts('json', ChangeEmail),
    limited('code', 'actor'),
    returns('Makes the address that the code was mailed to theirs', { 200: Me }),
    async (c) => {
      const { issuer, session } = await liveSession(c);
      const { email, code } = c.req.valid('json');
      if (email === session.actor.email) return c.json(meOf(session.actor), 200); // sent twice
      const came = await issuer.changeEmail(email, code, c.req.raw.headers).catch(async (error: unknown) => {
        if (await addressIsTaken(c.var.platform.db, email)) return { failure: 'taken' as const, error };
        throw error;
      });
      if ('failure' in came) throw refused(came, 'wrong-code');
      tell(c, 'email-changed', session.actor.email);
      afterwards(c, tellStripeOfAddress(c.var.platform, session.actor.userId));
      return c.json(await started(c, came), 200);
    },
  )
  .put(
    '/api/me/password',
    allow('viewer'),
    accepts('json', ChangePassword),
    returns('Sets or changes the password, and signs every other device out, and ends what plays', {
      204: null,
    }),
    async (c) => {
      const { issuer, session } = await liveSession(c);
      const { newPassword, password } = c.req.valid('json');
      const confirmed = await confirm(c, session, password);
      const { userId } = session.actor;
      await revokeStreams(c.var.platform, { userId }); // first: while the password is the old one, what broke off can be asked for again
      const came = await issuer.changePassword(session, newPassword, confirmed, c.req.raw.headers);
      if ('failure' in came) throw refused(came, 'wrong-password');
      tell(c, 'password-changed', session.actor.email);
      await started(c, came);
      await revokeStreams(c.var.platform, { userId }); // and what began until then
      return c.body(null, 204);
    },
  )

  .post(
    '/api/me/second-factor',
    allow('viewer'),
    accepts('json', Confirmation),
    returns('Offers a secret for an app, and backup codes; shown this once', { 200: SecondFactorOffer }),
    async (c) => {
      const { issuer, session } = await liveSession(c);
      verifiedOnly(session);
      const { password } = c.req.valid('json');
      await confirm(c, session, password);
      const came = await issuer.offerSecondFactor(password, c.req.raw.headers);
      if ('failure' in came)
        throw came.failure === 'taken'
          ? new Problem('conflict', 'Two-step sign-in is on already.')
          : refused(came, 'wrong-password');
      return c.json(came, 200);
    },
  )
  .put(
    '/api/me/second-factor',
    allow('viewer'),
    accepts('json', TurnOnSecondFactor),
    limited('second-factor', 'actor'),
    returns('Turns two-step sign-in on, by a code of the app', { 204: null }),
    async (c) => {
      const { issuer, session } = await liveSession(c);
      const came = await issuer.turnOnSecondFactor(c.req.valid('json').code, c.req.raw.headers);
      if ('failure' in came) throw refused(came, 'wrong-code');
      await started(c, came);
      tell(c, 'second-factor-on', session.actor.email);
      return c.body(null, 204);
    },
  )
  .post(
    '/api/me/second-factor/backup-codes',
    allow('viewer'),
    accepts('json', Confirmation),
    returns('New backup codes; the old ones are void', { 200: BackupCodes }),
    async (c) => {
      const { issuer, session } = await liveSession(c);
      const { password } = c.req.valid('json');
      await confirm(c, session, password);
      const came = await issuer.backupCodes(password, c.req.raw.headers);
      if ('failure' in came) throw refused(came, 'wrong-password');
      return c.json(came, 200);
    },
  )
  .post(
    '/api/me/second-factor/off',
    allow('viewer'),
    accepts('json', Confirmation),
    returns('Turns two-step sign-in off', { 204: null }),
    async (c) => {
      const { issuer, session } = await liveSession(c);
      const { password } = c.req.valid('json');
      await confirm(c, session, password);
      const came = await issuer.turnOffSecondFactor(password, c.req.raw.headers);
      if ('failure' in came) throw refused(came, 'wrong-password');
      await started(c, came);
      tell(c, 'second-factor-off', session.actor.email);
      return c.body(null, 204);
    },
  )

  .delete(
    '/api/me/devices/:id',
    allow('viewer'),
    accepts('param', DeviceId),
    returns('Signs a device out, and ends what plays on it', { 204: null }),
    async (c) => {
      const { session } = await liveSession(c);
      const { id } = c.req.valid('param');
      await revokeStreams(c.var.platform, { userId: session.actor.userId, signInId: id });
      if (!(await endSession(c.var.platform.db, session.actor.userId, id)))
        throw new Problem('not-found', 'There is no such device; it may be signed out already.');
      return c.body(null, 204);
    },
  )
  .delete(
    '/api/me/devices',
    allow('viewer'),
    returns('Signs every device out, this one too, and ends what plays on them', { 204: null }),
    async (c) => {
      const { platform } = c.var;
      const { userId } = (await liveSession(c)).session.actor;
      await revokeStreams(platform, { userId }); // first: while a session is left, what broke off can be asked for again
      await endSessions(platform.db, userId);
      const { origin } = platform.settings;
      for (const name of Object.values(cookieNames(origin)))
        c.header('set-cookie', setCookie(origin, name, '', 0), { append: true });
      c.header('set-cookie', profileCookie(origin, '', 0), { append: true });
      await revokeStreams(platform, { userId }); // and what began until then
      return c.body(null, 204);
    },
  );
