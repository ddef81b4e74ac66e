import { env } from 'cloudflare:workers';
import { asc, eq } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Overview } from '../../../schema/api/overview.ts';
import { users } from '../../../schema/db/accounts.ts';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { dailyShares, hourlyNumbers } from '../../../schema/db/insights.ts';
import { plays } from '../../../schema/db/library.ts';
import { assets, jobs } from '../../../schema/db/media.ts';
import { database } from '../../platform/db.ts';
import { platform, type Platform } from '../../platform/platform.ts';
import { episodeWith } from '../../playback/playback.fixture.ts';
import { call } from '../../testing/call.ts';
import { bearer } from '../../testing/sign-in.ts';
import { sweep } from '../sweeper.ts';
import { kindsFor } from './attention.ts';
import { DAY, dayOf, firstDay, HOUR } from './days.ts';
import { overviewRows } from './queries.ts';
import { rollUp, sweepNumbers } from './roll-up.ts';

const db = database(env.DB);
const NOW = Date.now();
const TODAY = dayOf(NOW);
const at = (time: number): Platform =>
  Object.create(platform(env), { now: { value: () => time } }) as Platform;
const overview = async (role: 'editor' | 'moderator' | 'admin' = 'admin') => {
  const answer = await call('GET', '/api/admin/overview', { token: await bearer(role) });
  expect(answer.status).toBe(200);
  return answer.json<Overview>();
};
const need = async (kind: string) => (await overview()).needs.find((one) => one.kind === kind);

let made = 0;
const play = (startedAt: number, over: Partial<typeof plays.$inferInsert> = {}) =>
  db.insert(plays).values({
    id: `ply_numbers${++made}`,
    titleId: 'ttl_seen',
    episodeId: 'ep_seen',
    licenceId: 'lic_x',
    country: 'JP',
    startedAt,
    lastAt: startedAt,
    periods: 1,
    seconds: 600,
    ...over,
  });
const somebody = (id: string, createdAt = 0) =>
  db.insert(users).values({
    id,
    name: id,
    email: `${id}@numbers.test`,
    createdAt: new Date(createdAt),
    updatedAt: new Date(0),
  });
const stored = () => db.select().from(hourlyNumbers).orderBy(asc(hourlyNumbers.hour));

beforeAll(async () => {
  await episodeWith('seen', []);
  await episodeWith('bare', []);
  await somebody('usr_a');
  await somebody('usr_b');
});
beforeEach(async () => {
  await db.delete(plays);
  await db.delete(hourlyNumbers);
  await db.delete(dailyShares);
});

it('reckons a day from what happened on it: the same however often, and each viewer once', async () => {
  const day = TODAY - 3 * DAY;
  await play(day + HOUR, { userId: 'usr_a' });
  await play(day + HOUR + 1, { userId: 'usr_b', country: 'DE', seconds: 60 });
  await play(day + 5 * HOUR, { userId: 'usr_a' });
  await play(day + 5 * HOUR, { country: null }); // an account that was deleted since then
  await play(day - 1);
  await play(day + DAY);
  await somebody('usr_new', day + 2 * HOUR);
  await rollUp(db, day, NOW);
  const first = await stored();
  expect(first).toHaveLength(24);
  expect(first[1]).toMatchObject({ hour: day + HOUR, plays: 2, seconds: 660, viewers: 2, accounts: 0 });
  expect(first[2]).toMatchObject({ plays: 0, accounts: 1 });
  expect(first[5]).toMatchObject({ plays: 2, seconds: 1200, viewers: 0 });
  expect(await db.select().from(dailyShares).where(eq(dailyShares.kind, 'country'))).toEqual([
    { day, kind: 'country', of: '', plays: 1, seconds: 600 },
    { day, kind: 'country', of: 'DE', plays: 1, seconds: 60 },
    { day, kind: 'country', of: 'JP', plays: 2, seconds: 1200 },
  ]);
  await Promise.all([rollUp(db, day, NOW), rollUp(db, day, NOW)]);
  expect(await stored()).toEqual(first);
});

