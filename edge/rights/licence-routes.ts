import { Hono } from 'hono';
import * as v from 'valibot';
import {
  LicenceDetail,
  LicenceEffect,
  LicenceExport,
  LicencePage,
  LicenceQuery,
  LicensorDetail,
  type LicenceItem,
  type LicenceState,
} from '../../schema/api/rights-room.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import type { Db } from '../platform/db.ts';
import { csvHead, csvLines } from './licence-csv.ts';
import { licenceEffect } from './licence-effect.ts';
import {
  licenceCursor,
  licencePage,
  licenceWithHistory,
  licensorWithHoldbacks,
  type ListedLicence,
} from './licence-queries.ts';
import { licenceById, type LicenceRow } from './queries.ts';
import { isOpen, starts } from './rows.ts';
import { holdbackView, licenceView } from './rows-view.ts';

const PAGE = 50;
/** Rows that an export reads at once. */
const EXPORTED = 500;
const LicenceId = v.object({ id: idSchema('licence') });
const noLicence = () => new Problem('not-found', 'There is no such licence.');

function stateOf(row: LicenceRow, amended: boolean, now: number): LicenceState {
  if (row.endedAt !== null) return amended ? 'amended' : 'revoked';
  if (isOpen(row, now)) return 'current';
  return now < starts(row) ? 'future' : 'over';
}
const itemView = ({ row, titleName, licensorName, amended }: ListedLicence, now: number): LicenceItem => ({
  ...licenceView(row),
  titleName,
  licensorName,
  state: stateOf(row, Boolean(amended), now),
});

/** Page after page, each read once the one before it has been taken: an export of any length fits into memory. */
function exported(db: Db, filter: v.InferOutput<typeof LicenceExport>, now: number): ReadableStream {
  let after: Awaited<ReturnType<typeof licencePage>>['next'] = null;
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(encoder.encode(csvHead)),
    async pull(stream) {
      const { rows, next } = await licencePage(db, filter, { after, limit: EXPORTED, now });
      stream.enqueue(encoder.encode(csvLines(rows.map((row) => itemView(row, now)))));
      after = next;
      if (!next) stream.close();
    },
  });
}

/** Licences of all titles, and whose they are. */
export const licencesAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/licences',
    allow('editor'),
    accepts('query', LicenceQuery),
    returns('Licences of all titles, the newest first; with `endsWithin`, those in force by their end', {
      200: LicencePage,
    }),
    async (c) => {
      const { cursor, limit = PAGE, ...filter } = c.req.valid('query');
      const { db, now } = c.var.platform;
      const at = now();
      const after = decodeCursor(licenceCursor(filter), cursor);
      const { rows, next } = await licencePage(db, filter, { after, limit, now: at });
      return c.json({ items: rows.map((row) => itemView(row, at)), next: next && encodeCursor(next) }, 200);
    },
  )
  .get(
    '/api/admin/licences.csv',
    allow('editor'),
    accepts('query', LicenceExport),
    returns('The same as CSV (RFC 4180), all pages', { 200: null }),
    (c) => {
      const { db, now } = c.var.platform;
      const at = now();
      const day = new Date(at).toISOString().slice(0, 10);
      c.header('content-type', 'text/csv; charset=utf-8; header=present');
      c.header('content-disposition', `attachment; filename="licences-${day}.csv"`);
      c.header('cache-control', 'no-store');
      return c.body(exported(db, c.req.valid('query'), at), 200);
    },
  )
  .get(
    '/api/admin/licences/:id',
    allow('editor'),
    accepts('param', LicenceId),
    returns('A licence, and all that amended each other', { 200: LicenceDetail }),
    async (c) => {
      const { db, now } = c.var.platform;
      const found = await licenceWithHistory(db, c.req.valid('param').id);
      if (!found) throw noLicence();
      const at = now();
      const history = found.history.map(({ row, amended }) => ({
        ...licenceView(row),
        state: stateOf(row, Boolean(amended), at),
      }));
      return c.json({ ...itemView(found, at), titleSlug: found.titleSlug, history }, 200);
    },
  )
  .get(
    '/api/admin/licences/:id/effect',
    allow('editor'),
    accepts('param', LicenceId),
    returns('What revoking a licence now would do: who watches, and where nothing would be left', {
      200: LicenceEffect,
    }),
    async (c) => {
      const { platform } = c.var;
      const row = await licenceById(platform.db, c.req.valid('param').id);
      if (!row) throw noLicence();
      return c.json(await licenceEffect(platform, row), 200);
    },
  )
  .get(
    '/api/admin/licensors/:id',
    allow('editor'),
    accepts('param', v.object({ id: idSchema('licensor') })),
    returns('A licensor, and what it holds back', { 200: LicensorDetail }),
    async (c) => {
      const found = await licensorWithHoldbacks(c.var.platform.db, c.req.valid('param').id);
      if (!found) throw new Problem('not-found', 'There is no such licensor.');
      const { licensor, held } = found;
      return c.json(
        {
          ...licensor,
          holdbacks: held.map(({ row, titleName }) => ({ ...holdbackView(row), titleName })),
        },
        200,
      );
    },
  );
