import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import * as v from 'valibot';
import {
  EndStreams,
  StreamOfPerson,
  StreamsNow,
  StreamsQuery,
  StreamsSummary,
} from '../../schema/api/people.ts';
import { episodes } from '../../schema/db/catalog.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { audited } from '../operations/audit/audited.ts';
import { takeBack } from './given.ts';
import { reached } from './lease.ts';
import { titleExists } from './live-queries.ts';
import { liveSummary, shownStreams } from './live.ts';
import { revokeAssets, watchable } from './revoke.ts';

const PAGE = 50;
const Position = v.tuple([v.number(), idSchema('playback')]);

/** What plays now, over all accounts, and ending it. */
export const streamsAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/streams',
    allow('admin'),
    accepts('query', StreamsQuery),
    returns('What plays now, over all accounts, the latest first', { 200: StreamsNow }),
    async (c) => {
      const { platform } = c.var;
      const { cursor, limit = PAGE, ...asked } = c.req.valid('query');
      const at = decodeCursor(Position, cursor);
      const after = at && { startedAt: at[0], sessionId: at[1] };
      const entries = await reached(platform.live.page(asked, after, limit + 1));
      const { items, next } = toPage(
        entries,
        limit,
        (entry) => entry,
        ({ startedAt, sessionId }) => [startedAt, sessionId],
      );
      c.header('cache-control', 'no-store');
      return c.json({ items: await shownStreams(platform, items), next }, 200);
    },
  )
  .get(
    '/api/admin/streams/summary',
    allow('staff'),
    returns('How many play now, by title, country and plan', { 200: StreamsSummary }),
    async (c) => {
      c.header('cache-control', 'no-store');
      return c.json(await liveSummary(c.var.platform), 200);
    },
  )
  .post(
    '/api/admin/users/:id/streams/:session/end',
    allow('admin'),
    accepts('param', StreamOfPerson),
    accepts('json', EndStreams),
    returns('Ends one stream of somebody, who is told why', { 204: null }),
    async (c) => {
      const { platform } = c.var;
      const { id, session } = c.req.valid('param');
      const { reason } = c.req.valid('json');
      takeBack(session);
      const which = { sessionId: session, because: 'by-staff', why: reason, before: platform.now() } as const;
      const ended = await reached(platform.streams.account(id).revoke(which));
      if (ended === 0)
        throw new Problem('not-found', 'This account plays no such stream; it may have ended.');
      await audited(c, { what: 'streams', of: session, after: { ended: true, userId: id, reason } });
      return c.body(null, 204);
    },
  )
  .post(
    '/api/admin/titles/:id/streams/end',
    allow('admin'),
    accepts('param', v.object({ id: idSchema('title') })),
    accepts('json', EndStreams),
    returns('Ends every stream of a title that plays now; viewers are told why, and may start again', {
      204: null,
    }),
    async (c) => {
      const { platform } = c.var;
      const { id } = c.req.valid('param');
      const { reason } = c.req.valid('json');
      if (!(await titleExists(platform.db, id))) throw new Problem('not-found', 'There is no such title.');
      const assets = await watchable(platform.db, eq(episodes.titleId, id));
      await reached(revokeAssets(platform, assets, 'by-staff', reason));
      await audited(c, { what: 'streams', of: id, after: { ended: true, reason } });
      return c.body(null, 204);
    },
  );
