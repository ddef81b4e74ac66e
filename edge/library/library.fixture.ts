import { env } from 'cloudflare:workers';
import { expect } from 'vitest';
import type { Continue, HistoryPage, ListEntry, ListPage, TitleForMe } from '../../schema/api/library.ts';
import { episodes, seasons, titles } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import { somebody, type Somebody } from '../accounts/me/me.fixture.ts';
import { newId } from '../platform/clock.ts';
import { database } from '../platform/db.ts';

export const db = database(env.DB);
export const MINUTE = 60_000;
/** Seconds: of every episode here. */
export const LENGTH = 1440;

type EpisodeRow = Partial<typeof episodes.$inferInsert>;
export type Made = { id: Id<'title'>; slug: string; episodes: Id<'episode'>[] };

/** A title that is shown everywhere, with so many episodes that can be played, all out since long. */
export async function titleWith(
  count: number,
  title: Partial<typeof titles.$inferInsert> = {},
  each: (number: number) => EpisodeRow = () => ({}),
): Promise<Made> {
  const id = newId('title');
  const seasonId = newId('season');
  const at = { createdAt: 1, updatedAt: 1 };
  const made = Array.from({ length: count }, () => newId('episode'));
  const rows = made.map((episodeId, i) => ({
    id: episodeId,
    titleId: id,
    seasonId,
    season: 1,
    number: i + 1,
    name: `Name ${i + 1}`,
    synopsis: `Synopsis ${i + 1}`,
    assetId: newId('asset'),
    publishedAt: 1_000 + i,
    duration: LENGTH,
    ...at,
    ...each(i + 1),
  }));
  await db.insert(titles).values({
    id,
    slug: id.replace('_', '-'),
    kind: 'series',
    nameMain: `Title ${id}`,
    status: 'finished',
    ageRating: 'all',
    shownIn: '*',
    playableEpisodes: count,
    lastEpisodeAt: 1_000 + count,
    ...at,
    ...title,
  });
  await db.insert(seasons).values({ id: seasonId, titleId: id, number: 1 });
  for (const row of rows) await db.insert(episodes).values(row);
  return { id, slug: title.slug ?? id.replace('_', '-'), episodes: made };
}

/** One more episode of a title, which came out just now. */
export async function comesOut(title: Made, number: number, at = Date.now()): Promise<Id<'episode'>> {
  const id = newId('episode');
  const [season] = await db.select().from(seasons);
  await db.insert(episodes).values({
    id,
    titleId: title.id,
    seasonId: season!.id,
    season: 1,
    number,
    name: `Name ${number}`,
    assetId: newId('asset'),
    publishedAt: at,
    duration: LENGTH,
    createdAt: at,
    updatedAt: at,
  });
  await env.DB.prepare('update titles set last_episode_at = ? where id = ?').bind(at, title.id).run();
  return id;
}

export type Fan = Awaited<ReturnType<typeof fan>>;
/** Somebody who watches. */
export async function fan(preferences: Record<string, unknown> = {}) {
  const who = await somebody();
  const [first] = await who.profiles();
  const profileId = first!.id;
  await who.ask('PATCH', `/api/me/profiles/${profileId}`, {
    preferences: { prefer: 'sub', audio: [], subtitles: [], ...preferences },
  });
  return { ...who, profileId, ...asks(who) };
}

const asks = ({ ask }: Somebody) => {
  const got = async <T>(answer: Response, status = 200): Promise<T> => {
    const body = await answer.clone().text();
    expect(answer.status, `answered ${body}`).toBe(status);
    return answer.json<T>();
  };
  return {
    goesOnWith: async () => (await got<Continue>(await ask('GET', '/api/me/continue'))).items,
    history: async (query = '') => got<HistoryPage>(await ask('GET', `/api/me/history${query}`)),
    list: async (query = '') => got<ListPage>(await ask('GET', `/api/me/watchlist${query}`)),
    says: async (title: Made, json: unknown) =>
      got<ListEntry>(await ask('PUT', `/api/me/watchlist/${title.id}`, json)),
    about: async (title: Made) => got<TitleForMe>(await ask('GET', `/api/me/titles/${title.id}`)),
  };
};

/** What D1 knows of where a profile was. */
export const progressRows = (profileId: Id<'profile'>) =>
  env.DB.prepare('select * from progress where profile_id = ? order by at, episode_id')
    .bind(profileId)
    .all<{ episode_id: string; position: number; completed: number; at: number }>()
    .then(({ results }) => results);
