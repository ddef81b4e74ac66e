import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EpisodePage, RecentEpisode, Title } from '../../schema/api/catalog.ts';
import type { Play } from '../../schema/api/playback.ts';
import type { Profile } from '../../schema/api/me.ts';
import type { Page } from '../../schema/api/page.ts';
import { episodes, episodeTranslations } from '../../schema/db/catalog.ts';
import { progress, watchlist } from '../../schema/db/library.ts';
import { licences } from '../../schema/db/rights.ts';
import { assets } from '../../schema/db/media.ts';
import type { Id } from '../../schema/ids.ts';
import { newId } from '../platform/clock.ts';
import { packageFor } from '../playback/playback.fixture.ts';
import { indexTitle } from '../search/index-title.ts';
import { person, type Person } from '../testing/people.ts';
import { addressOf, pagePaths, parametersOf, routes } from '../testing/routes.ts';
import { db, LENGTH, titleWith, type Made } from './library.fixture.ts';
import { eq } from 'drizzle-orm';

const AIRS = Date.now() - 86_400_000;
const COUNT = 6;
const inJapan = { cf: { country: 'JP' } as RequestInitCfProperties };
/** What tells what happens in an episode, in every place that it can stand in. */
const marked = (n: number) => ({
  name: `Spoiler-name-${n}-end`,
  synopsis: `Spoiler-synopsis-${n}-end`,
  still: {
    key: `images/spoiler-still-${n}-end.jpg`,
    width: 640,
    height: 360,
    thumbhash: `spoiler-hash-${n}-end`,
  },
});
const markersOf = (n: number) => new RegExp(`spoiler-[a-z]+-${n}-end`, 'gi');

let title: Made;
/** Somebody who saw the first, is in the middle of the second, follows the series, and knows nothing of the rest. */
async function halfWay(name: string, shield: boolean): Promise<Person> {
  const who = await person(name);
  const { items } = await (await who.ask('GET', '/api/me/profiles')).json<{ items: Profile[] }>();
  const profileId = items[0]!.id;
  const preferences = { prefer: 'sub', audio: [], subtitles: [], shield };
  expect((await who.ask('PATCH', `/api/me/profiles/${profileId}`, { json: { preferences } })).status).toBe(
    200,
  );
  const at = Date.now() - 60_000;
  const row = { profileId, titleId: title.id, duration: LENGTH, at };
  await db.insert(progress).values([
    { ...row, episodeId: title.episodes[0]!, position: LENGTH, completed: true },
    { ...row, episodeId: title.episodes[1]!, position: 300, completed: false, at: at + 1 },
  ]);
  await db.insert(watchlist).values({
    profileId,
    titleId: title.id,
    state: 'watching',
    followedAt: 1,
    stateAt: 1,
    watchedAt: at + 1,
    createdAt: 1,
    updatedAt: 1,
  });
  return who;
}

/** Every address that a viewer can read, for each of the episodes. */
function addresses(): string[] {
  const values = (episode: Id<'episode'>) => ({
    slug: title.slug,
    title: title.id,
    id: episode,
    episode,
    role: 'poster',
    file: 'x.jpg',
    language: 'en',
  });
  const readable = routes.filter(
    ({ method, path, contract }) =>
      method === 'GET' &&
      (contract.guard === 'anyone' || contract.guard === 'viewer') &&
      !/^\/(hls|media|images)\//.test(path),
  );
  const all = [...readable.map(({ path }) => path), ...pagePaths.filter((path) => !path.includes('*'))];
  const queries: Record<string, string> = {
    '/api/schedule': `?from=${AIRS - 1000}&to=${AIRS + 1000 * COUNT}`,
    '/api/search': '?q=Marked',
    '/api/search/suggest': '?q=Marked',
    '/api/me/watchlist/export': '?format=engawa',
    '/search': '?q=Marked',
  };
  return all.flatMap((path) => {
    const per = parametersOf({ path } as never).length > 0 ? title.episodes : title.episodes.slice(0, 1);
    return [...new Set(per.map((episode) => addressOf({ path }, values(episode)) + (queries[path] ?? '')))];
  });
}

