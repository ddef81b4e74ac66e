import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { Heartbeat, LiveStreams } from '../../schema/api/playback.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import type { StreamEnd } from '../../schema/problem.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, signedIn } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { takeBack } from './given.ts';
import { reached, touchForHeartbeat } from './lease.ts';

const session = v.object({ session: idSchema('playback') });

/** The streams of whoever asks: somebody else's are not there. */
export const streamRoutes = new Hono<AppEnv>()
  .post(
    '/api/playback/:session/heartbeat',
    allow('viewer', { asOf: 'token' }),
    accepts('param', session),
    accepts('json', Heartbeat),
    returns('Keeps a stream alive, and says how far it is', { 204: null }),
    async (c) => {
      const { userId } = signedIn(await c.var.actor());
      await touchForHeartbeat(
        c.var.platform.streams,
        userId,
        c.req.valid('param').session,
        c.req.valid('json'),
      );
      return c.body(null, 204);
    },
  )
  .delete(
    '/api/playback/:session',
    allow('viewer', { asOf: 'token' }),
    accepts('param', session),
    returns('Ends the stream that one has been watching', { 204: null }),
    async (c) => {
      await end(c, c.req.valid('param').session, 'stopped');
      return c.body(null, 204);
    },
  )
  .get(
    '/api/me/streams',
    allow('viewer'),
    returns('What plays now on one’s own account', { 200: LiveStreams }),
    async (c) => {
      const { userId } = signedIn(await c.var.actor());
      const items = await reached(c.var.platform.streams.account(userId).live());
      return c.json({ items }, 200, { 'cache-control': 'no-store' });
    },
  )
  .delete(
    '/api/me/streams/:session',
    allow('viewer'),
    accepts('param', session),
    returns('Ends a stream of one’s own that plays somewhere else', { 204: null }),
    async (c) => {
      await end(c, c.req.valid('param').session, 'ended');
      return c.body(null, 204);
    },
  );

async function end(c: Context<AppEnv>, sessionId: Id<'playback'>, because: StreamEnd): Promise<void> {
  const { userId } = signedIn(await c.var.actor());
  const { streams, now } = c.var.platform;
  takeBack(sessionId);
  const ended = await reached(streams.account(userId).revoke({ sessionId, because, before: now() }));
  if (ended === 0) throw new Problem('not-found', 'This account plays no such stream.');
}
