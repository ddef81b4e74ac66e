import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { Reason, Takedown, Takedowns } from '../../schema/api/rights.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, recent, signedIn } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { bringDown } from './bring-down.ts';
import { lift, takedownsOf, titleOf, type Target } from './queries.ts';

const TitleId = v.object({ id: idSchema('title') });
const EpisodeId = v.object({ id: idSchema('episode') });

const down = async (c: Context<AppEnv>, target: Target, reason: string): Promise<Takedown> =>
  bringDown(c.var.platform, target, { by: signedIn(await c.var.actor()).userId, reason });

async function up(c: Context<AppEnv>, target: Target, because: string): Promise<Takedown> {
  const { db, now } = c.var.platform;
  const { userId: by } = signedIn(await c.var.actor());
  const lifted = await lift(db, target, { by, at: now(), because });
  if (!lifted) throw new Problem('conflict', 'It is not taken down.');
  return lifted;
}

async function episodeTarget(c: Context<AppEnv>, episodeId: Id<'episode'>): Promise<Target> {
  const titleId = await titleOf(c.var.platform.db, episodeId);
  if (!titleId) throw new Problem('not-found', 'There is no such episode.');
  return { titleId, episodeId };
}

/** Takedowns: what nobody is shown any more, whatever is licensed. */
export const moderation = new Hono<AppEnv>()
  .get(
    '/api/admin/titles/:id/takedowns',
    allow('moderator'),
    accepts('param', TitleId),
    returns('What was taken down of a title and its episodes, the latest first', { 200: Takedowns }),
    async (c) => c.json({ items: await takedownsOf(c.var.platform.db, c.req.valid('param').id) }, 200),
  )
  .post(
    '/api/admin/titles/:id/takedown',
    allow('moderator'),
    accepts('param', TitleId),
    accepts('json', Reason),
    returns('Takes a title down, with all its episodes', { 200: Takedown }),
    async (c) =>
      c.json(
        await down(c, { titleId: c.req.valid('param').id, episodeId: null }, c.req.valid('json').reason),
        200,
      ),
  )
  .post(
    '/api/admin/titles/:id/takedown/lift',
    allow('moderator'),
    recent(),
    accepts('param', TitleId),
    accepts('json', Reason),
    returns('Takes the takedown of a title back', { 200: Takedown }),
    async (c) =>
      c.json(
        await up(c, { titleId: c.req.valid('param').id, episodeId: null }, c.req.valid('json').reason),
        200,
      ),
  )
  .post(
    '/api/admin/episodes/:id/takedown',
    allow('moderator'),
    accepts('param', EpisodeId),
    accepts('json', Reason),
    returns('Takes an episode down', { 200: Takedown }),
    async (c) =>
      c.json(await down(c, await episodeTarget(c, c.req.valid('param').id), c.req.valid('json').reason), 200),
  )
  .post(
    '/api/admin/episodes/:id/takedown/lift',
    allow('moderator'),
    recent(),
    accepts('param', EpisodeId),
    accepts('json', Reason),
    returns('Takes the takedown of an episode back', { 200: Takedown }),
    async (c) =>
      c.json(await up(c, await episodeTarget(c, c.req.valid('param').id), c.req.valid('json').reason), 200),
  );
