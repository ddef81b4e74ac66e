import { Hono } from 'hono';
import * as v from 'valibot';
import {
  AdminTitle,
  AdminTitleDetail,
  AdminTitlePage,
  AdminTitleQuery,
  ImagePlace,
  ImageQuery,
  NewTitle,
  SavedImage,
  TitleChange,
} from '../../schema/api/editing.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns, takes } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow } from '../http/guards.ts';
import { conditional, expected, tagged } from '../http/if-match.ts';
import { Problem } from '../http/problem.ts';
import type { Db } from '../platform/db.ts';
import {
  adminTitleDetail,
  adminTitleRow,
  insertTitle,
  setImage,
  takenSlugs,
  titleExists,
  updateTitle,
} from './admin-queries.ts';
import { AdminTitleCursor, adminTitleList } from './editors-list-queries.ts';
import { image } from './cards.ts';
import { titleConflict } from './conflict.ts';
import { adminEpisode, adminTitle, changedColumns, newTitleRow, translationsOf } from './edits.ts';
import { storeImage } from './images.ts';
import { slugChoices } from './slug.ts';

const PAGE = 50;
const TitleId = v.object({ id: idSchema('title') });

const noTitle = () => new Problem('not-found', 'There is no such title.');
const taken = (slug: string) =>
  new Problem('conflict', `Another title has the address ${slug}; choose another one, or leave it out.`);

/** Makes a title at the address that was asked for, or at the first free one of its names. */
async function createTitle(db: Db, given: v.InferOutput<typeof NewTitle>, id: Id<'title'>, now: number) {
  const { main, english = null } = given.names;
  const choices = given.slug ? [given.slug] : slugChoices({ main, english }, id);
  const used = await takenSlugs(db, choices);
  for (const slug of choices.filter((choice) => !used.has(choice)))
    if ((await insertTitle(db, newTitleRow(given, id, slug, now), translationsOf(given))) === null) return;
  throw taken(choices[0]!);
}

async function one(db: Db, id: Id<'title'>) {
  const row = await adminTitleRow(db, id);
  if (!row) throw noTitle();
  return row;
}

async function detail(db: Db, id: Id<'title'>) {
  const found = await adminTitleDetail(db, id);
  if (!found) throw noTitle();
  return found;
}

export const catalogAdmin = new Hono<AppEnv>()
  .post(
    '/api/admin/titles',
    allow('editor'),
    accepts('json', NewTitle),
    returns('Makes a title; its address comes from its name unless given', { 201: AdminTitle }),
    async (c) => {
      const { db, newId, now } = c.var.platform;
      const id = newId('title');
      await createTitle(db, c.req.valid('json'), id, now());
      const row = await one(db, id);
      c.header('location', `/api/admin/titles/${id}`);
      tagged(c, row);
      return c.json(adminTitle(row), 201);
    },
  )
  .get(
    '/api/admin/titles',
    allow('editor'),
    accepts('query', AdminTitleQuery),
    returns('Titles by last change, narrowed as wished, also by a part of any name', { 200: AdminTitlePage }),
    async (c) => {
      const { cursor, limit = PAGE, ...asked } = c.req.valid('query');
      const after = decodeCursor(AdminTitleCursor, cursor);
      const rows = await adminTitleList(c.var.platform.db, asked, after, limit);
      return c.json(
        toPage(rows, limit, adminTitle, (row) => [row.updatedAt, row.id]),
        200,
      );
    },
  )
  .get(
    '/api/admin/titles/:id',
    allow('editor'),
    accepts('param', TitleId),
    returns('A title with its episodes, as editors see them', { 200: AdminTitleDetail }),
    async (c) => {
      const { title, episodes, seasonList, relations, orders } = await detail(
        c.var.platform.db,
        c.req.valid('param').id,
      );
      const episodeList = episodes.map(adminEpisode);
      tagged(c, title);
      return c.json({ ...adminTitle(title), episodeList, seasonList, relations, orders }, 200);
    },
  )
  .patch(
    '/api/admin/titles/:id',
    allow('editor'),
    accepts('param', TitleId),
    accepts('json', TitleChange),
    conditional(),
    returns('Changes what is named of a title', { 200: AdminTitle }),
    async (c) => {
      const { db, now } = c.var.platform;
      const { id } = c.req.valid('param');
      const change = c.req.valid('json');
      if (!(await titleExists(db, id))) throw noTitle();
      if (Object.keys(change).length > 0) {
        const columns = changedColumns(change);
        const by = { expected: expected(c), now: now() };
        const refused = await updateTitle(db, id, columns, translationsOf(change), by);
        if (refused === 'stale') throw await titleConflict(db, id);
        if (refused) throw taken(change.slug ?? '');
      }
      const row = await one(db, id);
      tagged(c, row);
      return c.json(adminTitle(row), 200);
    },
  )
  .put(
    '/api/admin/titles/:id/images/:role',
    allow('editor'),
    accepts('param', ImagePlace),
    accepts('query', ImageQuery),
    takes('image/jpeg', 'image/png', 'image/webp', 'image/avif'),
    conditional(),
    returns('Sets a title’s poster, backdrop or logo to the picture in the body', { 200: SavedImage }),
    async (c) => {
      const { db, bucket, now } = c.var.platform;
      const { id, role } = c.req.valid('param');
      if (!(await titleExists(db, id))) throw noTitle();
      const { thumbhash = null, ...size } = c.req.valid('query');
      const stored = { key: await storeImage(bucket, c.req.raw), ...size, thumbhash };
      const changed = await setImage(db, id, [role, stored], { expected: expected(c), now: now() });
      if (!changed) throw noTitle();
      if (changed === 'stale') throw await titleConflict(db, id);
      tagged(c, changed);
      return c.json(image(stored), 200);
    },
  )
  .delete(
    '/api/admin/titles/:id/images/:role',
    allow('editor'),
    accepts('param', ImagePlace),
    conditional(),
    returns('Takes a title’s poster, backdrop or logo away', { 204: null }),
    async (c) => {
      const { db, now } = c.var.platform;
      const { id, role } = c.req.valid('param');
      const row = await one(db, id);
      if (row[role] === null) return c.body(null, 204);
      const changed = await setImage(db, id, [role, null], { expected: expected(c), now: now() });
      if (changed === 'stale') throw await titleConflict(db, id);
      if (changed) tagged(c, changed);
      return c.body(null, 204);
    },
  );
