import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { AccessToken, Me, SignIn, SignUp } from '../../schema/api/accounts.ts';
import type { Actor, AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, signedIn } from '../http/guards.ts';
import { rememberDevice } from '../http/known-device.ts';
import { limited } from '../http/limits.ts';
import { Problem } from '../http/problem.ts';
import { cookieNames, setCookie } from './cookies.ts';
import { accessCookie, sessionOf } from './identity.ts';
import type { Session } from './issuer.ts';
import { issueToken, publicKeys, TOOL_MS } from './tokens.ts';

const me = ({ userId, ...rest }: Actor): v.InferOutput<typeof Me> => ({ id: userId, ...rest });

/** better-auth, loaded when somebody signs in, up or out. */
async function issuer(c: Context<AppEnv>) {
  const { platform } = c.var;
  if (platform.settings.authIssuer)
    throw new Problem('not-found', `People sign in to this site at ${platform.settings.authIssuer}.`);
  const { builtInIssuer } = await import('./issuer.ts');
  return builtInIssuer(platform);
}

async function started(c: Context<AppEnv>, { actor, cookies }: Session) {
  for (const line of [...cookies, await accessCookie(c.var.platform, actor)])
    c.header('set-cookie', line, { append: true });
  await rememberDevice(c, actor.email);
  c.header('cache-control', 'no-store');
  return me(actor);
}

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
    returns('Makes an account and signs it in by cookies', { 201: Me }),
    async (c) => {
      const session = await (await issuer(c)).signUp(c.req.valid('json'), c.req.raw.headers);
      if (session === 'taken')
        throw new Problem('conflict', 'There is an account with this e-mail address. Sign in instead.');
      return c.json(await started(c, session), 201);
    },
  )
  .post(
    '/api/auth/sign-in',
    allow('anyone'),
    accepts('json', SignIn),
    limited('sign-in', 'email'),
    returns('Signs in by cookies', { 200: Me }),
    async (c) => {
      const session = await (await issuer(c)).signIn(c.req.valid('json'), c.req.raw.headers);
      if (!session) throw new Problem('invalid-credentials');
      return c.json(await started(c, session), 200);
    },
  )
  .post(
    '/api/auth/sign-out',
    allow('anyone'),
    returns('Ends the session of the request’s cookies; fine without one', { 204: null }),
    async (c) => {
      const { origin } = c.var.platform.settings;
      const lines = await (await issuer(c)).signOut(c.req.raw.headers);
      for (const line of [...lines, setCookie(origin, cookieNames(origin).access, '', 0)])
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
      const session = await sessionOf(platform, c.req.raw.headers);
      if (!session)
        throw new Problem('not-signed-in', 'A token is made from a session: sign in, and send its cookies.');
      const { origin } = platform.settings;
      const key = platform.secrets.authSigningKey;
      c.header('cache-control', 'no-store');
      return c.json(await issueToken(origin, key, session.actor, platform.now(), TOOL_MS), 200);
    },
  )
  .get('/api/me', allow('viewer'), returns('Who is signed in', { 200: Me }), async (c) => {
    c.header('cache-control', 'no-store');
    return c.json(me(signedIn(await c.var.actor())), 200);
  })
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
