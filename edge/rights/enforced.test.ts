import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Play } from '../../schema/api/playback.ts';
import type { Licence, Takedown } from '../../schema/api/rights.ts';
import { purchases } from '../../schema/db/billing.ts';
import { episodes, titles } from '../../schema/db/catalog.ts';
import { profiles } from '../../schema/db/profiles.ts';
import { licences } from '../../schema/db/rights.ts';
import { ProblemDocument } from '../../schema/problem.ts';
import { database } from '../platform/db.ts';
import { episodeWith, viewerWith, worldWide } from '../playback/playback.fixture.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';

// What rights do to plays, over HTTP.

const SECOND = 1000;
const HOUR = 3_600_000;
const db = database(env.DB);
/** The clocks of isolates and objects differ, and so what is decided around a revocation counts as decided before it (ADR 0047). */
const pass = () => vi.setSystemTime(Date.now() + 30 * SECOND);
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

type Viewer = Awaited<ReturnType<typeof viewerWith>>;
const ask = ({ ask }: Viewer, episodeId: string) =>
  ask('POST', `/api/episodes/${episodeId}/hls`, { beginsRental: true });
async function refusal(viewer: Viewer, episodeId: string) {
  const answer = await ask(viewer, episodeId);
  const problem = v.parse(ProblemDocument, await answer.json());
  expect(answer.status).toBe(problem.status);
  return problem;
}
async function play(viewer: Viewer, episodeId: string) {
  const answer = await ask(viewer, episodeId);
  expect(answer.status).toBe(200);
  const started = v.parse(Play, await answer.json());
  const key = (period: number) =>
    call('GET', new URL(started.masterUrl).pathname.replace('master.m3u8', `key/${period}`));
  return { ...started, key };
}
const as = (role: 'editor' | 'moderator') => async (method: string, path: string, json?: unknown) =>
  call(method, path, { token: await bearer(role), json });

it('opens an episode to the second: early for those whose plan says so, for others when it airs, for nobody before', async () => {
  const airsAt = Math.ceil(Date.now() / SECOND) * SECOND + 5 * HOUR;
  const premiere = await viewerWith('premiere', 4);
  const later = await viewerWith('later', 4);
  const { episodeId } = await episodeWith(
    'timelocked',
    [{ ...worldWide, models: ['subscription'], earlyAccess: [{ plan: 'premiere', ms: 3 * HOUR }] }],
    { airsAt },
  );
  const early = airsAt - 3 * HOUR;
  for (const at of [Date.now(), early - SECOND, early - 1]) {
    vi.setSystemTime(at);
    expect(await refusal(premiere, episodeId)).toMatchObject({ code: 'not-yet', retryAt: early });
    expect(await refusal(later, episodeId)).toMatchObject({
      code: 'not-yet',
      retryAt: airsAt,
      offer: { at: early, plans: ['premiere'], models: ['subscription'] },
    });
  }
  vi.setSystemTime(early);
  const first = await play(premiere, episodeId);
  expect((await first.key(0)).status).toBe(200);
  for (const at of [early, early + SECOND, airsAt - SECOND, airsAt - 1]) {
    vi.setSystemTime(at);
    expect(await refusal(later, episodeId)).toMatchObject({
      code: 'not-yet',
      retryAt: airsAt,
      offer: { at, plans: ['premiere'] },
    });
  }
  vi.setSystemTime(airsAt);
  expect((await (await play(later, episodeId)).key(0)).status).toBe(200);
});

it('says what would open it: a plan, or a payment', async () => {
  const viewer = await viewerWith('offered', 1);
  const { episodeId } = await episodeWith('offer', [{ ...worldWide, models: ['rental', 'purchase'] }]);
  expect(await refusal(viewer, episodeId)).toMatchObject({
    status: 402,
    code: 'purchase-required',
    offer: { models: ['rental', 'purchase'], plans: null },
  });
});

