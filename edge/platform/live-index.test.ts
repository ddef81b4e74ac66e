import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Id } from '../../schema/ids.ts';
import { asking } from '../playback/leases.fixture.ts';
import {
  liveIndex,
  mergedCounts,
  mergedPage,
  SHARDS,
  shardOf,
  type LiveEntry,
  type LiveQuestion,
} from './live-index.ts';
import { KEPT_MS } from './live-streams.ts';
import { streams } from './streams.ts';

const MINUTE = 60_000;
const index = liveIndex(env);
const accounts = streams(env);
/** Of a title of its own, so that tests do not see each other's. */
const playing = (titleId: Id<'title'>, ask: LiveQuestion = {}) =>
  index.page({ titleId, ...ask }, null, 100).then((page) => page.map(({ sessionId }) => sessionId));
const told = (titleId: Id<'title'>, ids: string[]) =>
  vi.waitFor(async () => expect(await playing(titleId)).toEqual(ids));
const ring = (userId: string) => runDurableObjectAlarm(env.VIEWER_ACCOUNT.getByName(userId));

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

describe('the list of what plays now', () => {
  it('follows an account: what begins, what is stopped, what is ended', async () => {
    const [userId, titleId] = ['usr_follow', 'ttl_follow'] as const;
    const account = accounts.account(userId);
    await account.begin(asking('f1', { userId, titleId }));
    await told(titleId, ['ply_f1']);
    vi.setSystemTime(Date.now() + 1_000);
    await account.begin(asking('f2', { userId, titleId }));
    await told(titleId, ['ply_f2', 'ply_f1']);
    await account.heartbeat('ply_f1', { position: 3, number: 1, stopped: true });
    await told(titleId, ['ply_f2']);
    await account.key('ply_f1', 0); // it goes on after all
    await told(titleId, ['ply_f2', 'ply_f1']);
    await account.revoke({ because: 'signed-out', before: Date.now() });
    await told(titleId, []);
    expect((await index.counts()).titles.find(({ of }) => of === titleId)).toBeUndefined();
  });

  it('hears of whoever left without a word when their lease is over, by the account’s alarm', async () => {
    const [userId, titleId] = ['usr_silent', 'ttl_silent'] as const;
    await accounts.account(userId).begin(asking('s1', { userId, titleId })); // and no key was ever asked for
    await told(titleId, ['ply_s1']);
    vi.setSystemTime(Date.now() + 3 * MINUTE);
    expect(await ring(userId)).toBe(true);
    await told(titleId, []);
  });

  it('is told again in time while somebody watches on, and forgets whom it hears nothing of', async () => {
    const [userId, titleId] = ['usr_long', 'ttl_long'] as const;
    const account = accounts.account(userId);
    await account.begin(asking('l1', { userId, titleId }));
    await told(titleId, ['ply_l1']);
    for (let minute = 0; minute < 30; minute++) {
      vi.setSystemTime(Date.now() + MINUTE);
      await account.key('ply_l1', minute);
      expect(await playing(titleId)).toEqual(['ply_l1']);
    }
    vi.setSystemTime(Date.now() + KEPT_MS);
    expect(await playing(titleId)).toEqual([]); // although nobody said so
    expect(await runDurableObjectAlarm(env.LIVE_STREAMS.getByName(`shard-${shardOf(userId)}`))).toBe(true);
  });

  it('keeps no play from beginning or going on when it fails, and hears of it with the next change', async () => {
    const [userId, titleId] = ['usr_broken', 'ttl_broken'] as const;
    const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
    const broken = vi.spyOn(env.LIVE_STREAMS, 'getByName').mockImplementation(() => {
      throw new Error('no shard answers');
    });
    const account = accounts.account(userId);
    expect(await account.begin(asking('b1', { userId, titleId }))).toMatchObject({ outcome: 'live' });
    await vi.waitFor(() => expect(broken).toHaveBeenCalled());
    broken.mockRestore();
    expect(await account.key('ply_b1', 0)).toEqual({ outcome: 'live' });
    await told(titleId, ['ply_b1']);
    silent.mockRestore();
  });

  it('is asked by title and country, page by page, the latest first', async () => {
    const titleId = 'ttl_paged';
    const start = Date.now();
    for (let n = 0; n < 7; n++) {
      const userId = `usr_paged${n}`;
      const change = { userId, titleId, country: n % 2 ? 'JP' : 'DE', startedAt: start + n } as const;
      await accounts.account(userId).begin(asking(`p${n}`, change));
    }
    await told(
      titleId,
      [6, 5, 4, 3, 2, 1, 0].map((n) => `ply_p${n}`),
    );
    expect(await playing(titleId, { country: 'JP' })).toEqual(['ply_p5', 'ply_p3', 'ply_p1']);
    const seen: string[] = [];
    for (let after: LiveEntry | null = null; ;) {
      const page: LiveEntry[] = await index.page({ titleId }, after, 3);
      seen.push(...page.map(({ sessionId }) => sessionId));
      if (page.length < 3) break;
      after = page.at(-1)!;
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `ply_p${n}`));
    const counts = await index.counts();
    expect(counts.titles).toContainEqual({ of: titleId, streams: 7 });
    expect(counts.countries.find(({ of }) => of === 'DE')!.streams).toBeGreaterThanOrEqual(4);
  });
});

