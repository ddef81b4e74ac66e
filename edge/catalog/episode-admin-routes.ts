import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import {
  AdminEpisode,
  AdminEpisodePage,
  AdminEpisodeQuery,
  EpisodeFields,
  EpisodePlace,
} from '../../schema/api/editing.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow } from '../http/guards.ts';
import { changedMeanwhile, conditional, expected, tagged } from '../http/if-match.ts';
import { Problem } from '../http/problem.ts';
import type { Db } from '../platform/db.ts';
import { changeEpisode, episodeAt, episodeById, upsertEpisode } from './admin-episode-queries.ts';
import { titleExists } from './admin-queries.ts';
import { episodeConflict } from './conflict.ts';
import { adminEpisode, adminEpisodeCard, type AdminEpisodeRow } from './edits.ts';
import { adminEpisodeList, EpisodeListCursor, episodeListKey } from './editors-list-queries.ts';
import { eraseEpisode } from './erase.ts';

const PAGE = 50;
const byId = accepts('param', v.object({ id: idSchema('episode') }));

async function found(db: Db, id: Id<'episode'>): Promise<AdminEpisodeRow> {
  const row = await episodeById(db, id);
  if (!row) throw new Problem('not-found', 'There is no such episode.');
  return row;
}

/** Changes an episode that is there, and reads it once more. */
async function change(
  c: Context<AppEnv>,
  before: AdminEpisodeRow,
  fields: EpisodeFields,
): Promise<AdminEpisodeRow> {
  const { db, now } = c.var.platform;
  if (Object.keys(fields).length === 0) return before;
  const refused = await changeEpisode(db, before.id, fields, { expected: expected(c), now: now() });
  if (refused) throw await episodeConflict(db, before.id);
  return found(db, before.id);
}

/** Episodes as editors see and change them, one by one. */
export const episodesAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/episodes',
    allow('editor'),
    accepts('query', AdminEpisodeQuery),
    returns('Episodes of all titles by last change or by air time, narrowed as wished', {
      200: AdminEpisodePage,
    }),
    async (c) => {
      const { db, now } = c.var.platform;
      const { cursor, limit = PAGE, ...asked } = c.req.valid('query');
      const by = asked.airs ? 'airs' : 'updated';
      const after = decodeCursor(EpisodeListCursor[by], cursor);
      const rows = await adminEpisodeList(db, asked, { after, limit, now: now() });
      return c.json(toPage(rows, limit, adminEpisodeCard, episodeListKey(by)), 200);
    },
  )
  .get(
    '/api/admin/episodes/:id',
    allow('editor'),
    byId,
    returns('An episode as editors see it', { 200: AdminEpisode }),
    async (c) => {
      const row = await found(c.var.platform.db, c.req.valid('param').id);
      tagged(c, row);
      return c.json(adminEpisode(row), 200);
    },
  )
  .patch(
    '/api/admin/episodes/:id',
    allow('editor'),
    byId,
    accepts('json', EpisodeFields),
    conditional(),
    returns('Changes what is named of an episode', { 200: AdminEpisode }),
    async (c) => {
      const before = await found(c.var.platform.db, c.req.valid('param').id);
      const row = await change(c, before, c.req.valid('json'));
      tagged(c, row);
      return c.json(adminEpisode(row), 200);
    },
  )
  .delete(
    '/api/admin/episodes/:id',
    allow('editor'),
    byId,
    conditional(),
    returns('Erases an episode that never had media and that nobody played', { 204: null }),
    async (c) => {
      await eraseEpisode(c.var.platform, c.req.valid('param').id, expected(c));
      return c.body(null, 204);
    },
  )
  .put(
    '/api/admin/titles/:id/seasons/:season/episodes/:number',
    allow('editor'),
    accepts('param', EpisodePlace),
    accepts('json', EpisodeFields),
    conditional(),
    returns('Makes an episode and its season, or changes what is named of it', {
      200: AdminEpisode,
      201: AdminEpisode,
    }),
    async (c) => {
      const { db, newId, now } = c.var.platform;
      const { id: titleId, season, number } = c.req.valid('param');
      const place = { titleId, season, number };
      if (!(await titleExists(db, titleId))) throw new Problem('not-found', 'There is no such title.');
      if (expected(c) !== null) {
        const before = await episodeAt(db, place);
        if (!before) throw changedMeanwhile(null);
        const row = await change(c, before, c.req.valid('json'));
        tagged(c, row);
        return c.json(adminEpisode(row), 200);
      }
      const ids = { season: newId('season'), episode: newId('episode') };
      const row = await upsertEpisode(db, place, c.req.valid('json'), ids, now());
      tagged(c, row);
      return c.json(adminEpisode(row), row.id === ids.episode ? 201 : 200);
    },
  );
