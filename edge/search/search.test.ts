import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SearchResult, Suggestions } from '../../schema/api/search.ts';
import type { InferOutput } from 'valibot';
import { titles, titleTranslations } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import { database } from '../platform/db.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { askFor } from './ask.ts';
import { fill, known } from './catalogue.fixture.ts';
import { find } from './find.ts';
import { indexTitle } from './index-title.ts';
import { found, suggested } from './queries.ts';
import type { Findable } from './texts.ts';

type Result = InferOutput<typeof SearchResult>;
const db = database(env.DB);
const search = async (q: string, filter: Record<string, string> = {}, headers = {}): Promise<Result> => {
  const answer = await call('GET', `/api/search?${new URLSearchParams({ q, ...filter }).toString()}`, {
    headers,
  });
  expect(answer.status).toBe(200);
  return answer.json();
};
const names = ({ items }: Pick<Result, 'items'>) => items.map(({ title }) => title.names.main);
const suggest = async (q: string): Promise<Suggestions> =>
  (await call('GET', `/api/search/suggest?${new URLSearchParams({ q }).toString()}`)).json();

let made = 0;
/** A title in the catalogue and the index, in one batch, as editing does it. */
async function add(
  fields: Partial<typeof titles.$inferInsert> & { nameMain: string },
  translations: NonNullable<Findable['translations']> = [],
): Promise<Id<'title'>> {
  const id: Id<'title'> = `ttl_made${String(++made).padStart(4, '0')}`;
  const row = { slug: id, kind: 'series', status: 'finished', ageRating: 'all', shownIn: '*' } as const;
  await db.batch([
    db.insert(titles).values({ ...row, ...fields, id, createdAt: 0, updatedAt: 0 }),
    ...translations.map((one) => db.insert(titleTranslations).values({ titleId: id, ...one })),
    ...indexTitle(db, id, { ...fields, translations }),
  ]);
  return id;
}

beforeAll(() => fill(env.DB, known));

