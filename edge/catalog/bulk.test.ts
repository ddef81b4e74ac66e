import { env } from 'cloudflare:workers';
import { inArray, sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdminEpisode, AdminTitle, AdminTitleDetail, BulkAnswer } from '../../schema/api/editing.ts';
import { titleFacets, titles } from '../../schema/db/catalog.ts';
import { searchTexts } from '../../schema/db/search.ts';
import { database } from '../platform/db.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { episodesAfter, reworded } from './bulk.ts';
import { foldWord } from './facets.ts';

const db = database(env.DB);
let token: string;
beforeAll(async () => {
  token = await bearer('editor');
});
const make = async (json: object): Promise<AdminTitle> =>
  (await call('POST', '/api/admin/titles', { token, json })).json();
const bulk = async (what: 'titles' | 'episodes', json: object): Promise<BulkAnswer['items']> => {
  const answer = await call('POST', `/api/admin/${what}/bulk`, { token, json });
  expect(answer.status).toBe(200);
  return (await answer.json<BulkAnswer>()).items;
};
const read = async (id: string): Promise<AdminTitle> =>
  (await call('GET', `/api/admin/titles/${id}`, { token })).json();

describe('words that are added and taken out', () => {
  const word = fc.constantFrom('Drama', 'drama', 'ＤＲＡＭＡ', 'Music', 'music ', 'School', 'Sf', 'SF');
  const words = fc.array(word, { maxLength: 6 });
  it('are each there once, the ones taken out not at all, and asking again changes nothing', () => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { selector: foldWord }), words, words, (has, add, remove) => {
        const after = reworded(has, add, remove);
        const folded = after.map(foldWord);
        expect(new Set(folded).size).toBe(folded.length);
        for (const one of remove) expect(folded).not.toContain(foldWord(one));
        for (const one of add)
          expect(folded.includes(foldWord(one))).toBe(!remove.map(foldWord).includes(foldWord(one)));
        expect(reworded(after, add, remove)).toEqual(after);
      }),
    );
  });
});

describe('new air times', () => {
  it('go by season and number, title by title, in whichever order they are named', () => {
    const row = (titleId: `ttl_${string}`, season: number, number: number) =>
      ({ titleId, season, number, kind: 'story', airsAt: null, updatedAt: 0 }) as const;
    const rows = [row('ttl_a', 2, 1), row('ttl_b', 1, 1), row('ttl_a', 1, 12), row('ttl_a', 1, 2)];
    const after = episodesAfter(rows, { airsFrom: { from: 1000, every: 10 } });
    expect(after.map((one) => typeof one === 'object' && 'row' in one && one.row.airsAt)).toEqual([
      1020, 1000, 1010, 1000,
    ]);
  });
});

