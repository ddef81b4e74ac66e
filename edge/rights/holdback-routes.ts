import { Hono } from 'hono';
import * as v from 'valibot';
import {
  Holdback,
  Holdbacks,
  Licensor,
  Licensors,
  NewHoldback,
  NewLicensor,
} from '../../schema/api/rights.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { listAnew } from '../catalog/listing.ts';
import { checkNames } from './admin-routes.ts';
import { askAgain } from './ask-again.ts';
import {
  allLicensors,
  changeHoldback,
  deleteLicensor,
  holdbacksOf,
  insertHoldback,
  putLicensor,
  type LicensorRow,
} from './queries.ts';
import { asColumns, holdbackView } from './rows-view.ts';

const TitleId = v.object({ id: idSchema('title') });
const HoldbackId = v.object({ id: idSchema('holdback') });
const LicensorId = v.object({ id: idSchema('licensor') });
const noHoldback = () => new Problem('not-found', 'There is no such holdback.');

function saved(row: LicensorRow | 'taken' | null, name: string): LicensorRow {
  if (row === 'taken') throw new Problem('conflict', `There is a licensor ${name} already.`);
  if (!row) throw new Problem('not-found', 'There is no such licensor.');
  return row;
}

/** Whom the pictures belong to, and what they hold back. */
export const holdbackAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/titles/:id/holdbacks',
    allow('editor'),
    accepts('param', TitleId),
    returns('What is held back of a title, by start', { 200: Holdbacks }),
    async (c) => {
      const rows = await holdbacksOf(c.var.platform.db, c.req.valid('param').id);
      if (!rows) throw new Problem('not-found', 'There is no such title.');
      return c.json({ items: rows.map(holdbackView) }, 200);
    },
  )
  .post(
    '/api/admin/titles/:id/holdbacks',
    allow('editor'),
    accepts('param', TitleId),
    accepts('json', NewHoldback),
    returns('Holds models back in spite of a licence', { 201: Holdback }),
    async (c) => {
      const { platform } = c.var;
      const { id: titleId } = c.req.valid('param');
      const given = c.req.valid('json');
      if (!(await holdbacksOf(platform.db, titleId)))
        throw new Problem('not-found', 'There is no such title.');
      await checkNames(platform.db, { ...given, earlyAccess: [] });
      const row = {
        ...asColumns(given),
        id: platform.newId('holdback'),
        titleId,
        createdAt: platform.now(),
      };
      await insertHoldback(platform.db, row);
      await listAnew(platform, titleId);
      await askAgain(platform, [row]);
      return c.json(holdbackView(row), 201);
    },
  )
  .put(
    '/api/admin/holdbacks/:id',
    allow('editor'),
    accepts('param', HoldbackId),
    accepts('json', NewHoldback),
    returns('Changes a holdback', { 200: Holdback }),
    async (c) => {
      const { platform } = c.var;
      const change = asColumns(c.req.valid('json'));
      await checkNames(platform.db, { ...change, earlyAccess: [] });
      const before = await changeHoldback(platform.db, c.req.valid('param').id, change);
      if (!before) throw noHoldback();
      const after = { ...before, ...change };
      await listAnew(platform, before.titleId);
      await askAgain(platform, [before, after]);
      return c.json(holdbackView(after), 200);
    },
  )
  .delete(
    '/api/admin/holdbacks/:id',
    allow('editor'),
    accepts('param', HoldbackId),
    returns('Takes a holdback away', { 204: null }),
    async (c) => {
      const { platform } = c.var;
      const gone = await changeHoldback(platform.db, c.req.valid('param').id, null);
      if (!gone) throw noHoldback();
      await listAnew(platform, gone.titleId);
      return c.body(null, 204);
    },
  )
  .get('/api/admin/licensors', allow('editor'), returns('Licensors by name', { 200: Licensors }), async (c) =>
    c.json({ items: await allLicensors(c.var.platform.db) }, 200),
  )
  .post(
    '/api/admin/licensors',
    allow('editor'),
    accepts('json', NewLicensor),
    returns('Adds a licensor', { 201: Licensor }),
    async (c) => {
      const { db, newId, now } = c.var.platform;
      const given = c.req.valid('json');
      const row = { ...given, id: newId('licensor'), createdAt: now(), updatedAt: now() };
      return c.json(saved(await putLicensor(db, row, true), given.name), 201);
    },
  )
  .put(
    '/api/admin/licensors/:id',
    allow('editor'),
    accepts('param', LicensorId),
    accepts('json', NewLicensor),
    returns('Changes a licensor’s name and notes', { 200: Licensor }),
    async (c) => {
      const { db, now } = c.var.platform;
      const given = c.req.valid('json');
      const row = { ...given, id: c.req.valid('param').id, createdAt: now(), updatedAt: now() };
      return c.json(saved(await putLicensor(db, row, false), given.name), 200);
    },
  )
  .delete(
    '/api/admin/licensors/:id',
    allow('editor'),
    accepts('param', LicensorId),
    returns('Takes away a licensor that no licence names', { 204: null }),
    async (c) => {
      const gone = await deleteLicensor(c.var.platform.db, c.req.valid('param').id);
      if (gone === 'used')
        throw new Problem('conflict', 'Licences, holdbacks, shares or statements name this licensor.');
      if (!gone) throw new Problem('not-found', 'There is no such licensor.');
      return c.body(null, 204);
    },
  );
