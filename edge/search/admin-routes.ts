import { Hono } from 'hono';
import { Reindexed, ReindexQuery } from '../../schema/api/search.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { reindex } from './reindex.ts';

const AT_ONCE = 100;

export const searchAdmin = new Hono<AppEnv>().post(
  '/api/admin/search/reindex',
  allow('admin'),
  accepts('json', ReindexQuery, { optional: true }),
  returns('Mends the index of the next 100 titles; `next` is where to go on, null at the end', {
    200: Reindexed,
  }),
  async (c) => {
    const { after = '', rewrite = false } = c.req.valid('json');
    return c.json(await reindex(c.var.platform.db, { after, rewrite, limit: AT_ONCE }), 200);
  },
);
