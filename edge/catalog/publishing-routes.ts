import { Hono } from 'hono';
import * as v from 'valibot';
import { AdminTitle, PublishTitle } from '../../schema/api/editing.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { conditional, expected, tagged } from '../http/if-match.ts';
import { adminTitle } from './edits.ts';
import { publishTitle, unpublishTitle } from './publishing.ts';

const byId = accepts('param', v.object({ id: idSchema('title') }));

/** Drafts, and what becomes of them (ADR 0066). */
export const titlePublishing = new Hono<AppEnv>()
  .post(
    '/api/admin/titles/:id/publish',
    allow('editor'),
    byId,
    accepts('json', PublishTitle, { optional: true }),
    conditional(),
    returns('Shows a draft to viewers, at once or at a time to come', { 200: AdminTitle }),
    async (c) => {
      const { at = null } = c.req.valid('json');
      const row = await publishTitle(c.var.platform, c.req.valid('param').id, at, expected(c));
      tagged(c, row);
      return c.json(adminTitle(row), 200);
    },
  )
  .post(
    '/api/admin/titles/:id/unpublish',
    allow('editor'),
    byId,
    conditional(),
    returns('Makes a draft of a title: viewers see it no more, and whoever watches it stops', {
      200: AdminTitle,
    }),
    async (c) => {
      const row = await unpublishTitle(c.var.platform, c.req.valid('param').id, expected(c));
      tagged(c, row);
      return c.json(adminTitle(row), 200);
    },
  );
