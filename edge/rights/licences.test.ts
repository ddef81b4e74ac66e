import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Decision, Holdback, Licence, Licensor } from '../../schema/api/rights.ts';
import { issueToken, TOOL_MS } from '../accounts/tokens.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { episodeWith, worldWide } from '../playback/playback.fixture.ts';

let token: string;
let admin: string;
let path: string;
beforeAll(async () => {
  [token, admin] = await Promise.all([bearer('editor'), bearer('admin')]);
  const made = await call('POST', '/api/admin/titles', { token, json: { names: { main: 'Licensed' } } });
  path = `/api/admin/titles/${(await made.json<{ id: string }>()).id}/licences`;
  const plan = { name: 'Premium', streams: 4, ads: false, downloads: true };
  await call('PUT', '/api/admin/plans/premium', { token: admin, json: plan });
});
const editor = {
  userId: 'usr_0testeditor',
  name: 'Test editor',
  email: 'editor@engawa.test',
  emailVerified: true,
  role: 'editor',
} as const;
const world = { territories: { mode: 'exclude', countries: [] }, startsAt: null, endsAt: null };
const list = async (at = path) =>
  (await (await call('GET', at, { token })).json<{ items: Licence[] }>()).items;
const add = async (json: object, at = path) =>
  (await call('POST', at, { token, json: { ...world, ...json } })).json<Licence>();
const send = (method: string, at: string, json?: unknown) => call(method, at, { token, json });

describe('licences', () => {
  it('are what was entered, free where nothing is said; the rest is open', async () => {
    const full = {
      season: 2,
      episodeFrom: 1,
      episodeTo: 12,
      territories: { mode: 'include', countries: ['JP', 'FR', 'JP'] },
      startsAt: 1_000,
      endsAt: 2_000,
      models: ['ads', 'subscription', 'ads'],
      maxHeight: 1080,
      audioLanguages: ['ja'],
      earlyAccess: [{ plan: 'premium', ms: 86_400_000 }],
      downloads: true,
    };
    const made = await send('POST', path, full);
    expect(made.status).toBe(201);
    const plain = await add({});
    expect(await list()).toMatchObject([
      { id: plain.id, ...world, models: ['free'], maxHeight: null, season: null, endedAt: null },
      {
        ...full,
        territories: { mode: 'include', countries: ['JP', 'FR'] },
        models: ['ads', 'subscription'],
        amends: null,
      },
    ]);
  });

  it('are amended by one that takes their place, and once only', async () => {
    const first = await add({ maxHeight: 720 });
    const amend = (id: string) =>
      send('POST', `/api/admin/licences/${id}/amend`, {
        reason: 'HD was agreed',
        licence: { ...world, maxHeight: 1080 },
      });
    const both = await Promise.all([amend(first.id), amend(first.id)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    const second = await both.find(({ status }) => status === 201)!.json<Licence>();
    expect(second).toMatchObject({ amends: first.id, maxHeight: 1080, endedAt: null });
    const rows = await list();
    expect(rows.find(({ id }) => id === first.id)).toMatchObject({
      endedAt: second.createdAt,
      endedBecause: 'Amended: HD was agreed',
    });
    expect(rows.filter(({ amends }) => amends === first.id)).toHaveLength(1);
    const again = await amend(first.id);
    expect(await again.json()).toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('Amended'),
    });
  });

  it('are revoked only by somebody who signed in of late', async () => {
    const { id } = await add({});
    const { token: old } = await issueToken(
      env.PUBLIC_ORIGIN,
      env.AUTH_SIGNING_KEY,
      { ...editor, provedAt: Date.now() - 3_600_000 },
      Date.now(),
      TOOL_MS,
    );
    const revoke = { reason: 'The contract is over' };
    const answer = await call('POST', `/api/admin/licences/${id}/revoke`, { token: old, json: revoke });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'step-up-required' });
  });

  it('are revoked for good, with a reason, as often as it is asked', async () => {
    const { id } = await add({});
    const revoke = (json: object) => send('POST', `/api/admin/licences/${id}/revoke`, json);
    expect((await revoke({})).status).toBe(400);
    const once = await (await revoke({ reason: 'not paid' })).json<Licence>();
    expect(once).toMatchObject({ endedBecause: 'Revoked: not paid' });
    expect(await (await revoke({ reason: 'another' })).json()).toEqual(once);
    expect((await send('POST', '/api/admin/licences/lic_0000000/revoke', { reason: 'none' })).status).toBe(
      404,
    );
  });

  it.each([
    [
      'countries that are none',
      { territories: { mode: 'include', countries: ['JP', 'XX'] } },
      '/territories/countries/1',
      '"XX" is no ISO 3166-1 alpha-2 code',
    ],
    [
      'an include of nowhere',
      { territories: { mode: 'include', countries: [] } },
      '/territories',
      'at least one',
    ],
    ['a window that ends before it begins', { startsAt: 2, endsAt: 2 }, '/endsAt', 'later than startsAt'],
    ['a range without a season', { episodeFrom: 3 }, '/season', 'name it'],
    ['a range the wrong way round', { season: 1, episodeFrom: 3, episodeTo: 2 }, '/episodeTo', 'episodeFrom'],
    ['no model', { models: [] }, '/models', 'at least one'],
    ['an unknown plan', { earlyAccess: [{ plan: 'gold', ms: 5 }] }, '/earlyAccess/0/plan', 'no plan gold'],
    ['an unknown licensor', { licensorId: 'lsr_000000' }, '/licensorId', 'no such licensor'],
    ['a height of nothing', { maxHeight: 0 }, '/maxHeight', ''],
    ['a language that is none', { audioLanguages: ['Japanese!'] }, '/audioLanguages/0', ''],
  ])('refuse %s, in words', async (_, json, pointer, detail) => {
    const answer = await send('POST', path, { ...world, ...json });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      errors: [{ pointer, detail: expect.stringContaining(detail) }],
    });
  });

  it('know which titles there are', async () => {
    const nowhere = '/api/admin/titles/ttl_0000000/licences';
    expect((await send('GET', nowhere)).status).toBe(404);
    expect((await send('POST', nowhere, world)).status).toBe(404);
  });
});

