import { Hono, type Context } from 'hono';
import type { AppEnv } from '../http/context.ts';
import { Problem } from '../http/problem.ts';
import { openPrefix } from '../platform/cdn.ts';
import { lean, playerHeaders } from './lean.ts';
import { mediaFile } from './media-file.ts';
import { fileKey } from './playlists.ts';
import { sources } from './sources.ts';
import { ticketOf } from './ticket.ts';

/** Names of files below an asset's prefix: nothing to decode, nothing to climb with. */
const URI = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/**
 * Files through the Worker, where DELIVERY is `edge` (ADR 0048); where a CDN delivers, there is nothing here. Beside the playlists of a
 * play: the segments, init files, subtitles, fonts and pictures that its grant covers.
 */
export const filesOfPlay = new Hono<AppEnv>().get(
  ...lean(
    '/hls/:token{[^/.]+\\.[^/.]+\\.[^/.]*}/:folder{(?!(?:key|breaks|advert)/)[^/]+}/:rest{.+}',
    'A file that the grant of a play covers; ranges and conditions are answered',
    { 200: null, 206: null, 304: null },
    async (c) => {
      const outside = c.get('platform');
      const ticket = await ticketOf(outside, c.req.param('token'), outside.now());
      const uri = `${c.req.param('folder')}/${c.req.param('rest')}`;
      const key = byEdge(c) ? await fileKey(ticket, ticket, uri, sources(c)) : null;
      if (key === null) throw new Problem('not-found');
      return send(c, key);
    },
  ),
);

/** Every file of one asset version, for whom we gave the address to: editors, who see stills and what is encoded so far. */
export const filesOfPrefix = new Hono<AppEnv>().get(
  ...lean(
    '/media/:seal/:uri{.+}',
    'A file of an asset version that the address was made for',
    { 200: null, 206: null, 304: null },
    async (c) => {
      const { secrets, now } = c.get('platform');
      const prefix = await openPrefix(c.req.param('seal'), secrets.playbackKeys, now());
      if (prefix === null)
        throw new Problem('invalid-token', 'This address is over or was changed. Ask for it again.');
      const uri = c.req.param('uri');
      if (!byEdge(c) || !URI.test(uri)) throw new Problem('not-found');
      return send(c, prefix + uri);
    },
  ),
);

const byEdge = (c: Context<AppEnv>) => c.get('platform').settings.delivery === 'edge';

const send = (c: Context<AppEnv>, key: string): Promise<Response> => {
  const { media: store, edgeCache: cache, settings } = c.get('platform');
  const later = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
  const headers = playerHeaders(settings.origin);
  return mediaFile(key, c.req.raw, { store, cache, origin: settings.origin, later, headers });
};
