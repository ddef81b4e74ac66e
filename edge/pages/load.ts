import type { Context } from 'hono';
import { safeNext, type PageData } from '../../web/server.tsx';
import type { AppEnv } from '../http/context.ts';
import { apiFor, value } from './ask.ts';

/** What each page shows, from the API. One function a page; those of the catalogue stand in load-catalog.ts. */

export async function loadWatch(c: Context<AppEnv>, id: string): Promise<PageData<'watch'>> {
  const { api } = apiFor(c);
  const page = await value(api.episodes[':id'].$get({ param: { id } }));
  const { seasons } = await value(api.titles[':slug'].$get({ param: { slug: page.title.slug } }));
  return { ...page, seasons };
}

export async function loadSettings(c: Context<AppEnv>): Promise<PageData<'settings'>> {
  const { me } = apiFor(c).api;
  const [security, closing, consents, streams] = await Promise.all([
    value(me.security.$get()),
    value(me.closing.$get()),
    value(me.consents.$get()),
    value(me.streams.$get()),
  ]);
  return { security, closing, consents, streams };
}

export async function loadProfiles(c: Context<AppEnv>): Promise<PageData<'profiles'>> {
  const { items } = await value(apiFor(c).api.me.profiles.$get());
  return { items, next: safeNext(c.req.query('next')) };
}

export async function loadVerifyEmail(c: Context<AppEnv>): Promise<PageData<'verify-email'>> {
  const { email, emailVerified: verified } = await value(apiFor(c).api.me.$get());
  return { email, verified };
}

export const loadMailbox = async (c: Context<AppEnv>): Promise<PageData<'mailbox'>> =>
  value(apiFor(c).api.mailbox.$get({ query: {} }));
