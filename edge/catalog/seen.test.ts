import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EpisodePage, RecentEpisode, Title, TitleCard } from '../../schema/api/catalog.ts';
import type { AdminEpisode, AdminTitle, AdminTitleDetail } from '../../schema/api/editing.ts';
import type { Profile } from '../../schema/api/me.ts';
import { ageRatings } from '../../schema/catalog-terms.ts';
import { episodes, titles } from '../../schema/db/catalog.ts';
import type { ProblemDocument } from '../../schema/problem.ts';
import { database } from '../platform/db.ts';
import { call } from '../testing/call.ts';
import { licensed } from '../testing/licensed.ts';
import { person } from '../testing/people.ts';
import { bearer } from '../testing/sign-in.ts';
import { refusedTo, visibleTo } from './viewing.ts';

const db = database(env.DB);
let token: string;
beforeAll(async () => {
  token = await bearer('editor');
});
const admin = async <T>(method: string, path: string, json?: unknown): Promise<T> => {
  const answer = await call(method, `/api/admin${path}`, { token, ...(json === undefined ? {} : { json }) });
  expect(answer.status).toBeLessThan(300);
  return answer.status === 204 ? (undefined as T) : answer.json<T>();
};
const title = (main: string, more: object = {}) =>
  admin<AdminTitle>('POST', '/titles', { names: { main }, ...more });
const episode = (id: string, season: number, number: number, json: object = {}) =>
  admin<AdminEpisode>('PUT', `/titles/${id}/seasons/${season}/episodes/${number}`, json);
const publish = (id: AdminEpisode['id']) =>
  db.update(episodes).set({ assetId: 'ast_x', publishedAt: Date.now() }).where(eq(episodes.id, id));
const from = (country: string | null, language = 'en') => ({
  cf: { country } as RequestInitCfProperties,
  headers: { 'accept-language': language },
});
const code = async (answer: Response) => (await answer.json<ProblemDocument>()).code;

describe('what a viewer may not see', () => {
  it('is in no list, and its own pages say why', async () => {
    const japan = await title('Only In Japan');
    await licensed(japan.id, { territoryMode: 'include', countries: ['JP'] });
    const { id } = await episode(japan.id, 1, 1);
    await publish(id);
    const lists = async (country: string | null) => {
      const [all, recent] = await Promise.all([
        call('GET', '/api/titles?sort=newest&limit=100', from(country)),
        call('GET', '/api/episodes/recent?limit=100', from(country)),
      ]);
      const titles = (await all.json<{ items: TitleCard[] }>()).items.map((t) => t.id);
      const newest = (await recent.json<{ items: RecentEpisode[] }>()).items.map((r) => r.title.id);
      return [titles.includes(japan.id), newest.includes(japan.id)];
    };
    expect(await lists('JP')).toEqual([true, true]);
    for (const country of ['US', null, 'XX']) expect(await lists(country)).toEqual([false, false]);
    for (const path of [
      `/api/titles/${japan.slug}`,
      `/api/titles/${japan.slug}/similar`,
      `/api/episodes/${id}`,
    ]) {
      expect((await call('GET', path, from('JP'))).status).toBe(200);
      const refused = await call('GET', path, from('US'));
      expect([refused.status, await code(refused)]).toEqual([451, 'not-in-territory']);
    }
  });

  it('is what stands above the ceiling of their profile', async () => {
    const grown = await title('Grown Ups', { ageRating: '18' });
    await licensed(grown.id);
    const path = `/api/titles/${grown.slug}`;
    const refused = await call('GET', path, from('JP'));
    expect([refused.status, await code(refused)]).toEqual([403, 'age-restricted']); // nobody is signed in
    const kaede = await person('Kaede');
    expect((await kaede.ask('GET', path)).status).toBe(200); // her first profile will have no limit
    const { items } = await (await kaede.ask('GET', '/api/me/profiles')).json<{ items: Profile[] }>();
    expect((await kaede.ask('GET', path)).status).toBe(200);
    const child = { name: 'Child', avatar: 'koi', ageCeiling: '7' };
    await kaede.ask('POST', '/api/me/profiles', { json: child });
    expect(await code(await kaede.ask('GET', path))).toBe('age-restricted'); // who enters none is the youngest
    const entered = await kaede.ask('POST', `/api/me/profiles/${items[0]!.id}/enter`, { json: {} });
    const { claim } = await entered.json<{ claim: string }>();
    expect((await kaede.ask('GET', path, { headers: { 'engawa-profile': claim } })).status).toBe(200);
    const list = await kaede.ask('GET', '/api/titles?sort=newest&limit=100');
    expect((await list.json<{ items: TitleCard[] }>()).items.map((t) => t.id)).not.toContain(grown.id);
  });

  it('is the same by the rule for lists and by the rule for pages', async () => {
    const rows = ['', '*', ' JP ', ' JP US '].flatMap((shownIn, s) =>
      ageRatings.flatMap((ageRating, r) =>
        [null, 1].map((takenDownAt, t) => ({
          id: `ttl_rule${s}${r}${t}` as const,
          slug: `rule-${s}-${r}-${t}`,
          kind: 'series' as const,
          nameMain: 'Rule',
          status: 'airing' as const,
          ageRating,
          shownIn,
          draft: false,
          takenDownAt,
          createdAt: 0,
          updatedAt: 0,
        })),
      ),
    );
    for (const row of rows) await db.insert(titles).values(row);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('JP', 'US', 'FR', null),
        fc.constantFrom(...ageRatings),
        async (country, ceiling) => {
          const listed = await db
            .select({ id: titles.id })
            .from(titles)
            .where(visibleTo({ country, ceiling }));
          const ids = new Set(listed.map(({ id }) => id));
          for (const row of rows) expect(ids.has(row.id)).toBe(refusedTo({ country, ceiling }, row) === null);
        },
      ),
    );
    await db.delete(titles).where(eq(titles.nameMain, 'Rule'));
  });
});

