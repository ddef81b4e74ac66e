import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import {
  NewStatement,
  StatementCheck,
  StatementDetail,
  StatementItem,
  StatementPage,
  StatementQuery,
} from '../../schema/api/books.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow, recent, signedIn } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { audited } from '../operations/audit/audited.ts';
import { monthName, monthNamed } from './months.ts';
import { documentIn } from './document.ts';
import { linesIn } from './statement-csv.ts';
import { statementById, statementList, type StatementRow } from './statement-queries.ts';
import { checkStatement, documentOf, makeStatement, storedCsv } from './statements.ts';

const PAGE = 50;
/** Lines that a page shows; the file has all of them. */
const SHOWN = 1_000;
const StatementId = v.object({ id: idSchema('statement') });
const Cursor = v.tuple([v.number(), v.string()]);

const view = (row: StatementRow, licensorName: string): StatementItem => ({
  id: row.id,
  licensorId: row.licensorId,
  licensorName,
  month: monthName(row.from),
  number: row.number,
  reason: row.reason,
  rules: row.rules,
  sha256: row.sha256,
  keyId: row.keyId,
  plays: row.plays,
  minutes: row.minutes,
  owed: row.owed,
  createdBy: row.createdBy,
  createdAt: row.createdAt,
});

async function found(c: Context<AppEnv>, id: Id<'statement'>) {
  const row = await statementById(c.var.platform.db, id);
  if (!row) throw new Problem('not-found', 'There is no such statement.');
  return row;
}
const fileName = ({ from, number, licensorId }: StatementRow, ending: string): string =>
  `attachment; filename="statement-${licensorId}-${monthName(from)}-${number}.${ending}"`;

/** What licensors are told. */
export const statementsAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/books/statements',
    allow('admin'),
    accepts('query', StatementQuery),
    returns('Statements of licensors, the newest months first', { 200: StatementPage }),
    async (c) => {
      const { cursor, limit = PAGE, licensor } = c.req.valid('query');
      const after = decodeCursor(Cursor, cursor);
      const rows = await statementList(
        c.var.platform.db,
        licensor,
        after && { from: after[0], id: after[1] },
        limit,
      );
      return c.json(
        toPage(
          rows,
          limit,
          ({ statement, licensorName }) => view(statement, licensorName),
          ({ statement }) => [statement.from, statement.id],
        ),
        200,
      );
    },
  )
  .post(
    '/api/admin/books/statements',
    allow('admin'),
    recent(),
    accepts('json', NewStatement),
    returns('Makes a statement for a month that is over: reckoned, signed, and never changed', {
      201: StatementItem,
    }),
    async (c) => {
      const { platform } = c.var;
      const { licensorId, month, reason } = c.req.valid('json');
      const { userId } = signedIn(await c.var.actor());
      const from = monthNamed(month);
      const row = await makeStatement(platform, { licensorId, month: from, reason, by: userId, anew: true });
      const { number, sha256, owed } = row;
      await audited(c, {
        what: 'statements',
        of: row.id,
        after: { licensorId, month, number, reason, sha256, owed },
      });
      const { licensorName } = await found(c, row.id);
      return c.json(view(row, licensorName), 201);
    },
  )
  .get(
    '/api/admin/books/statements/:id',
    allow('admin'),
    accepts('param', StatementId),
    returns('A statement with its lines', { 200: StatementDetail }),
    async (c) => {
      const { statement, licensorName } = await found(c, c.req.valid('param').id);
      const [document, csv] = await Promise.all([
        documentOf(c.var.platform, statement),
        storedCsv(c.var.platform, statement),
      ]);
      const { lines, more } = linesIn(csv, SHOWN);
      return c.json(
        { ...view(statement, licensorName), money: documentIn(document).money, lines, more },
        200,
      );
    },
  )
  .get(
    '/api/admin/books/statements/:id/csv',
    allow('admin'),
    recent(),
    accepts('param', StatementId),
    returns('The lines of a statement, as CSV: the bytes that were signed', { 200: null }),
    async (c) => {
      const { statement } = await found(c, c.req.valid('param').id);
      return c.body(await storedCsv(c.var.platform, statement), 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': fileName(statement, 'csv'),
        'cache-control': 'no-store',
      });
    },
  )
  .get(
    '/api/admin/books/statements/:id/document',
    allow('admin'),
    recent(),
    accepts('param', StatementId),
    returns('The signed document of a statement, a JWS; `npm run statement` verifies it', { 200: null }),
    async (c) => {
      const { statement } = await found(c, c.req.valid('param').id);
      return c.body(await documentOf(c.var.platform, statement), 200, {
        'content-type': 'application/jose',
        'content-disposition': fileName(statement, 'jws'),
        'cache-control': 'no-store',
      });
    },
  )
  .post(
    '/api/admin/books/statements/:id/check',
    allow('admin'),
    accepts('param', StatementId),
    returns('Reckons a statement anew from the logs, and says whether it comes out byte for byte the same', {
      200: StatementCheck,
    }),
    async (c) => {
      const { statement } = await found(c, c.req.valid('param').id);
      return c.json(await checkStatement(c.var.platform, statement), 200);
    },
  );
