import { Hono } from 'hono';
// oxlint-disable-next-line eslint/no-restricted-imports -- what players ask for has one router, made here (docs/adr/0048)
import { adPlayerRoutes } from '../ads/player-routes.ts';
import { advertKey, isOfAdvert } from '../ads/seen.ts';
import type { AppEnv } from '../http/context.ts';
import { gunzip, takesGzip } from '../http/gzip.ts';
import { roughly } from '../http/limits.ts';
import { Problem } from '../http/problem.ts';
import { periodKey } from '../platform/content-keys.ts';
import { filesOfPlay, filesOfPrefix } from './file-routes.ts';
import { givenOfLate, rememberGiven } from './given.ts';
import { lean, open, sameHeaders } from './lean.ts';
import { touchForKey } from './lease.ts';
import { playlist } from './playlists.ts';
import { sources } from './sources.ts';
import { ticketOf } from './ticket.ts';

const KEY = sameHeaders({ 'content-type': 'application/octet-stream', 'cache-control': 'no-store' });
const TEXT = { 'content-type': 'application/vnd.apple.mpegurl', 'cache-control': 'private, no-store' };
const PLAYLIST = sameHeaders(TEXT);
const PACKED = sameHeaders({ ...TEXT, 'content-encoding': 'gzip' });

/** What players of one play fetch: the token in the path is all they have to bring (ADR 0017). */
export const playerRoutes = new Hono<AppEnv>()
  .get(
    ...lean(
      '/hls/:token/key/:period{[0-9]+}',
      'The 16 bytes of one key period’s AES-128 key',
      { 200: null },
      async (c) => {
        const outside = c.get('platform');
        const now = outside.now();
        const ticket = await ticketOf(outside, c.req.param('token'), now);
        const { assetId, keyId, periods } = ticket;
        const period = Number(c.req.param('period'));
        if (keyId === null) throw new Problem('not-found', 'This asset is not encrypted: it has no keys.');
        if (period >= periods) throw new Problem('not-found', `This asset has ${periods} key periods.`);
        if (isOfAdvert(ticket))
          return new Response(await advertKey(c, ticket, period), { headers: KEY(outside.settings.origin) });
        let key = givenOfLate(ticket.sessionId, period, now);
        if (!key) {
          await roughly(c, 'keys', ticket.accountId);
          await touchForKey(outside.streams, ticket, period);
          key = (await periodKey(outside.secrets.contentKeys, keyId, assetId, period)).slice();
          rememberGiven(ticket.sessionId, period, key, now);
        }
        return new Response(key, { headers: KEY(outside.settings.origin) });
      },
    ),
  )
  .get(
    ...lean(
      '/hls/:token/:file{[a-z0-9-]+\\.m3u8}',
      'The multivariant playlist (master.m3u8) or the media playlist of one rendition',
      { 200: null },
      async (c) => {
        const outside = c.get('platform');
        const now = outside.now();
        const ticket = await ticketOf(outside, c.req.param('token'), now);
        const rendition = c.req.param('file').slice(0, -'.m3u8'.length);
        const packed = await playlist(ticket, ticket, rendition, now, sources(c));
        if (packed === null) throw new Problem('not-found');
        const { origin } = outside.settings;
        // A signature in every line: 160 kB of a 24-minute episode become 2. It is kept as gzip, which nearly every player takes:
        // compressing it anew for each would cost a millisecond, and Cloudflare does not compress this content type by itself.
        return takesGzip(c.req.raw)
          ? new Response(packed, { headers: PACKED(origin), encodeBody: 'manual' })
          : new Response(await gunzip(packed), { headers: PLAYLIST(origin) });
      },
    ),
  )
  .route('/', filesOfPlay)
  .route('/', filesOfPrefix);

/**
 * The same where all routes are, with what is around them. What players ask of breaks is here alone: it comes a few times to a play, and
 * three routes more would cost each playlist and key some microseconds.
 */
export const hls = new Hono<AppEnv>()
  .use('/hls/*', open)
  .use('/media/*', open)
  .route('/', adPlayerRoutes)
  .route('/', playerRoutes);
