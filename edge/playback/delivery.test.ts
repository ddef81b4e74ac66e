import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { base64url, type JWTPayload } from 'jose';
import * as v from 'valibot';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Play } from '../../schema/api/playback.ts';
import type { Package } from '../../schema/package.ts';
import app from '../app.ts';
import { ownFiles } from '../platform/cdn.ts';
import { keysIn, seal as sealClaims } from '../platform/keyring.ts';
import { call, type CallInit } from '../testing/call.ts';
import { episodeWith, viewerWith, worldWide, type LicenceRow } from './playback.fixture.ts';
import { playerLane } from './player-lane.ts';
import { openToken, sealToken, type Ticket } from './token.ts';

// Every address of an asset, as each of several viewers, by both deliveries. Real media through both: ops/local/playback.test.ts.

/** A media store that holds some text under each name, with S3's answers to ranges and conditions. */
class Store {
  readonly objects = new Map<string, { text: string; type: string }>();
  asked: string[] = [];
  isDown = false;
  answer(request: Request): Response {
    const key = new URL(request.url).pathname.slice(`/${env.MEDIA_BUCKET}/`.length);
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get('range') ?? '');
    this.asked.push(`${request.method} ${key}${range ? ` ${range[0]}` : ''}`);
    if (this.isDown) return new Response('<Error><Code>SlowDown</Code></Error>', { status: 503 });
    if (!request.headers.get('authorization')?.startsWith('AWS4-HMAC-SHA256'))
      return new Response('<Error><Code>AccessDenied</Code></Error>', { status: 403 });
    const object = this.objects.get(key);
    if (!object) return new Response('<Error><Code>NoSuchKey</Code></Error>', { status: 404 });
    const { text, type } = object;
    const headers = { 'content-type': type, etag: `"${text.length}"`, 'x-amz-id-2': 'of the store alone' };
    if (request.headers.get('if-none-match') === headers.etag)
      return new Response(null, { status: 304, headers });
    if (!range) return new Response(request.method === 'HEAD' ? null : text, { headers });
    const [from, to] = [Number(range[1]), Number(range[2])];
    const part = { ...headers, 'content-range': `bytes ${from}-${to}/${text.length}` };
    return new Response(text.slice(from, to + 1), { status: 206, headers: part });
  }
}
let store: Store;
beforeEach(() => {
  store = new Store();
  const real = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const request = new Request(input, init);
    return request.url.startsWith(env.S3_ENDPOINT)
      ? Promise.resolve(store.answer(request))
      : real(input, init);
  });
});
afterEach(() => vi.restoreAllMocks());

const types: Record<string, string> = {
  m4s: 'video/mp4',
  mp4: 'video/mp4',
  vtt: 'text/vtt; charset=utf-8',
  avif: 'image/avif',
  ttf: 'font/ttf',
};
const typeOf = (uri: string) => types[uri.split('.').at(-1)!] ?? 'application/octet-stream';

/** The first, one in the middle, the last. */
const fewer = <R extends Pick<Package['video'][number], 'segments'>>(rendition: R): R => ({
  ...rendition,
  segments: [0, 100, 239].map((n) => rendition.segments[n]!),
});
/** With a picture for seeking, stills in two sizes, and typeset originals with their fonts. */
const rich = (pkg: Package): Package => ({
  ...pkg,
  video: pkg.video.map(fewer),
  audio: pkg.audio.map(fewer),
  trick: [{ ...pkg.video[0]!, id: 't360', init: { uri: 't360/init.mp4', bytes: 9 }, segments: [] }],
  subtitles: pkg.subtitles.map(fewer).map((track) => ({
    ...track,
    typeset: {
      uri: `${track.id}/original.ass`,
      bytes: 1,
      fonts: [{ uri: `${track.id}/fonts/0.ttf`, bytes: 1, family: 'Alegreya' }],
    },
  })),
  pictures: {
    stills: [
      {
        time: 1,
        thumbhash: '',
        sizes: [360, 1080].map((height) => ({
          width: (height * 16) / 9,
          height,
          files: [{ uri: `pictures/0-${height}.avif`, bytes: 1, type: 'image/avif' as const }],
        })),
      },
    ],
    storyboard: {
      uri: 'pictures/storyboard.vtt',
      width: 160,
      height: 90,
      tiles: 1,
      sprites: [{ uri: 'pictures/sprite-0.avif', bytes: 1 }],
    },
    preview: null,
    waveform: { uri: 'pictures/waveform.bin', bytes: 1, perSecond: 10 },
  },
});
/** Every file there is, allowed to anybody or not. */
const allFiles = (pkg: Package): string[] => [
  ...[...pkg.video, ...pkg.audio, ...pkg.trick].flatMap((r) => [r.init.uri, ...r.segments.map((s) => s.uri)]),
  ...pkg.subtitles.flatMap((r) => [
    ...r.segments.map((s) => s.uri),
    r.typeset!.uri,
    ...r.typeset!.fonts.map((font) => font.uri),
  ]),
  ...pkg.pictures!.stills.flatMap((still) => still.sizes.flatMap((size) => size.files.map((f) => f.uri))),
  pkg.pictures!.storyboard!.uri,
  ...pkg.pictures!.storyboard!.sprites.map((sprite) => sprite.uri),
  pkg.pictures!.waveform!.uri,
  'package.json',
  'v2160/init.mp4',
];

