import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { beforeAll, beforeEach, afterEach, describe, expect, it, vi } from 'vitest';
import app from '../app.ts';
import { contracts } from '../http/contract.ts';
import { episodeWith, worldWide } from '../playback/playback.fixture.ts';

/*
 * The platform behind Clerk, as its documentation has it: session tokens v2 (RS256, `azp` is the site's origin, `sts`, `fva`) in the cookie
 * `__session`, the role by a customised claim `{"metadata": "{{user.public_metadata}}"}`. Keys are made here.
 */
const ISSUER = 'https://clerk.engawa.test';
const SITE = 'https://engawa.test';
let keys: CryptoKeyPair;

beforeAll(async () => {
  keys = await generateKeyPair('RS256');
});
beforeEach(() => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const url = input instanceof Request ? input.url : input.toString();
    if (url === `${ISSUER}/.well-known/openid-configuration`)
      return Response.json({ issuer: ISSUER, jwks_uri: `${ISSUER}/.well-known/jwks.json` });
    if (url === `${ISSUER}/.well-known/jwks.json`)
      return Response.json({
        keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'ins_1', alg: 'RS256', use: 'sig' }],
      });
    throw new TypeError(`nothing at ${url}`);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const claims = (more: JWTPayload = {}): JWTPayload => {
  const now = Math.floor(Date.now() / 1000);
  return {
    azp: SITE,
    exp: now + 60,
    fva: [3, -1],
    iat: now,
    iss: ISSUER,
    nbf: now - 10,
    sid: 'sess_2mio',
    sts: 'active',
    sub: 'user_2mio',
    v: 2,
    name: 'Mio',
    email: 'mio@example.com',
    ...more,
  };
};
const signed = (more?: JWTPayload, by = keys.privateKey) =>
  new SignJWT(claims(more)).setProtectedHeader({ alg: 'RS256', kid: 'ins_1', typ: 'JWT' }).sign(by);

