import { base64url, errors, jwtVerify, SignJWT } from 'jose';
import * as v from 'valibot';
import { idSchema } from '../../schema/ids.ts';

/** How long one play may last before it has to be asked for again, ms. A licence that ends earlier cuts it short. */
export const TOKEN_MS = 12 * 3_600_000;

/** HMAC keys by id, base64url of 32 bytes or more; the first one signs, all of them verify. */
export type PlaybackKeys = Record<string, string>;

const Languages = v.nullable(v.array(v.string()));

/**
 * What a playback token says (ADR 0017). Names are short because they stand in every address; the registered ones are
 * RFC 7519's. Everything that playlists and keys need is in here, so that verifying it takes no storage read.
 */
const Claims = v.object({
  jti: idSchema('playback'),
  sub: v.string(),
  /** Seconds, as all times in a JWT. */
  exp: v.number(),
  /** Asset. */
  ast: idSchema('asset'),
  /** Revision of its package; a token from before there were any is for the first. */
  rev: v.optional(v.number(), 1),
  /** Content master key of the asset (empty: not encrypted), and its number of key periods. */
  cmk: v.string(),
  per: v.number(),
  /** The licence that granted it, and what it grants: height, audio, subtitles. */
  lic: v.string(),
  hgt: v.nullable(v.number()),
  aul: Languages,
  sul: Languages,
  /** Country it was granted in. */
  cty: v.nullable(v.string()),
});

export type Ticket = {
  sessionId: v.InferOutput<typeof Claims>['jti'];
  accountId: string;
  assetId: v.InferOutput<typeof Claims>['ast'];
  /** The package of this play: an amendment of the asset changes nothing under a viewer's hands. */
  revision: number;
  /** Null: not encrypted. */
  keyId: string | null;
  periods: number;
  licenceId: string;
  maxHeight: number | null;
  audio: readonly string[] | null;
  subtitles: readonly string[] | null;
  country: string | null;
  /** ms UTC, exclusive, on a whole second. */
  expiresAt: number;
};

const TYPE = 'playback+jwt'; // RFC 8725 §3.11: explicit typing, so that no other token of ours passes for one

/** The end of a play that starts now. Rounded down to the second that a token can say, never past the licence. */
export const playEnd = (now: number, licensedUntil: number | null): number =>
  Math.floor(Math.min(now + TOKEN_MS, licensedUntil ?? Infinity) / 1000) * 1000;

export async function sealToken(ticket: Ticket, keys: PlaybackKeys): Promise<string> {
  const kid = Object.keys(keys)[0];
  if (!kid) throw new Error('PLAYBACK_KEYS names no key');
  return new SignJWT({
    ast: ticket.assetId,
    rev: ticket.revision,
    cmk: ticket.keyId ?? '',
    per: ticket.periods,
    lic: ticket.licenceId,
    hgt: ticket.maxHeight,
    aul: ticket.audio,
    sul: ticket.subtitles,
    cty: ticket.country,
  })
    .setProtectedHeader({ alg: 'HS256', kid, typ: TYPE })
    .setJti(ticket.sessionId)
    .setSubject(ticket.accountId)
    .setExpirationTime(ticket.expiresAt / 1000)
    .sign(secret(keys, kid));
}

/** What a token says, or null when it is not one of ours, was changed, or is over. */
export async function openToken(token: string, keys: PlaybackKeys, now: number): Promise<Ticket | null> {
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => secret(keys, kid), {
      algorithms: ['HS256'],
      typ: TYPE,
      requiredClaims: ['exp'],
      currentDate: new Date(now),
    });
    const { success, output: claims } = v.safeParse(Claims, payload);
    if (!success) return null; // signed by another version of us: whoever plays asks again
    return {
      sessionId: claims.jti,
      accountId: claims.sub,
      assetId: claims.ast,
      revision: claims.rev,
      keyId: claims.cmk === '' ? null : claims.cmk,
      periods: claims.per,
      licenceId: claims.lic,
      maxHeight: claims.hgt,
      audio: claims.aul,
      subtitles: claims.sul,
      country: claims.cty,
      expiresAt: claims.exp * 1000,
    };
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

/** @throws JOSEError for a key that is not, or not any more, in use */
function secret(keys: PlaybackKeys, kid: string | undefined): Uint8Array {
  const text = kid !== undefined && Object.hasOwn(keys, kid) ? keys[kid] : undefined;
  if (text === undefined) throw new errors.JWKSNoMatchingKey();
  const key = base64url.decode(text);
  if (key.length < 32) throw new Error(`PLAYBACK_KEYS ${kid} is shorter than 32 bytes`); // RFC 7518 §3.2: MUST
  return key;
}
