import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Hono } from 'hono';
import { base64url } from 'jose';
import { execFile } from 'node:child_process';
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppEnv } from '../../edge/http/context.ts';
import { onProblem } from '../../edge/http/problem.ts';
import { cdn as edgeCdn } from '../../edge/platform/cdn.ts';
import { currentKeyId, periodKey } from '../../edge/platform/content-keys.ts';
import type { Keys } from '../../edge/platform/keyring.ts';
import type { Platform } from '../../edge/platform/platform.ts';
import { mediaStore } from '../../edge/platform/s3.ts';
import { hls } from '../../edge/playback/hls-routes.ts';
import { sealToken, type Ticket } from '../../edge/playback/token.ts';
import type { Package, Segment } from '../../schema/package.ts';
import { rotated, retired, retirableAt, type Rotating } from '../deploy/rotation.ts';
import { startCdn, type LocalCdn } from './cdn.ts';
import { freePort } from './ports.ts';
import { cdnKey } from './secrets.ts';
import { startStore } from './store/server.ts';

// The whole way of a play as players without JavaScript go it: the edge's real routes, a real store, the CDN, FFmpeg.

const run = promisify(execFile);
const ffmpeg = (...args: string[]) => run('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args]);
const ASSET = 'ast_film';
const BUCKET = 'engawa-media';
const PREFIX = 'hls/film/season-1/ep-1/v1/';
const keys = { accessKeyId: 'local', secretAccessKey: 'local-secret' };
let contentKeys: Keys = { c1: base64url.encode(new Uint8Array(32).fill(7)) };
let playbackKeys: Keys = { p1: base64url.encode(new Uint8Array(32).fill(8)) };
/** Private keys; the CDN trusts their public halves. */
let cdnKeys: Keys = { KLOCAL: cdnKey() };

let folder: string;
const stops: (() => Promise<unknown>)[] = [];
let cdn: LocalCdn;
let origin: string;
const origins: Record<string, string> = {};

/** Six seconds, three segments, of which the last is in a second key period. */
const PERIODS = [0, 0, 1];
type Media = { init: Buffer; segments: Buffer[]; durations: number[] };

async function encode(id: string, args: string[]): Promise<Media> {
  const at = join(folder, id);
  await mkdir(at);
  const hls = words('-f hls -hls_time 2 -hls_playlist_type vod -hls_segment_type fmp4');
  await ffmpeg(...args, ...hls, '-hls_segment_filename', join(at, '%d.m4s'), join(at, 'list.m3u8'));
  const list = await readFile(join(at, 'list.m3u8'), 'utf8');
  return {
    init: await readFile(join(at, 'init.mp4')),
    segments: await Promise.all([0, 1, 2].map((i) => readFile(join(at, `${i}.m4s`)))),
    durations: [...list.matchAll(/#EXTINF:([\d.]+)/g)].map((m) => Number(m[1])).slice(0, 3),
  };
}
const words = (line: string) => line.split(' ');
const video = (id: string, height: number) =>
  encode(
    id,
    words(
      `-f lavfi -i testsrc2=s=${(height * 16) / 9}x${height}:r=12:d=6 ` +
        '-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 24 -sc_threshold 0',
    ),
  );
const audio = (id: string, hertz: number) =>
  encode(id, words(`-f lavfi -i sine=f=${hertz}:d=6 -c:a aac -ac 2 -b:a 64k`));
const vtt = (): Media => ({
  init: Buffer.alloc(0),
  durations: [2, 2, 2],
  segments: [0, 1, 2].map((i) =>
    Buffer.from(`WEBVTT\n\n00:00:0${i * 2}.000 --> 00:00:0${i * 2 + 1}.500\nLine ${i}\n`),
  ),
});

/** AES-128-CBC with the period's key; the IV is the media sequence number (RFC 8216bis §4.4.4.4). */
async function encrypt(segment: Buffer, index: number): Promise<Buffer> {
  const iv = Buffer.alloc(16);
  iv.writeUInt32BE(index, 12);
  const cipher = createCipheriv(
    'aes-128-cbc',
    await periodKey(contentKeys, 'c1', ASSET, PERIODS[index]!),
    iv,
  );
  return Buffer.concat([cipher.update(segment), cipher.final()]);
}

type Put = (key: string, body: Buffer) => Promise<unknown>;
async function store(id: string, media: Media, extension: string, put: Put) {
  const segments: Segment[] = [];
  for (const [i, clear] of media.segments.entries()) {
    const body = await encrypt(clear, i);
    await put(`${PREFIX}${id}/${i}.${extension}`, body);
    segments.push({
      uri: `${id}/${i}.${extension}`,
      duration: media.durations[i]!,
      bytes: body.length,
      period: PERIODS[i]!,
    });
  }
  if (media.init.length > 0) await put(`${PREFIX}${id}/init.mp4`, media.init);
  return { id, segments, init: { uri: `${id}/init.mp4`, bytes: media.init.length } };
}
/** `avc1.PPCCLL` from the avcC box (RFC 6381 §3.3, ISO/IEC 14496-15). */
const avc = (init: Buffer) => {
  const at = init.indexOf('avcC') + 5;
  return `avc1.${init.toString('hex', at, at + 3)}`;
};

async function makePackage(put: Put): Promise<Package> {
  const rung = async (height: number) => {
    const media = await video(`v${height}`, height);
    return {
      ...(await store(`v${height}`, media, 'm4s', put)),
      codec: avc(media.init),
      width: (height * 16) / 9,
      height,
      frameRate: [12, 1] as [number, number],
      bandwidth: height * 1000,
      averageBandwidth: height * 900,
    };
  };
  const dub = async (id: string, language: string, hertz: number) => ({
    ...(await store(id, await audio(id, hertz), 'm4s', put)),
    codec: 'mp4a.40.2',
    language,
    name: language,
    channels: 2,
    bandwidth: 70_000,
    averageBandwidth: 66_000,
    role: language === 'ja' ? ('main' as const) : ('dub' as const),
    default: language === 'ja',
    facts: null,
  });
  const { id, segments } = await store('s0-en', vtt(), 'vtt', put);
  return {
    v: 1,
    assetId: ASSET,
    prefix: PREFIX,
    duration: 6,
    keyId: 'c1',
    periods: 2,
    chapters: [],
    video: [await rung(144), await rung(288)],
    audio: [await dub('a0-ja', 'ja', 440), await dub('a1-en', 'en', 880)],
    subtitles: [
      { id, segments, language: 'en', role: 'full', name: 'English', default: false, typeset: null },
    ],
    revision: 1,
    trick: [],
    pictures: null,
    analysis: { scenes: [], black: [], flashes: [], silence: [] },
  };
}

/** The edge's playback slice over HTTP in Node, its bindings held in memory. */
async function serveEdge(
  pkg: Package,
  delivery: 'cloudfront' | 'edge',
  { cdnOrigin, endpoint }: { cdnOrigin: string; endpoint: string },
): Promise<{ server: Server; origin: string }> {
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const kept = new Map<string, Response>();
  const platform = {
    bucket: { get: () => Promise.resolve({ json: () => Promise.resolve(pkg) }) },
    edgeCache: {
      match: (key: string | Request) =>
        Promise.resolve(kept.get(typeof key === 'string' ? key : key.url)?.clone()),
      put: async (key: string, answer: Response) =>
        void kept.set(key, new Response(await answer.arrayBuffer(), answer)),
    },
    get cdn() {
      return edgeCdn({ origin: cdnOrigin, keys: cdnKeys });
    },
    media: mediaStore({ endpoint, region: 'us-east-1', bucket: BUCKET, ...keys }),
    settings: { origin: address, delivery },
    secrets: {
      get playbackKeys() {
        return playbackKeys;
      },
      get contentKeys() {
        return contentKeys;
      },
    },
    // Leases and limits have workerd's own tests.
    streams: { account: () => ({ key: () => Promise.resolve({ outcome: 'live' }) }) },
    limiter: { roughly: () => Promise.resolve(true) },
    now: Date.now,
  } as unknown as Platform; // the parts of it that playlists and keys use
  const app = new Hono<AppEnv>();
  app.use(async (c, next) => {
    c.set('platform', platform);
    await next();
  });
  app.route('/', hls);
  app.onError(onProblem);
  const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
  const relay = async (request: IncomingMessage, response: ServerResponse) => {
    const headers = new Headers(Object.entries(request.headers).map(([k, value]) => [k, String(value)]));
    headers.delete('accept-encoding'); // encoding the body is the Workers runtime's part
    const answer = await app.fetch(new Request(`${address}${request.url}`, { headers }), {}, context);
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  };
  const server = createServer((request, response) => void relay(request, response));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { server, origin: address };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engawa-play-'));
  const [storePort, cdnPort] = [await freePort(), await freePort()];
  const endpoint = `http://localhost:${storePort}`;
  const local = await startStore({ port: storePort, folder: join(folder, 'store'), bucket: BUCKET, keys });
  stops.push(() => local.stop());
  cdn = await startCdn({
    port: cdnPort,
    storeEndpoint: endpoint,
    bucket: BUCKET,
    keys,
    trusted: () => cdnKeys,
  });
  stops.push(() => cdn.stop());
  const s3 = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials: keys });
  const pkg = await makePackage((Key, Body) => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body })));
  s3.destroy();
  for (const delivery of ['cloudfront', 'edge'] as const) {
    const edge = await serveEdge(pkg, delivery, { cdnOrigin: `http://localhost:${cdnPort}`, endpoint });
    origins[delivery] = edge.origin;
    stops.push(() => new Promise((resolve) => edge.server.close(resolve)));
  }
});
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
  await rm(folder, { recursive: true });
});

