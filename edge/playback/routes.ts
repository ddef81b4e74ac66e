import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import * as v from 'valibot';
import { Play } from '../../schema/api/playback.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import type { Package } from '../../schema/package.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, signedIn } from '../http/guards.ts';
import { takesGzip } from '../http/gzip.ts';
import { Problem } from '../http/problem.ts';
import { periodKey } from '../platform/content-keys.ts';
import { gunzip } from './gzip.ts';
import { packageOf, playlist } from './playlists.ts';
import { begin, mayPlay } from './question.ts';
import { select, type Selection } from './select.ts';
import { sources } from './sources.ts';
import { ticketOf } from './ticket.ts';
import { playEnd, sealToken, type Ticket } from './token.ts';

const MPEGURL = 'application/vnd.apple.mpegurl';

/** One play, and what its players then fetch: the token in the path is all they have to bring (ADR 0017). */
export const playback = new Hono<AppEnv>()
  .use(
    '/hls/*',
    cors({
      origin: '*',
      allowMethods: ['GET', 'HEAD'],
      exposeHeaders: ['Content-Length', 'Content-Range', 'Accept-Ranges', 'ETag'],
      maxAge: 86_400,
    }),
  )
  .post(
    '/api/episodes/:id/hls',
    allow('viewer'),
    accepts('param', v.object({ id: idSchema('episode') })),
    returns('Starts a play of an episode', { 200: Play }),
    async (c) => c.json(await startPlay(c, c.req.valid('param').id), 200, { 'cache-control': 'no-store' }),
  )
  .get(
    '/hls/:token/key/:period{[0-9]+}',
    allow('playback'),
    returns('The 16 bytes of one key period’s AES-128 key', { 200: null }),
    async (c) => {
      const { assetId, keyId, periods } = await ticketOf(c, c.req.param('token'));
      const period = Number(c.req.param('period'));
      if (keyId === null) throw new Problem('not-found', 'This asset is not encrypted: it has no keys.');
      if (period >= periods) throw new Problem('not-found', `This asset has ${periods} key periods.`);
      const key = await periodKey(c.var.platform.secrets.contentKeys, keyId, assetId, period);
      return c.body(key.slice().buffer, 200, {
        'content-type': 'application/octet-stream',
        'cache-control': 'no-store',
      });
    },
  )
  .get(
    '/hls/:token/:file{[a-z0-9-]+\\.m3u8}',
    allow('playback'),
    returns('The multivariant playlist (master.m3u8) or the media playlist of one rendition', { 200: null }),
    async (c) => {
      const ticket = await ticketOf(c, c.req.param('token'));
      const rendition = c.req.param('file').slice(0, -'.m3u8'.length);
      const packed = await playlist(ticket, ticket, rendition, c.var.platform.now(), sources(c));
      if (packed === null) throw new Problem('not-found');
      return playlistAnswer(packed, c.req.raw);
    },
  );

/** The story of one play: who and where, may they, what of it, and the token that says so. */
async function startPlay(c: Context<AppEnv>, episodeId: Id<'episode'>): Promise<Play> {
  const { platform } = c.var;
  const actor = signedIn(await c.var.actor());
  const country = countryOf(cfOf(c));
  const at = platform.now();

  const asked = { actor, headers: c.req.raw.headers, country, at };
  const { grant, found } = await mayPlay(platform, episodeId, asked);
  const pkg = found.asset && (await packageOf(found.asset, sources(c)));
  if (!found.asset || !pkg)
    throw new Problem(
      'unavailable',
      'The episode’s package cannot be read right now. Try again in a minute.',
    );
  const selection = select(pkg, grant);
  if (!selection)
    throw new Problem('not-in-territory', 'What is licensed where you are does not include this version.');
  const answer = await begin(platform, grant, at); // last: a play that is refused begins no rental

  const ticket: Ticket = {
    sessionId: platform.newId('playback'),
    accountId: actor.userId,
    ...found.asset,
    keyId: pkg.keyId,
    periods: pkg.periods,
    licenceId: answer.licenceId,
    maxHeight: answer.maxHeight,
    audio: answer.audio,
    subtitles: answer.subtitles,
    country,
    expiresAt: playEnd(at, answer.until),
  };
  const token = await sealToken(ticket, platform.secrets.playbackKeys);
  return {
    sessionId: ticket.sessionId,
    masterUrl: `${platform.settings.origin}/hls/${token}/master.m3u8`,
    until: ticket.expiresAt,
    ...described(pkg, selection),
    markers: found.markers,
    resumeAt: null,
    heartbeatSeconds: 20,
  };
}

const described = (pkg: Package, { video, audio, subtitles }: Selection) => ({
  duration: pkg.duration,
  maxHeight: Math.max(...video.map((rung) => rung.height)),
  audio: audio.map((track) => ({ ...tracked(track), role: track.role, channels: track.channels })),
  subtitles: subtitles.map((track) => ({ ...tracked(track), role: track.role })),
  chapters: pkg.chapters,
});

const tracked = (track: Selection['audio' | 'subtitles'][number]) => ({
  id: track.id,
  language: track.language,
  name: track.name,
  default: track.default,
});

const cfOf = (c: Context<AppEnv>): Partial<IncomingRequestCfProperties> | undefined => c.req.raw.cf;

/** Where the network saw the request come from: never a header, which anybody can write. XX is unknown, T1 is Tor. */
export function countryOf(cf: Partial<IncomingRequestCfProperties> | undefined): string | null {
  const country: string | undefined = cf?.country;
  return country && /^[A-Z]{2}$/.test(country) && country !== 'XX' ? country : null;
}

/** It is kept as gzip, which nearly every player takes: compressing 160 kB anew for each would cost a millisecond. */
async function playlistAnswer(packed: Uint8Array<ArrayBuffer>, request: Request): Promise<Response> {
  const headers = { 'content-type': MPEGURL, 'cache-control': 'private, no-store' };
  return takesGzip(request)
    ? new Response(packed, { headers: { ...headers, 'content-encoding': 'gzip' }, encodeBody: 'manual' })
    : new Response(await gunzip(packed), { headers });
}
