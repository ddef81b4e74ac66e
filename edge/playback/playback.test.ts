import { env } from 'cloudflare:workers';
import { base64url } from 'jose';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { Play } from '../../schema/api/playback.ts';
import { ProblemDocument } from '../../schema/problem.ts';
import { periodKey } from '../platform/content-keys.ts';
import { call, type CallInit } from '../testing/call.ts';
import { counted, nothing } from '../testing/counted.ts';
import { bearer } from '../testing/sign-in.ts';
import { episodeWith, nothingPlays, worldWide, type LicenceRow } from './playback.fixture.ts';
import { countryOf } from './country.ts';
import { sealToken, TOKEN_MS, type Ticket } from './token.ts';

const DAY = 86_400_000;
const from = (country: string) => ({ cf: { country } }) as CallInit;
const pathOf = (url: string) => new URL(url).pathname;
const beside = (masterUrl: string, name: string) => pathOf(masterUrl).replace('master.m3u8', name);
const textOf = async (answer: Response) => new TextDecoder().decode(await answer.arrayBuffer());
const problem = async (answer: Response) => v.parse(ProblemDocument, await answer.json());
let viewer: string;
beforeAll(async () => {
  viewer = await bearer('viewer');
});

async function play(episodeId: string, init: CallInit = {}): Promise<Play> {
  await nothingPlays();
  const answer = await call('POST', `/api/episodes/${episodeId}/hls`, { token: viewer, ...init });
  expect(answer.status).toBe(200);
  return v.parse(Play, await answer.json());
}
const uris = (playlist: string) => [
  ...playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#')),
  ...[...playlist.matchAll(/URI="([^"]+)"/g)].map((m) => m[1]!),
];

describe('starting a play', () => {
  it('answers what can be watched, in what languages, until when', async () => {
    const { episodeId } = await episodeWith('start', [worldWide]);
    const before = Date.now();
    const started = await play(episodeId);
    expect(started).toMatchObject({
      duration: 1440,
      maxHeight: 1080,
      audio: [
        { id: 'a0-ja', language: 'ja', role: 'main', default: true, channels: 2 },
        { id: 'a1-en', default: false },
      ],
      subtitles: [{ id: 's0-en' }, { id: 's1-pt-br', language: 'pt-BR' }],
      chapters: [{ title: 'Opening' }],
    });
    expect(started.masterUrl).toMatch(/^https:\/\/engawa\.test\/hls\/[^/]+\/master\.m3u8$/);
    expect(started.until).toBeGreaterThan(before + TOKEN_MS - 1000);
    expect(started.until).toBeLessThanOrEqual(Date.now() + TOKEN_MS);
  });

  it('ends with the licence', async () => {
    const endsAt = Date.now() + 90_000;
    const { episodeId } = await episodeWith('ends', [{ ...worldWide, endsAt }]);
    expect((await play(episodeId)).until).toBe(Math.floor(endsAt / 1000) * 1000);
  });

  it.each<[string, LicenceRow[], string, number, string]>([
    ['a row that does not include the country', [{ countries: ['JP'] }], 'FR', 451, 'not-in-territory'],
    [
      'a row that excludes the country',
      [{ territoryMode: 'exclude', countries: ['FR'] }],
      'FR',
      451,
      'not-in-territory',
    ],
    ['no row', [], 'JP', 451, 'not-in-territory'],
    ['a row that has ended', [{ countries: ['JP'], endsAt: 1 }], 'JP', 403, 'window-ended'],
    ['a cap below the lowest rung', [{ ...worldWide, maxHeight: 240 }], 'JP', 451, 'not-in-territory'],
  ])('refuses with %s', async (name, rows, country, status, code) => {
    const { episodeId } = await episodeWith(name.replaceAll(/\W/g, ''), rows);
    const answer = await call('POST', `/api/episodes/${episodeId}/hls`, { token: viewer, ...from(country) });
    expect(answer.status).toBe(status);
    expect(await problem(answer)).toMatchObject({ code });
  });

  it('believes the network about the country, not a header', async () => {
    const { episodeId } = await episodeWith('header', [{ countries: ['JP'] }]);
    await nothingPlays();
    const headers = { 'cf-ipcountry': 'JP', 'x-country': 'JP', 'x-forwarded-for': '1.0.16.1' };
    const path = `/api/episodes/${episodeId}/hls`;
    expect((await call('POST', path, { token: viewer, headers, ...from('FR') })).status).toBe(451);
    expect((await call('POST', path, { token: viewer, ...from('JP') })).status).toBe(200);
    expect(countryOf({ country: 'JP' })).toBe('JP');
    for (const unknown of ['T1', 'XX', '', undefined])
      expect(countryOf(unknown === undefined ? undefined : ({ country: unknown } as never))).toBeNull();
  });

  it('says when an episode opens', async () => {
    const airsAt = Date.now() + DAY;
    const { episodeId } = await episodeWith('soon', [worldWide], { airsAt });
    const answer = await call('POST', `/api/episodes/${episodeId}/hls`, { token: viewer });
    expect(answer.status).toBe(403);
    expect(await problem(answer)).toMatchObject({ code: 'not-yet', retryAt: airsAt });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(86_000);
  });

  it('does not know unpublished and unknown episodes, and wants somebody signed in', async () => {
    const { episodeId } = await episodeWith('hidden', [worldWide], { published: false });
    for (const id of [episodeId, 'ep_nothing'])
      expect((await call('POST', `/api/episodes/${id}/hls`, { token: viewer })).status).toBe(404);
    expect((await call('POST', '/api/episodes/x/hls', { token: viewer })).status).toBe(400);
    const anonymous = await call('POST', `/api/episodes/${episodeId}/hls`);
    expect(anonymous.status).toBe(401);
    expect(await problem(anonymous)).toMatchObject({ code: 'not-signed-in' });
  });

  it('says so when the package is missing', async () => {
    const { episodeId } = await episodeWith('lost', [worldWide], { inR2: false });
    expect((await call('POST', `/api/episodes/${episodeId}/hls`, { token: viewer })).status).toBe(503);
  });
});

