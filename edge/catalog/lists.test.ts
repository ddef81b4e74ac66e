import { env } from 'cloudflare:workers';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Facets, Schedule, TitleCard } from '../../schema/api/catalog.ts';
import { ageRatings, cours, titleKinds, titleStatuses } from '../../schema/catalog-terms.ts';
import type { Page } from '../../schema/api/page.ts';
import { episodes, seasons, titleFacets, titleRelations, titles } from '../../schema/db/catalog.ts';
import { database } from '../platform/db.ts';
import { call } from '../testing/call.ts';
import { foldWord } from './facets.ts';
import { countEpisodes, writeFacets } from './title-facts.ts';

// A catalogue of six hundred titles whose facets follow from their number, so that every answer can be found the slow way.

const db = database(env.DB);
const SIZE = 600;
const genres = ['Drama', 'Slice of Life', 'Sci-Fi', 'Sports', 'Mystery'];
type Made = typeof titles.$inferInsert & { dubbed: string[] };
const pad = (i: number) => String(i).padStart(4, '0');
const made: Made[] = Array.from({ length: SIZE }, (_, i) => ({
  id: `ttl_${pad(i)}`,
  slug: `title-${pad(i)}`,
  nameMain: `${i % 2 ? 'Title' : 'title'} ${pad((i * 7) % SIZE)}`,
  kind: titleKinds[i % titleKinds.length]!,
  status: titleStatuses[i % titleStatuses.length]!,
  year: i % 9 === 0 ? null : 2000 + (i % 25),
  cour: i % 4 === 3 ? null : cours[(i * 3) % cours.length]!,
  ageRating: ageRatings[i % ageRatings.length]!,
  studio: `Studio ${i % 40}`,
  genres: genres.filter((_, g) => i % (g + 2) === 0),
  tags: [`rare ${i % 150}`, 'ｃｏｍｍｏｎ'],
  shownIn: ['*', ' JP ', ' JP US ', ''][i % 4]!,
  trend: i % 13,
  createdAt: 1_000 + (i % 50),
  updatedAt: 2_000 + (i % 70),
  dubbed: i % 20 === 0 ? ['ja', 'pt-BR'] : ['ja'],
}));

beforeAll(async () => {
  for (const { dubbed, ...row } of made) {
    const at = { createdAt: 0, updatedAt: 0 };
    const series = { titleId: row.id, seasonId: `ssn_${row.id.slice(4)}` as const, season: 1, number: 1 };
    const published = { assetId: `ast_${row.id.slice(4)}` as const, publishedAt: 1, audio: dubbed };
    await db.batch([
      db.insert(titles).values(row),
      db.insert(seasons).values({ id: series.seasonId, titleId: row.id, number: 1 }),
      db.insert(episodes).values({ id: `ep_${row.id.slice(4)}`, ...series, ...published, ...at }),
      ...writeFacets(db, row.id, row),
      ...countEpisodes(db, row.id),
    ]);
  }
}, 60_000); // a busy machine

const from = (country: string | null) => ({ cf: { country } as RequestInitCfProperties });
async function walk(query: string, limit: number, country: string | null = 'JP'): Promise<TitleCard[]> {
  const all: TitleCard[] = [];
  let cursor = '';
  do {
    const answer = await call('GET', `/api/titles?${query}&limit=${limit}${cursor}`, from(country));
    expect(answer.status).toBe(200);
    const page: Page<TitleCard> = await answer.json();
    all.push(...page.items);
    cursor = page.next === null ? '' : `&cursor=${page.next}`;
  } while (cursor !== '' && all.length <= SIZE);
  return all;
}
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
const has = (words: readonly string[] | undefined, word: string) =>
  (words ?? []).some((one) => foldWord(one) === foldWord(word));
const isShown = ({ shownIn, ageRating }: Made, country: string | null, ceiling = '16') =>
  (shownIn === '*' || (country !== null && shownIn!.includes(country))) &&
  ageRatings.indexOf(ageRating) <= ageRatings.indexOf(ceiling as '16');

