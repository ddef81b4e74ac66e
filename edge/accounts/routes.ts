import { Hono } from 'hono';
import * as v from 'valibot';
import { AccessToken, Me, SignIn, SignUp } from '../../schema/api/accounts.ts';
import { Visitor } from '../../schema/api/me.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { limited } from '../http/limits.ts';
import { revokeStreams } from '../playback/revoke.ts';
import { cookieNames, setCookie } from './cookies.ts';
import { agreedAtSignUp } from './me/consents.ts';
import { profileCookie } from './me/profile-claim.ts';
import { visitorOf } from './me/visitor.ts';
import { afterwards, issuerOf, liveSession, signedInBy, tell } from './signing-in.ts';
import { issueToken, publicKeys, TOOL_MS } from './tokens.ts';

/** A sign-up answers no sooner: making an account takes two writes more than finding one, and that should not tell. */
const SIGN_UP_MS = 400;

const Jwks = v.object({
  keys: v.array(
    v.object({
      kty: v.literal('EC'),
      crv: v.string(),
      x: v.string(),
      y: v.string(),
      kid: v.string(),
      alg: v.string(),
      use: v.string(),
    }),
  ),
});

export const accounts = new Hono<AppEnv>()
  .post(
    '/api/auth/sign-up',
    allow('anyone'),
    accepts('json', SignUp),
    limited('sign-up', 'nobody'),
    limited('mail', 'email'),
    returns('Makes an account, and mails how to go on; the same whether the address has one already', {
      202: null,
    }),
    async (c) => {
      const issuer = await issuerOf(c);
      const person = c.req.valid('json');
      const { email } = person;
      const floor = new Promise((resolve) => setTimeout(resolve, SIGN_UP_MS));
      const [made] = await Promise.all([issuer.signUp(person, c.req.raw.headers), floor]);
      if (made === 'taken') tell(c, 'has-account', email);
      else {
        afterwards(c, issuer.mailCode(email, 'email-verification'));
        afterwards(c, agreedAtSignUp(c.var.platform, email));
      }
      return c.body(null, 202);
    },
  )
  .post(
    '/api/auth/sign-in',
    allow('anyone'),
    accepts('json', SignIn),
    limited('sign-in', 'email'),
    returns('Signs in by cookies', { 200: Me }),
    async (c) => {
      const came = await (await issuerOf(c)).signIn(c.req.valid('json'), c.req.raw.headers);
      return c.json(await signedInBy(c, came, 'invalid-credentials'), 200);
    },
  )
  .post(
    '/api/auth/sign-out',
    allow('anyone'),
    returns('Ends the session of the request’s cookies, and what plays by it; fine without one', {
      204: null,
    }),
    async (c) => {
      const { origin } = c.var.platform.settings;
      const issuer = await issuerOf(c);
      const session = await issuer.session(c.req.raw.headers);
      if (session)
        await revokeStreams(c.var.platform, { userId: session.actor.userId, signInId: session.id });
      const lines = await issuer.signOut(c.req.raw.headers);
      const access = setCookie(origin, cookieNames(origin).access, '', 0);
      for (const line of [...lines, access, profileCookie(origin, '', 0)])
        c.header('set-cookie', line, { append: true });
      return c.body(null, 204);
    },
  )
  .post(
    '/api/auth/token',
    allow('viewer'),
    limited('token', 'actor'),
    returns('A bearer token for tools, good for 12 hours, from the session of the request’s cookies', {
      200: AccessToken,
    }),
    async (c) => {
      const { platform } = c.var;
      // From the session, never from another bearer: a stolen token must not be able to renew itself.
      const { session } = await liveSession(c);
      const { origin } = platform.settings;
      const key = platform.secrets.authSigningKey;
      return c.json(await issueToken(origin, key, session.actor, platform.now(), TOOL_MS), 200);
    },
  )
  .get(
    '/api/me',
    allow('viewer'),
    returns('Who is signed in, and in which profile', { 200: Visitor }),
    async (c) => {
      c.header('cache-control', 'no-store');
      return c.json(await visitorOf(c), 200);
    },
  )
  .get(
    '/.well-known/jwks.json',
    allow('anyone'),
    returns('The public keys that access tokens of the built-in issuer are signed with (RFC 7517)', {
      200: Jwks,
    }),
    async (c) => {
      c.header('cache-control', 'public, max-age=300');
      return c.json(await publicKeys(c.var.platform.secrets.authSigningKey), 200);
    },
  );
