import { Hono } from 'hono';
import * as v from 'valibot';
import { SeasonFields, SeasonPlace } from '../../schema/api/editing.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, recent } from '../http/guards.ts';
import { conditional, expected, tagged } from '../http/if-match.ts';
import { Problem } from '../http/problem.ts';
import { titleConflict } from './conflict.ts';
import { eraseTitle } from './erase.ts';
import { eraseSeasonRow, nameSeason } from './erase-queries.ts';

/** Seasons by themselves, and the end of titles. */
export const seasonsAdmin = new Hono<AppEnv>()
  .put(
    '/api/admin/titles/:id/seasons/:season',
    allow('editor'),
    accepts('param', SeasonPlace),
    accepts('json', SeasonFields),
    conditional(),
    returns('Makes a season, or names it', { 200: SeasonFields }),
    async (c) => {
      const { db, newId, now } = c.var.platform;
      const { id: titleId, season: number } = c.req.valid('param');
      const { name } = c.req.valid('json');
      const by = { expected: expected(c), now: now() };
      const changed = await nameSeason(db, { titleId, number }, { id: newId('season'), name }, by);
      if (changed === 'stale') throw await titleConflict(db, titleId);
      if (!changed) throw new Problem('not-found', 'There is no such title.');
      tagged(c, changed);
      return c.json({ name }, 200);
    },
  )
  .delete(
    '/api/admin/titles/:id/seasons/:season',
    allow('editor'),
    accepts('param', SeasonPlace),
    conditional(),
    returns('Takes a season away that has no episodes', { 204: null }),
    async (c) => {
      const { db, now } = c.var.platform;
      const { id: titleId, season: number } = c.req.valid('param');
      const fate = await eraseSeasonRow(db, { titleId, number }, { expected: expected(c), now: now() });
      if (fate === 'stale') throw await titleConflict(db, titleId);
      if (fate.left)
        throw new Problem('conflict', 'It has episodes. Erase those first; a season goes when it is empty.');
      if (fate.revision !== null) tagged(c, { revision: fate.revision });
      return c.body(null, 204);
    },
  )
  .delete(
    '/api/admin/titles/:id',
    allow('editor'),
    recent(),
    accepts('param', v.object({ id: idSchema('title') })),
    conditional(),
    returns('Erases a title that never had media, licences or plays', { 204: null }),
    async (c) => {
      await eraseTitle(c.var.platform, c.req.valid('param').id, expected(c));
      return c.body(null, 204);
    },
  );