describe('search', () => {
  it('puts the exact name first, whatever else begins so', async () => {
    expect(names(await search('Shingeki no Kyojin')).slice(0, 2)).toEqual([
      'Shingeki no Kyojin',
      'Shingeki no Kyojin Season 2',
    ]);
    expect(names(await search('進撃の巨人'))[0]).toBe('Shingeki no Kyojin');
    expect(names(await search('K-ON!!'))[0]).toBe('K-ON!!');
    expect(names(await search('K-ON!'))[0]).toBe('K-ON!');
  });

  it('puts the remake first that was asked for by its year', async () => {
    expect(names(await search('fruits basket 2019'))[0]).toBe('Fruits Basket (2019)');
    expect(names(await search('fruits basket 2001'))[0]).toBe('Fruits Basket');
    await add({ nameMain: 'Twice Told', year: 1999, trend: 1 });
    const remake = await add({ nameMain: 'Twice Told', year: 2024, trend: 9 });
    expect((await search('twice told')).items[0]!.title.id).toBe(remake); // watched more
    expect((await search('twice told 1999')).items[0]!.title.year).toBe(1999);
  });

  it('says what it was found by, where that is not shown', async () => {
    await add(
      {
        nameMain: 'Umi no Shashin',
        synonyms: ['Seaside Pictures'],
        studio: 'Studio Kamome',
        tags: ['Photography Club'],
        people: [{ name: 'Aoi Minamoto', native: '源葵', role: 'director' }],
      },
      [
        {
          locale: 'de',
          name: 'Bilder vom Strand',
          synopsis: 'Eine Leuchtturmwärterin fotografiert Quallen.',
        },
        { locale: 'ja', synopsis: '灯台守が海月を写真に撮る物語。' },
      ],
    );
    const first = async (q: string) => (await search(q)).items[0];
    expect(await first('umi no shashin')).toMatchObject({ matched: null });
    for (const [q, found] of [
      ['seaside pictures', { in: 'synonym', text: 'Seaside Pictures' }],
      ['bilder vom strand', { in: 'name', text: 'Bilder vom Strand' }],
      ['studio kamome', { in: 'studio', text: 'Studio Kamome' }],
      ['photography club', { in: 'tag', text: 'Photography Club' }],
      ['aoi minamoto', { in: 'person', text: 'Aoi Minamoto' }],
      ['minamoto aoi', { in: 'person', text: 'Aoi Minamoto' }],
      ['源葵', { in: 'person', text: '源葵' }],
      [
        'leuchtturmwärterin quallen',
        { in: 'synopsis', text: 'Eine Leuchtturmwärterin fotografiert Quallen.' },
      ],
      ['海月', { in: 'synopsis', text: '灯台守が海月を写真に撮る物語。' }],
    ] as const) {
      const top = await first(q);
      expect([q, top?.title.names.main, top?.matched]).toEqual([q, 'Umi no Shashin', found]);
    }
    const german = await search('bilder vom strand', {}, { 'accept-language': 'de' });
    expect(german.items[0]).toMatchObject({
      title: { names: { local: 'Bilder vom Strand' } },
      matched: null,
    });
  });

  it('shows nothing that this viewer may not see', async () => {
    await add({ nameMain: 'Hidden Lantern One', shownIn: '' });
    await add({ nameMain: 'Hidden Lantern Two', shownIn: ' JP ' });
    await add({ nameMain: 'Hidden Lantern Three', takenDownAt: 1 });
    await add({ nameMain: 'Hidden Lantern Four', ageRating: '18' });
    await add({ nameMain: 'Hidden Lantern Five' });
    expect(names(await search('hidden lantern'))).toEqual(['Hidden Lantern Five']);
    const { facets } = await search('hidden lantern');
    expect(facets.kind).toEqual([{ value: 'series', label: 'series', count: 1 }]);
    expect((await suggest('hidden l')).items.map(({ names }) => names.main)).toEqual(['Hidden Lantern Five']);
    const inJapan = await call('GET', '/api/search?q=hidden+lantern', {
      cf: { country: 'JP' } as RequestInitCfProperties,
    });
    expect(names(await inJapan.json<Result>()).toSorted()).toEqual([
      'Hidden Lantern Five',
      'Hidden Lantern Two',
    ]);
  });

  it('narrows, and counts each facet as if it were not narrowed by itself', async () => {
    const base = { status: 'finished' as const, audio: ['ja'] };
    await add({ ...base, nameMain: 'Paper Comet 1', genres: ['Drama'], year: 2020, studio: 'Alpha' });
    await add({
      ...base,
      nameMain: 'Paper Comet 2',
      genres: ['Drama', 'Music'],
      year: 2021,
      audio: ['ja', 'en'],
    });
    await add({ ...base, nameMain: 'Paper Comet 3', genres: ['Music'], year: 2021, kind: 'movie' });
    expect(names(await search('paper comet', { genre: 'drama' })).toSorted()).toEqual([
      'Paper Comet 1',
      'Paper Comet 2',
    ]);
    const both = await search('paper comet', { genre: 'music', year: '2021' });
    expect(names(both).toSorted()).toEqual(['Paper Comet 2', 'Paper Comet 3']);
    expect(both.facets.genre).toEqual([
      { value: 'music', label: 'Music', count: 2 },
      { value: 'drama', label: 'Drama', count: 1 },
    ]);
    expect(both.facets.year).toEqual([{ value: '2021', label: '2021', count: 2 }]);
    expect(names(await search('paper comet', { audio: 'en' }))).toEqual(['Paper Comet 2']);
    expect(names(await search('paper comet', { kind: 'movie', genre: 'drama' }))).toEqual([]);
    expect((await search('paper comet', { limit: '1' })).items).toHaveLength(1);
  });

  it.each([
    '',
    '   ',
    '!!!',
    '"',
    '*',
    'NEAR(a b)',
    '" OR names:x',
    'a'.repeat(100),
    '龘',
    '\u0000',
    '😀',
    "';--",
    '第',
    '％',
  ])('takes %j for words, and finds nothing or something', async (q) => {
    expect((await search(q)).items.length).toBeLessThanOrEqual(60);
    expect((await suggest(q)).items.length).toBeLessThanOrEqual(8);
  });

  it('asks the tables nothing that they do not understand', async () => {
    const unit = fc.constantFrom(
      ' ',
      'a',
      'no',
      '2',
      '期',
      '人',
      '犬',
      'か',
      'ー',
      'ガ',
      'ッ',
      '가',
      'é',
      '"',
      '*',
      '-',
      '第',
    );
    const viewing = { country: null, ceiling: 'all', locale: 'en' } as const;
    const query = fc.oneof(
      fc.string({ unit, maxLength: 14 }),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
    );
    await fc.assert(
      fc.asyncProperty(query, async (q) => {
        const ask = askFor(q);
        if (!ask) return;
        expect(find(ask, await found(db, viewing, ask)).length).toBeLessThanOrEqual(92);
        expect(find(ask, await suggested(db, viewing, ask)).length).toBeLessThanOrEqual(44);
      }),
      { numRuns: 250, examples: [['人a犬bかな']] },
    );
  });

  it('refuses what is too long or no filter', async () => {
    expect((await call('GET', `/api/search?q=${'a'.repeat(101)}`)).status).toBe(400);
    expect((await call('GET', '/api/search')).status).toBe(400);
    expect((await call('GET', '/api/search?q=a&limit=61')).status).toBe(400);
    expect((await call('GET', '/api/search?q=a&kind=book')).status).toBe(400);
  });

  it('finds nothing for what is no name of anything', async () => {
    expect((await search('qqqqqqq wwwwwww')).items).toEqual([]);
    expect((await search('')).items).toEqual([]);
  });
});