it('makes up for days of which nothing is stored, and goes on with today', async () => {
  const run = TODAY + 10 * 60_000; // in the small hours yesterday is still being written
  for (let i = 0; i < 5; i++) await sweepNumbers(at(run + i * 10 * 60_000));
  expect((await stored())[0]?.hour).toBe(firstDay(run));
  await play(TODAY - HOUR);
  await play(TODAY + HOUR);
  await sweepNumbers(at(TODAY + 2 * HOUR));
  const { today, days, titles: watched, countries } = await overview();
  expect(days.at(-2)).toMatchObject({ plays: 1, minutes: 10 });
  expect(today).toMatchObject({ plays: 1, minutes: 10 });
  expect(watched).toEqual([{ id: 'ttl_seen', name: 'seen', plays: 2, minutes: 20 }]);
  expect(countries).toEqual([{ code: 'JP', plays: 2, minutes: 20 }]);
});

it('counts encodes that finished, and how long they took', async () => {
  const job = (id: string, over: Partial<typeof jobs.$inferInsert>) =>
    db.insert(jobs).values({
      id: `job_${id}`,
      assetId: 'ast_seen',
      episodeId: 'ep_seen',
      state: 'ready',
      publishWhenReady: false,
      createdAt: TODAY - DAY - HOUR,
      updatedAt: 0,
      finishedAt: TODAY - DAY + HOUR,
      ...over,
    });
  await job('done', {});
  await job('failed', { state: 'failed' });
  await job('amended', { change: { kind: 'remove', rendition: 'a1' } as never });
  await rollUp(db, TODAY - DAY, NOW);
  expect((await overview()).days.at(-2)).toMatchObject({ encodes: 1, encodeMinutes: 120 });
  await db.delete(jobs);
});

it('names what failed and was not begun anew', async () => {
  const job = (id: string, createdAt: number, state: 'failed' | 'encoding') =>
    db.insert(jobs).values({
      id: `job_${id}`,
      assetId: 'ast_seen',
      episodeId: 'ep_seen',
      state,
      problem: state === 'failed' ? 'encode-failed' : null,
      publishWhenReady: false,
      createdAt,
      updatedAt: createdAt,
      finishedAt: state === 'failed' ? createdAt : null,
    });
  await job('old', NOW - 8 * DAY, 'failed');
  expect(await need('failed-jobs')).toBeUndefined();
  await job('late', NOW - HOUR, 'failed');
  expect(await need('failed-jobs')).toMatchObject({
    count: 1,
    more: false,
    first: [{ id: 'job_late', name: 'seen', episodeId: 'ep_seen', detail: 'encode-failed' }],
  });
  await job('again', NOW, 'encoding');
  expect(await need('failed-jobs')).toBeUndefined();
  await db.delete(jobs);
});

it('names what airs soon without media, what could be published, and what was refused', async () => {
  await db
    .update(episodes)
    .set({ assetId: null, readyAssetId: null, airsAt: NOW + 2 * DAY })
    .where(eq(episodes.id, 'ep_bare'));
  await db.update(assets).set({ verified: false }).where(eq(assets.episodeId, 'ep_bare'));
  expect(await need('airing')).toMatchObject({ count: 1, first: [{ id: 'ep_bare', at: NOW + 2 * DAY }] });
  await db
    .update(episodes)
    .set({ airsAt: NOW + 8 * DAY })
    .where(eq(episodes.id, 'ep_bare'));
  expect(await need('airing')).toBeUndefined();
  await db.update(assets).set({ verified: true }).where(eq(assets.episodeId, 'ep_bare'));
  expect((await need('ready'))?.first.map(({ id }) => id)).toContain('ep_bare');
  await db
    .update(episodes)
    .set({ publishAt: NOW + HOUR })
    .where(eq(episodes.id, 'ep_bare'));
  expect((await need('ready'))?.first.map(({ id }) => id) ?? []).not.toContain('ep_bare');
  await db
    .update(episodes)
    .set({ publishAt: null, publishRefused: 'A warning blocks it.' })
    .where(eq(episodes.id, 'ep_bare'));
  expect((await need('publish-refused'))?.first[0]).toMatchObject({ detail: 'A warning blocks it.' });
});