describe('a rental', () => {
  const rent = async (viewer: Viewer, name: string, terms: Partial<typeof purchases.$inferInsert>) => {
    const { episodeId } = await episodeWith(name, [{ ...worldWide, models: ['rental'] }]);
    const row = { id: `pur_${name}`, titleId: `ttl_${name}`, userId: viewer.userId, kind: 'rental' } as const;
    await db.insert(purchases).values({ ...row, boughtAt: 0, ...terms });
    const begunAt = async () =>
      (await db.select().from(purchases).where(eq(purchases.id, row.id)))[0]?.begunAt;
    return { episodeId, begunAt };
  };

  it('begins at its first play, once, however many begin it at the same moment', async () => {
    const viewer = await viewerWith('renter', 9);
    const { episodeId, begunAt } = await rent(viewer, 'rented', { playsForMs: 3 * HOUR });
    expect(await begunAt()).toBeNull();
    const all = await Promise.all(Array.from({ length: 6 }, () => play(viewer, episodeId)));
    const begun = (await begunAt())!;
    expect(begun).toBe(Date.now());
    expect(new Set(all.map(({ until }) => until))).toEqual(
      new Set([Math.floor((begun + 3 * HOUR) / SECOND) * SECOND]),
    );
    vi.setSystemTime(begun + 3 * HOUR - 1);
    expect((await ask(viewer, episodeId)).status).not.toBe(402);
    vi.setSystemTime(begun + 3 * HOUR);
    expect(await refusal(viewer, episodeId)).toMatchObject({ code: 'purchase-required' });
    expect(await begunAt()).toBe(begun);
  });

  it('is not begun by who was not told, nor by asking whether it plays', async () => {
    const viewer = await viewerWith('untold', 2);
    const terms = { playsForMs: 48 * HOUR, beginBy: Date.now() + HOUR };
    const { episodeId, begunAt } = await rent(viewer, 'untold', terms);
    const grant = await viewer.ask('GET', `/api/episodes/${episodeId}/grant`);
    expect(await grant.json()).toEqual({ model: 'rental', rental: terms });
    const untold = await viewer.ask('POST', `/api/episodes/${episodeId}/hls`);
    expect(await untold.json()).toMatchObject({ status: 409, code: 'rental-begins', rental: terms });
    expect(await begunAt()).toBeNull();
    await play(viewer, episodeId);
    const again = await viewer.ask('POST', `/api/episodes/${episodeId}/hls`);
    expect(again.status).not.toBe(409);
  });

  it('has to be begun in time, and begins nothing where the play is refused', async () => {
    const viewer = await viewerWith('slow', 1);
    const other = await episodeWith('slowother', [worldWide]);
    const beginBy = Date.now() + 5 * SECOND;
    const { episodeId, begunAt } = await rent(viewer, 'unbegun', { playsForMs: HOUR, beginBy });
    const elsewhere = await play(viewer, other.episodeId);
    expect((await elsewhere.key(0)).status).toBe(200);
    expect(await refusal(viewer, episodeId)).toMatchObject({ code: 'too-many-streams' });
    expect(await begunAt()).toBeNull();
    vi.setSystemTime(beginBy);
    expect(await refusal(viewer, episodeId)).toMatchObject({ code: 'purchase-required' });
  });
});

it('keeps a profile from what is above its age', async () => {
  const viewer = await viewerWith('young', 1);
  const { episodeId } = await episodeWith('grownup', [worldWide]);
  await db.update(titles).set({ ageRating: '16' }).where(eq(titles.id, 'ttl_grownup'));
  await play(viewer, episodeId); // makes the first profile, which may watch anything
  await db.update(profiles).set({ ageCeiling: '12' }).where(eq(profiles.userId, viewer.userId));
  const refused = await refusal(viewer, episodeId);
  expect(refused).toMatchObject({ status: 403, code: 'age-restricted' });
  expect(refused).not.toHaveProperty('retryAt');
});

describe('a licence that ends while somebody watches', () => {
  it.each([
    ['is revoked', 'revoke', { reason: 'the contract ended' }, 'not-in-territory'],
    ['is amended', 'amend', { reason: 'HD was agreed', licence: { ...open(), maxHeight: 1080 } }, null],
  ])(
    '%s: the next key is refused, and who still may goes on with a fresh play',
    async (_, does, json, then) => {
      const viewer = await viewerWith(`during${does}`, 2);
      const { episodeId } = await episodeWith(`ends${does}`, [worldWide]);
      const watched = await play(viewer, episodeId);
      expect((await watched.key(0)).status).toBe(200);
      pass();
      const done = await as('editor')('POST', `/api/admin/licences/lic_ends${does}0/${does}`, json);
      expect((await done.json<Licence>()).titleId).toBe(`ttl_ends${does}`);
      const key = await watched.key(1);
      expect(key.status).toBe(403);
      expect(await key.json()).toMatchObject({ code: 'stream-ended', because: 'rights-changed' });
      pass();
      const again = await ask(viewer, episodeId);
      expect([again.status, (await again.json<{ code?: string }>()).code ?? null]).toEqual([
        then ? 451 : 200,
        then,
      ]);
    },
  );

  it('was amended by a call that broke off: asking again makes sure of the streams', async () => {
    const viewer = await viewerWith('brokenoff', 2);
    const { episodeId } = await episodeWith('brokeoff', [worldWide]);
    const watched = await play(viewer, episodeId);
    pass();
    await db
      .update(licences)
      .set({ endedAt: Date.now(), endedBecause: 'Amended: HD was agreed' })
      .where(eq(licences.id, 'lic_brokeoff0'));
    const amendment = { reason: 'HD was agreed', licence: open() };
    const again = await as('editor')('POST', '/api/admin/licences/lic_brokeoff0/amend', amendment);
    expect(again.status).toBe(409);
    expect(await (await watched.key(1)).json()).toMatchObject({ because: 'rights-changed' });
  });
});

