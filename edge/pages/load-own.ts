import type { Context } from 'hono';
import { chosenBy, type PageData } from '../../web/server.tsx';
import type { AppEnv } from '../http/context.ts';
import { apiFor, value } from './ask.ts';

/** What the pages about a profile's own things show, from the API. */

export async function loadList(c: Context<AppEnv>): Promise<PageData<'list'>> {
  const chosen = chosenBy(new URL(c.req.url).searchParams);
  const { state, sort } = chosen;
  const query = { ...(state ? { state } : {}), sort };
  return { list: await value(apiFor(c).api.me.watchlist.$get({ query })), chosen };
}

export const loadHistory = async (c: Context<AppEnv>): Promise<PageData<'history'>> =>
  value(apiFor(c).api.me.history.$get({ query: {} }));

export const loadNotices = async (c: Context<AppEnv>): Promise<PageData<'notices'>> =>
  value(apiFor(c).api.me.notices.$get());

/** Nothing but whether somebody is signed in: files are chosen in the browser. @throws Refused */
export async function loadImport(c: Context<AppEnv>): Promise<PageData<'import'>> {
  await value(apiFor(c).api.me.$get());
  return null;
}
