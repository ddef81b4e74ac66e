import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveStreams, Play } from '../../schema/api/playback.ts';
import { episodes } from '../../schema/db/catalog.ts';
import { plays, progress } from '../../schema/db/library.ts';
import { profiles } from '../../schema/db/profiles.ts';
import { sessions, users } from '../../schema/db/accounts.ts';
import { ProblemDocument } from '../../schema/problem.ts';
import { database } from '../platform/db.ts';
import { streams } from '../platform/streams.ts';
import { issueToken } from '../accounts/tokens.ts';
import { call } from '../testing/call.ts';
import { episodeWith, viewerWith, worldWide } from './playback.fixture.ts';
import { revokeStreams } from './revoke.ts';

const MINUTE = 60_000;
const db = database(env.DB);
const problem = async (answer: Response) => v.parse(ProblemDocument, await answer.json());
const accountOf = (userId: string) => env.VIEWER_ACCOUNT.getByName(userId);
const wait = (ms: number) => vi.setSystemTime(Date.now() + ms);

// The objects run in this isolate, and so by this clock; an alarm that is set for later is rung by hand.
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

type Viewer = Awaited<ReturnType<typeof viewerWith>>;
async function play({ ask }: Viewer, episodeId: string, body?: object) {
  const answer = await ask('POST', `/api/episodes/${episodeId}/hls`, body);
  expect(answer.status).toBe(200);
  const started = v.parse(Play, await answer.json());
  const key = (period: number) =>
    call('GET', new URL(started.masterUrl).pathname.replace('master.m3u8', `key/${period}`));
  const beat = (position: number, number: number, stopped = false) =>
    ask('POST', `/api/playback/${started.sessionId}/heartbeat`, { position, number, stopped });
  return { ...started, key, beat };
}
const progressOf = (episodeId: `ep_${string}`) =>
  db.select().from(progress).where(eq(progress.episodeId, episodeId));
const playOf = (id: Play['sessionId']) => db.select().from(plays).where(eq(plays.id, id));
/** Rings the alarm if it is due by the clock of the test. */
async function ringIfDue(userId: string): Promise<void> {
  const at = await runInDurableObject(accountOf(userId), (_, { storage }) => storage.getAlarm());
  if (at !== null && at <= Date.now()) await runDurableObjectAlarm(accountOf(userId));
}
/** From now on the account's object asks a D1 of the test's own making. @returns how often it asked */
async function withD1(userId: string, batch: typeof env.DB.batch): Promise<() => number> {
  let asked = 0;
  const counting = new Proxy(env.DB, {
    get(target, name) {
      if (name === 'prepare') return target.prepare.bind(target);
      asked += 1;
      return name === 'batch' ? batch : undefined;
    },
  });
  await runInDurableObject(accountOf(userId), (object) => {
    Reflect.set(object, 'env', { ...env, DB: counting });
  });
  return () => asked;
}

