import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import * as v from 'valibot';
import { BreaksChange, EpisodeBreaks } from '../../schema/api/ads.ts';
import { episodes } from '../../schema/db/catalog.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';

const byId = accepts('param', v.object({ id: idSchema('episode') }));

/** Where episodes may be interrupted for advertising, by the word of editors. */
export const breakMarks = new Hono<AppEnv>()
  .get(
    '/api/admin/episodes/:id/breaks',
    allow('editor'),
    byId,
    returns('Where advertising may be shown in an episode', { 200: EpisodeBreaks }),
    async (c) => {
      const [row] = await c.var.platform.db
        .select({ breaks: episodes.breaks })
        .from(episodes)
        .where(eq(episodes.id, c.req.valid('param').id));
      if (!row) throw new Problem('not-found', 'There is no such episode.');
      return c.json({ breaks: row.breaks ?? [] }, 200);
    },
  )
  .put(
    '/api/admin/episodes/:id/breaks',
    allow('editor'),
    byId,
    accepts('json', BreaksChange),
    returns('Sets where advertising may be shown; an empty list: nowhere', { 200: EpisodeBreaks }),
    async (c) => {
      const { db, now } = c.var.platform;
      const { id } = c.req.valid('param');
      const { breaks } = c.req.valid('json');
      const [row] = await db
        .select({ duration: episodes.duration })
        .from(episodes)
        .where(eq(episodes.id, id));
      if (!row) throw new Problem('not-found', 'There is no such episode.');
      const late = breaks.findIndex((at) => at > 0 && row.duration !== null && at >= row.duration);
      if (late >= 0) {
        const detail = `the episode ends after ${row.duration} s`;
        const pointer = `/breaks/${late}`;
        throw new Problem('invalid-request', {
          detail: `${pointer}: ${detail}`,
          errors: [{ pointer, detail }],
        });
      }
      await db
        .update(episodes)
        .set({ breaks: breaks.length > 0 ? breaks : null, updatedAt: now() })
        .where(eq(episodes.id, id));
      return c.json({ breaks }, 200);
    },
  );