let [shielded, open]: Person[] = [];
beforeAll(async () => {
  title = await titleWith(COUNT, { nameMain: 'Marked for Life', status: 'airing' }, (n) => ({
    ...marked(n),
    publishedAt: 1_700_000_000_000 + n,
    airsAt: AIRS + n,
    chapters: [{ start: 0, end: 90, title: `Spoiler-chapter-${n}-end` }],
  }));
  const [index, ...more] = indexTitle(db, title.id, { nameMain: 'Marked for Life' });
  await db.batch([index!, ...more]);
  for (const [i, episodeId] of title.episodes.entries()) {
    const n = i + 1;
    const translation = { name: `Spoiler-translated-${n}-end`, synopsis: `Spoiler-translatedtoo-${n}-end` };
    await db.insert(episodeTranslations).values({ episodeId, locale: 'en', ...translation });
    const assetId = newId('asset');
    const pkg = packageFor(assetId);
    pkg.chapters = [
      { start: 0, end: 90, title: 'Opening' },
      { start: 90, end: 1440, title: `Spoiler-chapter-${n}-end` },
    ];
    await db.insert(assets).values({
      id: assetId,
      episodeId,
      version: 1,
      sourceKey: 'x',
      sourceBytes: 1,
      fileName: 'x.mkv',
      prefix: pkg.prefix,
      keyId: 'c1',
      verified: true,
      createdAt: 0,
    });
    await env.BUCKET.put(`packages/${assetId}/1.json`, JSON.stringify(pkg));
    await db.update(episodes).set({ assetId }).where(eq(episodes.id, episodeId));
  }
  await db.insert(licences).values({
    id: newId('licence'),
    titleId: title.id,
    territoryMode: 'exclude',
    countries: [],
    createdAt: 0,
  });
  shielded = await halfWay('shielded-viewer', true);
  open = await halfWay('open-viewer', false);
});

describe('the spoiler shield', () => {
  it('sends nothing that tells what happens in an episode that was not watched, at any address', async () => {
    const seen = { shielded: new Set<number>(), open: new Set<number>() };
    const leaks: string[] = [];
    const read = addresses();
    expect(read.length).toBeGreaterThan(40);
    for (const path of read)
      for (const [who, whose] of [
        [shielded!, 'shielded'],
        [open!, 'open'],
      ] as const) {
        const body = await (await who.ask('GET', path, inJapan)).text();
        for (let n = 1; n <= COUNT; n++) {
          const found = body.match(markersOf(n));
          if (!found) continue;
          seen[whose].add(n);
          if (whose === 'shielded' && n > 2) leaks.push(`${path}: ${found.join(' ')}`);
        }
      }
    expect(leaks).toEqual([]);
    // What was watched is there; and without the shield, all of it is.
    expect(seen.shielded).toEqual(new Set([1, 2]));
    expect(seen.open).toEqual(new Set([1, 2, 3, 4, 5, 6]));
  });

  it('keeps numbers, lengths and languages, and says that it is there', async () => {
    const answer = await shielded!.ask('GET', `/api/titles/${title.slug}`, inJapan);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.get('etag')).toBe(null);
    const page = await answer.json<Title>();
    const cards = page.seasons.flatMap(({ episodes }) => episodes);
    expect(cards.map((card) => card.shielded)).toEqual([false, false, true, true, true, true]);
    expect(cards[2]).toMatchObject({
      number: 3,
      duration: LENGTH,
      name: null,
      synopsis: null,
      still: null,
      playable: true,
    });
    const around = await (
      await shielded!.ask('GET', `/api/episodes/${title.episodes[1]}`, inJapan)
    ).json<EpisodePage>();
    expect([around.previous?.shielded, around.episode.shielded, around.next?.shielded]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('is of one profile: the shared answer stays what it is', async () => {
    const recent = async (who: Person) =>
      (
        await (await who.ask('GET', '/api/episodes/recent?limit=100', inJapan)).json<Page<RecentEpisode>>()
      ).items
        .filter((item) => item.title.id === title.id)
        .map(({ episode }) => episode.shielded);
    for (let i = 0; i < 2; i++) {
      expect(await recent(open!)).toEqual([false, false, false, false, false, false]);
      expect(await recent(shielded!)).toEqual([true, true, true, true, false, false]);
    }
  });

  it('is there for who comes with an answer from before', async () => {
    const path = `/api/titles/${title.slug}`;
    const tag = (await open!.ask('GET', path, inJapan)).headers.get('etag')!;
    expect(tag).toBeTruthy();
    const headers = { 'if-none-match': tag };
    expect((await open!.ask('GET', path, { ...inJapan, headers })).status).toBe(304);
    const answer = await shielded!.ask('GET', path, { ...inJapan, headers });
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toMatch(markersOf(3));
  });

  it('numbers the chapters of a play, and has no pictures of what is to come', async () => {
    const play = async (who: Person, n: number) => {
      const live = await (await who.ask('GET', '/api/me/streams')).json<{ items: { sessionId: string }[] }>();
      const takeOver = live.items[0]?.sessionId;
      const answer = await who.ask('POST', `/api/episodes/${title.episodes[n - 1]}/hls`, {
        ...inJapan,
        json: takeOver ? { takeOver } : {},
      });
      const body = await answer.clone().text();
      expect(answer.status, `answered ${body}`).toBe(200);
      return answer.json<Play>();
    };
    expect((await play(shielded!, 3)).chapters.map((chapter) => chapter.title)).toEqual(['Opening', '2']);
    expect((await play(shielded!, 1)).chapters[1]!.title).toBe('Spoiler-chapter-1-end');
    expect((await play(open!, 3)).chapters[1]!.title).toBe('Spoiler-chapter-3-end');
  });
});
