import { Hono } from 'hono';
import { cors } from 'hono/cors';
import * as v from 'valibot';
import { Play, StartPlay } from '../../schema/api/playback.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { takesGzip } from '../http/gzip.ts';
import { Problem } from '../http/problem.ts';
import { periodKey } from '../platform/content-keys.ts';
import { gunzip } from './gzip.ts';
import { touchForKey } from './lease.ts';
import { playlist } from './playlists.ts';
import { sources } from './sources.ts';
import { startPlay } from './start-play.ts';
import { streamRoutes } from './stream-routes.ts';
import { ticketOf } from './ticket.ts';

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
  .route('/', streamRoutes)
  .post(
    '/api/episodes/:id/hls',
    allow('viewer'),
    accepts('param', v.object({ id: idSchema('episode') })),
    accepts('json', StartPlay, { optional: true, maxBytes: 4096 }),
    returns('Starts a play of an episode', { 200: Play }),
    async (c) => {
      const play = await startPlay(c, c.req.valid('param').id, c.req.valid('json'));
      return c.json(play, 200, { 'cache-control': 'no-store' });
    },
  )
  .get(
    '/hls/:token/key/:period{[0-9]+}',
    allow('playback'),
    returns('The 16 bytes of one key period’s AES-128 key', { 200: null }),
    async (c) => {
      const ticket = await ticketOf(c, c.req.param('token'));
      const { assetId, keyId, periods } = ticket;
      const period = Number(c.req.param('period'));
      if (keyId === null) throw new Problem('not-found', 'This asset is not encrypted: it has no keys.');
      if (period >= periods) throw new Problem('not-found', `This asset has ${periods} key periods.`);
      await touchForKey(c.var.platform.streams, ticket, period);
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

/** It is kept as gzip, which nearly every player takes: compressing 160 kB anew for each would cost a millisecond. */
async function playlistAnswer(packed: Uint8Array<ArrayBuffer>, request: Request): Promise<Response> {
  const headers = { 'content-type': MPEGURL, 'cache-control': 'private, no-store' };
  return takesGzip(request)
    ? new Response(packed, { headers: { ...headers, 'content-encoding': 'gzip' }, encodeBody: 'manual' })
    : new Response(await gunzip(packed), { headers });
}