it('shows each role what it can do something about', async () => {
  expect((await overview('editor')).needs.map(({ kind }) => kind)).toContain('posterless');
  expect((await overview('moderator')).needs.map(({ kind }) => kind)).not.toContain('posterless');
  expect(kindsFor('moderator')).toEqual(['notices']);
  const answer = await call('GET', '/api/admin/overview', { token: await bearer('viewer') });
  expect(answer.status).toBe(403);
});

it('says which sweep fails until it runs through again', async () => {
  const broken = () => Promise.reject(new Error('out of tea'));
  Object.defineProperty(broken, 'name', { value: 'sweepTea' });
  await sweep(at(NOW), [broken]);
  await sweep(at(NOW + 60_000), [broken]);
  expect(await need('sweeps')).toMatchObject({
    count: 1,
    first: [{ id: 'sweepTea', at: NOW, detail: 'out of tea' }],
  });
  const mended = () => Promise.resolve();
  Object.defineProperty(mended, 'name', { value: 'sweepTea' });
  await sweep(at(NOW), [mended]);
  expect(await need('sweeps')).toBeUndefined();
});

it('reads some hundred rows of each list, however long they are', async () => {
  const rows = JSON.stringify(Array.from({ length: 3_000 }, (_, i) => i));
  await env.DB.batch([
    env.DB.prepare(
      `insert into titles (id, slug, kind, name_main, status, age_rating, created_at, updated_at)
       select 'ttl_many' || value, 'many-' || value, 'series', 'Many ' || value, 'airing', 'all', value, value from json_each(?)`,
    ).bind(rows),
    env.DB.prepare(
      `insert into seasons (id, title_id, number) select 'sea_many' || value, 'ttl_many' || value, 1 from json_each(?)`,
    ).bind(rows),
    env.DB.prepare(
      `insert into episodes (id, title_id, season_id, season, number, airs_at, created_at, updated_at)
       select 'ep_many' || value, 'ttl_many' || value, 'sea_many' || value, 1, 1, ? + value * 1000, 0, value from json_each(?)`,
    ).bind(NOW, rows),
    env.DB.prepare(
      `insert into plays (id, title_id, episode_id, licence_id, started_at, last_at, periods, seconds)
       select 'ply_many' || value, 'ttl_many' || value, 'ep_many' || value, 'lic_x', ?, ?, 1, 60 from json_each(?)`,
    ).bind(TODAY, TODAY, rows),
  ]);
  for (let day = firstDay(NOW); day <= TODAY; day += DAY) await rollUp(db, day, NOW);
  let read = 0;
  const metered = new Proxy(env.DB, {
    get(target, name) {
      if (name !== 'batch') return (Reflect.get(target, name) as () => unknown).bind(target);
      return async (statements: D1PreparedStatement[]) => {
        const results = await target.batch(statements);
        read += results.reduce((sum, { meta }) => sum + meta.rows_read, 0);
        return results;
      };
    },
  });
  const { needing } = await overviewRows(database(metered), kindsFor('admin'), NOW);
  expect(Object.fromEntries(needing)['posterless']).toHaveLength(101);
  expect(Object.fromEntries(needing)['airing']).toHaveLength(101);
  expect(read).toBeLessThan(2_500);
  expect((await db.select().from(dailyShares).where(eq(dailyShares.kind, 'title'))).length).toBe(50);
  await db.delete(plays);
  await db.delete(titles).where(eq(titles.kind, 'series'));
});
