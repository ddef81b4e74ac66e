import { env } from 'cloudflare:workers';
import { eq, sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AdminEpisode, AdminTitle, NewTitle } from '../../schema/api/editing.ts';
import type { EpisodePage, RecentEpisode, Title, TitleCard } from '../../schema/api/catalog.ts';
import type { Page } from '../../schema/api/page.ts';
import { episodes, titles } from '../../schema/db/catalog.ts';
import { makeId } from '../../schema/ids.ts';
import { database } from '../platform/db.ts';
import { call } from '../testing/call.ts';
import { writeFacets } from './title-facts.ts';
import { licensed } from '../testing/licensed.ts';
import { bearer } from '../testing/sign-in.ts';

const db = database(env.DB);
let token: string;
beforeAll(async () => {
  token = await bearer('editor');
});

const make = async (title: NewTitle): Promise<AdminTitle> => {
  const answer = await call('POST', '/api/admin/titles', { token, json: title });
  expect(answer.status).toBe(201);
  const made: AdminTitle = await answer.json();
  await licensed(made.id);
  return made;
};
const put = (id: string, season: number, number: number, json: unknown) =>
  call('PUT', `/api/admin/titles/${id}/seasons/${season}/episodes/${number}`, { token, json });
const upsert = async (id: string, season: number, number: number): Promise<AdminEpisode> =>
  (await put(id, season, number, { name: `S${season}E${number}` })).json();
/** As publish leaves an episode; publish itself belongs to ingest. */
const publish = (id: AdminEpisode['id'], at: number) =>
  db
    .update(episodes)
    .set({ assetId: 'ast_00test', publishedAt: at, duration: 24.5, audio: ['ja', 'en'], subtitles: ['en'] })
    .where(eq(episodes.id, id));

describe('editing titles', () => {
  it('makes addresses of names, each once', async () => {
    expect((await make({ names: { main: 'Shin’ya no Rōka' } })).slug).toBe('shinya-no-roka');
    expect((await make({ names: { main: 'Shinya no Roka' } })).slug).toBe('shinya-no-roka-2');
    expect((await make({ names: { main: '縁側', english: 'The Veranda' } })).slug).toBe('the-veranda');
    const nameless = await make({ names: { main: '縁側' } });
    expect(nameless.slug).toBe(nameless.id.slice('ttl_'.length));
    const again = await call('POST', '/api/admin/titles', {
      token,
      json: { names: { main: 'x' }, slug: 'the-veranda' },
    });
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('the-veranda'),
    });
  });

  it('gives two editors of the same name at the same moment two addresses', async () => {
    const both = await Promise.all(
      Array.from({ length: 4 }, () => make({ names: { main: 'Race of Slugs' } })),
    );
    expect(new Set(both.map((t) => t.slug)).size).toBe(4);
  });

  it('changes what is named and nothing else', async () => {
    const { id, slug } = await make({
      names: { main: 'Kaze', native: '風', english: 'Wind' },
      genres: ['Drama'],
      studio: 'Studio One',
      synopsis: { en: 'Wind.', ja: '風。' },
    });
    const change = (json: unknown) => call('PATCH', `/api/admin/titles/${id}`, { token, json });
    const answer = await change({
      names: { english: null },
      year: 2024,
      synopsis: { ja: null, fr: 'Le vent.' },
    });
    expect(await answer.json()).toMatchObject({
      slug,
      names: { main: 'Kaze', native: '風', english: null },
      genres: ['Drama'],
      studio: 'Studio One',
      year: 2024,
      synopsis: { en: 'Wind.', fr: 'Le vent.' },
    });
    const detail = await (await call('GET', `/api/admin/titles/${id}`, { token })).json<AdminTitle>();
    expect(detail.synopsis).toEqual({ en: 'Wind.', fr: 'Le vent.' });
    expect((await change({})).status).toBe(200);
    expect((await change({ slug: 'the-veranda' })).status).toBe(409);
    expect((await change({ names: { main: '' } })).status).toBe(400);
    expect((await call('PATCH', '/api/admin/titles/ttl_0000000', { token, json: {} })).status).toBe(404);
  });

  it('says which field is wrong', async () => {
    const answer = await call('POST', '/api/admin/titles', {
      token,
      json: { names: { main: 'A' }, year: 'soon' },
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/year' }] });
  });

  it('finds by a part of any name, in any script', async () => {
    const { id } = await make({
      names: { main: 'Mizu no Oto', native: '水の音とその長い長い長い長い長い長い長い長い長い題名' },
      synonyms: ['Water 100%_Sound'],
    });
    const find = async (q: string) => {
      const answer = await call('GET', `/api/admin/titles?q=${encodeURIComponent(q)}`, { token });
      return (await answer.json<Page<AdminTitle>>()).items.map((t) => t.id);
    };
    expect(await find('MIZU')).toEqual([id]);
    expect(await find('音とその長い長い長い長い長い長い長い長い長い題名')).toEqual([id]); // more than D1's LIKE takes
    expect(await find('100%_s')).toEqual([id]);
    expect(await find('mizu%oto')).toEqual([id]); // its words
    expect(await find('kumo no oto')).toEqual([]);
  });
});

