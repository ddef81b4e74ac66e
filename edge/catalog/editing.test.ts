import { beforeAll, describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import type { AdminEpisode, AdminTitle, AdminTitleDetail, TitleChange } from '../../schema/api/editing.ts';
import { expectedBy } from '../http/if-match.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';

let token: string;
beforeAll(async () => {
  token = await bearer('editor');
});
const make = async (main: string, more: object = {}): Promise<AdminTitle> =>
  (await call('POST', '/api/admin/titles', { token, json: { names: { main }, ...more } })).json();
const read = async (id: string): Promise<AdminTitleDetail> =>
  (await call('GET', `/api/admin/titles/${id}`, { token })).json();
type Sent = { json?: unknown; from?: number | string };
const send = (method: string, path: string, { json, from }: Sent = {}) =>
  call(method, path, {
    token,
    ...(json === undefined ? {} : { json }),
    ...(from === undefined ? {} : { headers: { 'if-match': typeof from === 'number' ? `"${from}"` : from } }),
  });
const episodeOf = async (id: string, number: number): Promise<AdminEpisode> =>
  (await send('PUT', `/api/admin/titles/${id}/seasons/1/episodes/${number}`, { json: {} })).json();

describe('If-Match', () => {
  it('is read as RFC 9110 has it, and as proxies leave it', () => {
    expect(expectedBy(undefined)).toBeNull();
    expect(expectedBy('*')).toBe('any');
    expect(expectedBy('"7"')).toEqual([7]);
    expect(expectedBy('W/"7", "8"')).toEqual([7, 8]);
    expect(expectedBy('"another"')).toEqual([]);
    expect(() => expectedBy('7')).toThrow(/in quotes/);
  });

  it('keeps two editors who change different fields at once from losing each other’s work', async () => {
    const { id, revision } = await make('Two Editors');
    const path = `/api/admin/titles/${id}`;
    const seen = await call('GET', path, { token });
    expect(seen.headers.get('etag')).toBe(`"${revision}"`);
    const [one, other] = await Promise.all([
      send('PATCH', path, { json: { year: 2020 }, from: revision }),
      send('PATCH', path, { json: { studio: 'Studio Kotori' }, from: revision }),
    ]);
    expect([one.status, other.status].toSorted((a, b) => a - b)).toEqual([200, 412]);
    const late = one.status === 412 ? one : other;
    expect(await late.json()).toMatchObject({
      code: 'changed-meanwhile',
      detail: expect.stringMatching(new RegExp(`^Test editor changed it at .* revision ${revision + 1} now`)),
    });
    const now = await read(id);
    const again = late === one ? { year: 2020 } : { studio: 'Studio Kotori' };
    const answer = await send('PATCH', path, { json: again, from: now.revision });
    expect(answer.headers.get('etag')).toBe(`"${revision + 2}"`);
    expect(await answer.json()).toMatchObject({
      year: 2020,
      studio: 'Studio Kotori',
      revision: revision + 2,
    });
  });

  it('leaves nothing behind of what it refuses', async () => {
    const { id, revision } = await make('Refused Whole', { genres: ['Drama'] });
    const json: TitleChange = { genres: ['Music'], synopsis: { en: 'Lost.' }, names: { english: 'Lost' } };
    expect((await send('PATCH', `/api/admin/titles/${id}`, { json, from: revision + 1 })).status).toBe(412);
    expect(await read(id)).toMatchObject({ genres: ['Drama'], synopsis: {}, revision });
  });

  it('loses nobody’s accepted write, however many editors meet', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uniqueArray(fc.constantFrom('en', 'ja', 'fr', 'de'), { minLength: 1 }), {
          minLength: 2,
          maxLength: 5,
        }),
        async (editors) => {
          const { id } = await make('Many Editors');
          // Each writes texts that only they would write, until it is taken; what is there then is the last of each locale.
          const taken: { revision: number; synopsis: Record<string, string> }[] = [];
          await Promise.all(
            editors.map(async (locales, who) => {
              for (;;) {
                const { revision } = await read(id);
                const synopsis = Object.fromEntries(locales.map((locale) => [locale, `of ${who}`]));
                const answer = await send('PATCH', `/api/admin/titles/${id}`, {
                  json: { synopsis },
                  from: revision,
                });
                if (answer.status === 412) continue;
                taken.push({ revision, synopsis });
                return;
              }
            }),
          );
          const inOrder = taken.toSorted((a, b) => a.revision - b.revision);
          expect(new Set(inOrder.map(({ revision }) => revision)).size).toBe(editors.length);
          expect((await read(id)).synopsis).toEqual(
            Object.assign({}, ...inOrder.map(({ synopsis }) => synopsis)),
          );
        },
      ),
      { numRuns: 8 },
    );
  });

  it('is heeded by all that changes a title or an episode', async () => {
    const [{ id }, other] = [await make('Heeds All'), await make('Heeds Also')];
    const episode = await episodeOf(id, 1);
    await send('PUT', `/api/admin/titles/${id}/seasons/7`, { json: { name: 'Seven' } });
    await send('PUT', `/api/admin/titles/${id}/relations/${other.id}`, { json: { kind: 'sequel' } });
    await send('PUT', `/api/admin/titles/${id}/orders/aired`, { json: { episodeIds: [episode.id] } });
    const before = await read(id);
    const at = `/api/admin/titles/${id}`;
    const changes: [string, string, unknown?][] = [
      ['PATCH', at, { year: 2000 }],
      ['POST', `${at}/unpublish`],
      ['PUT', `${at}/seasons/7`, { name: 'Other' }],
      ['DELETE', `${at}/seasons/7`],
      ['PUT', `${at}/relations/${other.id}`, { kind: 'prequel' }],
      ['DELETE', `${at}/relations/${other.id}`],
      ['PUT', `${at}/orders/aired`, { episodeIds: [episode.id] }],
      ['DELETE', `${at}/orders/aired`],
      ['PUT', `${at}/seasons/1/episodes/1`, { name: 'x' }],
      ['PUT', `${at}/seasons/1/episodes/2`, { name: 'x' }],
      ['PATCH', `/api/admin/episodes/${episode.id}`, { name: 'x' }],
      ['DELETE', `/api/admin/episodes/${episode.id}`],
      ['DELETE', at],
    ];
    for (const [method, path, json] of changes)
      expect([method, path, (await send(method, path, { json, from: 99 })).status]).toEqual([
        method,
        path,
        412,
      ]);
    expect(await read(id)).toEqual(before);
  });

  it('changes both sides of a relation', async () => {
    const [one, other] = [await make('Side One'), await make('Side Other')];
    const answer = await send('PUT', `/api/admin/titles/${one.id}/relations/${other.id}`, {
      json: { kind: 'sequel' },
      from: one.revision,
    });
    expect(answer.headers.get('etag')).toBe(`"${one.revision + 1}"`);
    expect((await read(other.id)).revision).toBe(other.revision + 1);
  });
});

