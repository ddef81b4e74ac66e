import { Hono } from 'hono';
import * as v from 'valibot';
import { AuditPage, AuditQuery, AuditState } from '../../../schema/api/audit.ts';
import { PageQuery } from '../../../schema/api/page.ts';
import { idSchema } from '../../../schema/ids.ts';
import { streamed } from '../../accounts/me/export.ts';
import type { AppEnv } from '../../http/context.ts';
import { accepts, returns } from '../../http/contract.ts';
import { decodeCursor } from '../../http/cursor.ts';
import { allow, recent } from '../../http/guards.ts';
import { lastAnchor } from './anchors.ts';
import { exported } from './export.ts';
import { ends, entryList, type Narrowed } from './queries.ts';
import { auditPage } from './view.ts';
import type { Db } from '../../platform/db.ts';

const PAGE = 50;
const Cursor = v.tuple([v.number()]);
const Paging = v.object(PageQuery);

async function pageOf(
  db: Db,
  by: Narrowed,
  { cursor, limit = PAGE }: v.InferOutput<typeof Paging>,
  from: boolean,
) {
  const before = decodeCursor(Cursor, cursor)?.[0] ?? null;
  return auditPage(db, await entryList(db, by, before, limit), limit, { from });
}

/** Who changed what, for those who have to know. */
export const auditRoutes = new Hono<AppEnv>()
  .get(
    '/api/admin/audit',
    allow('admin'),
    accepts('query', AuditQuery),
    returns('What staff changed, newest first', { 200: AuditPage }),
    async (c) => {
      const { cursor, limit, ...by } = c.req.valid('query');
      return c.json(await pageOf(c.var.platform.db, by, { cursor, limit }, true), 200);
    },
  )
  .get(
    '/api/admin/audit/state',
    allow('admin'),
    returns('How far the chain of the log is sealed, and its head signed', { 200: AuditState }),
    async (c) => {
      const { platform } = c.var;
      const [{ last, sealed }, anchored] = await Promise.all([ends(platform.db), lastAnchor(platform)]);
      return c.json({ last, sealed, anchored }, 200);
    },
  )
  .get(
    '/api/admin/audit/export',
    allow('admin'),
    recent(),
    returns('The whole log with its seals and anchors, as lines of JSON; `npm run audit` verifies it', {
      200: null,
    }),
    (c) =>
      c.body(streamed(exported(c.var.platform)), 200, {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'content-disposition': `attachment; filename="engawa-audit-${new Date(c.var.platform.now()).toISOString().slice(0, 10)}.ndjson"`,
        'cache-control': 'no-store',
      }),
  )
  .get(
    '/api/admin/titles/:id/history',
    allow('editor'),
    accepts('param', v.object({ id: idSchema('title') })),
    accepts('query', Paging),
    returns('What was changed of a title and all that belongs to it, newest first', { 200: AuditPage }),
    async (c) => {
      const titleId = c.req.valid('param').id;
      return c.json(await pageOf(c.var.platform.db, { titleId }, c.req.valid('query'), false), 200);
    },
  )
  .get(
    '/api/admin/episodes/:id/history',
    allow('editor'),
    accepts('param', v.object({ id: idSchema('episode') })),
    accepts('query', Paging),
    returns('What was changed of an episode, newest first', { 200: AuditPage }),
    async (c) => {
      const episodeId = c.req.valid('param').id;
      return c.json(await pageOf(c.var.platform.db, { episodeId }, c.req.valid('query'), false), 200);
    },
  );
