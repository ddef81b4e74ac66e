import { Hono } from 'hono';
import { BulkAnswer, EpisodesChange } from '../../schema/api/editing.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, signedIn } from '../http/guards.ts';
import { changeManyEpisodes } from './bulk-publish.ts';

/** Many episodes at once. */
export const episodesBulk = new Hono<AppEnv>().post(
  '/api/admin/episodes/bulk',
  allow('editor'),
  accepts('json', EpisodesChange),
  returns(
    'Changes up to 200 episodes in one transaction, or puts up to 50 of them on the site or takes them off it, one by one; says what became of each',
    { 200: BulkAnswer },
  ),
  async (c) => {
    const { userId } = signedIn(await c.var.actor());
    return c.json({ items: await changeManyEpisodes(c.var.platform, c.req.valid('json'), userId) }, 200);
  },
);