describe('as many streams as the plan allows', () => {
  it('the next device is told what plays where, and can play instead: the other gets no more keys', async () => {
    const { episodeId } = await episodeWith('streams', [worldWide]);
    const viewer = await viewerWith('two', 2);
    const tv = await play(viewer, episodeId, { device: 'The TV' });
    const phone = await play(viewer, episodeId);
    const third = await viewer.ask('POST', `/api/episodes/${episodeId}/hls`);
    expect(third.status).toBe(409);
    const refused = await problem(third);
    expect(refused.code).toBe('too-many-streams');
    expect(refused.streams?.map(({ sessionId }) => sessionId).sort()).toEqual(
      [tv.sessionId, phone.sessionId].sort(),
    );
    expect(refused.streams).toContainEqual(
      expect.objectContaining({ device: 'The TV', title: 'streams · S1 E1', sessionId: tv.sessionId }),
    );
    expect((await tv.key(0)).status).toBe(200);
    const here = await play(viewer, episodeId, { takeOver: tv.sessionId });
    const over = await tv.key(0);
    expect(over.status).toBe(403);
    expect(await problem(over)).toMatchObject({ code: 'stream-ended', because: 'taken-over' });
    expect(await problem(await tv.beat(60, 1))).toMatchObject({ because: 'taken-over' });
    for (const goesOn of [phone, here]) expect((await goesOn.key(0)).status).toBe(200);
  });

  it('holds over HTTP for eight at once, round after round', async () => {
    const { episodeId } = await episodeWith('race', [worldWide]);
    const viewer = await viewerWith('racer', 2);
    await play(viewer, episodeId); // which makes the first profile
    for (let round = 0; round < 6; round++) {
      wait(3 * MINUTE);
      const ask = () => viewer.ask('POST', `/api/episodes/${episodeId}/hls`);
      const answers = await Promise.all(Array.from({ length: 8 }, ask));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(6);
    }
  });

  it('a viewer sees their own, ends one from elsewhere, and touches nobody else’s', async () => {
    const { episodeId } = await episodeWith('mine', [worldWide]);
    const [viewer, other] = [await viewerWith('owner', 2), await viewerWith('stranger', 2)];
    const mine = await play(viewer, episodeId);
    const live = async ({ ask }: Viewer) =>
      v.parse(LiveStreams, await (await ask('GET', '/api/me/streams')).json());
    expect((await live(viewer)).items).toMatchObject([{ sessionId: mine.sessionId }]);
    expect((await live(other)).items).toEqual([]);
    const path = `/api/playback/${mine.sessionId}`;
    const beat = { position: 1, number: 1 };
    expect((await other.ask('POST', `${path}/heartbeat`, beat)).status).toBe(404);
    expect((await other.ask('DELETE', `/api/me/streams/${mine.sessionId}`)).status).toBe(404);
    expect((await other.ask('DELETE', path)).status).toBe(404);
    expect((await mine.key(0)).status).toBe(200);
    expect((await viewer.ask('DELETE', `/api/me/streams/${mine.sessionId}`)).status).toBe(204);
    expect(await problem(await mine.key(1))).toMatchObject({ because: 'ended' });
    expect((await live(viewer)).items).toEqual([]);
  });

  it('who paused for an hour goes on where nobody took the place; else is told so', async () => {
    const { episodeId } = await episodeWith('pause', [worldWide]);
    const viewer = await viewerWith('pauser', 1);
    const first = await play(viewer, episodeId);
    wait(60 * MINUTE);
    expect((await first.key(5)).status).toBe(200);
    wait(60 * MINUTE);
    const second = await play(viewer, episodeId);
    expect(await problem(await first.key(6))).toMatchObject({ code: 'stream-ended', because: 'expired' });
    await second.beat(1, 1, true);
    expect((await first.beat(300, 1)).status).toBe(204);
  });

  it.each([
    ['an account', 'signed-out'],
    ['an asset', 'taken-down'],
    ['a stream', 'ended'],
  ] as const)('revoking %s refuses the next key', async (what, because) => {
    const name = what.replaceAll(' ', '');
    const { episodeId, assetId } = await episodeWith(name, [worldWide]);
    const viewer = await viewerWith(`of${name}`, 2);
    const started = await play(viewer, episodeId);
    expect((await started.key(0)).status).toBe(200);
    const { userId } = viewer;
    const { sessionId } = started;
    const whose = { 'an account': { userId }, 'an asset': { assetId }, 'a stream': { userId, sessionId } }[
      what
    ];
    await revokeStreams({ streams: streams(env), now: Date.now }, whose);
    const refused = await started.key(0);
    expect(refused.status).toBe(403);
    expect(refused.headers.get('access-control-allow-origin')).toBe('*'); // or a player could not read why
    expect(await problem(refused)).toMatchObject({ code: 'stream-ended', because });
  });
});

