import { Hono } from 'hono';
import * as v from 'valibot';
import { Grantable, Play, StartPlay } from '../../schema/api/playback.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, signedIn } from '../http/guards.ts';
import { limited } from '../http/limits.ts';
import { countryOf } from './country.ts';
import { mayPlay, unbegun } from './question.ts';
import { startPlay } from './start-play.ts';
import { streamRoutes } from './stream-routes.ts';

/** One play; what its players then fetch is in hls-routes.ts. */
export const playback = new Hono<AppEnv>()
  .route('/', streamRoutes)
  .get(
    '/api/episodes/:id/grant',
    allow('viewer', { asOf: 'token' }),
    accepts('param', v.object({ id: idSchema('episode') })),
    returns('Whether an episode would play, and how; nothing begins', { 200: Grantable }),
    async (c) => {
      const { platform } = c.var;
      const actor = signedIn(await c.var.actor());
      const country = countryOf(c.req.raw.cf);
      const asked = { actor, headers: c.req.raw.headers, country, at: platform.now() };
      const { grant, found } = await mayPlay(platform, c.req.valid('param').id, asked);
      const answer = { model: grant.model, rental: unbegun(grant, found) };
      return c.json(answer, 200, { 'cache-control': 'no-store' });
    },
  )
  .post(
    '/api/episodes/:id/hls',
    // It looks at the session itself, with the rights, in one go.
    allow('viewer', { asOf: 'token' }),
    limited('play', 'actor'),
    accepts('param', v.object({ id: idSchema('episode') })),
    accepts('json', StartPlay, { optional: true, maxBytes: 4096 }),
    returns('Starts a play of an episode', { 200: Play }),
    async (c) => {
      const play = await startPlay(c, c.req.valid('param').id, c.req.valid('json'));
      return c.json(play, 200, { 'cache-control': 'no-store' });
    },
  );
