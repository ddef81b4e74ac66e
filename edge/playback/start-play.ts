import type { Context } from 'hono';
import type * as v from 'valibot';
import type { Play, StartPlay } from '../../schema/api/playback.ts';
import type { Id } from '../../schema/ids.ts';
import type { Package } from '../../schema/package.ts';
import { deviceName } from '../accounts/device-name.ts';
import { breaksFor } from '../ads/breaks.ts';
import { firstWanted } from '../catalog/locale.ts';
import type { AppEnv } from '../http/context.ts';
import { signedIn } from '../http/guards.ts';
import { shieldPlay } from '../library/shield.ts';
import { Problem } from '../http/problem.ts';
import { addressesOf } from './addresses.ts';
import { countryOf } from './country.ts';
import { choose } from './choose.ts';
import { described } from './described.ts';
import { firstOf, playStart } from './first.ts';
import { dropLease, takeLease } from './lease.ts';
import type { Asked as Lease } from './leases.ts';
import { mediaCookies, offersCookies } from './media-cookies.ts';
import { packageOf, signatureBucket } from './playlists.ts';
import { payingOf } from './paying.ts';
import { begin, mayPlay, unbegun } from './question.ts';
import { select } from './select.ts';
import { resumeAt } from './sittings.ts';
import { sources } from './sources.ts';
import { playEnd, sealToken, type Ticket } from './token.ts';

/** What the player says of itself. */
type Wanted = v.InferOutput<typeof StartPlay>;

/** Several are lost before a lease is. */
const HEARTBEAT_SECONDS = 20;

/**
 * The story of one play: who and where, may they, what of it, a place among the account's streams, and the token that says so. One
 * round trip to D1, one call to the account's object.
 * @throws Problem with the reason of a refusal; `too-many-streams`; `unavailable`
 */
export async function startPlay(c: Context<AppEnv>, episodeId: Id<'episode'>, wanted: Wanted): Promise<Play> {
  const { platform } = c.var;
  const actor = signedIn(await c.var.actor());
  const country = countryOf(c.req.raw.cf);
  const at = platform.now();

  const asked = { actor, headers: c.req.raw.headers, country, at };
  const { grant, found, plan, profile } = await mayPlay(platform, episodeId, asked);
  const pkg = found.asset && (await packageOf(found.asset, sources(c)));
  if (!found.asset || !pkg)
    throw new Problem(
      'unavailable',
      'The episode’s package cannot be read right now. Try again in a minute.',
    );
  const selection = select(pkg, grant);
  if (!selection)
    throw new Problem('not-in-territory', 'What is licensed where you are does not include this version.');
  const rental = unbegun(grant, found);
  if (rental && !wanted.beginsRental)
    throw new Problem('rental-begins', {
      detail: 'Tell the viewer, then ask again with beginsRental.',
      rental,
    });
  const wishes = {
    original: found.originalLanguage,
    choice: profile.choice,
    preferences: profile.preferences,
    speaks: [firstWanted(asked.headers.get('accept-language'))],
  };
  const chosen = choose(selection, wishes);
  const lease: Lease = {
    sessionId: platform.newId('playback'),
    userId: actor.userId,
    signInId: actor.sessionId ?? null,
    seat: wanted.seat ?? null,
    episodeId,
    titleId: found.titleId,
    assetId: found.asset.assetId,
    profileId: profile.id,
    licenceId: grant.licenceId,
    planId: plan.id,
    country,
    title: `${found.titleName} · S${found.episode.season} E${found.episode.number}`,
    device: wanted.device ?? deviceName(asked.headers.get('user-agent')),
    limit: plan.streams,
    maxHeight: grant.maxHeight,
    startedAt: at,
    until: playEnd(at, grant.until),
    duration: pkg.duration,
    periodSeconds: periodSeconds(pkg),
    takeOver: wanted.takeOver ?? null,
    paying: payingOf(grant, found, plan.id, at),
    audio: selection.audio.find(({ id }) => id === chosen.audio)?.language ?? null,
    languages: [...new Set(selection.audio.map(({ language }) => language))],
  };
  const watched = await takeLease(platform.streams, lease);
  // Last: a play that is refused begins no rental.
  const answer = await begin(platform, grant, at).catch(async (error: unknown) => {
    await dropLease(platform.streams, lease);
    throw error;
  });

  const breaks = breaksFor({ ads: grant.ads, ageCeiling: profile.ageCeiling }, found.breaks, pkg);
  const ads = breaks.length > 0 ? { breaks, skippable: plan.skipAds } : null;
  const ticket: Ticket = {
    sessionId: lease.sessionId,
    accountId: actor.userId,
    ...found.asset,
    keyId: pkg.keyId,
    periods: pkg.periods,
    licenceId: answer.licenceId,
    maxHeight: answer.maxHeight,
    audio: answer.audio,
    subtitles: answer.subtitles,
    country,
    ...(wanted.cookies && offersCookies(platform.settings) ? { cookies: true } : {}),
    ...(ads ? { ads: { ...ads, rating: found.episode.ageRating } } : {}),
    expiresAt: playEnd(at, answer.until),
  };
  if (ticket.cookies)
    for (const line of mediaCookies(platform, pkg.prefix, signatureBucket(at).signedUntil, at))
      c.header('set-cookie', line, { append: true });
  const token = await sealToken(ticket, platform.secrets.playbackKeys);
  const from = { origin: platform.settings.origin, token, now: at, sources: sources(c) };
  const address = await addressesOf(pkg, from);
  const shown = shieldPlay(described(pkg, selection, address, chosen), profile);
  const resume = resumeAt(watched?.position ?? profile.position, pkg.duration);
  const position = Math.min(wanted.position ?? resume ?? 0, pkg.duration);
  // What comes before the episode comes before its first picture.
  const first =
    wanted.start && ads?.breaks[0] !== 0 ? firstOf(selection, shown.chosen.audio, position) : null;
  return {
    sessionId: ticket.sessionId,
    masterUrl: `${platform.settings.origin}/hls/${token}/master.m3u8`,
    credentials: ticket.cookies === true,
    until: ticket.expiresAt,
    ...shown,
    markers: found.markers,
    resumeAt: resume,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    start: first && (await playStart({ first, position, ticket, address }, platform)),
    ads,
  };
}

/** How much of the episode one key opens: the first period is as long as all but the last. */
const periodSeconds = ({ video, duration }: Package): number =>
  video[0]?.segments
    .filter(({ period }) => period === 0)
    .reduce((sum, segment) => sum + segment.duration, 0) ?? duration;