describe('several shards are as one', () => {
  const entry = fc.record({
    startedAt: fc.integer({ min: 0, max: 20 }),
    n: fc.integer({ min: 0, max: 999 }),
  });
  const made = ({ startedAt, n }: { startedAt: number; n: number }, userId: string): LiveEntry => ({
    titleId: 'ttl_1',
    episodeId: 'ep_1',
    title: '',
    device: '',
    country: null,
    planId: null,
    userId,
    startedAt,
    sessionId: `ply_${String(n).padStart(3, '0')}` as const,
  });

  it('each page goes on where the last one ended, and nothing is left out or told twice', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(entry, { selector: ({ n }) => n }),
        fc.integer({ min: 1, max: 5 }),
        (list, limit) => {
          const entries = list.map((one) => made(one, `usr_${one.n % 7}`));
          const isAfter = (one: LiveEntry, at: LiveEntry | undefined) =>
            !at ||
            one.startedAt < at.startedAt ||
            (one.startedAt === at.startedAt && one.sessionId < at.sessionId);
          const shardPage = (n: number, after: LiveEntry | undefined) =>
            mergedPage([entries.filter((one) => shardOf(one.userId) === n && isAfter(one, after))], limit);
          const seen: LiveEntry[] = [];
          for (let after: LiveEntry | undefined; ;) {
            const page = mergedPage(
              Array.from({ length: SHARDS }, (_, n) => shardPage(n, after)),
              limit,
            );
            seen.push(...page);
            if (page.length < limit) break;
            after = page.at(-1);
          }
          expect(seen).toEqual(mergedPage([entries], Infinity));
        },
      ),
    );
  });

  it('sums what each counts', () => {
    const part = (streams: number, of: string | null) => ({
      streams,
      accounts: streams,
      titles: [{ of: 'ttl_1', streams }],
      countries: [{ of, streams }],
      plans: [],
    });
    expect(mergedCounts([part(2, 'JP'), part(3, 'DE'), part(2, 'JP')])).toEqual({
      streams: 7,
      accounts: 7,
      titles: [{ of: 'ttl_1', streams: 7 }],
      plans: [],
      countries: [
        { of: 'JP', streams: 4 },
        { of: 'DE', streams: 3 },
      ],
    });
  });

  it('accounts are spread evenly', () => {
    const counts = Array<number>(SHARDS).fill(0);
    for (let n = 0; n < 8_000; n++) counts[shardOf(`usr_${n.toString(36)}`)]! += 1;
    for (const count of counts) expect(count).toBeGreaterThan(700);
  });
});
