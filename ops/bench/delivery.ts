import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Miniflare } from 'miniflare';
import { issueToken } from '../../edge/accounts/tokens.ts';
import { packageKey } from '../../edge/platform/packages.ts';
import { database } from '../../edge/platform/db.ts';
import { testBindings } from '../../edge/testing/secrets.ts';
import { Play } from '../../schema/api/playback.ts';
import { users } from '../../schema/db/accounts.ts';
import { episodes, seasons, titles } from '../../schema/db/catalog.ts';
import { assets } from '../../schema/db/media.ts';
import { licences } from '../../schema/db/rights.ts';
import { Package } from '../../schema/package.ts';
import { median, type Figure } from './figure.ts';
import { rate, type Ask } from './load.ts';
import { workers } from './workers.ts';

const ROUNDS = 7;
const PERIODS = 24;
const PLAYS = 16;
/** Plays whose keys are each asked for once: enough of them for all rounds. */
const FRESH_PLAYS = 250;
const FRESH_MS = 400;

/**
 * How fast playlists and keys are given: the built Worker beside a route of one line in the same workerd; asked in turns, so that
 * whatever else the machine does hits all alike.
 */
export async function delivery(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'engawa-delivery-'));
  const { flare, ours, hello, bare } = await workers(folder);
  try {
    await publish(flare);
    const plays: string[] = [];
    for (let n = 0; n < PLAYS + FRESH_PLAYS; n++) plays.push(await startPlay(flare, ours, n));
    const path = (name: string, n = 0) => plays[n % PLAYS]!.replace('master.m3u8', name);
    const freshKeys = plays
      .slice(PLAYS)
      .flatMap((play) => Array.from({ length: PERIODS }, (_, n) => play.replace('master.m3u8', `key/${n}`)));
    const fresh = () => {
      const next = freshKeys.pop();
      if (!next) throw new Error('more keys were given than there are: raise FRESH_PLAYS');
      return { path: next };
    };
    const gzip = { 'accept-encoding': 'gzip' };
    const asked: Record<string, { port: number; ask: (n: number) => Ask; ms?: number }> = {
      hello: { port: hello, ask: () => ({ path: '/hello' }) },
      bare: { port: bare, ask: () => ({ path: '/hello' }) },
      playlist: { port: ours, ask: () => ({ path: path('v720.m3u8'), headers: gzip }) },
      key: { port: ours, ask: (n) => ({ path: path(`key/${n % PERIODS}`, n) }) },
      'first key': { port: ours, ask: fresh, ms: FRESH_MS },
    };
    const rates: Record<string, number[]> = {};
    for (const { port, ask, ms = 1_000 } of Object.values(asked)) await rate(port, ask, { ms }); // compiled, and in the caches
    for (let round = 0; round < ROUNDS; round++)
      for (const [name, { port, ask, ms }] of Object.entries(asked))
        (rates[name] ??= []).push(await rate(port, ask, ms ? { ms } : {}));
    // Of each round for itself: a neighbour who comes or goes changes both.
    const against = (name: string, what: string, baseline: string, atLeast: number | null): Figure => {
      const ratio = median(rates[name]!.map((value, i) => value / rates[baseline]![i]!));
      return {
        name: what,
        value: median(rates[name]!),
        unit: '/s',
        baseline: { name: BASELINES[baseline]!, value: median(rates[baseline]!) },
        ratio,
        goal: atLeast === null ? 'shown' : `ratio ≥ ${atLeast}`,
        met: atLeast === null || ratio >= atLeast,
      };
    };
    const [playlists, again] = [
      'playlists a second, each asked for before',
      'keys a second, asked for again',
    ];
    return [
      against('playlist', playlists, 'hello', 0.7),
      against('key', again, 'hello', 0.7),
      against('playlist', playlists, 'bare', null),
      against('key', again, 'bare', null),
      // Each a call of its account's object, which is where a stream is ended and its minutes are counted (ADR 0046).
      against('first key', 'first keys of a period a second', 'hello', null),
    ];
  } finally {
    await flare.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}