describe('editing episodes', () => {
  it('makes one episode however often it is put', async () => {
    const { id } = await make({ names: { main: 'Idempotent' } });
    const first = await put(id, 1, 3, { name: 'Three', airsAt: 1_700_000_000_000 });
    expect(first.status).toBe(201);
    const made = await first.json<AdminEpisode>();
    const second = await put(id, 1, 3, { synopsis: 'Later.' });
    expect(second.status).toBe(200);
    const changed = { revision: expect.any(Number) as number, updatedAt: expect.any(Number) as number };
    expect(await second.json()).toEqual({ ...made, ...changed, synopsis: 'Later.' });
    const many = await Promise.all(Array.from({ length: 5 }, () => put(id, 2, 1, { name: 'Race' })));
    expect(new Set((await Promise.all(many.map((a) => a.json<AdminEpisode>()))).map((e) => e.id)).size).toBe(
      1,
    );
    expect(many.filter((a) => a.status === 201)).toHaveLength(1);
    const detail = await call('GET', `/api/admin/titles/${id}`, { token });
    expect((await detail.json<{ episodeList: AdminEpisode[] }>()).episodeList).toMatchObject([
      { season: 1, number: 3, latestJobId: null },
      { season: 2, number: 1 },
    ]);
  });

  it('refuses a title that is not there and a number that is none', async () => {
    expect((await put('ttl_000000', 1, 1, {})).status).toBe(404);
    const { id } = await make({ names: { main: 'Numbers' } });
    for (const place of ['seasons/1/episodes/-1', 'seasons/x/episodes/1', 'seasons/1/episodes/1.5'])
      expect((await call('PUT', `/api/admin/titles/${id}/${place}`, { token, json: {} })).status).toBe(400);
  });
});

describe('a title’s page', () => {
  let title: AdminTitle;
  const page = async (slug: string, headers = {}) => {
    const answer = await call('GET', `/api/titles/${slug}`, { headers });
    return answer.json<Title>();
  };
  beforeAll(async () => {
    title = await make({
      names: { main: 'Paged' },
      synopsis: { ja: '日本語', en: 'English', de: 'Deutsch' },
    });
    for (const [season, number] of [
      [1, 2],
      [0, 1],
      [1, 1],
      [2, 1],
    ] as const)
      await upsert(title.id, season, number);
  });

  it('shows seasons and episodes in order, playable once published', async () => {
    const before = await page('paged');
    expect(before.seasons.map((s) => [s.number, s.episodes.map((e) => e.number)])).toEqual([
      [0, [1]],
      [1, [1, 2]],
      [2, [1]],
    ]);
    const one = before.seasons[1]!.episodes[0]!;
    expect(one).toMatchObject({ playable: false, duration: null, audio: [] });
    await publish(one.id, 1_000);
    expect((await page('paged')).seasons[1]!.episodes[0]).toMatchObject({
      playable: true,
      duration: 24.5,
      audio: ['ja', 'en'],
      subtitles: ['en'],
    });
  });

  it('has its synopsis in the best language, and says that it depends on it', async () => {
    const answer = await call('GET', '/api/titles/paged', {
      headers: { 'accept-language': 'de-AT, ja;q=0.5' },
    });
    expect(answer.headers.get('vary')).toMatch(/^Cookie, .*Accept-Language/);
    expect((await answer.json<Title>()).synopsis).toBe('Deutsch');
    expect((await page('paged', { 'accept-language': 'ko' })).synopsis).toBe('English');
  });

  it('is not there for an unknown address', async () => {
    expect((await call('GET', '/api/titles/never-made')).status).toBe(404);
  });

  it('knows an episode’s neighbours, across seasons', async () => {
    const [specials, ...seasons] = (await page('paged')).seasons;
    const list = [...seasons, specials!].flatMap((s) => s.episodes); // of the special no air time is known
    for (const [i, { id }] of list.entries()) {
      const shown = await (await call('GET', `/api/episodes/${id}`)).json<EpisodePage>();
      expect(shown.episode.id).toBe(id);
      expect(shown.title).toMatchObject({ id: title.id, slug: 'paged', names: { main: 'Paged' } });
      expect(shown.previous?.id).toBe(list[i - 1]?.id);
      expect(shown.next?.id).toBe(list[i + 1]?.id);
    }
    expect((await call('GET', '/api/episodes/ep_0000000')).status).toBe(404);
    expect((await call('GET', '/api/episodes/nonsense')).status).toBe(400);
  });
});

