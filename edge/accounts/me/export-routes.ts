import { Hono } from 'hono';
import { MyExport } from '../../../schema/api/export.ts';
import type { AppEnv } from '../../http/context.ts';
import { returns } from '../../http/contract.ts';
import { allow, signedIn } from '../../http/guards.ts';
import { limited } from '../../http/limits.ts';
import { Problem } from '../../http/problem.ts';
import { reached } from '../../playback/lease.ts';
import { exportOf, streamed } from './export.ts';

/** Everything about me. */
export const exportRoutes = new Hono<AppEnv>().get(
  '/api/me/export',
  allow('viewer'),
  limited('export', 'actor'),
  returns('Everything that is kept about whoever asks, as one JSON document', { 200: MyExport }),
  async (c) => {
    const actor = signedIn(await c.var.actor());
    // All there is to know of somebody: not for a token that outlives its session.
    if (!(await c.var.currentRole(actor)))
      throw new Problem(
        'not-signed-in',
        'This device has been signed out, or the account is not there any more.',
      );
    const { userId } = actor;
    const { db, now, streams } = c.var.platform;
    await reached(streams.account(userId).settle()); // what was watched until this very moment
    const day = new Date(now()).toISOString().slice(0, 10);
    return c.body(streamed(exportOf(db, userId, now())), 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="engawa-${day}.json"`,
      'cache-control': 'no-store',
    });
  },
);