const BASELINES: Record<string, string> = {
  hello: 'a route of one line that says hello',
  bare: 'a Worker of one line, without routes',
};

type Bench = Pick<Miniflare, 'getD1Database' | 'getR2Bucket'>;
const EPISODE = 'ep_bench';

/** A published episode of 24 minutes that everybody may watch, its package where the edge keeps it. */
async function publish(flare: Bench): Promise<void> {
  const db = database(await flare.getD1Database('DB', 'engawa'));
  const at = { createdAt: 0, updatedAt: 0 };
  const [titleId, seasonId, assetId] = ['ttl_bench', 'ssn_bench', 'ast_bench'] as const;
  const names = { slug: 'bench', nameMain: 'Bench' };
  const kinds = { kind: 'series', status: 'airing', ageRating: 'all' } as const;
  const where = { titleId, seasonId, season: 1, number: 1 };
  const source = { sourceKey: 'sources/x', sourceBytes: 1, fileName: 'x.mkv' };
  const made = { prefix: 'hls/bench/season-1/ep-1/v1/', keyId: 'c1', verified: true };
  await db.insert(titles).values({ id: titleId, ...names, ...kinds, ...at });
  await db.insert(seasons).values({ id: seasonId, titleId, number: 1 });
  await db.insert(episodes).values({ id: EPISODE, ...where, ...at });
  await db
    .insert(assets)
    .values({ id: assetId, episodeId: EPISODE, version: 1, ...source, ...made, createdAt: 0 });
  await db.update(episodes).set({ assetId, publishedAt: 1 });
  await db
    .insert(licences)
    .values({ id: 'lic_bench', titleId, territoryMode: 'exclude', countries: [], createdAt: 0 });
  const bucket = await flare.getR2Bucket('BUCKET', 'engawa');
  await bucket.put(packageKey(assetId, 1), JSON.stringify(pack(assetId, made.prefix)));
}

const pack = (assetId: string, prefix: string): Package => {
  const media = (id: string) => ({
    id,
    init: { uri: `${id}/init.mp4`, bytes: 800 },
    bandwidth: 2_000_000,
    averageBandwidth: 1_000_000,
    segments: Array.from({ length: 240 }, (_, n) => ({
      uri: `${id}/${n}.m4s`,
      duration: 6,
      bytes: 750_000,
      period: Math.floor((n * PERIODS) / 240),
    })),
  });
  const size = { codec: 'avc1.640028', width: 1280, height: 720, frameRate: [24, 1] as [number, number] };
  return v.parse(Package, {
    v: 1,
    assetId,
    prefix,
    duration: 1440,
    keyId: 'c1',
    periods: PERIODS,
    video: [{ ...media('v720'), ...size }],
    audio: [],
    subtitles: [],
    chapters: [],
  });
};

/** @returns the path of the master playlist of a new account's play */
async function startPlay(flare: Bench, port: number, n: number): Promise<string> {
  const person = {
    userId: `usr_bench${n}`,
    name: 'Bench',
    email: `bench${n}@engawa.test`,
    role: 'viewer',
    emailVerified: true,
  } as const;
  const { userId: id, ...row } = person;
  const now = new Date();
  await database(await flare.getD1Database('DB', 'engawa'))
    .insert(users)
    .values({ id, ...row, createdAt: now, updatedAt: now });
  const origin = `http://localhost:${port}`;
  const { token } = await issueToken(origin, testBindings.AUTH_SIGNING_KEY, person, Date.now(), 3_600_000);
  const answer = await fetch(`${origin}/api/episodes/${EPISODE}/hls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`the play did not start: ${await answer.text()}`);
  return new URL(v.parse(Play, await answer.json()).masterUrl).pathname;
}
