import { abortAllDurableObjects, evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Id } from '../../schema/ids.ts';
import { asking } from '../playback/leases.fixture.ts';
import { streams, type Begun } from './streams.ts';

const MINUTE = 60_000;
const accounts = streams(env);
const stubOf = (userId: string) => env.VIEWER_ACCOUNT.getByName(userId);
const live = { outcome: 'live' };

// The objects run in this isolate, and so by this clock; alarms do not, and are rung by hand.
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

describe('an account', () => {
  it('lets as many play as its plan allows, names them to the next one, and lets that take over', async () => {
    const account = accounts.account('usr_limit');
    for (const name of ['one0', 'two0']) expect(await account.begin(asking(name))).toMatchObject(live);
    expect(await account.begin(asking('one0'))).toMatchObject(live); // the answer was lost: asked again
    const refused = await account.begin(asking('three0'));
    expect(refused).toMatchObject({ outcome: 'too-many', streams: [{}, {}] });
    expect(await account.key('ply_three0', 0)).toEqual({ outcome: 'unknown' });
    expect(await account.key('ply_one0', 0)).toEqual(live);
    expect(await account.begin(asking('three0', { takeOver: 'ply_one0' }))).toMatchObject(live);
    expect(await account.key('ply_one0', 0)).toEqual({ outcome: 'ended', because: 'taken-over' });
    expect((await account.live()).map(({ sessionId }) => sessionId).sort()).toEqual([
      'ply_three0',
      'ply_two0',
    ]);
  });

  it('forgets nothing when it is evicted', async () => {
    const account = accounts.account('usr_evicted');
    await account.begin(asking('kept', { limit: 1 }));
    await account.key('ply_kept', 3);
    await account.heartbeat('ply_kept', { position: 200, number: 1, stopped: false });
    await evictDurableObject(stubOf('usr_evicted'));
    expect(await account.begin(asking('other', { limit: 1 }))).toMatchObject({ outcome: 'too-many' });
    await account.revoke({ sessionId: 'ply_kept', because: 'ended', before: Date.now() });
    await evictDurableObject(stubOf('usr_evicted'));
    expect(await account.key('ply_kept', 3)).toEqual({ outcome: 'ended', because: 'ended' });
    expect(await account.begin(asking('other', { limit: 1 }))).toMatchObject({
      watched: { position: 200 },
    });
  });

  it('ends what was decided before a revocation, of one asset or of all, and lets later plays begin', async () => {
    const account = accounts.account('usr_revoked');
    await account.begin(asking('a0', { assetId: 'ast_aaaa' }));
    await account.begin(asking('b0', { assetId: 'ast_bbbb' }));
    expect(await account.revoke({ assetId: 'ast_aaaa', because: 'taken-down', before: Date.now() })).toBe(1);
    expect(await account.key('ply_a0', 0)).toEqual({ outcome: 'ended', because: 'taken-down' });
    expect(await account.key('ply_b0', 0)).toEqual(live);
    vi.setSystemTime(Date.now() + MINUTE);
    await account.begin(asking('c0'));
    const before = Date.now() - MINUTE / 2;
    expect(await account.revoke({ because: 'signed-out', before })).toBe(1);
    expect(await account.revoke({ because: 'signed-out', before })).toBe(0);
    expect(await account.key('ply_b0', 1)).toEqual({ outcome: 'ended', because: 'signed-out' });
    expect(await account.key('ply_c0', 1)).toEqual(live);
    expect(await account.begin(asking('d0', { startedAt: before - 1 }))).toEqual({
      outcome: 'ended',
      because: 'signed-out',
    });
  });

  it('ends what plays by a sign-in with it, and lets no play of it begin that was decided before', async () => {
    const account = accounts.account('usr_signins');
    await account.begin(asking('mine', { signInId: 'one' }));
    await account.begin(asking('other', { signInId: 'two', limit: 4 }));
    await account.begin(asking('theirs', { limit: 4 }));
    const signOut = () => account.revoke({ signInId: 'one', because: 'signed-out', before: Date.now() });
    expect([await signOut(), await signOut()]).toEqual([1, 0]);
    expect(await account.key('ply_mine', 0)).toEqual({ outcome: 'ended', because: 'signed-out' });
    expect(await account.key('ply_other', 0)).toEqual(live);
    expect(await account.key('ply_theirs', 0)).toEqual(live);
    await evictDurableObject(stubOf('usr_signins'));
    expect(await account.begin(asking('late', { signInId: 'one', limit: 4 }))).toEqual({
      outcome: 'ended',
      because: 'signed-out',
    });
    expect(await account.begin(asking('anew', { signInId: 'three', limit: 4 }))).toMatchObject(live);
  });

  it('gives a day’s keys and plays, and no more before the next; a key that was given is given again', async () => {
    const account = accounts.account('usr_scraper');
    const long = { duration: 172_800, periodSeconds: 3600, limit: 1 };
    await account.begin(asking('s0', long));
    for (let period = 0; period < 48; period++) expect(await account.key('ply_s0', period)).toEqual(live);
    const midnight = (Math.floor(Date.now() / 86_400_000) + 1) * 86_400_000;
    await account.begin(asking('s1', { ...long, takeOver: 'ply_s0', until: midnight + MINUTE }));
    expect(await account.key('ply_s1', 0)).toEqual({ outcome: 'spent', retryAt: midnight });
    vi.setSystemTime(midnight);
    expect(await account.key('ply_s1', 0)).toEqual(live);
    expect(await account.key('ply_s1', 0)).toEqual(live);
  });

  it('is gone, with all it knew, when it is told to forget', async () => {
    const account = accounts.account('usr_gone');
    await account.begin(asking('gone', { limit: 1 }));
    await account.forget();
    await evictDurableObject(stubOf('usr_gone'));
    expect(await account.live()).toEqual([]);
    expect(await account.key('ply_gone', 0)).toEqual({ outcome: 'unknown' });
    expect(await runDurableObjectAlarm(stubOf('usr_gone'))).toBe(false);
  });
});