describe('who watches an earlier version', () => {
  it.each([
    ['another one is published', 'next', `ast_next2`],
    ['the episode is unpublished', 'gone', null],
  ] as const)('goes on when %s, and is reached by a takedown', async (_, name, now) => {
    const viewer = await viewerWith(`earlier${name}`, 2);
    const { episodeId } = await episodeWith(name, [worldWide]);
    const watched = await play(viewer, episodeId);
    await db.update(episodes).set({ assetId: now }).where(eq(episodes.id, episodeId));
    pass();
    expect((await watched.key(0)).status).toBe(200);
    await as('moderator')('POST', `/api/admin/episodes/${episodeId}/takedown`, { reason: 'notice' });
    expect(await (await watched.key(1)).json()).toMatchObject({ because: 'taken-down' });
  });
});

describe('a takedown', () => {
  const seen = async (path: string) => (await call('GET', path)).status;
  const listed = async (path: string) => {
    const { items } = await (await call('GET', path)).json<{ items: object[] }>();
    return JSON.stringify(items);
  };

  it.each([
    ['title', 'ttl'],
    ['episode', 'ep'],
  ])('of a %s ends its streams and hides it, until it is lifted', async (kind, prefix) => {
    const moderator = as('moderator');
    const name = `down${kind}`;
    const viewer = await viewerWith(`on${kind}`, 2);
    const { episodeId } = await episodeWith(name, [worldWide]);
    const watched = await play(viewer, episodeId);
    pass();

    const path = `/api/admin/${kind}s/${prefix}_${name}/takedown`;
    expect((await moderator('POST', path, {})).status).toBe(400);
    expect((await as('editor')('POST', path, { reason: 'notice' })).status).toBe(403);
    const made = await (await moderator('POST', path, { reason: 'notice of the owner' })).json<Takedown>();
    expect(made).toMatchObject({ reason: 'notice of the owner', by: 'usr_0testmoderator', liftedAt: null });
    // Asked for again, nothing changes.
    expect(await (await moderator('POST', path, { reason: 'another' })).json()).toEqual(made);

    expect(await (await watched.key(1)).json()).toMatchObject({ because: 'taken-down' });
    expect(await refusal(viewer, episodeId)).toMatchObject({ status: 451, code: 'taken-down' });
    expect(await seen(`/api/episodes/${episodeId}`)).toBe(451);
    expect(await listed('/api/episodes/recent')).not.toContain(episodeId);
    const wholeTitle = kind === 'title';
    expect(await seen(`/api/titles/${name}`)).toBe(wholeTitle ? 451 : 200);
    expect((await listed('/api/titles?sort=name')).includes(`ttl_${name}`)).toBe(!wholeTitle);
    const list = await (await moderator('GET', `/api/admin/titles/ttl_${name}/takedowns`)).json();
    expect(list).toEqual({ items: [made] });

    pass();
    const lifted = await moderator('POST', `${path}/lift`, { reason: 'it was a mistake' });
    expect(await lifted.json()).toMatchObject({ id: made.id, liftedBecause: 'it was a mistake' });
    expect((await moderator('POST', `${path}/lift`, { reason: 'again' })).status).toBe(409);
    expect(await seen(`/api/episodes/${episodeId}`)).toBe(200);
    expect(await seen(`/api/titles/${name}`)).toBe(200);
    expect(await listed('/api/titles?sort=name')).toContain(`ttl_${name}`);
    await play(viewer, episodeId);
  });

  it('knows what there is', async () => {
    const moderator = as('moderator');
    for (const path of ['titles/ttl_00000', 'episodes/ep_00000'])
      expect((await moderator('POST', `/api/admin/${path}/takedown`, { reason: 'none' })).status).toBe(404);
  });
});

function open() {
  return { territories: { mode: 'exclude', countries: [] }, startsAt: null, endsAt: null };
}
