import { env } from 'cloudflare:workers';
import { SignJWT, UnsecuredJWT, importJWK, type JWK } from 'jose';
import type { Role } from '../../schema/api/accounts.ts';
import { credentials, users } from '../../schema/db/accounts.ts';
import { hashPassword } from 'better-auth/crypto';
import { newId } from '../platform/clock.ts';
import { database } from '../platform/db.ts';
import { issueToken, TOOL_MS } from '../accounts/tokens.ts';
import { call, type CallInit } from './call.ts';

/** Somebody who has an account and is signed in, with cookies as a browser has them and with a bearer as a tool. */
export type Person = {
  userId: string;
  email: string;
  role: Role;
  token: string;
  cookie: string;
  /** As their browser asks. */
  ask(method: string, path: string, init?: CallInit): Promise<Response>;
};

export const PASSWORD = 'a password of the tests';

let hash: Promise<string> | undefined;

/** Somebody new, signed in over the API. What they are called is found again wherever it leaks. */
export async function person(name: string, role: Role = 'viewer'): Promise<Person> {
  const db = database(env.DB);
  const userId = newId('user');
  const email = `${name.toLowerCase()}@people.test`;
  const at = { createdAt: new Date(), updatedAt: new Date() };
  await db.insert(users).values({ id: userId, name, email, emailVerified: true, role, ...at });
  hash ??= hashPassword(PASSWORD);
  await db.insert(credentials).values({
    id: crypto.randomUUID(),
    accountId: userId,
    providerId: 'credential',
    userId,
    password: await hash,
    ...at,
  });
  const cookie = await signIn(email);
  return {
    userId,
    email,
    role,
    cookie,
    token: await tokenFor({ userId, name, email, role }),
    ask: (method, path, { headers, ...init } = {}) =>
      call(method, path, { ...init, headers: { ...(headers as Record<string, string>), cookie } }),
  };
}

/** One more browser of somebody’s: its cookies. */
export async function signIn(email: string): Promise<string> {
  const answer = await call('POST', '/api/auth/sign-in', { json: { email, password: PASSWORD } });
  if (answer.status !== 200) throw new Error(`${email} could not sign in: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

type Claimed = { userId: string; name: string; email: string; role: Role };
const tokenFor = async (claimed: Claimed) =>
  (
    await issueToken(
      env.PUBLIC_ORIGIN,
      env.AUTH_SIGNING_KEY,
      { ...claimed, emailVerified: true, provedAt: Date.now() },
      Date.now(),
      TOOL_MS,
    )
  ).token;

const encode = (json: unknown) => btoa(JSON.stringify(json)).replaceAll('=', '');
const decode = (part: string) =>
  JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/'))) as Record<string, unknown>;
const withSignature = (token: string, signature: string) =>
  `${token.slice(0, token.lastIndexOf('.'))}.${signature}`;

/** What somebody makes of a good token who does not have the key. Each is to be refused. */
export function tampered(token: string): Record<string, string> {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const other = signature.startsWith('A') ? 'B' : 'A';
  const any = {
    'no signature': withSignature(token, ''),
    'a changed signature': withSignature(token, other + signature.slice(1)),
    'half of it': token.slice(0, token.length / 2),
    'two in one': `${token}.${token}`,
    nothing: '..',
    rubbish: 'e30.e30.e30',
  };
  if (!header.startsWith('eyJ'))
    return { ...any, 'another payload': [header, `9${payload.slice(1)}`, signature].join('.') };
  const changed = (changes: Record<string, unknown>) =>
    [header, encode({ ...decode(payload), ...changes }), signature].join('.');
  return {
    ...any,
    'alg none': [encode({ ...decode(header), alg: 'none' }), payload, ''].join('.'),
    'a later end': changed({ exp: 9_999_999_999 }),
    'another subject': changed({ sub: 'usr_0testadmin' }),
    'another role': changed({ role: 'admin' }),
    'a kid of nobody': [encode({ ...decode(header), kid: '../../etc/passwd' }), payload, signature].join('.'),
  };
}

/** Access tokens of somebody real that are not good any more, or never were. */
export async function badTokens({ userId, email, role }: Person): Promise<Record<string, string>> {
  const claimed = { name: 'n', email, role };
  const seconds = Math.floor(Date.now() / 1000);
  const key = await importJWK(JSON.parse(env.AUTH_SIGNING_KEY) as JWK, 'ES256');
  const sign = (
    change: (token: SignJWT) => SignJWT,
    using: Parameters<SignJWT['sign']>[0] = key,
    alg = 'ES256',
  ) =>
    change(
      new SignJWT(claimed)
        .setProtectedHeader({ alg })
        .setIssuer(env.PUBLIC_ORIGIN)
        .setAudience(env.PUBLIC_ORIGIN)
        .setSubject(userId)
        .setExpirationTime(seconds + 600),
    ).sign(using);
  const { privateKey } = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
  ])) as CryptoKeyPair;
  const { kty, crv, x, y } = JSON.parse(env.AUTH_SIGNING_KEY) as JWK;
  const publicKey = new TextEncoder().encode(JSON.stringify({ kty, crv, x, y }));
  const good = await sign((token) => token);
  return {
    ...tampered(good),
    expired: await sign((token) => token.setExpirationTime(seconds - 1)),
    'not good yet': await sign((token) => token.setNotBefore(seconds + 3_600)),
    'of another issuer': await sign((token) => token.setIssuer('https://evil.example')),
    'for another site': await sign((token) => token.setAudience('https://evil.example')),
    'without an end': await new SignJWT(claimed)
      .setProtectedHeader({ alg: 'ES256' })
      .setIssuer(env.PUBLIC_ORIGIN)
      .setAudience(env.PUBLIC_ORIGIN)
      .setSubject(userId)
      .sign(key),
    'of another key': await sign((token) => token, privateKey),
    'with the public key for a secret': await sign((token) => token, publicKey, 'HS256'),
    unsecured: new UnsecuredJWT(claimed)
      .setIssuer(env.PUBLIC_ORIGIN)
      .setAudience(env.PUBLIC_ORIGIN)
      .setSubject(userId)
      .setExpirationTime(seconds + 600)
      .encode(),
  };
}