const ticket: Ticket = {
  sessionId: 'ply_0000',
  accountId: 'usr_0000',
  assetId: ASSET,
  revision: 1,
  keyId: 'c1',
  periods: 2,
  licenceId: 'lic_0000',
  maxHeight: null,
  audio: null,
  subtitles: null,
  country: null,
  expiresAt: Math.ceil(Date.now() / 1000) * 1000 + 600_000,
};
const master = async (change: Partial<Ticket> = {}) =>
  `${origin}/hls/${await sealToken({ ...ticket, ...change }, playbackKeys)}/master.m3u8`;

type Probe = {
  streams: { codec_type: string; height?: number; nb_read_frames?: string; tags?: Record<string, string> }[];
};
async function probe(url: string): Promise<Probe> {
  const { stdout } = await run('ffprobe', [...words('-v error -count_frames -show_streams -of json'), url]);
  return JSON.parse(stdout) as Probe;
}
const frames = async (...args: string[]) => {
  const { stdout } = await ffmpeg(...args, '-f', 'framemd5', '-');
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').at(-1)!.trim());
};

describe.each(['cloudfront', 'edge'])('delivered by %s', (delivery) => {
  beforeAll(() => {
    origin = origins[delivery]!;
  });

  test('a player that sets no headers finds every rendition, and every frame of it', async () => {
    const before = cdn.requests().served;
    const { streams } = await probe(await master());
    const of = (type: string) => streams.filter((s) => s.codec_type === type);
    expect(of('video').map((s) => [s.height, s.nb_read_frames])).toEqual([
      [144, '72'],
      [288, '72'],
    ]);
    expect(new Set(of('audio').map((s) => s.tags?.['language']))).toEqual(new Set(['en', 'ja']));
    const { served, refused } = cdn.requests();
    expect([served - before > 15, refused]).toEqual([delivery === 'cloudfront', 0]);
  });

  test('what is played is what was encoded, frame by frame, across key periods', async () => {
    const played = await frames('-xerror', '-i', await master(), '-map', '0:v:1');
    const clear = await frames('-i', join(folder, 'v288', 'list.m3u8'), '-map', '0:v:0');
    expect(played).toHaveLength(72);
    expect(played).toEqual(clear);
  });

  test('subtitles come whole, each segment under the key and the number it says', async () => {
    const base = await master(); // FFmpeg's demuxer leaves subtitle renditions out, so this reads them itself
    const list = await (await fetch(base.replace('master', 's0-en'))).text();
    let key = Buffer.alloc(0);
    let text = '';
    let sequence = 0;
    for (const line of list.split('\n')) {
      const uri = /^#EXT-X-KEY:METHOD=AES-128,URI="([^"]+)"$/.exec(line)?.[1];
      if (uri) key = Buffer.from(await (await fetch(new URL(uri, base))).arrayBuffer());
      if (line === '' || line.startsWith('#')) continue;
      const iv = Buffer.alloc(16);
      iv.writeUInt32BE(sequence++, 12);
      const decipher = createDecipheriv('aes-128-cbc', key, iv);
      const body = Buffer.from(await (await fetch(new URL(line, base))).arrayBuffer());
      text += Buffer.concat([decipher.update(body), decipher.final()]).toString();
    }
    expect(text).toBe(Buffer.concat(vtt().segments).toString());
  });

  test('a narrower grant plays, and shows nothing else', async () => {
    const { streams } = await probe(await master({ maxHeight: 144, audio: ['en'], subtitles: [] }));
    expect(new Set(streams.map((s) => s.tags?.['language'] ?? s.height))).toEqual(new Set([144, 'en']));
    expect(streams).toHaveLength(2);
  });

  test('without a token that holds there is neither playlist nor key, and files alone are noise', async () => {
    const over = await master({ expiresAt: Math.floor(Date.now() / 1000) * 1000 - 1000 });
    await expect(probe(over)).rejects.toThrow(/401/);
    await expect(probe(over.replace('master.m3u8', 'v144.m3u8'))).rejects.toThrow(/401/);
    expect((await fetch(over.replace('master.m3u8', 'key/0'))).status).toBe(401);

    const list = await (await fetch((await master()).replace('master.m3u8', 'v144.m3u8'))).text();
    const first = list.split('\n').find((line) => line !== '' && !line.startsWith('#'))!;
    const stolen = Buffer.from(await (await fetch(new URL(first, await master()))).arrayBuffer());
    const clear = await readFile(join(folder, 'v144', '0.m4s'));
    expect(stolen.includes('moof')).toBe(false);
    expect(stolen.length).toBe(clear.length + 16 - (clear.length % 16));
  });
});