describe('an episode', () => {
  it('is read and changed by its id', async () => {
    const { id } = await make('By Id');
    const { id: episodeId, revision } = await episodeOf(id, 1);
    const path = `/api/admin/episodes/${episodeId}`;
    const changed = await send('PATCH', path, {
      json: { name: 'Dawn', translations: { ja: { name: '夜明け' } } },
      from: revision,
    });
    expect(changed.headers.get('etag')).toBe(`"${revision + 1}"`);
    const answer = await call('GET', path, { token });
    expect(await answer.json()).toMatchObject({
      name: 'Dawn',
      translations: { ja: { name: '夜明け' } },
      revision: revision + 1,
    });
    expect((await call('GET', '/api/admin/episodes/ep_nowhere0', { token })).status).toBe(404);
    expect((await send('PATCH', '/api/admin/episodes/ep_nowhere0', { json: {} })).status).toBe(404);
  });

  it('airs at no time that no calendar has, such as one in nanoseconds', async () => {
    const { id } = await make('Nanoseconds');
    const { id: episodeId } = await episodeOf(id, 1);
    const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
    const path = `/api/admin/episodes/${episodeId}`;
    expect((await send('PATCH', path, { json: { airsAt: latest } })).status).toBe(200);
    for (const format of ['csv', 'json'])
      expect((await call('GET', `/api/admin/titles/${id}/export?format=${format}`, { token })).status).toBe(
        200,
      );
    for (const airsAt of [latest + 1, 1.775e18])
      expect((await send('PATCH', path, { json: { airsAt } })).status).toBe(400);
    const bulk = { ids: [episodeId], moveAirsAt: 1 };
    const moved = await call('POST', '/api/admin/episodes/bulk', { token, json: bulk });
    expect(await moved.json()).toMatchObject({ items: [{ fate: 'refused' }] });
  });

  it('goes where it leaves no trace, and its season with the last of them', async () => {
    const { id } = await make('Goes');
    const { id: episodeId } = await episodeOf(id, 1);
    const season = `/api/admin/titles/${id}/seasons/1`;
    expect((await send('DELETE', season)).status).toBe(409);
    for (let twice = 0; twice < 2; twice++)
      expect((await send('DELETE', `/api/admin/episodes/${episodeId}`)).status).toBe(204);
    for (let twice = 0; twice < 2; twice++) expect((await send('DELETE', season)).status).toBe(204);
    expect(await read(id)).toMatchObject({ episodeList: [], seasonList: [] });
    for (let twice = 0; twice < 2; twice++)
      expect((await send('DELETE', `/api/admin/titles/${id}`)).status).toBe(204);
    expect((await call('GET', `/api/admin/titles/${id}`, { token })).status).toBe(404);
  });
});