describe('many titles at once', () => {
  it('says what became of each, and changes what lists and search find them by', async () => {
    const one = await make({ names: { main: 'Bulk One' }, genres: ['Drama'], studio: 'Old Studio' });
    const two = await make({ names: { main: 'Bulk Two' }, genres: ['Music', 'drama'], tags: ['band'] });
    const change = {
      ids: [one.id, two.id, 'ttl_nowhere', one.id],
      studio: 'New Studio',
      addGenres: ['Music'],
      removeGenres: ['DRAMA'],
      year: 2031,
    };
    expect(await bulk('titles', change)).toEqual([
      { id: one.id, fate: 'changed', because: null },
      { id: two.id, fate: 'changed', because: null },
      { id: 'ttl_nowhere', fate: 'refused', because: expect.stringContaining('nothing with this id') },
    ]);
    for (const { id, revision } of [one, two])
      expect(await read(id)).toMatchObject({
        studio: 'New Studio',
        genres: ['Music'],
        year: 2031,
        revision: revision + 1,
      });
    const ids = [one.id, two.id];
    const facets = await db
      .select({ kind: titleFacets.kind, value: titleFacets.value, n: sql<number>`count(*)` })
      .from(titleFacets)
      .where(inArray(titleFacets.titleId, ids))
      .groupBy(titleFacets.kind, titleFacets.value);
    const of = (kind: string) => facets.filter((row) => row.kind === kind).map(({ value, n }) => [value, n]);
    expect(of('genre')).toEqual([['music', 2]]);
    expect(of('studio')).toEqual([['new studio', 2]]);
    expect(of('year')).toEqual([['2031', 2]]);
    expect(of('tag')).toEqual([['band', 1]]);
    const texts = await db
      .select({ text: searchTexts.text })
      .from(searchTexts)
      .where(inArray(searchTexts.titleId, ids));
    const found = texts.map(({ text }) => text);
    expect(found.filter((text) => text === 'New Studio')).toHaveLength(2);
    for (const gone of ['Old Studio', 'Drama', 'drama']) expect(found).not.toContain(gone);
    // Once more: nothing is left to do.
    expect((await bulk('titles', change)).map(({ fate }) => fate)).toEqual(['same', 'same', 'refused']);
    expect((await read(one.id)).revision).toBe(one.revision + 1);
  });

  it('makes drafts and publishes them', async () => {
    const { id } = await make({ names: { main: 'Bulk Draft' } });
    await bulk('titles', { ids: [id], draft: true });
    expect(await read(id)).toMatchObject({ draft: true });
    await bulk('titles', { ids: [id], draft: false });
    expect(await read(id)).toMatchObject({ draft: false });
  });

  it('takes back that a draft is to be published later, as unpublishing one does', async () => {
    const { id } = await make({ names: { main: 'Bulk Later' }, draft: true });
    const at = Date.now() + 3_600_000;
    await call('POST', `/api/admin/titles/${id}/publish`, { token, json: { at } });
    expect(await read(id)).toMatchObject({ draft: true, publishAt: at });
    expect(await bulk('titles', { ids: [id], draft: true })).toMatchObject([{ fate: 'changed' }]);
    expect(await read(id)).toMatchObject({ draft: true, publishAt: null });
    expect(await bulk('titles', { ids: [id], draft: true })).toMatchObject([{ fate: 'same' }]);
  });

  it('refuses what was changed since the sender looked', async () => {
    const { id, updatedAt } = await make({ names: { main: 'Bulk Seen' } });
    const [fate] = await bulk('titles', { ids: [id], year: 2000, asOf: updatedAt - 1 });
    expect(fate).toMatchObject({ fate: 'refused', because: expect.stringContaining('Look again') });
    expect(await bulk('titles', { ids: [id], year: 2000, asOf: updatedAt })).toMatchObject([
      { fate: 'changed' },
    ]);
  });

  it('takes 200 in one transaction, and no editor’s words are lost among those who change them at once', async () => {
    const ids = Array.from({ length: 200 }, (_, n) => `ttl_bulk${String(n).padStart(4, '0')}` as const);
    for (const id of ids)
      await db.insert(titles).values({
        id,
        slug: id,
        kind: 'series',
        status: 'airing',
        ageRating: 'all',
        nameMain: id,
        createdAt: 0,
        updatedAt: 0,
      });
    const words = ['One', 'Two', 'Three'];
    const answers = await Promise.all(words.map((word) => bulk('titles', { ids, addTags: [word] })));
    for (const items of answers) expect(items.every(({ fate }) => fate === 'changed')).toBe(true);
    const rows = await db
      .select({ tags: titles.tags })
      .from(titles)
      .where(inArray(titles.id, ids.slice(0, 50)));
    for (const { tags } of rows)
      expect(tags.toSorted((a, b) => a.localeCompare(b))).toEqual(['One', 'Three', 'Two']);
    const beyond = { ids: [...ids, 'ttl_onemore'], year: 1 };
    expect((await call('POST', '/api/admin/titles/bulk', { token, json: beyond })).status).toBe(400);
  });
});

describe('many episodes at once', () => {
  it('moves air times once, however often it is sent', async () => {
    const { id } = await make({ names: { main: 'Bulk Moves' } });
    const put = async (number: number, json: object): Promise<AdminEpisode> =>
      (await call('PUT', `/api/admin/titles/${id}/seasons/1/episodes/${number}`, { token, json })).json();
    const first = await put(1, { airsAt: 1_000_000 });
    const second = await put(2, {});
    const seen = Math.max(first.updatedAt, second.updatedAt);
    const move = { ids: [first.id, second.id], moveAirsAt: 500, asOf: seen };
    await new Promise((resolve) => setTimeout(resolve, 2)); // or it were changed at the very moment at which it was seen
    expect((await bulk('episodes', move)).map(({ fate }) => fate)).toEqual(['changed', 'same']);
    expect((await bulk('episodes', move)).map(({ fate }) => fate)).toEqual(['refused', 'same']);
    const { episodeList } = await (
      await call('GET', `/api/admin/titles/${id}`, { token })
    ).json<AdminTitleDetail>();
    expect(episodeList.map(({ airsAt }) => airsAt)).toEqual([1_000_500, null]);
    const early = await bulk('episodes', { ids: [first.id], moveAirsAt: -2_000_000 });
    expect(early).toMatchObject([{ fate: 'refused', because: expect.stringContaining('1970') }]);
  });

  it('does one kind of thing in a request', async () => {
    const both = { ids: ['ep_00000001'], publish: true, unpublish: true };
    expect((await call('POST', '/api/admin/episodes/bulk', { token, json: both })).status).toBe(400);
  });
});