const narrowed: [string, (title: Made) => boolean][] = [
  ['genre=slice%20OF%20life', (t) => has(t.genres, 'Slice of Life')],
  ['tag=rare%207', (t) => has(t.tags, 'rare 7')],
  ['tag=common', () => true],
  ['studio=studio%203', (t) => has([t.studio!], 'Studio 3')],
  ['kind=movie', (t) => t.kind === 'movie'],
  ['status=hiatus', (t) => t.status === 'hiatus'],
  ['year=2007', (t) => t.year === 2007],
  ['cour=spring', (t) => t.cour === 'spring'],
  ['rating=7', (t) => t.ageRating === '7' || t.ageRating === 'all'],
  ['audio=pt-BR', (t) => t.dubbed.includes('pt-BR')],
  ['audio=ja', () => true],
  ['subtitle=fr', () => false],
  ['genre=drama&kind=series&tag=common', (t) => has(t.genres, 'Drama') && t.kind === 'series'],
  ['genre=drama&tag=rare%204&audio=ja', (t) => has(t.genres, 'Drama') && has(t.tags, 'rare 4')],
  ['genre=nothing', () => false],
];

describe('lists', () => {
  it.each(narrowed)(
    '%s: holds exactly what has it and may be shown, however long its pages are',
    async (query, keep) => {
      for (const [country, limit] of [
        ['JP', 100],
        ['US', 7],
        [null, 50],
      ] as const) {
        const expected = made.filter((title) => isShown(title, country) && keep(title)).map(({ id }) => id);
        const walked = await walk(`sort=newest&${query}`, limit, country);
        expect(ids(walked).toSorted()).toEqual(expected.toSorted());
      }
    },
  );

  const calendar = ['winter', 'spring', 'summer', 'autumn'];
  const by: Record<string, (title: Made) => (string | number)[]> = {
    updated: (t) => [-t.updatedAt],
    newest: (t) => [-t.createdAt],
    name: (t) => [t.nameMain.toLowerCase()],
    trending: (t) => [-t.trend!],
    aired: (t) => [-(t.year ?? 0), -(calendar.indexOf(t.cour ?? '') + 1)],
  };
  it.each(
    Object.keys(by).flatMap((sort) =>
      ['', '&kind=ova', '&tag=common'].map((filter) => [sort, filter] as const),
    ),
  )('by %s%s: in order, without repeats or gaps', async (sort, filter) => {
    const down = sort !== 'name';
    const expected = made
      .filter((title) => isShown(title, 'JP') && (filter !== '&kind=ova' || title.kind === 'ova'))
      .toSorted((a, b) => {
        const [x, y] = [by[sort]!(a), by[sort]!(b)];
        const i = x.findIndex((key, j) => key !== y[j]);
        if (i >= 0) return x[i]! < y[i]! ? -1 : 1;
        return a.id < b.id === down ? 1 : -1;
      });
    expect(ids(await walk(`sort=${sort}${filter}`, 37))).toEqual(ids(expected));
  });

  it('are as long as the age of their viewer lets them be, and their country', async () => {
    const strangers = await walk('', 100, 'US');
    expect(strangers).toHaveLength(made.filter((title) => isShown(title, 'US')).length);
    expect(strangers.map(({ ageRating }) => ageRating)).not.toContain('18');
    expect(await walk('', 100, 'XX')).toHaveLength(made.filter((title) => isShown(title, null)).length);
  });
});

