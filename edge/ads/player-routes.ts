import { Hono } from 'hono';
import { adMarks, AssetList, type AdMark } from '../../schema/api/ads.ts';
import type { AppEnv } from '../http/context.ts';
import { roughly } from '../http/limits.ts';
import { Problem } from '../http/problem.ts';
import { lean, playerHeaders, sameHeaders } from '../playback/lean.ts';
import { ticketOf } from '../playback/ticket.ts';
import { breakOf } from './decide-break.ts';
import { isOfAdvert, outsideAddress, seen } from './seen.ts';

const LIST = sameHeaders({ 'content-type': 'application/json', 'cache-control': 'private, no-store' });
const isMark = (text: string): text is AdMark => (adMarks as readonly string[]).includes(text);

/** What players ask of breaks and advertisements; the files of a play have none of these names (edge/playback/file-routes.ts). */
export const adPlayerRoutes = new Hono<AppEnv>()
  .get(
    ...lean(
      '/hls/:token/breaks/:list{[0-9]+\\.json}',
      'What is shown in one break: X-ASSET-LIST of RFC 8216bis Appendix D',
      { 200: AssetList },
      async (c) => {
        const outside = c.get('platform');
        const ticket = await ticketOf(outside, c.req.param('token'), outside.now());
        await roughly(c, 'keys', ticket.accountId);
        const list = await breakOf(c, ticket, Number.parseInt(c.req.param('list'), 10));
        return Response.json(list, { headers: LIST(outside.settings.origin) });
      },
    ),
  )
  .get(
    ...lean(
      '/hls/:token/advert/outside.m3u8',
      'Leads to an advertisement that a VAST tag named; asking for it counts it as shown',
      { 302: null },
      async (c) => {
        const outside = c.get('platform');
        const ticket = await ticketOf(outside, c.req.param('token'), outside.now());
        if (!isOfAdvert(ticket)) throw new Problem('not-found');
        const location = await outsideAddress(c, ticket);
        const headers = { ...playerHeaders(outside.settings.origin), location, 'cache-control': 'no-store' };
        return new Response(null, { status: 302, headers });
      },
    ),
  )
  .post(
    ...lean(
      `/hls/:token/seen/:mark{[a-z0-9]+}`,
      'A player says how far an advertisement was seen (q1 to q4), that it was skipped or clicked',
      { 204: null },
      async (c) => {
        const outside = c.get('platform');
        const ticket = await ticketOf(outside, c.req.param('token'), outside.now());
        const mark = c.req.param('mark');
        if (!isOfAdvert(ticket) || !isMark(mark)) throw new Problem('not-found');
        await seen(c, ticket, mark);
        return new Response(null, { status: 204, headers: playerHeaders(outside.settings.origin) });
      },
    ),
  );
