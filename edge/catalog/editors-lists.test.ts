import { env } from 'cloudflare:workers';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdminEpisodeCard, AdminTitle, AdminTitleDetail } from '../../schema/api/editing.ts';
import type { Page } from '../../schema/api/page.ts';
import { fill } from '../search/catalogue.fixture.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';

let token: string;
const get = async <T>(path: string): Promise<T> => {
  const answer = await call('GET', path, { token });
  expect(answer.status).toBe(200);
  return answer.json<T>();
};
/** Every page of a list, one after the other. */
async function walk<T>(path: string, limit: number): Promise<T[]> {
  const all: T[] = [];
  for (let cursor = ''; ;) {
    const page: Page<T> = await get(`${path}&limit=${limit}${cursor}`);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    all.push(...page.items);
    if (!page.next) return all;
    cursor = `&cursor=${page.next}`;
  }
}
const titlesOf = async (query: string, limit = 100) =>
  (await walk<AdminTitle>(`/api/admin/titles?${query}`, limit)).map(({ names }) => names.main);
const make = async (main: string, more: object = {}): Promise<AdminTitle> =>
  (await call('POST', '/api/admin/titles', { token, json: { names: { main }, ...more } })).json();

beforeAll(async () => {
  token = await bearer('editor');
  // More than are few: a name that is in all of them is looked for along the list.
  const entry = (n: number) => ({
    id: `ttl_many${String(n).padStart(4, '0')}` as const,
    main: `Omnipresent ${n}`,
    native: n % 2 ? `共通語 ${n}` : null,
    english: null,
    synonyms: [],
    translations: [],
    people: [],
    year: 2000,
  });
  await fill(
    env.DB,
    Array.from({ length: 1_200 }, (_, n) => entry(n)),
  );
});

describe('titles', () => {
  it('are found by a part of any name, however it is written', async () => {
    await make('Shingeki no Kyojin', {
      names: { main: 'Shingeki no Kyojin', native: '進撃の巨人', english: 'Attack on Titan' },
    });
    await make('Kyojin to Boku', { synonyms: ['Giant Days'], localNames: { fr: 'Le Géant' } });
    for (const q of ['kyojin', 'SHINGEKI NO', 'gekino', '進撃', '巨', 'attack', 'tack on ti', 'at'])
      expect([q, await titlesOf(`q=${q}`)]).toEqual([q, expect.arrayContaining(['Shingeki no Kyojin'])]);
    expect(await titlesOf('q=kyojin')).toEqual(['Kyojin to Boku', 'Shingeki no Kyojin']); // by last change
    for (const q of ['giant', 'geant']) expect(await titlesOf(`q=${q}`)).toEqual(['Kyojin to Boku']);
    for (const q of ['kyojim', 'zz', '縁']) expect(await titlesOf(`q=${q}`)).toEqual([]);
  });

  it('are found by what is no letter, too', async () => {
    await make('K-ON!!');
    expect(await titlesOf('q=!!')).toEqual(['K-ON!!']);
  });

  it('come in pages that add up, by whatever they are narrowed', async () => {
    const drafts = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => make(`Omnipresent draft ${n}`, { draft: true })),
    );
    expect((await titlesOf('q=omnipresent', 100)).length).toBe(1_205);
    expect((await titlesOf('q=共通語', 100)).length).toBe(600);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), async (limit) => {
        const found = await titlesOf('q=omnipresent&state=draft', limit);
        expect(found.toSorted((a, b) => a.localeCompare(b))).toEqual(drafts.map(({ names }) => names.main));
      }),
      { numRuns: 4 },
    );
    expect(await titlesOf('state=draft', 2)).toHaveLength(5);
    const published = await titlesOf('state=published');
    expect(published).not.toContain('Omnipresent draft 1');
    expect(await titlesOf('without=poster&state=draft')).toHaveLength(5);
    const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
    const images = `/api/admin/titles/${drafts[0]!.id}/images`;
    await call('PUT', `${images}/poster?width=2&height=3`, {
      token,
      body: jpeg,
      headers: { 'content-type': 'image/jpeg' },
    });
    expect(await titlesOf('without=poster&state=draft')).toHaveLength(4);
    for (let twice = 0; twice < 2; twice++)
      expect((await call('DELETE', `${images}/poster`, { token })).status).toBe(204);
    expect(await titlesOf('without=poster&state=draft')).toHaveLength(5);
  });
});

describe('episodes', () => {
  it('come by last change, or by air time from a day ago on, of one title or of those with a name', async () => {
    const { id } = await make('Episodes of Wisteria');
    const now = Date.now();
    const HOUR = 3_600_000;
    const airs = [-48, -12, 5, 1, null, 300];
    for (const [n, hours] of airs.entries())
      await call('PUT', `/api/admin/titles/${id}/seasons/1/episodes/${n + 1}`, {
        token,
        json: { airsAt: hours === null ? null : now + hours * HOUR },
      });
    const numbers = async (query: string, limit = 2) =>
      (await walk<AdminEpisodeCard>(`/api/admin/episodes?${query}`, limit)).map(({ number }) => number);
    for (const whose of [`titleId=${id}`, 'q=wisteria']) {
      expect(await numbers(whose)).toEqual([6, 5, 4, 3, 2, 1]);
      expect(await numbers(`${whose}&airs=soon`)).toEqual([2, 4, 3, 6]);
      expect(await numbers(`${whose}&airs=soon&state=without-media`)).toEqual([2, 4, 3, 6]);
      expect(await numbers(`${whose}&state=ready`)).toEqual([]);
    }
    const [card] = await walk<AdminEpisodeCard>(`/api/admin/episodes?titleId=${id}`, 50);
    expect(card).toMatchObject({ titleName: 'Episodes of Wisteria', readyAssetId: null });
    const { episodeList } = await get<AdminTitleDetail>(`/api/admin/titles/${id}`);
    const everywhere = await walk<AdminEpisodeCard>('/api/admin/episodes?state=without-media', 50);
    expect(everywhere.map((one) => one.id)).toEqual(expect.arrayContaining(episodeList.map((one) => one.id)));
  });

  it('take no cursor of another order', async () => {
    await make('Cursor');
    const { next } = await get<Page<unknown>>('/api/admin/episodes?limit=1');
    expect(next).not.toBeNull();
    const wrong = await call('GET', `/api/admin/episodes?airs=soon&cursor=${next}`, { token });
    expect(wrong.status).toBe(400);
  });
});