describe('what a narrowed list reads', () => {
  /** Rows read by a request, as D1 counts and bills them. */
  async function rowsRead(path: string): Promise<{ rows: number; trips: number }> {
    const asked: { sql: string; values: unknown[] }[] = [];
    const prepare = env.DB.prepare.bind(env.DB);
    env.DB.prepare = (sql: string) => {
      const statement = prepare(sql);
      const bind = statement.bind.bind(statement);
      statement.bind = (...values: unknown[]) => {
        asked.push({ sql, values });
        return bind(...values);
      };
      return statement;
    };
    try {
      expect((await call('GET', path, from('JP'))).status).toBe(200);
    } finally {
      env.DB.prepare = prepare;
    }
    const results = await Promise.all(
      asked.map(({ sql, values }) =>
        prepare(sql)
          .bind(...values)
          .all(),
      ),
    );
    return { rows: results.reduce((sum, { meta }) => sum + meta.rows_read, 0), trips: asked.length };
  }
  it.each([
    ['a rare tag', 'tag=rare%207', 60],
    ['a rare tag among frequent ones', 'tag=rare%207&genre=drama&audio=ja&kind=series', 650],
    ['a language of few', 'audio=pt-BR', 300],
    ['nothing at all', 'genre=nothing', 10],
    ['a tag of all, along the order', 'tag=common&sort=trending', 900],
  ])('%s: few rows, one round trip', async (_, query, most) => {
    const { rows, trips } = await rowsRead(`/api/titles?${query}&limit=24`);
    expect(trips).toBe(1);
    expect(rows).toBeLessThanOrEqual(most);
  });

  it('is little for facets as well: what is kept of them, not what titles have', async () => {
    const { rows, trips } = await rowsRead('/api/facets');
    expect(trips).toBe(1);
    const [has] = await db.select({ rows: sql<number>`count(*)` }).from(titleFacets);
    expect(rows).toBeLessThan(has!.rows / 2);
  });
});

describe('facets', () => {
  const facets = async (query: string) =>
    (await call('GET', `/api/facets?${query}`, from('JP'))).json<Facets>();
  const count = (list: Facets[keyof Facets], value: string) =>
    list.find((one) => one.value === value)?.count ?? 0;
  const among = (keep: (title: Made) => boolean) => made.filter((t) => isShown(t, 'JP') && keep(t)).length;

  it('count what each choice would give, the most frequent first', async () => {
    const all = await facets('');
    expect(count(all.genre, 'slice of life')).toBe(among((t) => has(t.genres, 'Slice of Life')));
    expect(all.genre.find(({ value }) => value === 'slice of life')?.label).toBe('Slice of Life');
    expect(count(all.tag, 'common')).toBe(among(() => true));
    expect(count(all.rating, '12')).toBe(among((t) => ['all', '7', '12'].includes(t.ageRating)));
    expect(count(all.audio, 'pt-br')).toBe(among((t) => t.dubbed.includes('pt-BR')));
    for (const list of Object.values(all)) {
      const counts = list.map(({ count }) => count);
      expect(counts).toEqual(counts.toSorted((a, b) => b - a));
      expect(counts.length).toBeLessThanOrEqual(60);
    }
  });

  it.each([
    ['one', 'genre=drama', { genre: 'drama' }],
    ['two', 'genre=drama&kind=movie', { genre: 'drama', kind: 'movie' }],
    ['three', 'genre=sports&kind=ova&rating=12', { genre: 'sports', kind: 'ova', rating: '12' }],
    ['what nothing has', 'genre=drama&tag=none', { genre: 'drama', tag: 'none' }],
  ] as const)(
    'are what a walk through everything counts: %s',
    async (_, query, filter) => {
      const found = await facets(query);
      const all = await db.select().from(titleFacets);
      const visible = new Set(made.filter((t) => isShown(t, 'JP')).map(({ id }) => id));
      const lacking = (id: string) =>
        Object.entries(filter).flatMap(([kind, value]) =>
          all.some((f) => f.titleId === id && f.kind === kind && f.value === value) ? [] : [kind],
        );
      const left = new Map([...visible].map((id) => [id, lacking(id)]));
      for (const [kind, list] of Object.entries(found)) {
        const counts = new Map<string, number>();
        for (const row of all)
          if (row.kind === kind && left.get(row.titleId)?.every((one) => one === kind))
            counts.set(row.value, (counts.get(row.value) ?? 0) + 1);
        const most = [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, 60);
        expect(list.map(({ value, count }) => [value, count])).toEqual(most);
      }
    },
    30_000,
  );

  it('are counted under all filters but their own', async () => {
    const some = await facets('genre=drama&kind=movie');
    expect(count(some.genre, 'drama')).toBe(among((t) => has(t.genres, 'drama') && t.kind === 'movie'));
    expect(count(some.genre, 'sports')).toBe(among((t) => has(t.genres, 'sports') && t.kind === 'movie'));
    expect(count(some.kind, 'ova')).toBe(among((t) => has(t.genres, 'drama') && t.kind === 'ova'));
    expect(count(some.year, '2004')).toBe(
      among((t) => has(t.genres, 'drama') && t.kind === 'movie' && t.year === 2004),
    );
  });
});

