import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import type { Campaign, CampaignNumbers, CampaignRow, NewCampaign } from '../../schema/api/ads.ts';
import type { AdminTitleDetail } from '../../schema/api/editing.ts';
import { campaignHours, campaigns } from '../../schema/db/ads.ts';
import { auditEntries } from '../../schema/db/audit.ts';
import { titles } from '../../schema/db/catalog.ts';
import type { ProblemDocument } from '../../schema/problem.ts';
import type { Page } from '../../schema/api/page.ts';
import type { Id } from '../../schema/ids.ts';
import { database } from '../platform/db.ts';
import { platform } from '../platform/platform.ts';
import { viewerWith } from '../playback/playback.fixture.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { creative, interrupted, noCampaigns, watch } from './ads.fixture.ts';
import { paceOf } from './numbers.ts';
import { sweepCampaigns } from './sweep.ts';

const db = database(env.DB);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
afterEach(noCampaigns);

const ask = async (method: string, path: string, json?: unknown) =>
  call(method, `/api/admin/campaigns${path}`, {
    token: await bearer('admin'),
    ...(json === undefined ? {} : { json }),
  });
const tea = { name: 'Spring', advertiser: 'Kotori Tea' };
const make = async (fields: Partial<NewCampaign> = {}) =>
  (await ask('POST', '', { ...tea, ...fields })).json<Campaign>();
const pointers = async (answer: Response) => {
  expect(answer.status).toBe(400);
  return (await answer.json<ProblemDocument>()).errors?.map(({ pointer }) => pointer);
};