describe('an audience', () => {
  it('ends the streams of its asset wherever they play, and those that were decided before but begin after', async () => {
    const assetId = 'ast_shared';
    const begin = (userId: string, change = {}) =>
      accounts.account(userId).begin(asking(`of${userId.slice(4)}`, { userId, assetId, ...change }));
    const people = Array.from({ length: 55 }, (_, i) => `usr_p${String(i).padStart(3, '0')}`);
    await Promise.all(people.map((userId) => begin(userId)));
    await accounts.account('usr_p000').begin(asking('elsewhere', { assetId: 'ast_other' }));
    const decidedAt = Date.now();
    await accounts.audience(assetId).revoke(assetId, 'taken-down');
    for (const userId of people)
      expect(await accounts.account(userId).key(`ply_of${userId.slice(4)}`, 0)).toEqual({
        outcome: 'ended',
        because: 'taken-down',
      });
    expect(await accounts.account('usr_p000').key('ply_elsewhere', 0)).toEqual(live);
    const late = { startedAt: decidedAt - 1 };
    expect(await begin('usr_late', late)).toEqual({ outcome: 'ended', because: 'taken-down' });
    expect(await accounts.account('usr_late').live()).toEqual([]);
    vi.setSystemTime(decidedAt + MINUTE);
    expect(await begin('usr_after')).toMatchObject(live); // licensed anew since
  });

  it('forgets nobody when it restarts in the middle', async () => {
    const assetId = 'ast_restarted';
    const people = Array.from({ length: 12 }, (_, i) => `usr_q${String(i).padStart(3, '0')}`);
    for (const userId of people)
      await accounts.account(userId).begin(asking(`of${userId.slice(4)}`, { userId, assetId }));
    // Whoever revokes and hears of an error asks again; whoever was told in between is told once more, which changes nothing.
    const revoke = () => accounts.audience(assetId).revoke(assetId, 'rights-changed');
    const revoking = revoke().catch(revoke);
    await abortAllDurableObjects();
    await revoking;
    for (const userId of people)
      expect(await accounts.account(userId).key(`ply_of${userId.slice(4)}`, 0)).toEqual({
        outcome: 'ended',
        because: 'rights-changed',
      });
  });
});

/** A client: it asks, plays, and may be killed at any moment, with an answer on its way. */
type Client = { sessionId: Id<'playback'>; began: Promise<Begun | 'lost'>; killed: boolean };

// As many as the plan allows, in any race: what counts is what would be given keys, not what the object says of itself.
it('eight clients race for two leases, 200 times, with kills and restarts: never are three live', async () => {
  let [admitted, refused, restarts] = [0, 0, 0];
  let random = 20_261_123;
  const chance = (share: number) => {
    random = (random * 1_103_515_245 + 12_345) % 2 ** 31; // seeded: a failure happens again
    return random / 2 ** 31 < share;
  };
  for (let round = 0; round < 200; round++) {
    const userId = `usr_race${round}`;
    const account = accounts.account(userId);
    const name = (n: number) => `r${round}c${n}`;
    const clients: Client[] = Array.from({ length: 8 }, (_, n) => {
      const takeOver = chance(0.2) ? (`ply_${name((n + 1) % 8)}` as const) : null;
      const began = account.begin(asking(name(n), { userId, takeOver })).catch(() => 'lost' as const);
      return { sessionId: `ply_${name(n)}`, began, killed: chance(0.2) };
    });
    const playing = clients.map(async ({ sessionId, began, killed }) => {
      if (killed || (await began) === 'lost') return; // its answer reaches nobody; its lease may stand
      for (let period = 0; period < 3; period++) await account.key(sessionId, period).catch(() => undefined);
    });
    if (chance(0.3)) {
      restarts++;
      await (chance(0.5) ? evictDurableObject(stubOf(userId)) : abortAllDurableObjects());
    }
    await Promise.all(playing);
    const answers = await Promise.all(clients.map(({ began }) => began));
    admitted += answers.filter((answer) => answer !== 'lost' && answer.outcome === 'live').length;
    refused += answers.filter((answer) => answer !== 'lost' && answer.outcome === 'too-many').length;
    const keys = await Promise.all(clients.map(({ sessionId }) => account.key(sessionId, 9)));
    expect(keys.filter(({ outcome }) => outcome === 'live').length).toBeLessThanOrEqual(2);
    const standing = (await account.live()).length;
    expect(standing).toBeLessThanOrEqual(2);
    expect(standing).toBeGreaterThanOrEqual(answers.includes('lost') ? 0 : 2); // and never fewer than there is room for
    // And after everybody was silent for too long, all at once again: two of them go on.
    vi.setSystemTime(Date.now() + 3 * MINUTE);
    const again = await Promise.all(clients.map(({ sessionId }) => account.key(sessionId, 10)));
    expect(again.filter(({ outcome }) => outcome === 'live').length).toBeLessThanOrEqual(2);
  }
  expect(admitted).toBeGreaterThanOrEqual(200);
  expect(refused).toBeGreaterThanOrEqual(600);
  expect(restarts).toBeGreaterThan(30);
}, 120_000);