describe('similar titles', () => {
  const similar = async (slug: string, country: string | null = 'JP') =>
    (await (await call('GET', `/api/titles/${slug}/similar`, from(country))).json<{ items: TitleCard[] }>())
      .items;

  it('have rare things in common before frequent ones, and are neither itself nor its relations', async () => {
    const own = made[302]!; // shares `rare 2` with 2, 152 and 452
    const alike = made.filter((t) => t !== own && has(t.tags, 'rare 2') && isShown(t, 'JP'));
    const found = ids(await similar(own.slug));
    expect(found.slice(0, alike.length).toSorted()).toEqual(ids(alike).toSorted());
    expect(found).not.toContain(own.id);
    expect(found.length).toBeLessThanOrEqual(12);
    await db.insert(titleRelations).values({ titleId: own.id, relatedId: alike[0]!.id, kind: 'sequel' });
    expect(ids(await similar(own.slug))).not.toContain(alike[0]!.id);
  });

  it('are only those that may be shown, of one that may be shown', async () => {
    for (const { id } of await similar('title-0002', 'US'))
      expect(
        isShown(
          made.find((t) => t.id === id)!,
          'US',
        ),
      ).toBe(true);
    const hidden = await call('GET', '/api/titles/title-0003/similar', from('JP'));
    expect(hidden.status).toBe(451);
    expect((await call('GET', '/api/titles/no-such-title/similar', from('JP'))).status).toBe(404);
  });
});

describe('the schedule', () => {
  const DAY = 86_400_000;
  const start = Date.UTC(2027, 0, 1);
  beforeAll(async () => {
    const air = (i: number, number: number, days: number, more: Partial<typeof episodes.$inferInsert> = {}) =>
      db.insert(episodes).values({
        id: `ep_air${i}x${number}`,
        titleId: `ttl_${pad(i)}`,
        seasonId: `ssn_${pad(i)}`,
        season: 1,
        number,
        airsAt: start + days * DAY,
        createdAt: 0,
        updatedAt: 0,
        ...more,
      });
    await air(0, 2, 2); // dubbed into pt-BR so far
    await air(8, 2, 1);
    await air(8, 3, 3, { assetId: 'ast_x', publishedAt: 1, audio: ['en'] });
    await air(12, 2, 1, { takenDownAt: 1 });
    await air(3, 2, 1); // shown nowhere
    await air(4, 2, 1); // rated 18
    await air(8, 4, 45);
  });
  const airs = async (query: string, to = 45) => {
    const answer = await call(
      'GET',
      `/api/schedule?from=${start}&to=${start + to * DAY}&${query}`,
      from('JP'),
    );
    expect(answer.status).toBe(200);
    return (await answer.json<Schedule>()).items.map(({ episode }) => episode.id);
  };

  it('has what airs in a time, by air time, as far as one may see it', async () => {
    expect(await airs('')).toEqual(['ep_air8x2', 'ep_air0x2', 'ep_air8x3']);
    expect(await airs('', 1)).toEqual([]);
  });

  it('tells subs from dubs, and finds a language', async () => {
    expect(await airs('version=sub')).toEqual(['ep_air8x2', 'ep_air0x2']);
    expect(await airs('version=dub')).toEqual(['ep_air0x2', 'ep_air8x3']);
    expect(await airs('audio=pt')).toEqual(['ep_air0x2']);
    expect(await airs('audio=en')).toEqual(['ep_air8x3']);
    expect(await airs('audio=ja')).toEqual(['ep_air8x2', 'ep_air0x2']);
  });

  it('is of 45 days at most', async () => {
    const ask = async (to: number) => (await call('GET', `/api/schedule?from=${start}&to=${to}`)).status;
    expect(await ask(start + 45 * DAY + 1)).toBe(400);
    expect(await ask(start)).toBe(400);
  });
});
