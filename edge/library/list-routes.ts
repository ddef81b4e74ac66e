import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { ListChange, ListEntry, ListPage, ListQuery } from '../../schema/api/library.ts';
import { TrackChoice } from '../../schema/api/playback.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import { titleCard } from '../catalog/cards.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { reached } from '../playback/lease.ts';
import { askingIn, profileOf, readAs, visibleIn, type Asking } from './asking.ts';
import { entryOf } from './continue.ts';
import type { Place } from './list-moves.ts';
import {
  dropTracks,
  entryAt,
  listChange,
  ListCursor,
  listKey,
  listPage,
  setTracks,
  takeOff,
  visibleTitle,
} from './queries/list.ts';

const PAGE = 24;
const ofTitle = v.object({ title: idSchema('title') });

/** Where in which list: of the profile that the request is in, and of a title that it may see. One round trip. */
async function placeOf(asking: Asking, titleId: Id<'title'>): Promise<Place> {
  const { db } = asking.platform;
  const { profile, found } = await readAs(asking, (id) => [visibleTitle(db, titleId, visibleIn(asking, id))]);
  if (found[0].length === 0) throw new Problem('not-found', 'There is no such title.');
  return { profileId: profile.id, titleId };
}

async function page(c: Context<AppEnv>, query: v.InferOutput<typeof ListQuery>) {
  const { state, sort = 'updated', cursor, limit = PAGE } = query;
  const asking = await askingIn(c);
  const after = decodeCursor(ListCursor[sort], cursor);
  const { found } = await readAs(asking, (id) => [
    listPage(asking.platform.db, id, visibleIn(asking, id), asking, { state, sort, after, limit }),
  ]);
  return toPage(
    found[0],
    limit,
    ({ entry, title, key: _place, ...counts }) => ({
      title: titleCard(title),
      entry: entryOf(entry.titleId, entry, counts),
    }),
    listKey(sort),
  );
}

async function change(c: Context<AppEnv>, titleId: Id<'title'>, said: ListChange): Promise<ListEntry> {
  const asking = await askingIn(c);
  const { db, now } = asking.platform;
  const place = await placeOf(asking, titleId);
  await db.batch(listChange(db, place, said, now()));
  const [row] = await entryAt(db, place);
  if (!row) throw new Problem('conflict', 'It has been taken off the list this very moment.');
  const { entry, ...counts } = row;
  return entryOf(titleId, entry, counts);
}

/** A sitting that is not written yet would put it back. */
async function take(c: Context<AppEnv>, titleId: Id<'title'>): Promise<void> {
  const asking = await askingIn(c);
  const { db, streams } = asking.platform;
  const profile = await profileOf(asking);
  await reached(streams.account(asking.actor.userId).settle());
  await takeOff(db, { profileId: profile.id, titleId });
}

/** The profile's list, and what it chose to hear and read in a series. */
export const list = new Hono<AppEnv>()
  .get(
    '/api/me/watchlist',
    allow('viewer'),
    accepts('query', ListQuery),
    returns('The profile’s list', { 200: ListPage }),
    async (c) => c.json(await page(c, c.req.valid('query')), 200),
  )
  .put(
    '/api/me/watchlist/:title',
    allow('viewer'),
    accepts('param', ofTitle),
    accepts('json', ListChange),
    returns('Puts a title on the list, or changes what it says of it; only what is named changes', {
      200: ListEntry,
    }),
    async (c) => c.json(await change(c, c.req.valid('param').title, c.req.valid('json')), 200),
  )
  .delete(
    '/api/me/watchlist/:title',
    allow('viewer'),
    accepts('param', ofTitle),
    returns('Takes a title off the list; what was watched of it stays', { 204: null }),
    async (c) => {
      await take(c, c.req.valid('param').title);
      return c.body(null, 204);
    },
  )
  .put(
    '/api/me/tracks/:title',
    allow('viewer'),
    accepts('param', ofTitle),
    accepts('json', TrackChoice),
    returns('Remembers what to hear and read in a series, before the profile’s preferences', { 204: null }),
    async (c) => {
      const asking = await askingIn(c);
      const { db, now } = asking.platform;
      const place = await placeOf(asking, c.req.valid('param').title);
      await setTracks(db, place, c.req.valid('json'), now());
      return c.body(null, 204);
    },
  )
  .delete(
    '/api/me/tracks/:title',
    allow('viewer'),
    accepts('param', ofTitle),
    returns('Forgets it: preferences count again', { 204: null }),
    async (c) => {
      const asking = await askingIn(c);
      const profile = await profileOf(asking);
      const { title } = c.req.valid('param');
      await dropTracks(asking.platform.db, { profileId: profile.id, titleId: title });
      return c.body(null, 204);
    },
  );