describe('texts by locale', () => {
  it('are those of the viewer’s language, then English, then as they were written', async () => {
    const made = await title('Kaze', {
      names: { main: 'Kaze', native: '風', english: 'Wind' },
      localNames: { fr: 'Le Vent', ja: '風' },
      people: [{ name: 'Haru', role: 'Director' }],
      originalLanguage: 'ja',
      malId: 5,
    });
    expect(made).toMatchObject({
      localNames: { fr: 'Le Vent', ja: '風' },
      people: [{ name: 'Haru', native: null, role: 'Director' }],
      malId: 5,
      anilistId: null,
    });
    await licensed(made.id);
    const one = await episode(made.id, 1, 1, {
      name: 'Ichi',
      synopsis: 'Written.',
      absoluteNumber: 1,
      translations: { fr: { name: 'Un' }, en: { name: 'One', synopsis: 'Read.' } },
    });
    const read = async (language: string) => {
      const page = await (await call('GET', `/api/titles/${made.slug}`, from('JP', language))).json<Title>();
      const { name, synopsis } = page.seasons[0]!.episodes[0]!;
      return [page.names.local, name, synopsis];
    };
    expect(await read('fr-CA,en')).toEqual(['Le Vent', 'Un', 'Read.']);
    expect(await read('ja')).toEqual([null, 'One', 'Read.']); // 風 is its native name, which stands there already
    expect(await read('de')).toEqual([null, 'One', 'Read.']);
    await episode(made.id, 1, 1, { translations: { en: { name: null, synopsis: '' }, fr: {} } });
    expect(await read('de')).toEqual([null, 'Ichi', 'Written.']);
    await admin('PATCH', `/titles/${made.id}`, { localNames: { fr: null } });
    expect((await read('fr'))[0]).toBeNull();
    const { episodeList } = await admin<AdminTitleDetail>('GET', `/titles/${made.id}`);
    expect(episodeList).toMatchObject([
      { id: one.id, absoluteNumber: 1, translations: { fr: { name: 'Un', synopsis: null } } },
    ]);
    const shown = await (await call('GET', `/api/episodes/${one.id}`, from('JP', 'fr'))).json<EpisodePage>();
    expect(shown.episode).toMatchObject({ name: 'Un', absoluteNumber: 1 });
  });
});

describe('relations', () => {
  it('stand on both sides, and go from both', async () => {
    const [a, b, hidden] = [await title('First'), await title('Second'), await title('Unlicensed')];
    for (const { id } of [a, b]) await licensed(id);
    const relations = async ({ slug }: AdminTitle) => {
      const page = await (await call('GET', `/api/titles/${slug}`, from('JP'))).json<Title>();
      return page.relations.map(({ kind, title }) => [kind, title.names.main]);
    };
    await admin('PUT', `/titles/${a.id}/relations/${b.id}`, { kind: 'sequel' });
    await admin('PUT', `/titles/${a.id}/relations/${hidden.id}`, { kind: 'side-story' });
    expect(await relations(a)).toEqual([['sequel', 'Second']]); // what one may not see is not named
    expect(await relations(b)).toEqual([['prequel', 'First']]);
    await admin('PUT', `/titles/${b.id}/relations/${a.id}`, { kind: 'parent-story' });
    expect(await relations(a)).toEqual([['side-story', 'Second']]);
    const { relations: known } = await admin<AdminTitleDetail>('GET', `/titles/${hidden.id}`);
    expect(known).toMatchObject([{ kind: 'parent-story', id: a.id, name: 'First' }]);
    await admin('DELETE', `/titles/${b.id}/relations/${a.id}`);
    expect([await relations(a), await relations(b)]).toEqual([[], []]);
    const put = (to: string) =>
      call('PUT', `/api/admin/titles/${a.id}/relations/${to}`, { token, json: { kind: 'sequel' } });
    expect((await put('ttl_nowhere')).status).toBe(404);
    expect((await put(a.id)).status).toBe(400);
  });
});

describe('an order of episodes', () => {
  it('is what the neighbours of an episode go by', async () => {
    const made = await title('Ordered');
    await licensed(made.id);
    const one = await episode(made.id, 1, 1, { airsAt: 10 });
    const two = await episode(made.id, 1, 2, { airsAt: 30 });
    const special = await episode(made.id, 0, 1, { airsAt: 20 });
    const next = async (id: string) =>
      (await (await call('GET', `/api/episodes/${id}`, from('JP'))).json<EpisodePage>()).next?.id;
    expect([await next(one.id), await next(special.id)]).toEqual([special.id, two.id]);
    const order = `/titles/${made.id}/orders/aired`;
    await admin('PUT', order, { episodeIds: [special.id, one.id, two.id] });
    expect([await next(special.id), await next(one.id)]).toEqual([one.id, two.id]);
    const page = await (await call('GET', `/api/titles/${made.slug}`, from('JP'))).json<Title>();
    expect(page.orders).toEqual([{ kind: 'aired', episodeIds: [special.id, one.id, two.id] }]);
    await admin('DELETE', order);
    expect(await next(one.id)).toBe(special.id);
    const put = (episodeIds: string[]) => call('PUT', `/api/admin${order}`, { token, json: { episodeIds } });
    expect((await put([one.id, 'ep_elsewhere'])).status).toBe(400);
    expect((await put([one.id, one.id])).status).toBe(400);
  });
});
