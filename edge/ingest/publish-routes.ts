import { Hono } from 'hono';
import * as v from 'valibot';
import { AdminEpisode, Publish } from '../../schema/api/editing.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, signedIn } from '../http/guards.ts';
import { conditional, expected, tagged } from '../http/if-match.ts';
import { publishAsset, publishLater, publishNoMore, unpublishEpisode } from './publish.ts';

const byId = accepts('param', v.object({ id: idSchema('episode') }));

/** What viewers get of an episode: the switch to an asset, now or later, and back (ADR 0066). */
export const episodePublishing = new Hono<AppEnv>()
  .post(
    '/api/admin/episodes/:id/publish',
    allow('editor'),
    byId,
    accepts('json', Publish),
    conditional(),
    returns(
      'Switches an episode to a verified asset, at once or at a time to come; one that a warning blocks only with a reason, which is kept with it',
      { 200: AdminEpisode },
    ),
    async (c) => {
      const { platform } = c.var;
      const { userId } = signedIn(await c.var.actor());
      const { assetId, override, at } = c.req.valid('json');
      const target = { id: assetId, episodeId: c.req.valid('param').id };
      const wish = { userId, reason: override?.reason ?? null, expected: expected(c) };
      const episode =
        at !== undefined && at > platform.now()
          ? await publishLater(platform, target, at, wish)
          : await publishAsset(platform, target, wish);
      tagged(c, episode);
      return c.json(episode, 200);
    },
  )
  .delete(
    '/api/admin/episodes/:id/publish',
    allow('editor'),
    byId,
    conditional(),
    returns('Takes back a switch that is to come, or the notice of one that was refused', {
      200: AdminEpisode,
    }),
    async (c) => {
      const episode = await publishNoMore(c.var.platform, c.req.valid('param').id, expected(c));
      tagged(c, episode);
      return c.json(episode, 200);
    },
  )
  .post(
    '/api/admin/episodes/:id/unpublish',
    allow('editor'),
    byId,
    conditional(),
    returns('Takes an episode off the site; whoever watches it stops', { 200: AdminEpisode }),
    async (c) => {
      const episode = await unpublishEpisode(c.var.platform, c.req.valid('param').id, expected(c));
      tagged(c, episode);
      return c.json(episode, 200);
    },
  );
