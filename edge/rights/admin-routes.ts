import { Hono } from 'hono';
import * as v from 'valibot';
import { Licence, Licences, NewLicence } from '../../schema/api/editing.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { deleteLicence, insertLicence, licencesOf, type LicenceRow } from './queries.ts';

const TitleId = v.object({ id: idSchema('title') });
const noTitle = () => new Problem('not-found', 'There is no such title.');

const licence = (row: LicenceRow): Licence => ({
  id: row.id,
  titleId: row.titleId,
  territories: { mode: row.territoryMode, countries: row.countries },
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  maxHeight: row.maxHeight,
  audioLanguages: row.audioLanguages,
  subtitleLanguages: row.subtitleLanguages,
});

export const rightsAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/titles/:id/licences',
    allow('editor'),
    accepts('param', TitleId),
    returns('A title’s licences, by start', { 200: Licences }),
    async (c) => {
      const rows = await licencesOf(c.var.platform.db, c.req.valid('param').id);
      if (!rows) throw noTitle();
      return c.json({ items: rows.map(licence) }, 200);
    },
  )
  .post(
    '/api/admin/titles/:id/licences',
    allow('editor'),
    accepts('param', TitleId),
    accepts('json', NewLicence),
    returns('Says where and when a title may be shown', { 201: Licence }),
    async (c) => {
      const { db, newId, now } = c.var.platform;
      const { id: titleId } = c.req.valid('param');
      const given = c.req.valid('json');
      if (!(await licencesOf(db, titleId))) throw noTitle();
      const row: LicenceRow = {
        id: newId('licence'),
        licensorId: null,
        titleId,
        season: null,
        episodeFrom: null,
        episodeTo: null,
        models: ['free'],
        earlyAccess: [],
        downloads: false,
        amends: null,
        endedAt: null,
        endedBecause: null,
        createdBy: null,
        territoryMode: given.territories.mode,
        countries: [...new Set(given.territories.countries)],
        startsAt: given.startsAt,
        endsAt: given.endsAt,
        maxHeight: given.maxHeight ?? null,
        audioLanguages: given.audioLanguages ?? null,
        subtitleLanguages: given.subtitleLanguages ?? null,
        createdAt: now(),
      };
      await insertLicence(db, row);
      return c.json(licence(row), 201);
    },
  )
  .delete(
    '/api/admin/licences/:id',
    allow('editor'),
    accepts('param', v.object({ id: idSchema('licence') })),
    returns('Takes a licence away; plays that began under it end with their grant', { 204: null }),
    async (c) => {
      if (!(await deleteLicence(c.var.platform.db, c.req.valid('param').id)))
        throw new Problem('not-found', 'There is no such licence.');
      return c.body(null, 204);
    },
  );
