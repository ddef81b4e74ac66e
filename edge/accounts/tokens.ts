import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  importJWK,
  jwtVerify,
  SignJWT,
  type JWK,
  type JWTVerifyGetKey,
} from 'jose';
import * as v from 'valibot';
import { roles } from '../../schema/api/accounts.ts';
import type { Actor } from '../http/context.ts';

/** Whose tokens we take: the one thing that differs between the built-in issuer and any other. */
export type TrustedIssuer = {
  issuer: string;
  /** Must stand in `aud`, or in `azp` as Clerk writes it: a token made for another site is not for us. */
  audience: string;
  algorithms: string[];
  keys: JWTVerifyGetKey;
};

/** How long access tokens are good for, ms: those in cookies are renewed from the session, those for tools are not. */
export const ACCESS_MS = 15 * 60_000;
export const TOOL_MS = 12 * 3_600_000;

/** What jose throws when not the token is wrong but its issuer does not answer as it should. */
const ISSUER_FAULTS = new Set<string>(
  [errors.JOSEError, errors.JWKSTimeout, errors.JWKSInvalid].map((fault) => fault.code),
);

const publicPart = async (signingKey: string) => {
  const { kty, crv, x, y } = JSON.parse(signingKey) as JWK;
  const jwk: JWK = { kty: kty!, crv: crv!, x: x!, y: y! };
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' } satisfies JWK;
};

/** The JWKS of the built-in issuer, for whoever wants to verify its tokens. */
export const publicKeys = async (signingKey: string) => ({ keys: [await publicPart(signingKey)] });

/** @param signingKey private JWK of a P-256 key */
export const builtInTokens = async (origin: string, signingKey: string): Promise<TrustedIssuer> => ({
  issuer: origin,
  audience: origin,
  algorithms: ['ES256'],
  keys: createLocalJWKSet(await publicKeys(signingKey)),
});

/** As long as jose waits for the keys themselves. */
const DISCOVERY_MS = 5_000;
const Discovery = v.object({ issuer: v.string(), jwks_uri: v.pipe(v.string(), v.url()) });

/**
 * Tokens of an OpenID provider, its keys found as OpenID Connect Discovery 1.0 §4 says.
 * @throws TypeError when the provider cannot be reached or is not the one it was configured as
 */
export async function externalTokens(
  issuer: string,
  audience: string,
  fetcher: typeof fetch,
): Promise<TrustedIssuer> {
  const answer = await fetcher(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(DISCOVERY_MS),
  });
  const found = v.safeParse(Discovery, answer.ok ? await answer.json() : null);
  // "The issuer value returned MUST be identical to the Issuer URL that was used" (§4.3)
  if (!found.success || found.output.issuer !== issuer)
    throw new TypeError(`${issuer} answered no OpenID configuration of its own (${answer.status})`);
  return {
    issuer,
    audience,
    // Asymmetric ones only (RFC 8725 §3.1): with an HMAC among them, a public key could pass for the secret.
    algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
    keys: createRemoteJWKSet(new URL(found.output.jwks_uri), {
      [customFetch]: (url, init) => fetcher(url, init),
    }),
  };
}

/** A role stands at the top, or in `metadata` as Clerk's documentation has it. Whoever has none is a viewer. */
const role = v.optional(v.fallback(v.picklist(roles), 'viewer'));
const Claims = v.object({
  sub: v.pipe(v.string(), v.minLength(1), v.maxLength(255)), // OpenID Connect Core 1.0 §2
  name: v.optional(v.string(), ''),
  email: v.optional(v.string(), ''),
  email_verified: v.optional(v.boolean(), true), // OpenID Connect Core 1.0 §5.1
  role,
  metadata: v.optional(v.fallback(v.object({ role }), {})),
  aud: v.optional(v.union([v.string(), v.array(v.string())]), []),
  azp: v.optional(v.string()),
  sid: v.optional(v.string()),
  iat: v.optional(v.number()),
  auth_time: v.optional(v.fallback(v.optional(v.number()), undefined)),
  fva: v.optional(
    v.fallback(v.optional(v.tupleWithRest([v.pipe(v.number(), v.minValue(0))], v.number())), undefined),
  ),
  /** Clerk: `pending` is a session that still has to do something before it counts as signed in. */
  sts: v.optional(v.string()),
});

/**
 * When the issuer of a token saw its person show who they are, ms UTC: OpenID Connect Core 1.0 §2 says `auth_time`, in seconds, Clerk
 * `fva`, in minutes before the token; undefined where it says neither.
 */
export function provedAt({
  iat,
  auth_time,
  fva,
}: Pick<v.InferOutput<typeof Claims>, 'iat' | 'auth_time' | 'fva'>): number | undefined {
  if (auth_time !== undefined) return auth_time * 1000;
  return fva && iat !== undefined ? (iat - fva[0] * 60) * 1000 : undefined;
}

/**
 * Verifies an access token of any issuer: the only place where one becomes a person.
 * @param now ms UTC
 * @returns null for a token that is not good: expired, tampered with, unsigned, of another issuer or for another site
 * @throws when the issuer's keys cannot be fetched
 */
export async function verifyToken(token: string, trusted: TrustedIssuer, now: number): Promise<Actor | null> {
  const payload = await jwtVerify(token, trusted.keys, {
    issuer: trusted.issuer,
    algorithms: trusted.algorithms,
    requiredClaims: ['sub', 'exp'],
    currentDate: new Date(now),
  }).then(
    (verified) => verified.payload,
    (error: unknown) => {
      if (error instanceof errors.JOSEError && !ISSUER_FAULTS.has(error.code)) return null;
      throw error;
    },
  );
  const claims = v.safeParse(Claims, payload);
  if (!claims.success) return null;
  const {
    sub,
    name,
    email,
    email_verified: emailVerified,
    role,
    metadata,
    aud,
    azp,
    sid,
    sts,
  } = claims.output;
  if (![aud, azp].flat().includes(trusted.audience)) return null;
  if (sts === 'pending') return null;
  const proved = provedAt(claims.output);
  return {
    userId: sub,
    name,
    email,
    emailVerified,
    role: role ?? metadata?.role ?? 'viewer',
    ...(sid ? { sessionId: sid } : {}),
    ...(proved === undefined ? {} : { provedAt: proved }),
  };
}

/** An access token of the built-in issuer, ES256. Times in ms UTC. */
export async function issueToken(
  origin: string,
  signingKey: string,
  { userId, name, email, emailVerified, role, sessionId, provedAt: proved }: Actor,
  now: number,
  lifetime: number,
): Promise<{ token: string; expiresAt: number }> {
  const issuedAt = Math.floor(now / 1000);
  const expiresAt = issuedAt + lifetime / 1000;
  const { kid } = await publicPart(signingKey);
  const token = await new SignJWT({
    name,
    email,
    email_verified: emailVerified,
    role,
    ...(sessionId ? { sid: sessionId } : {}),
    ...(proved === undefined ? {} : { auth_time: Math.floor(proved / 1000) }),
  })
    .setProtectedHeader({ alg: 'ES256', kid, typ: 'JWT' })
    .setIssuer(origin)
    .setAudience(origin)
    .setSubject(userId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(await importJWK(JSON.parse(signingKey) as JWK, 'ES256'));
  return { token, expiresAt: expiresAt * 1000 };
}
