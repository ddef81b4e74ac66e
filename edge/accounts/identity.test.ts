import { env } from 'cloudflare:workers';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { platform, type Platform } from '../platform/platform.ts';
import { cookieNames, setCookie } from './cookies.ts';
import { identify } from './identity.ts';

const ORIGIN = 'https://engawa.test';
const outside = (authIssuer: string): Platform => {
  const here = platform(env);
  return { ...here, settings: { ...here.settings, authIssuer } };
};
const nobody = () => undefined;

it('takes an outside issuer’s token from its cookie or as a bearer, and asks for its keys once', async () => {
  const issuer = 'https://once.example';
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' };
  let asked = 0;
  const provider = (input: RequestInfo | URL) => {
    asked += 1;
    const discovery = (input instanceof Request ? input.url : input.toString()).endsWith(
      'openid-configuration',
    );
    return Promise.resolve(
      Response.json(discovery ? { issuer, jwks_uri: `${issuer}/keys` } : { keys: [jwk] }),
    );
  };
  const token = await new SignJWT({ azp: ORIGIN, name: 'Aya' })
    .setProtectedHeader({ alg: 'RS256', kid: 'k' })
    .setIssuer(issuer)
    .setSubject('user_1')
    .setExpirationTime('1m')
    .sign(privateKey);
  const who = (headers: HeadersInit) => identify(new Headers(headers), outside(issuer), nobody, provider);
  const aya = { userId: 'user_1', name: 'Aya', role: 'viewer' };
  expect(await who({ cookie: `a=b; __session=${token}` })).toMatchObject(aya);
  expect(await who({ authorization: `Bearer ${token}` })).toMatchObject(aya);
  expect(await who({ cookie: `__session=${token}x` })).toBeNull();
  expect(await who({ cookie: `__Host-engawa=${token}` })).toBeNull();
  await expect(who({ authorization: `Bearer ${token}x` })).rejects.toMatchObject({ code: 'invalid-token' });
  expect(asked).toBe(2);
});

it('says that the sign-in service is down, and tries again with the next request', async () => {
  const down = () => Promise.resolve(new Response(null, { status: 500 }));
  const headers = new Headers({ authorization: 'Bearer a.b.c' });
  const ask = () => identify(headers, outside('https://down.example'), nobody, down);
  await expect(ask()).rejects.toMatchObject({ code: 'unavailable' });
  await expect(ask()).rejects.toMatchObject({ code: 'unavailable' });
});

it('names cookies so that browsers take them on plain http://localhost as well', () => {
  expect(cookieNames('http://localhost:8787')).toMatchObject({ access: 'engawa', session: 'engawa-session' });
  expect(setCookie('http://localhost:8787', 'engawa', 'x', 60)).not.toContain('Secure');
  expect(cookieNames(ORIGIN).access).toBe('__Host-engawa');
  expect(setCookie(ORIGIN, '__Host-engawa', 'x', 60)).toBe(
    '__Host-engawa=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure',
  );
});
