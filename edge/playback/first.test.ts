import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import * as fc from 'fast-check';
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { Play } from '../../schema/api/playback.ts';
import { plays } from '../../schema/db/library.ts';
import type { Package } from '../../schema/package.ts';
import { periodKey } from '../platform/content-keys.ts';
import { database } from '../platform/db.ts';
import { call } from '../testing/call.ts';
import { counted, nothing } from '../testing/counted.ts';
import type { Platform } from '../platform/platform.ts';
import type { AccountStreams, Streams } from '../platform/streams.ts';
import { firstOf, playStart } from './first.ts';
import type { Ticket } from './token.ts';
import { episodeWith, packageFor, viewerWith, worldWide } from './playback.fixture.ts';
import { select } from './select.ts';

const open = { maxHeight: null, audio: null, subtitles: null };
const pkg = packageFor('ast_0000');
const selection = select(pkg, open)!;
const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

describe('what a first picture takes', () => {
  it('is the smallest H.264 rung and the chosen sound, from the segment that holds the position on', () => {
    const first = firstOf(selection, 'a1-en', 61)!;
    expect(first.video.rendition.id).toBe('v360');
    expect(first.audio!.rendition.id).toBe('a1-en');
    expect(first.video.segments.map(({ index, start }) => [index, start])).toEqual([
      [10, 60],
      [11, 66],
      [12, 72],
      [13, 78],
    ]);
    expect(first.periods).toEqual([1]);
  });
  it('names the keys of both periods where it crosses from one to the next', () => {
    expect(firstOf(selection, 'a0-ja', 55)!.periods).toEqual([0, 1]);
  });
  it('begins with the segment that holds the position, wherever that is, and has no gap', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1440, noNaN: true }), (position) => {
        const { segments } = firstOf(selection, 'a0-ja', position)!.video;
        const at = Math.min(position, 1440 - 1e-6);
        expect(segments[0]!.start).toBeLessThanOrEqual(at);
        expect(segments[0]!.start + segments[0]!.duration).toBeGreaterThan(at);
        for (const [i, { index, start }] of segments.entries())
          expect([index, start]).toEqual([segments[0]!.index + i, segments[0]!.start + 6 * i]);
      }),
    );
  });
  it('is nothing without a rung that every browser plays, or without the sound', () => {
    const modern: Package = { ...pkg, video: pkg.video.map((r) => ({ ...r, codec: 'av01.0.05M.08' })) };
    expect(firstOf(select(modern, open)!, 'a0-ja', 0)).toBeNull();
    expect(firstOf(selection, 'a9-fr', 0)).toBeNull();
    expect(firstOf({ ...selection, audio: [] }, null, 0)!.audio).toBeNull();
  });
  it('is never above the grant', () => {
    const tall: Package = { ...pkg, video: pkg.video.slice(1) };
    expect(select(tall, { ...open, maxHeight: 480 })).toBeNull();
    expect(firstOf(select(tall, { ...open, maxHeight: 720 })!, 'a0-ja', 0)!.video.rendition.id).toBe('v720');
  });
});

