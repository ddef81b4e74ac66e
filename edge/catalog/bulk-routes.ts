import { Hono } from 'hono';
import { BulkAnswer, TitlesChange } from '../../schema/api/editing.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { changeTitles } from './bulk-change.ts';

/** Many titles at once; episodes, as they may be published along, in edge/ingest/bulk-routes.ts. */
export const titlesBulk = new Hono<AppEnv>().post(
  '/api/admin/titles/bulk',
  allow('editor'),
  accepts('json', TitlesChange),
  returns('Changes up to 200 titles in one transaction, and says what became of each', { 200: BulkAnswer }),
  async (c) => c.json({ items: await changeTitles(c.var.platform, c.req.valid('json')) }, 200),
);