type Delivery = 'cloudfront' | 'edge';
const lane = playerLane(app);
/** One request to the Worker as it is set up for a delivery. */
async function ask(
  delivery: Delivery,
  path: string,
  init: RequestInit = {},
  bindings: Partial<Env> = {},
): Promise<Response> {
  const context = createExecutionContext();
  const request = new Request(new URL(path, env.PUBLIC_ORIGIN), init);
  const answer = await lane.fetch(request, { ...env, DELIVERY: delivery, ...bindings }, context);
  await waitOnExecutionContext(context);
  return answer;
}
const text = async (answer: Response) => new TextDecoder().decode(await answer.arrayBuffer());
const tokenOf = ({ masterUrl }: Play) => masterUrl.split('/')[4]!;

const rows: LicenceRow[] = [
  { countries: ['JP'] },
  { countries: ['DE'], maxHeight: 720, audioLanguages: ['en'], subtitleLanguages: [] },
  { countries: ['BR'], maxHeight: 360, audioLanguages: ['ja'], subtitleLanguages: ['pt'] },
];
/** Folders that each may see; stills no taller than the picture. */
const may: Record<string, { folders: string[]; stills: number[] }> = {
  JP: {
    folders: ['v360', 'v720', 'v1080', 't360', 'a0-ja', 'a1-en', 's0-en', 's1-pt-br'],
    stills: [360, 1080],
  },
  DE: { folders: ['v360', 'v720', 't360', 'a1-en'], stills: [360] },
  BR: { folders: ['v360', 't360', 'a0-ja', 's1-pt-br'], stills: [360] },
};
const allowed = (country: string, uri: string): boolean => {
  const [folder = ''] = uri.split('/');
  const { folders, stills } = may[country]!;
  if (folder !== 'pictures') return folders.includes(folder);
  const height = /0-(\d+)\.avif$/.exec(uri)?.[1];
  return height === undefined ? !uri.endsWith('.bin') : stills.includes(Number(height));
};

let pkg: Package;
let other: Package;
const plays: Record<string, Play> = {};
let foreign: Play;
beforeAll(async () => {
  const here = await episodeWith('aimed', rows, { change: rich });
  const there = await episodeWith('elsewhere', [worldWide], { change: rich });
  ({ pkg } = here);
  ({ pkg: other } = there);
  const { token } = await viewerWith('aim', 9);
  const play = async (episodeId: string, country: string) => {
    const init = { token, cf: { country } } as CallInit;
    const answer = await call('POST', `/api/episodes/${episodeId}/hls`, init);
    return v.parse(Play, await answer.json());
  };
  for (const country of Object.keys(may)) plays[country] = await play(here.episodeId, country);
  foreign = await play(there.episodeId, 'JP');
});
const renditions = ({ video, audio, subtitles, trick }: Package) =>
  [...video, ...audio, ...subtitles, ...trick].map(({ id }) => id);