describe('licensors and holdbacks', () => {
  it('are added, changed and taken away; a licensor that a licence names stays', async () => {
    const made = await send('POST', '/api/admin/licensors', { name: 'Kino' });
    const kino = await made.json<Licensor>();
    expect(kino).toMatchObject({ name: 'Kino', notes: null });
    expect((await send('POST', '/api/admin/licensors', { name: 'Kino' })).status).toBe(409);
    const changed = await send('PUT', `/api/admin/licensors/${kino.id}`, { name: 'Kino', notes: '№ 7' });
    expect(await changed.json()).toMatchObject({ notes: '№ 7', createdAt: kino.createdAt });
    await add({ licensorId: kino.id });
    expect((await send('DELETE', `/api/admin/licensors/${kino.id}`)).status).toBe(409);
    const other = await (await send('POST', '/api/admin/licensors', { name: 'Another' })).json<Licensor>();
    const all = await (await send('GET', '/api/admin/licensors')).json<{ items: Licensor[] }>();
    expect(all.items.map(({ name }) => name)).toEqual(['Another', 'Kino']);
    expect((await send('DELETE', `/api/admin/licensors/${other.id}`)).status).toBe(204);
    expect((await send('DELETE', `/api/admin/licensors/${other.id}`)).status).toBe(404);
  });

  it('hold back every model unless some are named', async () => {
    const at = path.replace('licences', 'holdbacks');
    const held = await (await send('POST', at, { ...world, reason: 'cinema first' })).json<Holdback>();
    expect(held.models).toHaveLength(5);
    const one = `/api/admin/holdbacks/${held.id}`;
    const put = await send('PUT', one, { ...world, models: ['rental'], endsAt: 5 });
    expect(await put.json()).toEqual({ ...held, models: ['rental'], endsAt: 5, reason: null });
    expect(await (await send('GET', at)).json()).toMatchObject({ items: [{ id: held.id, endsAt: 5 }] });
    expect((await send('DELETE', one)).status).toBe(204);
    expect((await send('DELETE', one)).status).toBe(404);
    expect((await send('PUT', one, world)).status).toBe(404);
  });
});