describe('what was watched', () => {
  it('is written once a sitting of 24 minutes, of which nothing is lost when the tab dies', async () => {
    const { episodeId } = await episodeWith('sitting', [worldWide]);
    const viewer = await viewerWith('sitter', 1);
    const started = await play(viewer, episodeId);
    const asked = await withD1(viewer.userId, env.DB.batch.bind(env.DB));
    const account = streams(env).account(viewer.userId);
    let number = 0;
    for (let second = 0; second < 1380; second += 20) {
      // Past the rate-limit binding, whose minute is a real one.
      if (second % 60 === 0) await account.key(started.sessionId, second / 60);
      expect((await started.beat(second, number++)).status).toBe(204);
      await ringIfDue(viewer.userId);
      wait(20_000);
    }
    expect(asked()).toBe(0);
    wait(3 * MINUTE); // and no word more
    await ringIfDue(viewer.userId);
    expect(asked()).toBe(1);
    expect(await progressOf(episodeId)).toMatchObject([{ position: 1360, duration: 1440, completed: false }]);
    expect(await playOf(started.sessionId)).toMatchObject([
      {
        userId: viewer.userId,
        episodeId,
        licenceId: 'lic_sitting0',
        planId: 'sitter',
        periods: 23,
        seconds: 1380,
      },
    ]);
    await ringIfDue(viewer.userId);
    expect(asked()).toBe(1);
    expect((await play(viewer, episodeId)).resumeAt).toBe(1360);
  });

  it('is written at once when the viewer stops; what comes late or again moves nothing back', async () => {
    const { episodeId } = await episodeWith('stops', [worldWide]);
    const viewer = await viewerWith('stopper', 1);
    const started = await play(viewer, episodeId);
    await started.key(0);
    await started.beat(700, 5);
    for (const late of [4, 5]) expect((await started.beat(100, late)).status).toBe(204);
    await started.beat(720, 6, true);
    await vi.waitFor(async () => expect(await progressOf(episodeId)).toMatchObject([{ position: 720 }]));
    expect((await play(viewer, episodeId)).resumeAt).toBe(720); // the place is free, too
  });

  it('is known to the next play before it is written, on any device', async () => {
    const { episodeId } = await episodeWith('unwritten', [worldWide]);
    const viewer = await viewerWith('mover', 2);
    const tv = await play(viewer, episodeId);
    expect(tv.resumeAt).toBeNull();
    await tv.beat(333, 1);
    expect(await progressOf(episodeId)).toEqual([]);
    expect((await play(viewer, episodeId)).resumeAt).toBe(333);
    await tv.beat(1430, 2); // seen to its end
    expect((await play(viewer, episodeId, { takeOver: tv.sessionId })).resumeAt).toBeNull();
  });

  it('is counted by keys alone where no word of ours ever runs', async () => {
    const { episodeId } = await episodeWith('keys', [worldWide]);
    const viewer = await viewerWith('mpvuser', 1);
    const started = await play(viewer, episodeId);
    for (const period of [0, 1, 1, 2]) await started.key(period);
    await viewer.ask('DELETE', `/api/playback/${started.sessionId}`);
    await vi.waitFor(async () =>
      expect(await playOf(started.sessionId)).toMatchObject([{ periods: 3, seconds: 180 }]),
    );
    expect(await progressOf(episodeId)).toMatchObject([{ position: 120 }]);
    expect(await problem(await started.key(3))).toMatchObject({ because: 'stopped' });
  });

  it('waits where D1 does not answer, and is written when it does', async () => {
    const { episodeId } = await episodeWith('outage', [worldWide]);
    const viewer = await viewerWith('patient', 1);
    const started = await play(viewer, episodeId);
    const silence = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const asked = await withD1(viewer.userId, () => Promise.reject(new Error('D1 is not there')));
    await started.key(0);
    await started.beat(60, 1, true);
    await vi.waitFor(() => expect(asked()).toBe(1));
    expect((await started.key(1)).status).toBe(200); // viewers notice nothing
    expect(asked()).toBe(1); // and D1 is left alone for a while
    await withD1(viewer.userId, env.DB.batch.bind(env.DB));
    wait(20_000);
    await ringIfDue(viewer.userId);
    wait(3 * MINUTE);
    await ringIfDue(viewer.userId);
    expect(await playOf(started.sessionId)).toMatchObject([{ periods: 2 }]);
    silence.mockRestore();
  });

  it('is written again without harm, keeps the newest position, and leaves out what has been deleted', async () => {
    const { episodeId } = await episodeWith('again', [worldWide]);
    const viewer = await viewerWith('twice', 2);
    const old = await play(viewer, episodeId);
    await old.key(0);
    await old.beat(100, 1);
    wait(1000);
    const newer = await play(viewer, episodeId);
    await newer.beat(500, 1, true);
    await vi.waitFor(async () => expect(await progressOf(episodeId)).toMatchObject([{ position: 500 }]));
    wait(3 * MINUTE);
    await ringIfDue(viewer.userId); // the older one ends now
    expect(await progressOf(episodeId)).toMatchObject([{ position: 500 }]);
    expect(await playOf(old.sessionId)).toHaveLength(1);

    const last = await play(viewer, episodeId);
    await last.key(0);
    await last.beat(900, 1);
    await db.delete(profiles).where(eq(profiles.userId, viewer.userId));
    await db.delete(users).where(eq(users.id, viewer.userId));
    wait(3 * MINUTE);
    await ringIfDue(viewer.userId);
    expect(await playOf(last.sessionId)).toMatchObject([{ userId: null, periods: 1 }]);
    expect(await progressOf(episodeId)).toEqual([]);
  });

  it('of an episode that was unpublished goes on: who watches keeps what they began with', async () => {
    const { episodeId } = await episodeWith('unpublished', [worldWide]);
    const started = await play(await viewerWith('keeper', 1), episodeId);
    await db.update(episodes).set({ publishedAt: null, assetId: null }).where(eq(episodes.id, episodeId));
    expect((await started.key(3)).status).toBe(200);
  });
});

it('a device that has been signed out starts no other play, whatever its token still says', async () => {
  const { episodeId } = await episodeWith('outsider', [worldWide]);
  const { userId } = await viewerWith('outsider', 1);
  const at = new Date();
  const actor = { userId, name: 'x', email: 'x@engawa.test', emailVerified: true, role: 'viewer' } as const;
  const issue = (sessionId: string) =>
    issueToken(env.PUBLIC_ORIGIN, env.AUTH_SIGNING_KEY, { ...actor, sessionId }, Date.now(), MINUTE);
  const session = { id: 'session1', userId, token: 'x', expiresAt: at, createdAt: at, updatedAt: at };
  await db.insert(sessions).values(session);
  const { token } = await issue(session.id);
  const start = () => call('POST', `/api/episodes/${episodeId}/hls`, { token });
  expect((await start()).status).toBe(200);
  await db.delete(sessions).where(eq(sessions.id, session.id));
  const refused = await start();
  expect(refused.status).toBe(401);
  expect(await problem(refused)).toMatchObject({ code: 'not-signed-in' });
});
