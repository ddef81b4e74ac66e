import { and, desc, eq } from 'drizzle-orm';
import { Hono } from 'hono';
import * as v from 'valibot';
import { NewShare, Share, Shares } from '../../schema/api/books.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import { licensorShares } from '../../schema/db/books.ts';
import { licensors } from '../../schema/db/rights.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, recent } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import type { Db } from '../platform/db.ts';
import { monthName, monthNamed, monthOf } from './months.ts';

type Row = typeof licensorShares.$inferSelect;
const LicensorId = v.object({ id: idSchema('licensor') });

/** A few a year, of each model. */
const sharesOf = (db: Db, licensorId: Id<'licensor'>): Promise<Row[]> =>
  db
    .select()
    .from(licensorShares)
    .where(and(eq(licensorShares.licensorId, licensorId)))
    .orderBy(desc(licensorShares.startsAt), desc(licensorShares.createdAt), desc(licensorShares.id));

/** @param rows the newest first: of each model the first that has begun holds */
function views(rows: readonly Row[], now: number): Share[] {
  const held = new Set<string>();
  return rows.map(({ id, model, basisPoints, startsAt, createdAt }) => {
    const holds = startsAt <= monthOf(now) && !held.has(model);
    if (holds) held.add(model);
    return { id, model, basisPoints, month: monthName(startsAt), createdAt, holds };
  });
}

/** What of the revenue licensors get: rows are added, so that what was agreed when stays readable. */
export const sharesAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/licensors/:id/shares',
    allow('admin'),
    accepts('param', LicensorId),
    returns('What of the revenue a licensor gets, and got, by model', { 200: Shares }),
    async (c) => {
      const { db, now } = c.var.platform;
      return c.json({ items: views(await sharesOf(db, c.req.valid('param').id), now()) }, 200);
    },
  )
  .post(
    '/api/admin/licensors/:id/shares',
    allow('admin'),
    recent(),
    accepts('param', LicensorId),
    accepts('json', NewShare),
    returns('Sets a licensor’s share from a month on; statements that were made stay as they are', {
      201: Share,
    }),
    async (c) => {
      const { db, newId, now } = c.var.platform;
      const licensorId = c.req.valid('param').id;
      const { month, ...given } = c.req.valid('json');
      const [licensor] = await db
        .select({ id: licensors.id })
        .from(licensors)
        .where(eq(licensors.id, licensorId));
      if (!licensor) throw new Problem('not-found', 'There is no such licensor.');
      const row: Row = {
        ...given,
        id: newId('share'),
        licensorId,
        startsAt: monthNamed(month),
        createdAt: now(),
      };
      await db.insert(licensorShares).values(row);
      const all = views(await sharesOf(db, licensorId), now());
      return c.json(
        all.find(({ id }) => id === row.id)!,
        201,
      );
    },
  );