describe('lists', () => {
  const walk = async <T>(path: string, limit: number): Promise<T[]> => {
    const all: T[] = [];
    let cursor: string | null = null;
    do {
      const query: string = `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`;
      const answer = await call('GET', query);
      expect(answer.status).toBe(200);
      const page: Page<T> = await answer.json();
      expect(page.items.length).toBeLessThanOrEqual(limit);
      all.push(...page.items);
      if (all.length > 500) throw new Error('these pages do not end');
      cursor = page.next;
    } while (cursor);
    return all;
  };

  beforeAll(async () => {
    // Many that came at the same moment or have the same name: only the id tells them apart.
    const rows = Array.from({ length: 40 }, (_, i) => ({
      id: makeId('title', 1_600_000_000_000 + i, new Uint8Array(13).fill(i)),
      slug: `listed-${i}`,
      kind: i % 3 === 0 ? ('movie' as const) : ('series' as const),
      nameMain: `Listed ${String.fromCharCode(65 + (i % 5))} ${'長'.repeat(150)}`,
      status: 'finished' as const,
      ageRating: 'all' as const,
      shownIn: '*',
      createdAt: 1_600_000_000_000 + (i % 7),
      updatedAt: 1_600_000_000_000 + (i % 6),
    }));
    for (const row of rows) await db.batch([db.insert(titles).values(row), ...writeFacets(db, row.id, row)]);
  });

  const orders = {
    updated: sql`updated_at desc, id desc`,
    newest: sql`created_at desc, id desc`,
    name: sql`lower(name_main) asc, id asc`,
  };
  it('has pages that add up to the whole list, in order, without repeats, for any page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('updated', 'newest', 'name'),
        fc.integer({ min: 1, max: 100 }),
        fc.constantFrom('', 'movie', 'series'),
        async (sort, limit, kind) => {
          const expected = await db
            .select({ id: titles.id })
            .from(titles)
            .where(kind ? sql`kind = ${kind}` : undefined)
            .orderBy(orders[sort]);
          const walked = await walk<TitleCard>(`/api/titles?sort=${sort}${kind && `&kind=${kind}`}`, limit);
          expect(walked.map((t) => t.id)).toEqual(expected.map((t) => t.id));
        },
      ),
      {
        numRuns: 12,
        examples: [
          ['updated', 1, ''],
          ['name', 3, 'movie'],
        ],
      },
    );
  });

  it('refuses cursors that it did not make', async () => {
    const { next } = await (await call('GET', '/api/titles?limit=1')).json<Page<TitleCard>>();
    for (const cursor of [`${next}&sort=name`, 'x', 'W10', 'bnVsbA', '%00', 'e30'])
      expect((await call('GET', `/api/titles?cursor=${cursor}`)).status).toBe(400);
    for (const query of ['limit=0', 'limit=101', 'limit=1e2', 'sort=price', 'kind=opera'])
      expect((await call('GET', `/api/titles?${query}`)).status).toBe(400);
  });

  it('shows what was published last first, and nothing that was not', async () => {
    const { id } = await make({ names: { main: 'Recent' } });
    const made = [];
    for (let n = 1; n <= 5; n++) made.push(await upsert(id, 1, n));
    for (const [i, at] of [
      [0, 5_000],
      [1, 7_000],
      [3, 7_000],
    ] as const)
      await publish(made[i]!.id, at);
    const recent = (await walk<RecentEpisode>('/api/episodes/recent', 2)).filter((r) => r.title.id === id);
    expect(recent.map((r) => r.episode.number)).toEqual([4, 2, 1]);
    expect(recent[0]!.title.names.main).toBe('Recent');
  });
});

