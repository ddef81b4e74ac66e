import { Hono } from 'hono';
import * as v from 'valibot';
import {
  IdleVersionPage,
  SourceFilePage,
  StorageUsed,
  TitleStoragePage,
  type Stored,
} from '../../schema/api/media.ts';
import { PageQuery } from '../../schema/api/page.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow } from '../http/guards.ts';
import { idleVersions, sourceFiles, storedInAll, storedOfTitles } from './queries/storage.ts';

const PAGE = 30;
const Query = v.object(PageQuery);
const asked = ({ cursor, limit = PAGE }: v.InferOutput<typeof Query>) => ({
  after: decodeCursor(v.tuple([v.number(), v.string()]), cursor),
  limit,
});
const largest = ({ bytes, id }: { bytes: number; id: string }) => [bytes, id];

/** What the media store holds. Deleting is in asset-routes.ts. */
export const ingestStorage = new Hono<AppEnv>()
  .get(
    '/api/admin/storage',
    allow('editor'),
    returns('Bytes stored in all, by kind', { 200: StorageUsed }),
    async (c) => c.json({ all: await storedInAll(c.var.platform.db) }),
  )
  .get(
    '/api/admin/storage/titles',
    allow('editor'),
    accepts('query', Query),
    returns('Bytes stored by title, the largest first', { 200: TitleStoragePage }),
    async (c) => {
      const of = asked(c.req.valid('query'));
      const rows = await storedOfTitles(c.var.platform.db, of);
      return c.json(
        toPage(
          rows,
          of.limit,
          ({ id, name, ...stored }) => ({ id, name, stored: stored satisfies Stored }),
          ({ total, id }) => [total, id],
        ),
      );
    },
  )
  .get(
    '/api/admin/storage/versions',
    allow('editor'),
    accepts('query', Query),
    returns('Finished versions in whose place viewers get another one, the largest first', {
      200: IdleVersionPage,
    }),
    async (c) => {
      const of = asked(c.req.valid('query'));
      return c.json(toPage(await idleVersions(c.var.platform.db, of), of.limit, (row) => row, largest));
    },
  )
  .get(
    '/api/admin/storage/sources',
    allow('editor'),
    accepts('query', Query),
    returns('Files that versions and tracks were made from, the largest first', { 200: SourceFilePage }),
    async (c) => {
      const of = asked(c.req.valid('query'));
      return c.json(toPage(await sourceFiles(c.var.platform.db, of), of.limit, (row) => row, largest));
    },
  );
