import { Hono } from 'hono';
import * as v from 'valibot';
import {
  Continue,
  HistoryPage,
  Marked,
  MarkWatched,
  Notices,
  NoticesSeen,
  TitleForMe,
  UndoMarked,
} from '../../schema/api/library.ts';
import { PageQuery } from '../../schema/api/page.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor } from '../http/cursor.ts';
import { allow } from '../http/guards.ts';
import { askingIn } from './asking.ts';
import { continueFor, titleFor } from './continue.ts';
import { forgetFor, historyFor, markFor, undoFor } from './history.ts';
import { noticesFor, seeNotices } from './notices.ts';
import { HistoryCursor } from './queries/history.ts';

const PAGE = 24;

/** What the profile of the request watched, and what comes next. */
export const library = new Hono<AppEnv>()
  .get(
    '/api/me/continue',
    allow('viewer'),
    returns('What to go on with: what is in the middle, what is next, what came out since', {
      200: Continue,
    }),
    async (c) => c.json(await continueFor(await askingIn(c)), 200),
  )
  .get(
    '/api/me/titles/:title',
    allow('viewer'),
    accepts('param', v.object({ title: idSchema('title') })),
    returns('What the profile’s list says of a title, how far each episode was watched, and what is next', {
      200: TitleForMe,
    }),
    async (c) => c.json(await titleFor(await askingIn(c), c.req.valid('param').title), 200),
  )
  .get(
    '/api/me/history',
    allow('viewer'),
    accepts('query', v.object(PageQuery)),
    returns('Episodes by when they were watched last', { 200: HistoryPage }),
    async (c) => {
      const { cursor, limit = PAGE } = c.req.valid('query');
      return c.json(await historyFor(await askingIn(c), decodeCursor(HistoryCursor, cursor), limit), 200);
    },
  )
  .delete(
    '/api/me/history',
    allow('viewer'),
    returns('Forgets everything that was watched; the list stays', { 204: null }),
    async (c) => {
      await forgetFor(await askingIn(c), 'all');
      return c.body(null, 204);
    },
  )
  .delete(
    '/api/me/history/:episode',
    allow('viewer'),
    accepts('param', v.object({ episode: idSchema('episode') })),
    returns('Forgets that an episode was watched', { 204: null }),
    async (c) => {
      await forgetFor(await askingIn(c), [c.req.valid('param').episode]);
      return c.body(null, 204);
    },
  )
  .post(
    '/api/me/watched',
    allow('viewer'),
    accepts('json', MarkWatched),
    returns('Marks an episode, or all up to it, watched or unwatched', { 200: Marked }),
    async (c) => c.json(await markFor(await askingIn(c), c.req.valid('json')), 200),
  )
  .post(
    '/api/me/watched/undo',
    allow('viewer'),
    accepts('json', UndoMarked),
    returns('Takes a mark back', { 204: null }),
    async (c) => {
      await undoFor(await askingIn(c), c.req.valid('json').before);
      return c.body(null, 204);
    },
  )
  .get(
    '/api/me/notices',
    allow('viewer'),
    returns('New episodes of what the profile follows, newest first', { 200: Notices }),
    async (c) => c.json(await noticesFor(await askingIn(c)), 200),
  )
  .post(
    '/api/me/notices/seen',
    allow('viewer'),
    accepts('json', NoticesSeen),
    returns('Notices up to then have been shown', { 204: null }),
    async (c) => {
      await seeNotices(await askingIn(c), c.req.valid('json').upTo);
      return c.body(null, 204);
    },
  );