describe('a campaign', () => {
  it('is drafted, started, shown, paused, changed, ended; each stands in the log', async () => {
    const film = await creative('lifefilm');
    const { episodeId } = await interrupted('life', [0, 300, 600, 900]);
    const viewer = await viewerWith('adlife', 5);
    const { adverts } = await watch(viewer, episodeId);
    const draft = await make({ creativeEpisodeId: film, capPerDay: 9 });
    expect(draft).toMatchObject({ state: 'draft', shown: 0, creative: { fault: null, duration: null } });
    expect(await adverts(0)).toEqual([]);
    const at = `/${draft.id}`;
    expect(await (await ask('POST', `${at}/start`)).json<Campaign>()).toMatchObject({ state: 'running' });
    expect((await ask('POST', `${at}/start`)).status).toBe(200); // asked twice
    expect((await adverts(1)).map(({ told }) => told.advertiser)).toEqual(['Kotori Tea']);
    expect(await (await ask('PATCH', at, { advertiser: 'Suzume Tea' })).json()).toMatchObject({
      advertiser: 'Suzume Tea',
      capPerDay: 9,
    });
    expect((await adverts(2)).map(({ told }) => told.advertiser)).toEqual(['Suzume Tea']);
    const paused = await ask('POST', `${at}/pause`);
    expect(await paused.json()).toMatchObject({ state: 'paused' });
    expect(await adverts(3)).toEqual([]);
    expect(await (await ask('POST', `${at}/end`)).json()).toMatchObject({ state: 'ended' });
    for (const [method, path] of [
      ['POST', '/start'],
      ['POST', '/pause'],
      ['PATCH', ''],
      ['DELETE', ''],
    ] as const)
      expect((await ask(method, at + path, method === 'PATCH' ? { name: 'X' } : undefined)).status).toBe(409);
    const entries = await db.select().from(auditEntries).where(eq(auditEntries.rowId, draft.id));
    // Started twice is started once.
    expect(entries.map(({ op }) => op)).toEqual(['insert', 'update', 'update', 'update', 'update']);
    expect(entries[0]).toMatchObject({ kind: 'campaigns' });
  });

  it('is for admins', async () => {
    for (const role of ['viewer', 'moderator', 'editor'] as const)
      expect((await call('GET', '/api/admin/campaigns', { token: await bearer(role) })).status).toBe(403);
  });

  it('says what keeps it from being shown', async () => {
    const empty = await make();
    expect(await pointers(await ask('POST', `/${empty.id}/start`))).toEqual(['/creativeEpisodeId']);
    const published = await creative('publishedfilm');
    await db.update(titles).set({ draft: false }).where(eq(titles.id, 'ttl_publishedfilm'));
    const wrong = await make({ creativeEpisodeId: published, endsAt: Date.now() - 1 });
    expect(wrong.creative?.fault).toBe('title-published');
    expect(await pointers(await ask('POST', `/${wrong.id}/start`))).toEqual([
      '/creativeEpisodeId',
      '/endsAt',
    ]);
    const look = await call('GET', `/api/admin/creatives/ep_nothing`, { token: await bearer('admin') });
    expect(await look.json()).toMatchObject({ fault: 'gone' });
  });

  it('has to fit together', async () => {
    const cases: [object, string][] = [
      [{ startsAt: 2, endsAt: 2 }, '/endsAt'],
      [{ creativeEpisodeId: 'ep_nothing' }, '/creativeEpisodeId'],
      [{ vastUrl: 'http://ads.example/tag' }, '/vastUrl'],
      [{ vastUrl: 'https://10.0.0.1/tag' }, '/vastUrl'],
      [{ vastUrl: 'https://localhost/tag' }, '/vastUrl'],
      [{ vastUrl: 'https://[::1]/tag' }, '/vastUrl'],
      [{ vastUrl: 'https://0x7f.1/tag' }, '/vastUrl'],
      [{ vastUrl: 'https://metadata.google.internal/tag' }, '/vastUrl'],
      [{ vastUrl: 'https://ads.example:8443/tag' }, '/vastUrl'],
      [{ clickUrl: 'javascript:alert(1)' }, '/clickUrl'],
      [{ leastRating: '16', mostRating: '7' }, '/mostRating'],
      [{ cpm: 100 }, '/currency'],
      [{ countries: ['XX'] }, '/countries/0'],
      [{ countries: [] }, '/countries'],
    ];
    for (const [fields, pointer] of cases)
      expect(await pointers(await ask('POST', '', { ...tea, ...fields }))).toEqual([pointer]);
    const film = await creative('eitherfilm');
    const both = { creativeEpisodeId: film, vastUrl: 'https://ads.example/tag' };
    expect(await pointers(await ask('POST', '', { ...tea, ...both }))).toEqual(['/vastUrl']);
  });

  it('while it runs, stays one that can be shown', async () => {
    const { id } = await make({ creativeEpisodeId: await creative('runsfilm') });
    await ask('POST', `/${id}/start`);
    expect(await pointers(await ask('PATCH', `/${id}`, { creativeEpisodeId: null }))).toEqual([
      '/creativeEpisodeId',
    ]);
    expect((await ask('PATCH', `/${id}`, { priority: 9 })).status).toBe(200);
  });

  it('keeps the episode that it shows from being erased', async () => {
    const token = await bearer('admin');
    const title = await (
      await call('POST', '/api/admin/titles', { token, json: { names: { main: 'Spots' } } })
    ).json<{ id: string }>();
    const at = `/api/admin/titles/${title.id}`;
    await call('PUT', `${at}/seasons/1/episodes/1`, { token, json: { name: 'Spring' } });
    const { episodeList } = await (await call('GET', at, { token })).json<AdminTitleDetail>();
    const creativeEpisodeId = episodeList[0]!.id;
    const { id } = await make({ creativeEpisodeId });
    for (const path of [at, `/api/admin/episodes/${creativeEpisodeId}`])
      expect((await call('DELETE', path, { token })).status).toBe(409);
    await ask('DELETE', `/${id}`);
    expect((await call('DELETE', at, { token })).status).toBe(204);
  });

  it('that is a draft can be deleted; what is not there is 404', async () => {
    const { id } = await make();
    expect((await ask('DELETE', `/${id}`)).status).toBe(204);
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/start'],
      ['POST', '/pause'],
      ['GET', '/numbers'],
    ] as const)
      expect((await ask(method, `/${id}${path}`)).status).toBe(404);
  });
});

it('lists the newest first, by pages and by state', async () => {
  await db.delete(campaigns);
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) ids.unshift((await make({ name: `C${i}` })).id);
  const all: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const answer = await ask('GET', `?limit=2${next ? `&cursor=${next}` : ''}`);
    const page: Page<CampaignRow> = await answer.json();
    all.push(...page.items.map(({ id }) => id));
    next = page.next;
  }
  expect(all).toEqual(ids);
  expect(await (await ask('GET', '?state=running')).json()).toEqual({ items: [], next: null });
});