describe.each<Delivery>(['cloudfront', 'edge'])('delivered by %s', (delivery) => {
  describe.each(Object.keys(may))('to somebody in %s', (country) => {
    const at = (name: string) => `/hls/${tokenOf(plays[country]!)}/${name}`;

    it('playlists are there for what the grant covers, and name nothing else', async () => {
      const master = await text(await ask(delivery, at('master.m3u8')));
      for (const id of renditions(pkg)) {
        const answer = await ask(delivery, at(`${id}.m3u8`));
        expect([id, answer.status]).toEqual([id, may[country]!.folders.includes(id) ? 200 : 404]);
        expect(master.includes(`${id}.m3u8`)).toBe(answer.status === 200);
        if (answer.status !== 200) continue;
        const playlist = await text(answer);
        const files = [...playlist.matchAll(/^(?!#)(.+)$|MAP:URI="([^"]+)"/gm)].map((m) => (m[1] ?? m[2])!);
        for (const file of files) {
          const url = new URL(file, new URL(at(`${id}.m3u8`), env.PUBLIC_ORIGIN));
          const under =
            delivery === 'edge' ? `${env.PUBLIC_ORIGIN}${at('')}` : `${env.CDN_ORIGIN}/${pkg.prefix}`;
          expect(url.href.startsWith(under)).toBe(true);
          expect(allowed(country, url.href.slice(under.length).split('?')[0]!)).toBe(true);
        }
      }
    });

    it('files are there for what the grant covers, and nothing else is, be it there or not', async () => {
      const files = allFiles(pkg);
      for (const uri of files)
        store.objects.set(pkg.prefix + uri, { text: `the bytes of ${uri}`, type: typeOf(uri) });
      for (const uri of files) {
        const answer = await ask(delivery, at(uri));
        const good = delivery === 'edge' && allowed(country, uri);
        expect([uri, answer.status]).toEqual([uri, good ? 200 : 404]);
        expect(answer.headers.get('access-control-allow-origin')).toBe('*');
        const body = await text(answer);
        expect(body === `the bytes of ${uri}`).toBe(good);
        expect(answer.headers.get('content-type')).toBe(good ? typeOf(uri) : 'application/problem+json');
      }
      expect(
        store.asked.every((line) => allowed(country, line.slice('GET '.length + pkg.prefix.length))),
      ).toBe(true);
    });

    it('no address leads to another asset, another version or out of its own', async () => {
      store.objects.set('sources/secret.mkv', { text: 'secret', type: 'video/x-matroska' });
      store.objects.set(`${other.prefix}v360/init.mp4`, { text: 'other', type: 'video/mp4' });
      for (const path of [
        `v360/../../../../../sources/secret.mkv`,
        `v360/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/sources/secret.mkv`,
        `v360%2f..%2f..%2fsecret.mkv`,
        `v360//init.mp4`,
        `v360/init.mp4/`,
        `v360/init.mp4%00`,
        `${other.prefix}v360/init.mp4`,
        `../${other.assetId}/v360/init.mp4`,
        `key/24`,
        `key/-1`,
        `r2-v360/init.mp4`,
      ]) {
        const answer = await ask(delivery, at(path));
        expect([path, answer.status]).toEqual([path, 404]);
      }
      expect(store.asked).toEqual([]);
    });
  });

  it('another asset’s key is another key, under every token', async () => {
    const key = async (play: Play) =>
      new Uint8Array(await (await ask(delivery, `/hls/${tokenOf(play)}/key/0`)).arrayBuffer());
    expect(await key(plays['JP']!)).toEqual(await key(plays['DE']!));
    expect(await key(foreign)).not.toEqual(await key(plays['JP']!));
    expect(await key(foreign)).toHaveLength(16);
  });

  it('a token that is not ours, was changed, is over, is early or retired opens no address at all', async () => {
    const keys = keysIn(env.PLAYBACK_KEYS);
    const good = (await openToken(tokenOf(plays['JP']!), keys, Date.now()))!;
    const token = tokenOf(plays['JP']!);
    const [head, body, signature] = token.split('.') as [string, string, string];
    const seal = (change: Partial<Ticket>) => sealToken({ ...good, ...change }, keys);
    const claims = JSON.parse(new TextDecoder().decode(base64url.decode(body))) as JWTPayload;
    const sealed = (more: JWTPayload) => sealClaims({ ...claims, ...more }, 'playback+jwt', keys);
    expect(await openToken(await sealed({ iat: 1 }), keys, Date.now())).toEqual(good); // the rest fails for its own reason
    const bad: Record<string, string> = {
      'alg none': `${btoa('{"alg":"none","typ":"playback+jwt"}').replaceAll('=', '')}.${body}.`,
      'a changed payload': `${head}.${body.slice(0, -2)}AA.${signature}`,
      'the signature of another': `${head}.${body}.${tokenOf(foreign).split('.')[2]}`,
      'one that is over': await seal({ expiresAt: Math.floor(Date.now() / 1000) * 1000 - 1000 }),
      'one from the future': await sealed({ nbf: Date.now() / 1000 + 3600 }),
      'one made in the future': await sealed({ iat: Date.now() / 1000 + 3600 }),
      'a retired kid': await sealToken(good, { p0: Object.values(keys)[0]! }),
      'an address of files': await ownFiles('', keys).sign(pkg.prefix, Date.now() + 60_000),
    };
    for (const uri of ['v360/init.mp4', 'v360/0.m4s'])
      store.objects.set(pkg.prefix + uri, { text: uri, type: typeOf(uri) });
    const names = [
      'master.m3u8',
      ...renditions(pkg).map((id) => `${id}.m3u8`),
      'key/0',
      'key/23',
      'v360/init.mp4',
    ];
    for (const [what, token] of Object.entries(bad))
      for (const name of names) {
        const answer = await ask(delivery, `/hls/${token}/${name}`);
        expect([what, name, answer.status]).toEqual([what, name, 401]);
        expect(await answer.json()).toMatchObject({ code: 'invalid-token' });
      }
    expect(store.asked).toEqual([]);
  });
});

describe.each<Delivery>(['cloudfront', 'edge'])('by %s, a play that began before goes on', (delivery) => {
  const at = (name: string) => `/hls/${tokenOf(plays['JP']!)}/${name}`;
  const status = async (name: string, bindings: Partial<Env>) =>
    (await ask(delivery, at(name), {}, bindings)).status;
  const read = (keys: string) => JSON.parse(keys) as Record<string, string>;
  const another = base64url.encode(new Uint8Array(32).fill(5));

  it('when the keys of tokens turn, until its own is retired', async () => {
    const turned = { PLAYBACK_KEYS: JSON.stringify({ p2: another, ...read(env.PLAYBACK_KEYS) }) };
    for (const name of ['master.m3u8', 'v720.m3u8', 'key/3']) expect(await status(name, turned)).toBe(200);
    const alone = { PLAYBACK_KEYS: JSON.stringify({ p2: another }) };
    // Though this isolate has seen the token, and found it good, a moment ago.
    for (const name of ['master.m3u8', 'v720.m3u8', 'key/3']) expect(await status(name, alone)).toBe(401);
  });

  it('when content keys turn, with the keys that its asset was encrypted under', async () => {
    const key = async (bindings: Partial<Env>) => [
      ...new Uint8Array(await (await ask(delivery, at('key/3'), {}, bindings)).arrayBuffer()),
    ];
    const turned = { CONTENT_KEYS: JSON.stringify({ c2: another, ...read(env.CONTENT_KEYS) }) };
    expect(await key(turned)).toEqual(await key({}));
  });
});

it('when the CDN’s key turns, playlists that are asked for from then on are signed by the new one', async () => {
  const path = `/hls/${tokenOf(plays['JP']!)}/v720.m3u8`;
  const by = async (bindings: Partial<Env>) =>
    /Key-Pair-Id=(\w+)/.exec(await text(await ask('cloudfront', path, {}, bindings)))![1];
  const [pem] = Object.values(JSON.parse(env.CDN_KEYS) as Record<string, string>);
  expect(await by({})).toBe('KTEST');
  expect(await by({ CDN_KEYS: JSON.stringify({ KNEXT: pem, KTEST: pem }) })).toBe('KNEXT');
  expect(await by({})).toBe('KTEST');
});

describe('files by the edge', () => {
  // Files of an asset of its own: names never change their bytes, so what others asked for is kept.
  const path = (uri: string) => `/hls/${tokenOf(foreign)}/${uri}`;
  const keep = (uri: string, words: string) =>
    store.objects.set(other.prefix + uri, { text: words, type: typeOf(uri) });

  it('are read from the store once a location, then kept: whole, in part, by condition or headers only', async () => {
    const uri = 'v720/100.m4s';
    keep(uri, 'ten bytes!');
    const first = await ask('edge', path(uri));
    expect([first.status, await text(first)]).toEqual([200, 'ten bytes!']);
    expect(first.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(first.headers.get('accept-ranges')).toBe('bytes');
    expect(first.headers.get('x-amz-id-2')).toBeNull();
    expect(first.headers.get('content-security-policy')).toContain("default-src 'none'");
    store.objects.clear(); // whatever comes now is what was kept
    const again = await ask('edge', `/hls/${tokenOf(foreign)}/${uri}`);
    expect([again.status, await text(again)]).toEqual([200, 'ten bytes!']);
    const part = await ask('edge', path(uri), { headers: { range: 'bytes=4-8' } });
    expect([part.status, await text(part)]).toEqual([206, 'bytes']);
    expect(part.headers.get('content-range')).toBe('bytes 4-8/10');
    const known = await ask('edge', path(uri), { headers: { 'if-none-match': first.headers.get('etag')! } });
    expect([known.status, await text(known)]).toEqual([304, '']);
    const head = await ask('edge', path(uri), { method: 'HEAD' });
    expect([head.status, await text(head), head.headers.get('content-type')]).toEqual([200, '', 'video/mp4']);
    expect(store.asked).toEqual([`GET ${other.prefix}${uri}`]);
  });

  it('that are not kept yet: parts, conditions and headers are the store’s to answer', async () => {
    const uri = 'v720/239.m4s';
    keep(uri, 'ten bytes!');
    const part = await ask('edge', path(uri), { headers: { range: 'bytes=4-8' } });
    expect([part.status, await text(part), part.headers.get('content-range')]).toEqual([
      206,
      'bytes',
      'bytes 4-8/10',
    ]);
    expect((await ask('edge', path(uri), { headers: { 'if-none-match': '"10"' } })).status).toBe(304);
    const head = await ask('edge', path(uri), { method: 'HEAD' });
    expect([head.status, head.headers.get('etag')]).toEqual([200, '"10"']);
    const key = other.prefix + uri;
    expect(store.asked).toEqual([`GET ${key} bytes=4-8`, `GET ${key}`, `HEAD ${key}`]);
  });

  it('are a problem that players may try again where the store is away, and none where nothing is stored', async () => {
    expect((await ask('edge', path('v1080/0.m4s'))).status).toBe(404);
    store.isDown = true;
    const answer = await ask('edge', path('v1080/100.m4s'));
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([503, '*']);
    expect(await answer.json()).toMatchObject({ code: 'unavailable' });
  }, 60_000); // our own tries again

  it('answer a preflight of a player on another site', async () => {
    const answer = await ask('edge', path('v720/100.m4s'), {
      method: 'OPTIONS',
      headers: { origin: 'https://tv.example', 'access-control-request-headers': 'range' },
    });
    expect([answer.status, answer.headers.get('access-control-allow-headers')]).toEqual([204, 'range']);
  });

  it('go to editors by an address that opens one asset version until a moment', async () => {
    const keys = keysIn(env.PLAYBACK_KEYS);
    const files = ownFiles(env.PUBLIC_ORIGIN, keys);
    const address = async (prefix: string, uri: string, until = Date.now() + 60_000) =>
      new URL(files.file(prefix, uri, await files.sign(prefix, until))).pathname;
    keep('pictures/waveform.bin', 'waves');
    const path = await address(other.prefix, 'pictures/waveform.bin');
    expect(await text(await ask('edge', path))).toBe('waves');
    expect((await ask('cloudfront', path)).status).toBe(404);
    expect((await ask('edge', await address(other.prefix, 'v360%2f..%2f..%2fx'))).status).toBe(404);
    for (const bad of [
      await address(other.prefix, 'pictures/waveform.bin', Date.now() - 2000),
      path.replace(/\/media\/[^/]+/, `/media/${tokenOf(foreign)}`),
      path.replace(/\.[\w-]+\/pictures/, '.AAAA/pictures'),
    ])
      expect((await ask('edge', bad)).status).toBe(401);
    await expect(files.sign('hls/a', Date.now())).rejects.toThrow(RangeError);
  });
});