describe('playlists and keys', () => {
  it('lead from the master to every rendition, every file on the CDN and every key', async () => {
    const { episodeId, assetId, pkg } = await episodeWith('whole', [worldWide]);
    const { masterUrl } = await play(episodeId);
    const master = await call('GET', pathOf(masterUrl));
    expect(master.headers.get('content-type')).toBe('application/vnd.apple.mpegurl');
    expect(master.headers.get('cache-control')).toBe('private, no-store');
    expect(master.headers.get('access-control-allow-origin')).toBe('*');
    expect(master.headers.get('access-control-allow-credentials')).toBeNull();
    const renditions = uris(await textOf(master));
    expect(renditions.sort()).toEqual(
      [...pkg.video, ...pkg.audio, ...pkg.subtitles].map(({ id }) => `${id}.m3u8`).sort(),
    );

    for (const name of renditions) {
      const answer = await call('GET', beside(masterUrl, name));
      expect(answer.status).toBe(200);
      const all = uris(await textOf(answer));
      const files = all.filter((uri) => uri.startsWith(`${env.CDN_ORIGIN}/${pkg.prefix}`));
      const keys = all.filter((uri) => /^key\/\d+$/.test(uri));
      expect(keys).toHaveLength(24);
      expect(files.length + keys.length).toBe(all.length);
      expect(new Set(files.map((uri) => new URL(uri).search)).size).toBe(1); // one signature opens them all
    }

    const key = await call('GET', beside(masterUrl, 'key/23'));
    expect(key.headers.get('content-type')).toBe('application/octet-stream');
    expect(key.headers.get('cache-control')).toBe('no-store');
    expect(key.headers.get('access-control-allow-origin')).toBe('*');
    const bytes = new Uint8Array(await key.arrayBuffer());
    expect(bytes).toEqual(
      await periodKey(JSON.parse(env.CONTENT_KEYS) as Record<string, string>, 'c1', assetId, 23),
    );
    expect(bytes).toHaveLength(16);
    for (const beyond of ['key/24', 'key/99999999999999999999', 'key/-1', 'key/x', 'key/0.5'])
      expect((await call('GET', beside(masterUrl, beyond))).status).toBe(404);
  });

  it('never show what the grant leaves out, even to who guesses', async () => {
    const { episodeId } = await episodeWith('narrow', [
      { countries: ['DE'], maxHeight: 720, audioLanguages: ['en'], subtitleLanguages: [] },
      { countries: ['JP'] },
    ]);
    const started = await play(episodeId, from('DE'));
    expect(started).toMatchObject({ maxHeight: 720, audio: [{ id: 'a1-en', default: true }], subtitles: [] });
    const master = await textOf(await call('GET', pathOf(started.masterUrl)));
    expect(uris(master).sort()).toEqual(['a1-en.m3u8', 'v360.m3u8', 'v720.m3u8']);
    const wide = await play(episodeId, from('JP')); // warms the cache with what the other may not see
    for (const name of ['v1080.m3u8', 'a0-ja.m3u8', 's0-en.m3u8']) {
      expect((await call('GET', beside(wide.masterUrl, name))).status).toBe(200);
      expect((await call('GET', beside(started.masterUrl, name))).status).toBe(404);
    }
    for (const name of ['v2160.m3u8', 'package.json', '..m3u8', 'v360.m3u8/x', '%2e%2e%2fmaster.m3u8'])
      expect((await call('GET', beside(started.masterUrl, name))).status).toBe(404);
  });

  it('open for no token but ours, at every address', async () => {
    const { episodeId, assetId } = await episodeWith('locked', [worldWide]);
    const { masterUrl } = await play(episodeId);
    const token = masterUrl.split('/')[4]!;
    const [head, body, signature] = token.split('.') as [string, string, string];
    const claims = JSON.parse(new TextDecoder().decode(base64url.decode(body))) as Record<string, unknown>;
    const tampered = `${head}.${base64url.encode(JSON.stringify({ ...claims, exp: 9e9 }))}.${signature}`;
    const over: Ticket = {
      sessionId: 'ply_0000',
      accountId: 'usr_0000',
      assetId,
      revision: 1,
      keyId: 'c1',
      periods: 24,
      licenceId: 'lic_0000',
      maxHeight: null,
      audio: null,
      subtitles: null,
      country: null,
      expiresAt: Math.floor(Date.now() / 1000) * 1000 - 1000,
    };
    const expired = await sealToken(over, JSON.parse(env.PLAYBACK_KEYS) as Record<string, string>);
    const foreign = await sealToken(
      { ...over, expiresAt: 9e12 },
      { p1: base64url.encode(new Uint8Array(32)) },
    );
    const none = `${base64url.encode('{"alg":"none"}')}.${body}.`;
    for (const bad of [tampered, expired, foreign, none, 'a.b.c', viewer])
      for (const name of ['master.m3u8', 'v360.m3u8', 'a0-ja.m3u8', 's0-en.m3u8', 'key/0']) {
        const answer = await call('GET', `/hls/${bad}/${name}`);
        expect(answer.status).toBe(401);
        expect(answer.headers.get('access-control-allow-origin')).toBe('*'); // or a player could not read why
        expect(await problem(answer)).toMatchObject({ code: 'invalid-token' });
      }
  });

  it('answer a preflight of a player on another site', async () => {
    const answer = await call('OPTIONS', '/hls/a.b.c/key/0', {
      headers: {
        origin: 'https://player.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'range',
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-headers')).toBe('range');
  });

  it('travel compressed where the player takes it', async () => {
    const { episodeId } = await episodeWith('small', [worldWide]);
    const { masterUrl } = await play(episodeId);
    const path = beside(masterUrl, 'v360.m3u8');
    // Cloudflare rewrites the header and keeps what the player sent in `cf`.
    const asking = (clientAcceptEncoding: string) =>
      ({ headers: { 'accept-encoding': 'gzip, br' }, cf: { clientAcceptEncoding } }) as CallInit;
    const [plain, refused, packed] = [
      await call('GET', path, asking('identity')),
      await call('GET', path, asking('gzip;q=0, identity')),
      await call('GET', path, asking('gzip, br')),
    ];
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(refused.headers.get('content-encoding')).toBeNull();
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(await textOf(packed)).toBe(await textOf(plain));
  });
});

describe('what one play costs', () => {
  it('is one D1 round trip, a handful of rows, and nothing more once it is warm', async () => {
    await nothingPlays();
    const { episodeId } = await episodeWith('cheap', [worldWide]);
    const fetch = counted(viewer);
    const path = `/api/episodes/${episodeId}/hls`;
    const first = await fetch('POST', path);
    // The signature opens pictures of the seek bar and typeset originals; playlists of the same hours have it, too.
    expect(first.count).toEqual({ ...nothing, d1: 1, rows: 6, r2: 1, objects: 1, signatures: 1 });
    await nothingPlays();
    const second = await fetch('POST', path);
    expect(second.count).toEqual({ ...nothing, d1: 1, rows: 6, objects: 1 });
    const { masterUrl } = v.parse(Play, await second.answer.json());

    for (const name of ['master.m3u8', 'v360.m3u8', 'v720.m3u8', 'a0-ja.m3u8'])
      for (const _time of ['first', 'again'])
        expect((await fetch('GET', beside(masterUrl, name))).count).toEqual(nothing);
    const key = async () => (await fetch('GET', beside(masterUrl, 'key/3'))).count;
    expect(await key()).toEqual({ ...nothing, objects: 1 });
    expect(await key()).toEqual(nothing);
  });
});
