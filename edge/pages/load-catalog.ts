import type { Context } from 'hono';
import type { OffersOfTitle } from '../../schema/api/billing.ts';
import type { Facets, RecentEpisode, Schedule, TitleCard } from '../../schema/api/catalog.ts';
import type { CalendarAddress, Continue, TitleForMe } from '../../schema/api/library.ts';
import type { Page } from '../../schema/api/page.ts';
import type { SearchResult } from '../../schema/api/search.ts';
import {
  dateAt,
  defaultSort,
  filterOf,
  isDate,
  isZone,
  sorts,
  versions,
  weekOf,
  type PageData,
} from '../../web/server.tsx';
import type { AppEnv } from '../http/context.ts';
import { apiFor, at, orNothing, value } from './ask.ts';
import { stranger } from './visit.ts';

// What the pages of the catalogue show, from the API, all at once: the slowest answer is how long a page takes.

const TRENDING = 18;
const none = { items: [], next: null };
const query = (of: Record<string, string | number | undefined>): string => {
  const given = Object.entries(of).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [[key, String(value)]],
  );
  return new URLSearchParams(given).toString();
};
/** Whether there may be somebody to ask about: it saves the asking where there is nobody. */
const hasCookie = (c: Context<AppEnv>): boolean => c.req.header('cookie') !== undefined;

export async function loadHome(c: Context<AppEnv>): Promise<PageData<'home'>> {
  const { now, timeZone } = stranger(c);
  const date = dateAt(now, timeZone);
  const today = weekOf(date, timeZone).find((day) => day.date === date);
  const [recent, titles, trending, airing, going] = await Promise.all([
    at<Page<RecentEpisode>>(c, '/api/episodes/recent?limit=12'),
    at<Page<TitleCard>>(c, '/api/titles?limit=60'),
    orNothing(at<Page<TitleCard>>(c, `/api/titles?sort=trending&limit=${TRENDING}`), none),
    orNothing(at<Schedule>(c, `/api/schedule?from=${today!.from}&to=${today!.to}`), none),
    hasCookie(c) ? orNothing(at<Continue>(c, '/api/me/continue'), none) : none,
  ]);
  return {
    recent: recent.items,
    titles: titles.items,
    trending: trending.items,
    today: airing.items,
    continuing: going.items,
  };
}

export async function loadTitle(c: Context<AppEnv>, slug: string): Promise<PageData<'title'>> {
  const path = encodeURIComponent(slug);
  const [title, similar, offers] = await Promise.all([
    value(apiFor(c).api.titles[':slug'].$get({ param: { slug } })),
    orNothing(at<{ items: TitleCard[] }>(c, `/api/titles/${path}/similar`), none),
    orNothing(at<OffersOfTitle>(c, `/api/titles/${path}/offers`), null),
  ]);
  const mine = hasCookie(c) ? await orNothing(at<TitleForMe>(c, `/api/me/titles/${title.id}`), null) : null;
  return { title, similar: similar.items, mine, offers };
}

export async function loadBrowse(c: Context<AppEnv>): Promise<PageData<'browse'>> {
  const filter = filterOf(c.req.query());
  const { sort: wanted, cursor } = c.req.query();
  const sort = sorts.find((name) => name === wanted) ?? defaultSort;
  const [page, facets] = await Promise.all([
    at<Page<TitleCard>>(c, `/api/titles?${query({ ...filter, sort, cursor, limit: 36 })}`),
    at<Facets>(c, `/api/facets?${query(filter)}`),
  ]);
  return { filter, sort, further: cursor !== undefined, ...page, facets };
}

export async function loadSearch(c: Context<AppEnv>): Promise<PageData<'search'>> {
  const filter = filterOf(c.req.query());
  const q = (c.req.query('q') ?? '').trim().slice(0, 100);
  const result = q ? await at<SearchResult>(c, `/api/search?${query({ q, ...filter, limit: 60 })}`) : null;
  return { q, filter, result };
}

export async function loadCalendar(c: Context<AppEnv>): Promise<PageData<'calendar'>> {
  const { week: wanted, zone, version: heard } = c.req.query();
  const { now, timeZone: known } = stranger(c);
  const chosen = isZone(zone);
  const timeZone = chosen ? zone : known;
  const week = isDate(wanted) ? wanted : dateAt(now, timeZone);
  const version = versions.find((name) => name === heard) ?? null;
  const days = weekOf(week, timeZone);
  const asked = query({ from: days[0]!.from, to: days[6]!.to, version: version ?? undefined });
  const [{ items }, own] = await Promise.all([
    at<Schedule>(c, `/api/schedule?${asked}`),
    hasCookie(c) ? orNothing(at<CalendarAddress>(c, '/api/me/calendar'), null) : null,
  ]);
  return { week, timeZone, chosen, version, items, own: own?.path ?? null };
}

/** What somebody may have meant by the address of a title that there is not: the words in it, and what is near them. */
export async function loadMeant(c: Context<AppEnv>): Promise<PageData<'problem'>['meant']> {
  const [, slug] = /^\/titles\/([^/?]+)/.exec(c.req.path) ?? [];
  if (!slug) return { q: '', titles: [] };
  const q = slug
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 100);
  const found = await orNothing(at<SearchResult>(c, `/api/search?${query({ q, limit: 8 })}`), null);
  return { q, titles: found?.items.map(({ title }) => title) ?? [] };
}
