import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { Licence, Licences, NewLicence, Reason } from '../../schema/api/rights.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, recent, signedIn } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import type { Db } from '../platform/db.ts';
import type { Platform } from '../platform/platform.ts';
import { listAnew } from '../catalog/listing.ts';
import { askAgain } from './ask-again.ts';
import {
  amendLicence,
  endLicence,
  insertLicence,
  licenceById,
  licencesOf,
  namedBy,
  type LicenceRow,
} from './queries.ts';
import { asColumns, licenceView } from './rows-view.ts';

const TitleId = v.object({ id: idSchema('title') });
const LicenceId = v.object({ id: idSchema('licence') });
const Amendment = v.object({ ...Reason.entries, licence: NewLicence });
type Given = v.InferOutput<typeof NewLicence>;

const noTitle = () => new Problem('not-found', 'There is no such title.');
const wrong = (pointer: string, detail: string) =>
  new Problem('invalid-request', { detail: `${pointer}: ${detail}`, errors: [{ pointer, detail }] });

/** @throws Problem `invalid-request` for a licensor or a plan that is not there */
export async function checkNames(
  db: Db,
  { licensorId, earlyAccess }: Pick<Given, 'licensorId' | 'earlyAccess'>,
) {
  const named = await namedBy(db, licensorId);
  if (!named.licensor) throw wrong('/licensorId', 'there is no such licensor');
  const unknown = earlyAccess.findIndex(({ plan }) => !named.plans.has(plan));
  if (unknown >= 0)
    throw wrong(`/earlyAccess/${unknown}/plan`, `there is no plan ${earlyAccess[unknown]!.plan}`);
}

async function rowOf(c: Context<AppEnv>, titleId: Id<'title'>, given: Given, amends: LicenceRow['amends']) {
  const { newId, now } = c.var.platform;
  const { userId } = signedIn(await c.var.actor());
  return {
    ...asColumns(given),
    id: newId('licence'),
    titleId,
    amends,
    endedAt: null,
    endedBecause: null,
    createdBy: userId,
    createdAt: now(),
  } satisfies LicenceRow;
}

/** Less may be watched now: lists follow, and so does who watches. */
async function changed(platform: Platform, row: LicenceRow): Promise<void> {
  await listAnew(platform, row.titleId);
  await askAgain(platform, [row]);
}

/** A licence that was ended tells what became of it. */
const over = ({ endedBecause }: LicenceRow) =>
  new Problem(
    'conflict',
    `This licence is over: ${endedBecause}. Change the one in force, or add another one.`,
  );

export const rightsAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/titles/:id/licences',
    allow('editor'),
    accepts('param', TitleId),
    returns('A title’s licences by start, those that were ended too', { 200: Licences }),
    async (c) => {
      const rows = await licencesOf(c.var.platform.db, c.req.valid('param').id);
      if (!rows) throw noTitle();
      return c.json({ items: rows.map(licenceView) }, 200);
    },
  )
  .post(
    '/api/admin/titles/:id/licences',
    allow('editor'),
    accepts('param', TitleId),
    accepts('json', NewLicence),
    returns('Says which episodes may be shown where, when, how and to whom', { 201: Licence }),
    async (c) => {
      const { db } = c.var.platform;
      const { id } = c.req.valid('param');
      const given = c.req.valid('json');
      if (!(await licencesOf(db, id))) throw noTitle();
      await checkNames(db, given);
      const row = await rowOf(c, id, given, null);
      await insertLicence(db, row);
      await listAnew(c.var.platform, id);
      return c.json(licenceView(row), 201);
    },
  )
  .post(
    '/api/admin/licences/:id/amend',
    allow('editor'),
    accepts('param', LicenceId),
    accepts('json', Amendment),
    returns('Puts another licence in the place of this one, which stays readable', { 201: Licence }),
    async (c) => {
      const { platform } = c.var;
      const { reason, licence } = c.req.valid('json');
      const old = await licenceById(platform.db, c.req.valid('param').id);
      if (!old) throw new Problem('not-found', 'There is no such licence.');
      if (old.endedAt !== null) {
        await changed(platform, old); // the call that ended it may have broken off before this
        throw over(old);
      }
      await checkNames(platform.db, licence);
      const row = await rowOf(c, old.titleId, licence, old.id);
      if (!(await amendLicence(platform.db, row, old.id, `Amended: ${reason}`)))
        throw over((await licenceById(platform.db, old.id)) ?? old);
      await changed(platform, old);
      return c.json(licenceView(row), 201);
    },
  )
  .post(
    '/api/admin/licences/:id/revoke',
    allow('editor'),
    recent(),
    accepts('param', LicenceId),
    accepts('json', Reason),
    returns('Ends a licence for good; who watches under it stops within one key period', { 200: Licence }),
    async (c) => {
      const { platform } = c.var;
      const { id } = c.req.valid('param');
      await endLicence(platform.db, id, `Revoked: ${c.req.valid('json').reason}`, platform.now());
      const row = await licenceById(platform.db, id);
      if (!row) throw new Problem('not-found', 'There is no such licence.');
      await changed(platform, row); // also for one that was over: an earlier call may have broken off before this
      return c.json(licenceView(row), 200);
    },
  );