describe('numbers', () => {
  const hours = async (campaignId: Id<'campaign'>, at: readonly [number, number][]) => {
    const none = { q1: 0, q2: 0, q3: 0, q4: 0, skips: 0, clicks: 0 };
    for (const [hour, impressions] of at)
      await db.insert(campaignHours).values({ ...none, campaignId, hour, impressions, q1: impressions });
    const shown = at.reduce((sum, [, n]) => sum + n, 0);
    await db.update(campaigns).set({ shown }).where(eq(campaigns.id, campaignId));
  };

  it('are sums by hour and day, with what it pays and whether it will be met', async () => {
    const now = Date.now();
    const hour = now - (now % HOUR);
    const { id } = await make({
      goal: 1000,
      startsAt: now - 10 * DAY,
      endsAt: now + 10 * DAY,
      cpm: 1500,
      currency: 'jpy',
    });
    await hours(id, [
      [hour - 3 * DAY, 200],
      [hour - 2 * HOUR, 20],
      [hour - HOUR, 30],
    ]);
    const daily = await (await ask('GET', `/${id}/numbers`)).json<CampaignNumbers>();
    expect(daily.items.reduce((sum, { impressions }) => sum + impressions, 0)).toBe(250);
    expect(daily.items.every(({ at }) => at % DAY === 0)).toBe(true);
    expect(daily).toMatchObject({ by: 'day', shown: 250, millis: 375_000 });
    expect(daily.pace).toMatchObject({ goal: 1000, expected: 500, forecast: 750, meets: false, metAt: null });
    const hourly = await (await ask('GET', `/${id}/numbers?by=hour`)).json<CampaignNumbers>();
    expect(hourly.items.map(({ at, q1 }) => [at, q1])).toEqual(
      expect.arrayContaining([
        [hour - 2 * HOUR, 20],
        [hour - HOUR, 30],
      ]),
    );
  });

  it('forecast by the last day, or since the beginning where that is less', () => {
    const now = 100 * DAY;
    const goal = { startsAt: now - 10 * DAY, endsAt: now + 10 * DAY, goal: 1000, shown: 500 };
    expect(paceOf(goal, 50, now)).toMatchObject({
      expected: 500,
      forecast: 1000,
      meets: true,
      metAt: now + 10 * DAY,
    });
    expect(paceOf({ ...goal, startsAt: now - DAY / 2, shown: 50 }, 50, now)).toMatchObject({
      forecast: 1050,
    });
    expect(paceOf({ ...goal, startsAt: now + DAY, shown: 0 }, 0, now)).toMatchObject({
      expected: 0,
      forecast: 0,
      meets: false,
    });
    expect(paceOf({ ...goal, shown: 1000 }, 0, now)).toMatchObject({ meets: true, metAt: now });
    expect(paceOf({ ...goal, goal: null }, 50, now)).toBeNull();
    expect(paceOf({ ...goal, endsAt: null }, 50, now)).toBeNull();
  });

  it('a campaign ends with its time, and when it has what was bought', async () => {
    const [over, met, on] = [
      await make({ creativeEpisodeId: await creative('overfilm'), endsAt: Date.now() + DAY }),
      await make({ creativeEpisodeId: await creative('metfilm'), goal: 2 }),
      await make({ creativeEpisodeId: await creative('onfilm'), goal: 3 }),
    ];
    for (const { id } of [over, met, on]) await ask('POST', `/${id}/start`);
    await db
      .update(campaigns)
      .set({ endsAt: Date.now() - 1 })
      .where(eq(campaigns.id, over.id));
    for (const { id } of [met, on]) await db.update(campaigns).set({ shown: 2 }).where(eq(campaigns.id, id));
    await sweepCampaigns(platform(env));
    const states = await Promise.all(
      [over, met, on].map(async ({ id }) => (await (await ask('GET', `/${id}`)).json<Campaign>()).state),
    );
    expect(states).toEqual(['ended', 'ended', 'running']);
  });
});
