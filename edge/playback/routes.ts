import { Hono } from 'hono';
import * as v from 'valibot';
import { Play, StartPlay } from '../../schema/api/playback.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { limited } from '../http/limits.ts';
import { startPlay } from './start-play.ts';
import { streamRoutes } from './stream-routes.ts';

/** One play; what its players then fetch is in hls-routes.ts. */
export const playback = new Hono<AppEnv>().route('/', streamRoutes).post(
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