describe('a play that asks for its start', () => {
  let number = 0;
  let viewer: Awaited<ReturnType<typeof viewerWith>>;
  beforeEach(async () => {
    viewer = await viewerWith(`first${number++}`, 2);
  });
  const begin = async (episodeId: string, wanted: object) => {
    const answer = await viewer.ask('POST', `/api/episodes/${episodeId}/hls`, wanted);
    expect(answer.status).toBe(200);
    return v.parse(Play, await answer.json());
  };
  const isolated = async (name: string, terms = [worldWide], change?: (pkg: Package) => Package) =>
    episodeWith(`${name}${number}`, terms, change ? { change } : {});

  it('gets the addresses that playlists have, and the keys that open them', async () => {
    const { episodeId, assetId } = await isolated('opened');
    const { start, masterUrl } = await begin(episodeId, { start: true, position: 55 });
    const playlist = await call('GET', new URL(masterUrl).pathname.replace('master.m3u8', 'v360.m3u8'));
    const lines = new TextDecoder().decode(await playlist.arrayBuffer()).split('\n');
    const { base, query, video, audio, keys } = start!;
    for (const { uri } of video.segments) expect(lines).toContain(`${base}${uri}${query}`);
    expect(lines.join('\n')).toContain(`URI="${base}${video.init}${query}"`);
    expect(video.segments.map(({ index }) => index)).toEqual([9, 10, 11, 12]);
    expect(video.type).toBe('video/mp4;codecs="avc1.640028"');
    expect(audio!.type).toBe('audio/mp4;codecs="mp4a.40.2"');
    const masters = JSON.parse(env.CONTENT_KEYS) as Record<string, string>;
    expect(keys).toEqual(
      await Promise.all(
        [0, 1].map(async (period) => ({ period, key: hex(await periodKey(masters, 'c1', assetId, period)) })),
      ),
    );
  });

  it('is metered like one that asks for its keys, and for no key twice', async () => {
    const { episodeId } = await isolated('metered');
    const { sessionId, masterUrl } = await begin(episodeId, { start: true, position: 55 });
    const key = new URL(masterUrl).pathname.replace('master.m3u8', 'key/0');
    expect((await call('GET', key)).status).toBe(200);
    await viewer.ask('POST', `/api/playback/${sessionId}/heartbeat`, {
      position: 70,
      number: 0,
      stopped: true,
    });
    await runDurableObjectAlarm(env.VIEWER_ACCOUNT.getByName(viewer.userId));
    const rows = await database(env.DB).select().from(plays).where(eq(plays.id, sessionId));
    expect(rows).toMatchObject([{ periods: 2, seconds: 120 }]);
  });

  it('costs one D1 round trip still, and the key that follows costs nothing', async () => {
    const { episodeId } = await isolated('cheap');
    const asked = counted(viewer.token);
    await asked('POST', `/api/episodes/${episodeId}/hls`); // an account's first play makes its profile
    const body = { start: true };
    const { answer, count } = await asked('POST', `/api/episodes/${episodeId}/hls`, body);
    expect(count).toMatchObject({ ...nothing, d1: 1, rows: count.rows, objects: 2 });
    const { masterUrl } = v.parse(Play, await answer.json());
    const key = new URL(masterUrl).pathname.replace('master.m3u8', 'key/0');
    expect((await asked('GET', key)).count).toEqual(nothing);
  });

  it('begins where the profile was, unless it says where', async () => {
    const { episodeId } = await isolated('resumed');
    const { sessionId } = await begin(episodeId, {});
    await viewer.ask('POST', `/api/playback/${sessionId}/heartbeat`, {
      position: 300,
      number: 0,
      stopped: true,
    });
    const resumed = await begin(episodeId, { start: true });
    expect([resumed.resumeAt, resumed.start!.position]).toEqual([300, 300]);
    expect(resumed.start!.video.segments[0]).toMatchObject({ index: 50, start: 300 });
    const elsewhere = await begin(episodeId, { start: true, position: 12, takeOver: resumed.sessionId });
    expect([elsewhere.resumeAt, elsewhere.start!.position]).toEqual([300, 12]);
    const beyond = await begin(episodeId, { start: true, position: 9e9, takeOver: elsewhere.sessionId });
    expect(beyond.start!.video.segments.map(({ index }) => index)).toEqual([239]);
  });

  it('has no key where the file is not encrypted, and no start that it did not ask for', async () => {
    const { episodeId } = await isolated('plain', [worldWide], (of) => ({ ...of, keyId: null }));
    expect((await begin(episodeId, { start: true })).start!.keys).toBeNull();
    expect((await begin(episodeId, {})).start).toBeNull();
  });

  it('is told no address and no key where it is refused, or has to wait', async () => {
    const nowhere = await episodeWith(`nowhere${number}`, [{ countries: ['JP'] }]);
    const later = await episodeWith(`later${number}`, [worldWide], { airsAt: Date.now() + 60_000 });
    for (const { episodeId } of [nowhere, later]) {
      const answer = await call('POST', `/api/episodes/${episodeId}/hls`, {
        token: viewer.token,
        json: { start: true },
        cf: { country: 'FR' },
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(await answer.json()).not.toHaveProperty('start');
    }
  });

  it('plays without a start where its keys are refused right now, and is told why when it asks for them', async () => {
    const first = firstOf(selection, 'a0-ja', 0)!;
    const spent = async () => ({ outcome: 'spent' as const, retryAt: 1 });
    const account = { key: spent } as Partial<AccountStreams> as AccountStreams;
    const platform = {
      streams: { account: () => account } as Partial<Streams> as Streams,
      secrets: { contentKeys: {} } as Platform['secrets'],
      now: Date.now,
    };
    const ticket: Partial<Ticket> = { keyId: 'c1', accountId: viewer.userId, sessionId: 'ply_0' };
    const opening = {
      first,
      position: 0,
      ticket: ticket as Ticket,
      address: (uri: string) => `https://x/${uri}`,
    };
    expect(await playStart(opening, platform)).toBeNull();
  });
});
