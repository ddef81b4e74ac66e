import { Hono } from 'hono';
import * as v from 'valibot';
import {
  Reconciliation,
  Reconciliations,
  Replay,
  Replayed,
  StripeEventDetail,
  StripeEventId,
  StripeEvents,
  StripeEventsQuery,
} from '../../schema/api/billing-events.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { audited } from '../operations/audit/audited.ts';
import { eventList, eventRow } from './event-list.ts';
import { oldestDead, revive } from './event-queries.ts';
import { maskedEvent } from './masked-event.ts';
import { lastRuns, type Run } from './reconcile-queries.ts';
import { reconcile } from './reconcile.ts';

const PAGE = 50;
const RUNS = 14;
/** Replayed at once. */
const MANY = 90;
const Cursor = v.strictTuple([v.number(), v.string()]);

const runView = ({ cursor: _where, ...run }: Run): Reconciliation => run;

/** What Stripe told us and what came of it, for whoever looks after it. */
export const stripeEventsAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/billing/events',
    allow('admin'),
    accepts('query', StripeEventsQuery),
    returns('What Stripe told us, the newest first; by one of state, type and object', { 200: StripeEvents }),
    async (c) => {
      const { cursor, limit = PAGE, ...asked } = c.req.valid('query');
      if (Object.values(asked).filter(Boolean).length > 1)
        throw new Problem('invalid-request', 'Ask for one of state, type and object at a time.');
      const at = decodeCursor(Cursor, cursor);
      const where = at && { receivedAt: at[0], id: at[1] };
      const rows = await eventList(c.var.platform.db, asked, where, limit + 1);
      c.header('cache-control', 'no-store');
      return c.json(
        toPage(
          rows,
          limit,
          (row) => row,
          ({ receivedAt, id }) => [receivedAt, id],
        ),
        200,
      );
    },
  )
  .get(
    '/api/admin/billing/events/:id',
    allow('admin'),
    accepts('param', StripeEventId),
    returns('An event as it came, without what it says of people', { 200: StripeEventDetail }),
    async (c) => {
      const row = await eventRow(c.var.platform.db, c.req.valid('param').id);
      if (!row)
        throw new Problem(
          'not-found',
          'There is no such event: they are forgotten thirty days after they are done.',
        );
      const body: unknown = row.body === null ? null : maskedEvent(JSON.parse(row.body));
      c.header('cache-control', 'no-store');
      return c.json({ ...row, body }, 200);
    },
  )
  .post(
    '/api/admin/billing/events/replay',
    allow('admin'),
    accepts('json', Replay, { optional: true }),
    returns('Tries events again: those named, or the oldest that were given up', { 200: Replayed }),
    async (c) => {
      const { db, billingQueue, now } = c.var.platform;
      const { ids: named } = c.req.valid('json');
      const ids = await revive(db, named ?? (await oldestDead(db, MANY)), now());
      if (ids.length > 0) {
        await billingQueue.send(ids);
        await audited(c, { what: 'stripe_events', of: ids[0] ?? '', after: { replayed: ids } });
      }
      return c.json({ ids }, 200);
    },
  )
  .get(
    '/api/admin/billing/reconciliations',
    allow('admin'),
    returns('What the last comparisons with Stripe found, the newest first', { 200: Reconciliations }),
    async (c) => {
      const items = (await lastRuns(c.var.platform.db, RUNS)).map(runView);
      c.header('cache-control', 'no-store');
      return c.json({ items }, 200);
    },
  )
  .post(
    '/api/admin/billing/reconciliations',
    allow('admin'),
    returns('Compares what we know with Stripe, as is done each night; it goes on by itself', {
      200: Reconciliation,
    }),
    async (c) => {
      const run = await reconcile(c.var.platform);
      await audited(c, { what: 'reconciliations', of: String(run.startedAt), after: { compared: true } });
      return c.json(runView(run), 200);
    },
  );
