import { Hono } from 'hono';
import { Overview } from '../../../schema/api/overview.ts';
import type { AppEnv } from '../../http/context.ts';
import { returns } from '../../http/contract.ts';
import { allow, signedIn } from '../../http/guards.ts';
import { complain } from '../../platform/log.ts';
import { kindsFor, needOf } from './attention.ts';
import { numbersOf } from './days.ts';
import { overviewRows } from './queries.ts';

export const overview = new Hono<AppEnv>().get(
  '/api/admin/overview',
  allow('staff'),
  returns('What needs somebody now, and the numbers of the day', { 200: Overview }),
  async (c) => {
    const { db, live, now } = c.var.platform;
    const at = now();
    const role = (await c.var.currentRole(signedIn(await c.var.actor()))) ?? 'viewer';
    const [rows, playing] = await Promise.all([
      overviewRows(db, kindsFor(role), at),
      // What plays now is known elsewhere, and may be out of reach by itself.
      live.counts().catch((error: unknown) => {
        complain({ event: 'live streams not counted', error });
        return null;
      }),
    ]);
    const minutes = (seconds: number) => Math.round(seconds / 60);
    return c.json(
      {
        at,
        needs: rows.needing.map(([kind, needing]) => needOf(kind, needing)).filter((need) => need !== null),
        live: playing && { streams: playing.streams, accounts: playing.accounts },
        ...numbersOf(rows.hours, at),
        titles: rows.watched.map(({ seconds, ...row }) => ({ ...row, minutes: minutes(seconds) })),
        countries: rows.countries.map(({ code, seconds, ...row }) => ({
          code: code || null,
          ...row,
          minutes: minutes(seconds),
        })),
      },
      200,
    );
  },
);