async function ask(
  method: string,
  path: string,
  {
    session,
    json,
    headers = {},
  }: { session?: string; json?: unknown; headers?: Record<string, string> } = {},
): Promise<Response> {
  const request = new Request(`${SITE}${path}`, {
    method,
    headers: {
      ...headers,
      ...(session === undefined ? {} : { cookie: `__client_uat=1; __session=${session}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const ctx = createExecutionContext();
  const answer = await app.fetch(request, { ...env, AUTH_ISSUER: ISSUER, AUTH_AUDIENCE: '' }, ctx);
  await waitOnExecutionContext(ctx);
  return answer;
}
const codeOf = async (answer: Response) => (await answer.json<{ code: string }>()).code;

describe('behind Clerk', () => {
  it('its session cookie says who it is', async () => {
    const answer = await ask('GET', '/api/me', { session: await signed() });
    expect(await answer.json()).toEqual({
      id: 'user_2mio',
      name: 'Mio',
      email: 'mio@example.com',
      emailVerified: true,
      role: 'viewer',
      profile: null,
      unseen: 0,
    });
    expect(answer.headers.getSetCookie()).toEqual([]);
    const bearer = { authorization: `Bearer ${await signed({ email_verified: false })}` };
    expect(await (await ask('GET', '/api/me', { headers: bearer })).json()).toMatchObject({
      emailVerified: false,
    });
  });

  it('they play: the session that their token names is the issuer’s, and none of ours', async () => {
    const { episodeId } = await episodeWith('outside', [worldWide]);
    const answer = await ask('POST', `/api/episodes/${episodeId}/hls`, { session: await signed() });
    expect(answer.status).toBe(200);
  });

  it('roles come from the token, and guards hold to them', async () => {
    const titles = async (more: JWTPayload) =>
      (await ask('GET', '/api/admin/titles', { session: await signed(more) })).status;
    expect(await titles({})).toBe(403);
    expect(await titles({ metadata: { role: 'moderator' } })).toBe(403);
    expect(await titles({ metadata: { role: 'editor' } })).toBe(200);
    expect(await titles({ role: 'admin' })).toBe(200);
    expect(await titles({ metadata: { role: ['admin'] } })).toBe(403);
    expect(await titles({ org_role: 'org:admin', o: { rol: 'admin' } })).toBe(403); // of an organisation, not of this site
    const change = await ask('PATCH', '/api/admin/users/usr_0000', {
      session: await signed({ metadata: { role: 'admin' } }),
      json: { role: 'admin' },
    });
    expect(await codeOf(change)).toBe('conflict');
  });

  it.each<[string, () => Promise<string>]>([
    ['for another site', () => signed({ azp: 'https://other.test' })],
    ['for no site', () => signed({ azp: undefined })],
    ['of another issuer', () => signed({ iss: 'https://clerk.evil.test' })],
    ['that has run out', () => signed({ exp: Math.floor(Date.now() / 1000) - 1 })],
    ['of tomorrow', () => signed({ nbf: Math.floor(Date.now() / 1000) + 86_400 })],
    ['whose session is not complete yet', () => signed({ sts: 'pending' })],
    ['without a person', () => signed({ sub: '' })],
    ['signed by somebody else', async () => signed({}, (await generateKeyPair('RS256')).privateKey)],
    ['signed by nobody', async () => new UnsecuredJWT(claims()).encode()],
    [
      'signed with the public key as a secret',
      async () => {
        const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)));
        return new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'ins_1' }).sign(secret);
      },
    ],
  ])('a token %s is nobody’s', async (_, token) => {
    expect((await ask('GET', '/api/me', { session: await token() })).status).toBe(401);
  });

  it('our own tokens are nobody’s, and our own cookies are not looked at', async () => {
    const { bearer } = await import('../testing/sign-in.ts');
    const own = await bearer('admin');
    expect((await ask('GET', '/api/me', { headers: { authorization: `Bearer ${own}` } })).status).toBe(401);
    expect((await ask('GET', '/api/me', { headers: { cookie: `__Host-engawa=${own}` } })).status).toBe(401);
  });

  it('our own ways in are not there, and say where the way in is', async () => {
    const session = await signed();
    const email = 'mio@example.com';
    const password = 'correct horse battery';
    const bodies: Record<string, unknown> = {
      '/api/auth/sign-up': { name: 'Mio', email, password },
      '/api/auth/sign-in': { email, password },
      '/api/auth/code': { email },
      '/api/auth/sign-in/code': { email, code: '123456' },
      '/api/auth/sign-in/second-step': { code: '123456' },
      '/api/auth/sign-in/passkey': {
        response: { id: 'x', rawId: 'x', type: 'public-key', response: { clientDataJSON: 'e30' } },
      },
      '/api/auth/step-up': { by: 'password', password },
      '/api/auth/reset': { email },
      '/api/auth/reset/finish': { email, code: '123456', password },
      '/api/me/password': { newPassword: password },
      '/api/me/email/verify': { code: '123456' },
      '/api/me/passkeys/options': {},
      '/api/me/second-factor': {},
      'PUT /api/me/second-factor': { code: '123456' },
      'PUT /api/me/email': { email, code: '123456' },
      '/api/me/email': { email },
      '/api/me/passkeys': {
        name: 'x',
        response: { id: 'x', rawId: 'x', type: 'public-key', response: { clientDataJSON: 'e30' } },
      },
      '/api/me/passkeys/:id': { name: 'x' },
    };
    const ours = [...contracts(app).keys()]
      .map((key) => key.split(' ') as [string, string])
      .filter(([, path]) =>
        /^\/api\/(auth\/|me\/(password|email|passkeys|second-factor|devices|security))/.test(path),
      );
    expect(ours.length).toBeGreaterThan(20);
    for (const [method, path] of ours) {
      const json =
        method === 'GET' || method === 'DELETE'
          ? undefined
          : (bodies[`${method} ${path}`] ?? bodies[path] ?? {});
      const answer = await ask(method, path.replace(':id', 'any'), { session, json });
      const problem = await answer.json<{ code: string; detail: string }>();
      expect([`${method} ${path}`, problem.code, problem.detail]).toEqual([
        `${method} ${path}`,
        'not-found',
        expect.stringContaining(ISSUER),
      ]);
    }
  });
});
