import {
  base64url,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type JWTPayload,
} from 'jose';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { bearer } from '../testing/sign-in.ts';
import { call } from '../testing/call.ts';
import {
  ACCESS_MS,
  builtInTokens,
  externalTokens,
  issueToken,
  provedAt,
  verifyToken,
  type TrustedIssuer,
} from './tokens.ts';

const NOW = 1_700_000_000_000;
const ORIGIN = 'https://engawa.test';
const mio = {
  userId: 'usr_0mio',
  name: 'Mio',
  email: 'mio@engawa.test',
  emailVerified: true,
  role: 'editor',
} as const;

describe('tokens of the built-in issuer', () => {
  let key: string;
  let trusted: TrustedIssuer;
  beforeAll(async () => {
    const pair = await generateKeyPair('ES256', { extractable: true });
    key = JSON.stringify(await exportJWK(pair.privateKey));
    trusted = await builtInTokens(ORIGIN, key);
  });
  const verify = (token: string, now = NOW) => verifyToken(token, trusted, now);

  it('say who it is, for as long as they are good', async () => {
    const { token, expiresAt } = await issueToken(ORIGIN, key, mio, NOW, ACCESS_MS);
    expect(expiresAt).toBe(NOW + ACCESS_MS);
    expect(await verify(token)).toEqual(mio);
    expect(await verify(token, expiresAt - 1_000)).toEqual(mio);
    expect(await verify(token, expiresAt)).toBeNull();
  });

  it('are no good when anything about them is not ours', async () => {
    const { token } = await issueToken(ORIGIN, key, mio, NOW, ACCESS_MS);
    const [head, body, signature] = token.split('.') as [string, string, string];
    const claims = JSON.parse(new TextDecoder().decode(base64url.decode(body))) as JWTPayload;
    const other = await generateKeyPair('ES256');
    const otherKey = JSON.stringify(
      await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey),
    );
    const signed = (payload: JWTPayload, alg = 'ES256') =>
      new SignJWT(payload).setProtectedHeader({ alg }).sign(other.privateKey);
    const publicKey = new TextEncoder().encode(JSON.stringify(await exportJWK(other.publicKey)));
    const bad: Record<string, string> = {
      'another role': `${head}.${base64url.encode(JSON.stringify({ ...claims, role: 'admin' }))}.${signature}`,
      'no signature': `${head}.${body}.`,
      'a flipped bit': `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
      'alg none': new UnsecuredJWT(claims).encode(),
      'another key': await signed(claims),
      'the public key as a secret': await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .sign(publicKey),
      'another issuer': (await issueToken('https://evil.test', key, mio, NOW, ACCESS_MS)).token,
      'another key, same thumbprint field': (await issueToken(ORIGIN, otherKey, mio, NOW, ACCESS_MS)).token,
      nothing: '',
      'not a token': 'a.b.c',
      'too many parts': `${token}.x`,
    };
    const taken: string[] = [];
    for (const [what, text] of Object.entries(bad)) if (await verify(text)) taken.push(what);
    expect(taken).toEqual([]);
  });
});

describe('tokens of an OpenID provider', () => {
  const ISSUER = 'https://clerk.example';
  const make = async (alg: string) => {
    const pair = await generateKeyPair(alg, { extractable: true });
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg, use: 'sig' };
    const asked: string[] = [];
    const provider = (input: RequestInfo | URL): Promise<Response> => {
      const url = input instanceof Request ? input.url : input.toString();
      asked.push(url);
      if (url === `${ISSUER}/.well-known/openid-configuration`)
        return Promise.resolve(Response.json({ issuer: ISSUER, jwks_uri: `${ISSUER}/keys` }));
      if (url === `${ISSUER}/keys`) return Promise.resolve(Response.json({ keys: [jwk] }));
      return Promise.resolve(new Response(null, { status: 404 }));
    };
    const token = (claims: JWTPayload) =>
      new SignJWT({ iss: ISSUER, sub: 'user_2abc', exp: NOW / 1000 + 60, ...claims })
        .setProtectedHeader({ alg, kid: 'k1' })
        .sign(pair.privateKey);
    return { provider, token, asked };
  };

  it.each(['RS256', 'ES256', 'EdDSA'])(
    'are verified with its keys, which are fetched once (%s)',
    async (alg) => {
      const { provider, token, asked } = await make(alg);
      const trusted = await externalTokens(ISSUER, ORIGIN, provider);
      const good = await token({
        azp: ORIGIN,
        name: 'Aya',
        email: 'aya@example.com',
        metadata: { role: 'editor' },
      });
      const aya = {
        userId: 'user_2abc',
        name: 'Aya',
        email: 'aya@example.com',
        emailVerified: true,
        role: 'editor',
      };
      expect(await verifyToken(good, trusted, NOW)).toEqual(aya);
      expect(await verifyToken(good, trusted, NOW)).toEqual(aya);
      expect(asked).toHaveLength(2);
    },
  );

  it('make viewers of people without a role, or with one that we do not have', async () => {
    const { provider, token } = await make('ES256');
    const trusted = await externalTokens(ISSUER, 'engawa', provider);
    const role = async (claims: JWTPayload) =>
      (await verifyToken(await token({ aud: ['engawa', 'other'], ...claims }), trusted, NOW))?.role;
    expect(await role({})).toBe('viewer');
    expect(await role({ role: 'moderator' })).toBe('moderator');
    expect(await role({ role: 'superuser' })).toBe('viewer');
    expect(await role({ metadata: 'x' })).toBe('viewer');
  });

  it('are no good when they were made for another site, or have run out', async () => {
    const { provider, token } = await make('ES256');
    const trusted = await externalTokens(ISSUER, ORIGIN, provider);
    for (const claims of [
      {},
      { azp: 'https://other.test' },
      { aud: 'other' },
      { azp: ORIGIN, exp: NOW / 1000 },
      { azp: ORIGIN, iss: 'https://evil.test' },
      { azp: ORIGIN, sub: '' },
      { azp: ORIGIN, nbf: NOW / 1000 + 60 },
    ])
      expect(await verifyToken(await token(claims), trusted, NOW)).toBeNull();
  });

  it('say nothing when the provider is down or is another one', async () => {
    const down = () => Promise.resolve(new Response(null, { status: 503 }));
    await expect(externalTokens(ISSUER, ORIGIN, down)).rejects.toThrow('answered no OpenID configuration');
    const { provider } = await make('ES256');
    await expect(externalTokens(`${ISSUER}/`, ORIGIN, provider)).rejects.toThrow('of its own');
    const keysDown = (input: RequestInfo | URL) =>
      (input instanceof Request ? input.url : input.toString()).endsWith('/keys') ? down() : provider(input);
    const trusted = await externalTokens(ISSUER, ORIGIN, keysDown);
    const { token } = await make('ES256');
    await expect(verifyToken(await token({ azp: ORIGIN }), trusted, NOW)).rejects.toThrow('200 OK');
  });
});

it('a provider that does not answer is not waited for', async () => {
  const soon = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort(new Error('too late')));
  const silent = (_: RequestInfo | URL, init?: RequestInit) =>
    new Promise<Response>((_resolve, reject) => init?.signal?.aborted && reject(init.signal.reason as Error));
  await expect(externalTokens('https://issuer.test', ORIGIN, silent)).rejects.toThrow('too late');
  expect(soon).toHaveBeenCalledWith(5_000);
  soon.mockRestore();
});

it('a token in the wrong place is no token', async () => {
  const token = await bearer('viewer');
  for (const authorization of [token, `Basic ${token}`, 'Bearer', `Token ${token}`])
    expect((await call('GET', '/api/me', { headers: { authorization } })).status).toBe(401);
  expect((await call('GET', '/api/me', { headers: { authorization: `bearer ${token}` } })).status).toBe(200);
  expect((await call('GET', `/api/me?access_token=${token}`)).status).toBe(401);
});

describe('when somebody showed who they are', () => {
  it.each([
    ['as OpenID Connect says it', { iat: 1_000, auth_time: 900 }, 900_000],
    ['as Clerk says it', { iat: 1_000, fva: [5, -1] as [number, number] }, 700_000],
    ['not when the token was made', { iat: 1_000 }, undefined],
  ])('is %s', (_, claims, time) => expect(provedAt(claims)).toBe(time));

  it.each([
    ['Clerk has not seen it', { fva: [-1, -1] }],
    ['it is no time', { auth_time: '999999999999' }],
  ])('is not known where %s; the token is good all the same', async (_, claims) => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const keys = createLocalJWKSet({ keys: [await exportJWK(publicKey)] });
    const token = await new SignJWT({ aud: ORIGIN, ...claims })
      .setProtectedHeader({ alg: 'ES256' })
      .setIssuer('https://clerk.example.com')
      .setSubject('user_1')
      .setExpirationTime(NOW / 1000 + 60)
      .sign(privateKey);
    const issuer = { issuer: 'https://clerk.example.com', audience: ORIGIN, algorithms: ['ES256'], keys };
    const actor = await verifyToken(token, issuer, NOW);
    expect(actor).toMatchObject({ userId: 'user_1' });
    expect(actor).not.toHaveProperty('provedAt');
  });
});
