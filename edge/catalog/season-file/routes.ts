import { Hono } from 'hono';
import * as v from 'valibot';
import { ExportQuery, ImportQuery, SeasonImport } from '../../../schema/api/editing.ts';
import { idSchema, type Id } from '../../../schema/ids.ts';
import { parseJson, readBody } from '../../http/body.ts';
import type { AppEnv } from '../../http/context.ts';
import { accepts, returns, takes } from '../../http/contract.ts';
import { allow } from '../../http/guards.ts';
import { Problem } from '../../http/problem.ts';
import type { Platform } from '../../platform/platform.ts';
import { adminTitleRow } from '../admin-queries.ts';
import { plan } from './plan.ts';
import { episodesOf, writeAll } from './queries.ts';
import { csvTable, jsonTable, NoTable, textOf, type Table } from './read.ts';
import { asCsv, asJson } from './write.ts';

const byId = accepts('param', v.object({ id: idSchema('title') }));
/** A thousand episodes with their synopses in five languages. */
const MAX_BYTES = 4 * 1024 * 1024;
const MOST_ROWS = 2_000;
/** What browsers call a CSV file, as the machine’s programs have it. */
const CSV = new Set(['text/csv', 'text/plain', 'text/tab-separated-values', 'application/vnd.ms-excel']);

/** @throws Problem `unsupported-media`, `too-large`, or `invalid-request` saying what is wrong with the file */
async function tableIn(request: Request): Promise<Table> {
  const [type = '', ...parameters] = (request.headers.get('content-type') ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const isJson = type === 'application/json';
  if (!isJson && !CSV.has(type))
    throw new Problem('unsupported-media', 'Send the file as text/csv or application/json.');
  const charset = parameters.find((one) => one.startsWith('charset='))?.slice('charset='.length);
  const bytes = await readBody(request, MAX_BYTES);
  try {
    const table = isJson
      ? jsonTable(jsonOf(textOf(bytes, 'utf-8')))
      : csvTable(textOf(bytes, charset?.replaceAll('"', '')));
    if (table.rows.length > MOST_ROWS)
      throw new NoTable(`The file has ${table.rows.length} rows; at most ${MOST_ROWS} are taken at once.`);
    return table;
  } catch (error) {
    if (error instanceof NoTable) throw new Problem('invalid-request', error.message);
    throw error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new NoTable(`The file is not well-formed JSON: ${String(error)}`);
  }
}

/** Where others make the same episodes at once, it is reckoned again upon theirs; so many times at most. */
const ROUNDS = 4;

async function importInto(
  { db, newId, now }: Platform,
  id: Id<'title'>,
  table: Table,
  dryRun: boolean,
): Promise<SeasonImport> {
  for (let round = 0; round < ROUNDS; round++) {
    const { rows, writes } = plan(table, await episodesOf(db, id));
    if (dryRun || rows.some(({ fate }) => fate === 'refused')) return { applied: false, rows };
    if (!(await writeAll(db, id, writes, newId, now()))) return { applied: true, rows };
  }
  throw new Problem('conflict', 'Others make the same episodes at once. Nothing was done; send it again.');
}

/** The episodes of a title as a file, out and in again. */
export const seasonFiles = new Hono<AppEnv>()
  .post(
    '/api/admin/titles/:id/import',
    allow('editor'),
    byId,
    accepts('query', ImportQuery),
    takes('text/csv', 'application/json'),
    returns(
      'Makes and changes episodes by a file, all rows or none; `dryRun=true` only says what it would do',
      {
        200: SeasonImport,
      },
    ),
    async (c) => {
      const { platform } = c.var;
      const { id } = c.req.valid('param');
      const table = await tableIn(c.req.raw);
      if (!(await adminTitleRow(platform.db, id))) throw new Problem('not-found', 'There is no such title.');
      return c.json(await importInto(platform, id, table, c.req.valid('query').dryRun === 'true'), 200);
    },
  )
  .get(
    '/api/admin/titles/:id/export',
    allow('editor'),
    byId,
    accepts('query', ExportQuery),
    returns('The episodes of a title as a file, which imports again', { 200: null }),
    async (c) => {
      const { db } = c.var.platform;
      const { id } = c.req.valid('param');
      const { format } = c.req.valid('query');
      const title = await adminTitleRow(db, id);
      if (!title) throw new Problem('not-found', 'There is no such title.');
      const episodes = await episodesOf(db, id);
      const type = format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/json';
      c.header('content-type', type);
      c.header('content-disposition', `attachment; filename="${title.slug}.${format}"`);
      c.header('cache-control', 'no-store');
      return c.body(format === 'csv' ? asCsv(episodes) : asJson(episodes), 200);
    },
  );
