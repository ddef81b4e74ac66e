import type { Context } from 'hono';
import type { PageData } from '../../web/server.tsx';
import type { AppEnv } from '../http/context.ts';
import { apiFor, value } from './ask.ts';

/** What each page shows, from the API. One function a page. */

export async function loadHome(c: Context<AppEnv>): Promise<PageData<'home'>> {
  const { api } = apiFor(c);
  const [recent, titles] = await Promise.all([
    value(api.episodes.recent.$get({ query: { limit: '12' } })),
    value(api.titles.$get({ query: { limit: '60' } })),
  ]);
  return { recent: recent.items, titles: titles.items };
}

export async function loadTitle(c: Context<AppEnv>, slug: string): Promise<PageData<'title'>> {
  return { title: await value(apiFor(c).api.titles[':slug'].$get({ param: { slug } })) };
}

export async function loadWatch(c: Context<AppEnv>, id: string): Promise<PageData<'watch'>> {
  const { api } = apiFor(c);
  const page = await value(api.episodes[':id'].$get({ param: { id } }));
  const { seasons } = await value(api.titles[':slug'].$get({ param: { slug: page.title.slug } }));
  return { ...page, seasons };
}
