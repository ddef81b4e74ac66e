import { Hono } from 'hono';
import { EpisodeOrder, OrderPlace, Relation, RelationPlace } from '../../schema/api/editing.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { conditional, expected, tagged } from '../http/if-match.ts';
import { Problem } from '../http/problem.ts';
import type { Context } from 'hono';
import type { Id } from '../../schema/ids.ts';
import { titleExists } from './admin-queries.ts';
import { titleConflict } from './conflict.ts';
import { dropOrder, relate, setOrder, strangers, unrelate } from './relation-queries.ts';

const wrong = (pointer: string, detail: string) =>
  new Problem('invalid-request', { detail: `${pointer}: ${detail}`, errors: [{ pointer, detail }] });

/** Tags an answer with the title's new revision; null: nothing was there to change. */
async function settled(
  c: Context<AppEnv>,
  id: Id<'title'>,
  changed: { revision: number } | 'stale' | null,
): Promise<void> {
  if (changed === 'stale') throw await titleConflict(c.var.platform.db, id);
  if (changed) tagged(c, changed);
}
const change = (c: Context<AppEnv>) => ({ expected: expected(c), now: c.var.platform.now() });

/** How titles belong together, and in which order their episodes do. */
export const relationsAdmin = new Hono<AppEnv>()
  .put(
    '/api/admin/titles/:id/relations/:relatedId',
    allow('editor'),
    accepts('param', RelationPlace),
    accepts('json', Relation),
    conditional(),
    returns('Says what another title is to this one; the other one says the inverse', { 200: Relation }),
    async (c) => {
      const { id, relatedId } = c.req.valid('param');
      const { kind } = c.req.valid('json');
      if (id === relatedId) throw wrong('/relatedId', 'a title is not related to itself');
      const changed = await relate(c.var.platform.db, [id, relatedId], kind, change(c));
      if (!changed) throw new Problem('not-found', 'One of these titles is not there.');
      await settled(c, id, changed);
      return c.json({ kind }, 200);
    },
  )
  .delete(
    '/api/admin/titles/:id/relations/:relatedId',
    allow('editor'),
    accepts('param', RelationPlace),
    conditional(),
    returns('Takes a relation away, on both sides', { 204: null }),
    async (c) => {
      const { id, relatedId } = c.req.valid('param');
      await settled(c, id, await unrelate(c.var.platform.db, id, relatedId, change(c)));
      return c.body(null, 204);
    },
  )
  .put(
    '/api/admin/titles/:id/orders/:kind',
    allow('editor'),
    accepts('param', OrderPlace),
    accepts('json', EpisodeOrder, { maxBytes: 256 * 1024 }),
    conditional(),
    returns('Puts the episodes of a title in another order than that of season and number', {
      200: EpisodeOrder,
    }),
    async (c) => {
      const { db } = c.var.platform;
      const { id, kind } = c.req.valid('param');
      const { episodeIds } = c.req.valid('json');
      if (!(await titleExists(db, id))) throw new Problem('not-found', 'There is no such title.');
      const [stranger] = await strangers(db, id, episodeIds);
      if (stranger)
        throw wrong(`/episodeIds/${episodeIds.indexOf(stranger)}`, `${stranger} is no episode of this title`);
      await settled(c, id, await setOrder(db, id, { kind, episodeIds }, change(c)));
      return c.json({ episodeIds }, 200);
    },
  )
  .delete(
    '/api/admin/titles/:id/orders/:kind',
    allow('editor'),
    accepts('param', OrderPlace),
    conditional(),
    returns('Goes back to the order of season and number', { 204: null }),
    async (c) => {
      const { id, kind } = c.req.valid('param');
      await settled(c, id, await dropOrder(c.var.platform.db, id, kind, change(c)));
      return c.body(null, 204);
    },
  );