describe('what a public page costs', () => {
  let episode: AdminEpisode;
  beforeAll(async () => {
    const { id } = await make({ names: { main: 'Round Trip' }, genres: ['Costly'] });
    await upsert(id, 1, 1);
    episode = await upsert(id, 1, 2);
    await publish(episode.id, 9_000);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  /** The statements that a request made, and how often it went to D1 for them. */
  const cost = async (path: string) => {
    const prepare = vi.spyOn(env.DB, 'prepare');
    const batch = vi.spyOn(env.DB, 'batch');
    expect((await call('GET', path)).status).toBe(200);
    const statements = prepare.mock.calls.map(([text]) => text);
    const together = batch.mock.calls.reduce((sum, [list]) => sum + list.length, 0);
    const trips = batch.mock.calls.length + statements.length - together;
    vi.restoreAllMocks();
    return { statements, trips };
  };
  const next = async (path: string) => {
    const { next } = await (await call('GET', `${path}limit=1`)).json<Page<unknown>>();
    expect(next).toBeTruthy();
    return `${path}cursor=${next}`;
  };

  it.each([
    ['titles', () => next('/api/titles?')],
    ['titles by arrival', () => next('/api/titles?sort=newest&')],
    ['titles by name', () => next('/api/titles?sort=name&')],
    ['titles by what is watched', () => next('/api/titles?sort=trending&')],
    ['titles by when they aired', () => next('/api/titles?sort=aired&')],
    ['recent episodes', () => next('/api/episodes/recent?')],
    ['a title', () => Promise.resolve('/api/titles/round-trip')],
    ['an episode', () => Promise.resolve(`/api/episodes/${episode.id}`)],
  ])('%s: one round trip, along an index, nothing sorted', async (_, address) => {
    const { statements, trips } = await cost(await address());
    expect(trips).toBe(1);
    for (const text of statements) {
      const nothing = Array.from({ length: text.split('?').length - 1 }, () => null);
      const plan = await env.DB.prepare(`explain query plan ${text}`)
        .bind(...nothing)
        .all<{ detail: string }>();
      const steps = plan.results.map((row) => row.detail).join('\n');
      expect(steps).toMatch(/USING (INDEX|INTEGER PRIMARY KEY|COVERING INDEX)/);
      expect(steps).not.toMatch(/TEMP B-TREE|SCAN \w+$/m);
    }
  });
});

describe('caching', () => {
  it('answers 304 to who has the page, and the new page after a change', async () => {
    const { id } = await make({ names: { main: 'Cached' } });
    const path = '/api/titles/cached';
    const first = await call('GET', path);
    const tag = first.headers.get('etag')!;
    expect(first.headers.get('cache-control')).toContain('private');
    expect(first.headers.get('set-cookie')).toBeNull();
    const again = await call('GET', path, { headers: { 'if-none-match': tag } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect(again.headers.get('etag')).toBe(tag);
    expect(again.headers.get('vary')).toMatch(/^Cookie, .*Accept-Language/);
    await call('PATCH', `/api/admin/titles/${id}`, { token, json: { studio: 'New' } });
    const changed = await call('GET', path, { headers: { 'if-none-match': tag } });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(tag);
  });

  it('does not let refusals be kept', async () => {
    const missing = await call('GET', '/api/titles/never-made', { headers: { 'if-none-match': '*' } });
    expect(missing.status).toBe(404);
    expect(missing.headers.get('cache-control')).toBe('no-store');
  });
});
