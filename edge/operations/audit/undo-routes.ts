import { Hono } from 'hono';
import { ChangeId, Undone } from '../../../schema/api/audit.ts';
import type { AppEnv } from '../../http/context.ts';
import { accepts, returns } from '../../http/contract.ts';
import { allow } from '../../http/guards.ts';
import { undo } from './undo.ts';

export const undoRoutes = new Hono<AppEnv>().post(
  '/api/admin/changes/:request/undo',
  allow('editor'),
  accepts('param', ChangeId),
  returns('Puts back what a request (its `x-request-id`) changed of the catalogue, all or nothing', {
    200: Undone,
  }),
  async (c) => c.json(await undo(c, c.req.valid('param').request), 200),
);
