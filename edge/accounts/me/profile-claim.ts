import { base64url } from 'jose';
import * as v from 'valibot';
import { PROFILE_HEADER } from '../../../schema/api/me.ts';
import { idSchema } from '../../../schema/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import { cookieValue, isSecure, setCookie } from '../cookies.ts';
import { bearerToken } from '../identity.ts';
import type { ProfileClaim, ProfileFacts } from './choose-profile.ts';
import { lockOf } from './pin.ts';

const DAY_MS = 86_400_000;
/** How long a profile that was entered stays entered: a locked one for an evening, so that no tablet is left open for good. */
const UNLOCKED_MS = 365 * DAY_MS;
const LOCKED_MS = DAY_MS / 2;

const cookieName = (origin: string): string => `${isSecure(origin) ? '__Host-' : ''}engawa-profile`;

const ALGORITHM = { name: 'HMAC', hash: 'SHA-256' };
const signingKey = (secret: string, usage: 'sign' | 'verify') =>
  crypto.subtle.importKey('raw', new TextEncoder().encode(secret), ALGORITHM, false, [usage]);
/** The account goes into the signature, not into the text: a claim of another account's is one with a wrong signature. */
const signed = (userId: string, body: string) =>
  new TextEncoder().encode(`profile claim\0${userId}\0${body}`);

const Body = v.tuple([idSchema('profile'), v.string(), v.pipe(v.string(), v.regex(/^\d{1,15}$/))]);

/** Says that somebody entered this profile, and until when that holds (ms UTC): `profile~lock~until~signature`. */
export async function claimFor(
  { secrets, now }: Platform,
  userId: string,
  { id, pinHash }: ProfileFacts,
): Promise<{ claim: string; until: number }> {
  const until = now() + (pinHash === null ? UNLOCKED_MS : LOCKED_MS);
  const body = [id, pinHash === null ? '' : lockOf(pinHash), until].join('~');
  const key = await signingKey(secrets.auth, 'sign');
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, signed(userId, body)));
  return { claim: `${body}~${base64url.encode(signature)}`, until };
}

/**
 * Which profile of this account a request says it is in: by the header `engawa-profile`, or by the cookie where it is cookies that
 * say whose it is. Reads no storage. Null where it says nothing, or what was not signed for this account, or is over.
 */
export async function profileClaim(
  headers: Headers,
  { settings, secrets, now }: Platform,
  userId: string,
): Promise<ProfileClaim | null> {
  const sent =
    headers.get(PROFILE_HEADER) ??
    (bearerToken(headers) ? null : cookieValue(headers.get('cookie'), cookieName(settings.origin)));
  const cut = sent?.lastIndexOf('~') ?? -1;
  if (!sent || cut < 0) return null;
  const body = v.safeParse(Body, sent.slice(0, cut).split('~'));
  const signature = bytesOf(sent.slice(cut + 1));
  if (!body.success || !signature) return null;
  const [profileId, lock, until] = body.output;
  const key = await signingKey(secrets.auth, 'verify');
  const good = await crypto.subtle.verify('HMAC', key, signature, signed(userId, sent.slice(0, cut)));
  return good && Number(until) > now() ? { profileId, lock: lock || null } : null;
}

function bytesOf(written: string): Uint8Array<ArrayBuffer> | null {
  try {
    return base64url.decode(written).slice();
  } catch {
    return null;
  }
}

/** The `Set-Cookie` line of a claim; an empty one leaves the profile. */
export const profileCookie = (origin: string, claim: string, seconds: number): string =>
  setCookie(origin, cookieName(origin), claim, seconds);
