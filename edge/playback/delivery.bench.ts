import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { Hono } from 'hono';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { Play } from '../../schema/api/playback.ts';
import app from '../app.ts';
import { keysIn } from '../platform/keyring.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { episodeWith, worldWide } from './playback.fixture.ts';
import { fileKey, memory, type Sources } from './playlists.ts';
import { openToken, sealToken, type Ticket } from './token.ts';

// What a token, a playlist and a segment cost this Worker in workerd; ops/bench/delivery.ts reads the lines.
const figure = (name: string, value: number, unit: string, atMost: number) =>
  console.log(`FIGURE ${JSON.stringify({ name, value, unit, atMost })}`);

/** workerd's clock stands still while it computes: it goes on with what comes from outside. */
async function clock(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  return performance.now();
}
const ROUNDS = 15;
/** µs of one of many, in the best of some rounds: machines are shared, and what others take only ever adds. */
async function each(times: number, work: (n: number) => unknown): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const from = await clock();
    for (let n = 0; n < times; n++) await work(round * times + n);
    rounds.push((((await clock()) - from - 1) * 1000) / times);
  }
  return Math.min(...rounds);
}

it('times a token, a playlist, a segment', async () => {
  const { episodeId, assetId, pkg } = await episodeWith('timed', [worldWide]);
  const keys = keysIn(env.PLAYBACK_KEYS);
  const now = Date.now();
  const ticket = (n: number): Ticket => ({
    sessionId: `ply_${String(n).padStart(4, '0')}`,
    accountId: 'usr_0000',
    assetId,
    revision: 1,
    keyId: 'c1',
    periods: 24,
    licenceId: 'lic_0000',
    maxHeight: 720,
    audio: ['ja'],
    subtitles: null,
    country: 'JP',
    expiresAt: Math.ceil(now / 1000) * 1000 + 60_000,
  });
  const tokens: string[] = [];
  for (let n = 0; n < ROUNDS * 100; n++) tokens.push(await sealToken(ticket(n), keys));
  figure('token check, never seen', await each(100, (n) => openToken(tokens[n]!, keys, now)), 'µs', 50);
  const token = tokens.at(-1)!;
  expect(await openToken(token, keys, now)).toEqual(ticket(tokens.length - 1));
  const again = () => ` ${token}`.slice(1); // as each request brings it: a text of its own, of which no hash is known yet
  figure('token check, seen before', await each(5000, () => openToken(again(), keys, now)), 'µs', 20);

  const sources = { memory: memory(), bucket: () => env.BUCKET, cdn: null } as Partial<Sources> as Sources;
  sources.cache = () => ({ text: async (_key, make) => (await make())?.text ?? null });
  const authorise = async () => {
    const opened = (await openToken(again(), keys, now))!;
    return fileKey(opened, opened, 'v720/100.m4s', sources);
  };
  expect(await authorise()).toBe(`${pkg.prefix}v720/100.m4s`);
  figure('a segment’s authorisation, warm', await each(5000, authorise), 'µs', 20);

  const started = await call('POST', `/api/episodes/${episodeId}/hls`, { token: await bearer('viewer') });
  const { masterUrl } = v.parse(Play, await started.json());
  const playlist = masterUrl.replace('master', 'v720');
  const bare = new Hono().get('/hello', (c) => c.text('hello'));
  const context = createExecutionContext();
  const fetch = (to: Pick<Hono, 'fetch'>, url: string) => async () => {
    const headers = { 'accept-encoding': 'gzip' };
    const answer = await to.fetch(new Request(url, { headers }), env, context);
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  };
  const ours = fetch(app as unknown as Hono, playlist);
  const hello = fetch(bare, 'https://engawa.test/hello');
  await ours();
  const mine = await each(300, ours);
  const theirs = await each(300, hello);
  await waitOnExecutionContext(context);
  figure('a warm playlist, beyond a bare route', mine - theirs, 'µs', 20);
}, 120_000);