// A play that began before goes on across each rotation: `npm run rotate` changes the secrets by these same rules.
describe('rotation', () => {
  const secrets = (): Rotating => ({
    PLAYBACK_KEYS: JSON.stringify(playbackKeys),
    CDN_KEYS: JSON.stringify(cdnKeys),
    CONTENT_KEYS: JSON.stringify(contentKeys),
    rotatedAt: {},
  });
  const take = (after: Rotating) => {
    playbackKeys = JSON.parse(after.PLAYBACK_KEYS!) as Keys;
    cdnKeys = JSON.parse(after.CDN_KEYS!) as Keys;
    contentKeys = JSON.parse(after.CONTENT_KEYS!) as Keys;
  };
  const status = async (url: string) => (await fetch(url)).status;
  const segments = async (play: string) => {
    const list = await (await fetch(play.replace('master', 'v288'))).text();
    return list
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => new URL(line, play).href);
  };
  beforeAll(() => {
    origin = origins['cloudfront']!;
  });

  test('of playback tokens', async () => {
    const play = await master();
    const key = play.replace('master.m3u8', 'key/1');
    expect(await status(key)).toBe(200);
    const after = rotated(
      secrets(),
      'tokens',
      'p2',
      base64url.encode(new Uint8Array(32).fill(3)),
      Date.now(),
    );
    take(after);
    expect([await status(key), await status(play)]).toEqual([200, 200]);
    expect((await frames('-xerror', '-i', play, '-map', '0:v:1')).length).toBe(72);
    const next = await master();
    expect(JSON.parse(Buffer.from(next.split('/')[4]!.split('.')[0]!, 'base64url').toString())).toMatchObject(
      {
        kid: 'p2',
      },
    );
    take(retired(after, 'tokens', 'p1', { now: retirableAt(after, 'tokens') }));
    expect([await status(key), await status(next)]).toEqual([401, 200]);
  });

  test('of the CDN’s keys', async () => {
    const play = await master();
    const before = await segments(play);
    const after = rotated(secrets(), 'cdn', 'KNEXT', cdnKey(), Date.now());
    take(after);
    // Its player goes on with the playlist it has; whoever fetches one from now on gets addresses that the new key signed.
    for (const segment of before) expect(await status(segment)).toBe(200);
    const signed = await segments(play);
    for (const segment of signed) {
      expect(new URL(segment).searchParams.get('Key-Pair-Id')).toBe('KNEXT');
      expect(await status(segment)).toBe(200);
    }
    take(retired(after, 'cdn', 'KLOCAL', { now: retirableAt(after, 'cdn') }));
    expect([await status(before[0]!), await status(signed[0]!)]).toEqual([403, 200]);
  });

  test('of content keys', async () => {
    const play = await master();
    take(rotated(secrets(), 'content', 'c2', base64url.encode(new Uint8Array(32).fill(4)), Date.now()));
    expect(currentKeyId(contentKeys)).toBe('c2');
    expect((await frames('-xerror', '-i', play, '-map', '0:v:1')).length).toBe(72);
  });
});
