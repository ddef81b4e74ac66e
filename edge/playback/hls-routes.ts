import { Hono, type MiddlewareHandler } from 'hono';
import type { AppEnv } from '../http/context.ts';
import { returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { takesGzip } from '../http/gzip.ts';
import { dataHeaders } from '../http/headers.ts';
import { roughly } from '../http/limits.ts';
import { Problem } from '../http/problem.ts';
import { newId } from '../platform/clock.ts';
import { periodKey } from '../platform/content-keys.ts';
import { platform } from '../platform/platform.ts';
import { filesOfPlay, filesOfPrefix } from './file-routes.ts';
import { givenOfLate, rememberGiven } from './given.ts';
import { gunzip } from './gzip.ts';
import { touchForKey } from './lease.ts';
import { playlist } from './playlists.ts';
import { sources } from './sources.ts';
import { ticketOf } from './ticket.ts';

/** Any site's player may fetch these: the token is all there is to bring. */
const CORS = { 'access-control-allow-origin': '*' };
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-max-age': '86400',
};

/**
 * Takes the place of everything that other requests go through: these come thousands to a play and need neither cookies nor accounts.
 * Headers are given with each answer as it is made: each that is added afterwards costs a microsecond or two (ADR 0048).
 */
const lean: MiddlewareHandler<AppEnv> = async (c, next) => {
  const outside = c.get('platform') ?? platform(c.env);
  const requestId = newId('request');
  c.set('platform', outside);
  c.set('requestId', requestId);
  const all = { ...dataHeaders(outside.settings.origin), ...CORS, 'x-request-id': requestId };
  c.set('answerHeaders', all);
  if (c.req.method === 'OPTIONS') {
    const asked = c.req.header('access-control-request-headers');
    return new Response(null, {
      status: 204,
      headers: { ...all, ...PREFLIGHT, ...(asked ? { 'access-control-allow-headers': asked } : {}) },
    });
  }
  await next();
  if (c.error) for (const [name, value] of Object.entries(all)) c.header(name, value); // or a player could not read why
  return undefined;
};

/** What players of one play fetch: the token in the path is all they have to bring (ADR 0017). */
export const hls = new Hono<AppEnv>()
  .use('/hls/*', lean)
  .use('/media/*', lean)
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
      const { platform } = c.var;
      const now = platform.now();
      let key = givenOfLate(ticket.sessionId, period, now);
      if (!key) {
        await roughly(c, 'keys', ticket.accountId);
        await touchForKey(platform.streams, ticket, period);
        key = (await periodKey(platform.secrets.contentKeys, keyId, assetId, period)).slice();
        rememberGiven(ticket.sessionId, period, key, now);
      }
      return new Response(key, {
        headers: {
          ...c.var.answerHeaders,
          'content-type': 'application/octet-stream',
          'cache-control': 'no-store',
        },
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
      const headers = {
        ...c.var.answerHeaders,
        'content-type': 'application/vnd.apple.mpegurl',
        'cache-control': 'private, no-store',
      };
      // It is kept as gzip, which nearly every player takes: compressing 160 kB anew for each would cost a millisecond.
      return takesGzip(c.req.raw)
        ? new Response(packed, { headers: { ...headers, 'content-encoding': 'gzip' }, encodeBody: 'manual' })
        : new Response(await gunzip(packed), { headers });
    },
  )
  .route('/', filesOfPlay)
  .route('/', filesOfPrefix);