describe('the decision explained', () => {
  it('says what a made-up viewer would be answered, and what each row says of it', async () => {
    const now = Date.now();
    const { episodeId } = await episodeWith('explained', [
      { ...worldWide, models: ['subscription'], maxHeight: 720 },
      { countries: ['FR'], endsAt: now - 1 },
      { countries: ['FR'], startsAt: now + 60_000 },
      { ...worldWide, endedAt: 5, endedBecause: 'Revoked: test' },
      { countries: ['JP'] },
      { ...worldWide, season: 9 },
    ]);
    const ask = async (query: string) =>
      (await send('GET', `/api/admin/episodes/${episodeId}/decision?${query}`)).json<Decision>();
    const verdicts = ({ licences }: Decision) =>
      Object.fromEntries(licences.map(({ id, verdict }) => [id.slice(-1), verdict]));
    const none = await ask('country=FR');
    expect(none).toMatchObject({
      granted: false,
      reason: 'plan-required',
      retryAt: now + 60_000,
      offer: { models: ['subscription'], plans: null },
    });
    expect(verdicts(none)).toEqual({
      '0': 'not-paid',
      '1': 'over',
      '2': 'to-come',
      '3': 'ended',
      '4': 'other-territory',
      '5': 'other-episodes',
    });
    const paying = await ask('country=FR&plan=premium');
    expect(paying).toMatchObject({
      granted: true,
      grant: { model: 'subscription', maxHeight: 720, until: null },
    });
    expect(verdicts(paying)['0']).toBe('chosen');
    expect(await ask('country=FR&at=1')).toMatchObject({ at: 1, granted: true, grant: { model: 'free' } });
    expect((await send('GET', `/api/admin/episodes/${episodeId}/decision?country=Japan`)).status).toBe(400);
    expect((await send('GET', `/api/admin/episodes/${episodeId}/decision?plan=gold`)).status).toBe(404);
    expect((await send('GET', '/api/admin/episodes/ep_00000/decision')).status).toBe(404);
  });

  it('looks at what somebody really has', async () => {
    const { episodeId } = await episodeWith('real', [{ ...worldWide, models: ['subscription'] }]);
    await bearer('viewer');
    const plan = '/api/admin/users/usr_0testviewer/plan';
    const path = `/api/admin/episodes/${episodeId}/decision?as=usr_0testviewer`;
    const ask = async () => (await call('GET', path, { token: admin })).json<Decision>();
    const byEditor = await call('GET', path, { token });
    expect([byEditor.status, await byEditor.json()]).toMatchObject([403, { code: 'not-allowed' }]);
    expect((await ask()).reason).toBe('plan-required');
    const until = Date.now() + 60_000;
    const put = (json: object) => call('PUT', plan, { token: admin, json });
    expect(await (await put({ planId: 'premium', until })).json()).toMatchObject({
      subscription: { planId: 'premium', until },
    });
    expect(await ask()).toMatchObject({ granted: true, grant: { until } });
    expect((await put({ planId: 'gold' })).status).toBe(404);
    expect((await put({ planId: 'premium', until: 5 })).status).toBe(400);
    expect((await call('PUT', plan, { token, json: { planId: null } })).status).toBe(403);
    await put({ planId: null });
    expect(await (await call('GET', plan, { token: admin })).json()).toEqual({ subscription: null });
    expect((await call('GET', '/api/admin/users/usr_00000/plan', { token: admin })).status).toBe(404);
  });
});

it('plans are public, by how many streams they have', async () => {
  await call('PUT', '/api/admin/plans/duo', {
    token: admin,
    json: { name: 'Duo', streams: 2, maxHeight: 1080, ads: true, downloads: false },
  });
  const answer = await call('GET', '/api/plans');
  expect(await answer.json()).toEqual({
    items: [
      {
        id: 'duo',
        name: 'Duo',
        streams: 2,
        maxHeight: 1080,
        rank: 1,
        ads: true,
        skipAds: false,
        downloads: false,
        trialDays: 0,
        sold: true,
        prices: [],
        earlyAccessMs: null,
      },
      {
        id: 'premium',
        name: 'Premium',
        streams: 4,
        maxHeight: null,
        rank: 1,
        ads: false,
        skipAds: false,
        downloads: true,
        trialDays: 0,
        sold: true,
        prices: [],
        earlyAccessMs: null, // the licence that gave it has ended
      },
    ],
    base: { streams: 1, maxHeight: null, ads: true, skipAds: false, downloads: false },
  });
  const json = { name: 'X', streams: 1, ads: true, downloads: false };
  expect((await call('PUT', '/api/admin/plans/free', { token, json })).status).toBe(403);
  expect((await call('PUT', '/api/admin/plans/Not_A_Word', { token: admin, json })).status).toBe(400);
});