describe('suggestions', () => {
  it.each([
    ['frie', 'Sousou no Frieren'],
    ['shingeki no k', 'Shingeki no Kyojin'],
    ['kyoj', 'Shingeki no Kyojin'],
    ['しんげきの', 'Shingeki no Kyojin'],
    ['進撃', 'Shingeki no Kyojin'],
    ['rezero', 'Re:Zero kara Hajimeru Isekai Seikatsu'],
    ['ヴァイオ', 'Violet Evergarden'],
    ['86', '86'],
    ['gurr', 'Tengen Toppa Gurren Lagann'],
    ['evangleion', 'Neon Genesis Evangelion'],
  ])('for %s', async (q, name) =>
    expect((await suggest(q)).items.map(({ names }) => names.main)).toContain(name),
  );

  it('are a few, and name what was typed where that is not shown', async () => {
    expect((await suggest('s')).items.length).toBeLessThanOrEqual(8);
    const [first] = (await suggest('oregai')).items;
    expect(first).toMatchObject({ matched: 'Oregairu', slug: expect.any(String) });
    expect((await suggest('')).items).toEqual([]);
  });
});

it('finds what an editor has just made, changed or taken down', async () => {
  const token = await bearer('editor');
  const answer = await call('POST', '/api/admin/titles', {
    token,
    json: { names: { main: 'Kaze no Hakobune' }, synopsis: { en: 'A raft of quince wood.' } },
  });
  const { id } = await answer.json<{ id: Id<'title'> }>();
  await db.update(titles).set({ shownIn: '*' }).where(eq(titles.id, id));
  const found = async (q: string) => names(await search(q));
  expect(await found('kaze no hakobune')).toEqual(['Kaze no Hakobune']);
  expect(await found('quince raft')).toEqual(['Kaze no Hakobune']);
  const change = (json: unknown) => call('PATCH', `/api/admin/titles/${id}`, { token, json });
  await change({ names: { english: 'Ark of the Gale' }, synonyms: ['Windboat'], synopsis: { en: null } });
  expect(await found('windboat')).toEqual(['Kaze no Hakobune']);
  expect(await found('ark of the gale')).toEqual(['Kaze no Hakobune']);
  expect(await found('quince raft')).toEqual([]);
  await change({ synonyms: [] });
  expect(await found('windboat')).toEqual([]);
  await db.update(titles).set({ takenDownAt: 1 }).where(eq(titles.id, id));
  expect(await found('ark of the gale')).toEqual([]);
});
