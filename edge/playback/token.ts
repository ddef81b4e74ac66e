import * as v from 'valibot';
import { ageRatings } from '../../schema/catalog-terms.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import { open, seal, type Keys } from '../platform/keyring.ts';
import { recent, type Recent } from '../platform/recent.ts';

/** How long one play may last before it has to be asked for again, ms. A licence that ends earlier cuts it short. */
export const TOKEN_MS = 12 * 3_600_000;

/** The first one signs, all of them verify. */
export type PlaybackKeys = Keys;

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
  /** Files are opened by cookies (ADR 0049); left out where they are not. */
  cks: v.optional(v.boolean(), false),
  /** Its breaks: seconds, whether they may be skipped, what the title is rated; left out where it has none. */
  brk: v.optional(v.object({ at: v.array(v.number()), skp: v.boolean(), rat: v.picklist(ageRatings) })),
  /** This opens one advertisement in a break of the play, and nothing of the play. */
  adv: v.optional(idSchema('advert')),
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
  /** The player fetches files with CDN cookies, so that playlists carry bare addresses. */
  cookies?: boolean;
  /** Left out: it is not interrupted. */
  ads?: { breaks: readonly number[]; skippable: boolean; rating: (typeof ageRatings)[number] };
  /** Set: the asset is an advertisement in a break of the play, which is all that this opens (ADR 0088). */
  advert?: Id<'advert'>;
  /** ms UTC, exclusive, on a whole second. */
  expiresAt: number;
};

const TYPE = 'playback+jwt'; // RFC 8725 §3.11: explicit typing, so that no other token of ours passes for one

/** The end of a play that starts now. Rounded down to the second that a token can say, never past the licence. */
export const playEnd = (now: number, licensedUntil: number | null): number =>
  Math.floor(Math.min(now + TOKEN_MS, licensedUntil ?? Infinity) / 1000) * 1000;

export const sealToken = (ticket: Ticket, keys: PlaybackKeys): Promise<string> =>
  seal(
    {
      jti: ticket.sessionId,
      sub: ticket.accountId,
      exp: ticket.expiresAt / 1000,
      ast: ticket.assetId,
      rev: ticket.revision,
      cmk: ticket.keyId ?? '',
      per: ticket.periods,
      lic: ticket.licenceId,
      hgt: ticket.maxHeight,
      aul: ticket.audio,
      sul: ticket.subtitles,
      cty: ticket.country,
      ...(ticket.cookies ? { cks: true } : {}),
      ...(ticket.ads
        ? { brk: { at: ticket.ads.breaks, skp: ticket.ads.skippable, rat: ticket.ads.rating } }
        : {}),
      ...(ticket.advert ? { adv: ticket.advert } : {}),
    },
    TYPE,
    keys,
  );

/** Whole tokens that an isolate remembers, some 2 MB: each comes again with every playlist, key and, by `edge`, file of its play. */
const REMEMBERED = 2048;
const opened = new WeakMap<PlaybackKeys, Recent<{ token: string; ticket: Ticket }>>();

/**
 * What a token says, or null when it is not one of ours, was changed, is over or not good yet. One that was found good is remembered
 * by its whole text: then only time is left to check. A key that is retired comes as another set of keys, which remembers nothing.
 * @param keys the same object for the same keys: what is known of them hangs on it
 */
export async function openToken(token: string, keys: PlaybackKeys, now: number): Promise<Ticket | null> {
  let tickets = opened.get(keys);
  if (!tickets) opened.set(keys, (tickets = recent(REMEMBERED)));
  const signature = token.slice(token.lastIndexOf('.') + 1); // finding it by its whole text would have all of that hashed each time
  const seen = tickets.get(signature);
  if (seen?.token === token) return now < seen.ticket.expiresAt ? seen.ticket : null;
  const ticket = await verified(token, keys, now);
  if (ticket) tickets.set(signature, { token, ticket });
  return ticket;
}

async function verified(token: string, keys: PlaybackKeys, now: number): Promise<Ticket | null> {
  const { success, output: claims } = v.safeParse(Claims, await open(token, TYPE, keys, now));
  if (!success) return null; // not ours, or signed by another version of us: whoever plays asks again
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
    ...(claims.cks ? { cookies: true } : {}),
    ...(claims.brk
      ? { ads: { breaks: claims.brk.at, skippable: claims.brk.skp, rating: claims.brk.rat } }
      : {}),
    ...(claims.adv ? { advert: claims.adv } : {}),
    expiresAt: claims.exp * 1000,
  };
}
