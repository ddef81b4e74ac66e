import { getSignedUrl } from '@aws-sdk/cloudfront-signer';
import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as ask } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cdn as edgeCdn } from '../../edge/platform/cdn.ts';
import { startCdn, type CdnOptions, type LocalCdn } from './cdn.ts';
import { refusal, trustedKey, wildcard } from './cloudfront.ts';
import { freePort } from './ports.ts';
import { startStore } from './store/server.ts';

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const keys = { accessKeyId: 'local', secretAccessKey: 'local-secret' };
const bucket = 'engawa-media';
const ours = pair();
const theirs = pair();
const HOUR = 3_600_000;
const V1 = 'hls/yuki/season-1/ep-1/v1/';
const FILES = [`${V1}v360/init.mp4`, `${V1}v360/0.m4s`, `${V1}s0-en/0.vtt`];
const body = 'ten bytes!';

let folder: string;
let store: Awaited<ReturnType<typeof startStore>>;
let cdn: LocalCdn;
let options: Omit<CdnOptions, 'port'>;
let origin: string;
/** As the edge signs, for the CDN that runs here. */
const signer = (privateKey = ours.privateKey, keyId = 'KLOCAL') =>
  edgeCdn({ origin, keys: { [keyId]: privateKey } });
const signed = async (file: string, prefix = V1, until = Date.now() + HOUR) =>
  `${origin}/${file}${await signer().sign(prefix, until)}`;
/** The key group. */
const trusted: Readonly<Record<string, string>> = { KLOCAL: ours.publicKey };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engawa-cdn-'));
  const [port, storePort] = [await freePort(), await freePort()];
  store = await startStore({ port: storePort, folder, bucket, keys });
  const storeEndpoint = `http://localhost:${storePort}`;
  options = { storeEndpoint, bucket, keys, trusted: () => trusted };
  cdn = await startCdn({ ...options, port });
  origin = `http://localhost:${port}`;
  const s3 = new S3Client({
    endpoint: storeEndpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: keys,
  });
  for (const Key of [...FILES, 'hls/yuki/season-1/ep-1/v10/v360/0.m4s', 'sources/secret.mkv'])
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: body, ContentType: 'video/mp4' }));
  s3.destroy();
});
afterAll(async () => {
  await cdn.stop();
  await store.stop();
  await rm(folder, { recursive: true });
});

describe('the local CDN', () => {
  test('opens every file of one version with one signature, and none of another', async () => {
    const query = await signer().sign(V1, Date.now() + HOUR);
    for (const file of FILES) {
      const answer = await fetch(`${origin}/${file}${query}`);
      expect([answer.status, await answer.text()]).toEqual([200, body]);
      expect(answer.headers.get('content-type')).toBe('video/mp4');
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
    for (const other of [
      'hls/yuki/season-1/ep-1/v10/v360/0.m4s',
      'hls/yuki/season-1/ep-2/v1/v360/0.m4s',
      'sources/secret.mkv',
    ])
      expect((await fetch(`${origin}/${other}${query}`)).status).toBe(403);
    expect((await fetch(`${origin}/${V1}v360/99.m4s${query}`)).status).toBe(404);
  });

  test('serves ranges and HEAD', async () => {
    const url = await signed(FILES[0]!);
    const part = await fetch(url, { headers: { range: 'bytes=4-8' } });
    expect([part.status, await part.text()]).toEqual([206, 'bytes']);
    expect(part.headers.get('content-range')).toBe('bytes 4-8/10');
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
    expect((await fetch(url, { headers: { range: 'bytes=10-' } })).status).toBe(416);
  });

  test('opens by cookies too, for the one site that is named; a signed address goes before them', async () => {
    const port = await freePort();
    const site = 'http://localhost:1';
    const at = `http://localhost:${port}`;
    const own = await startCdn({ ...options, port, cookiesFrom: site });
    const signing = edgeCdn({ origin: at, keys: { KLOCAL: ours.privateKey } });
    const cookie = (prefix: string, until = Date.now() + HOUR) =>
      signing
        .cookies(prefix, until)
        .map((pair) => pair.join('='))
        .join('; ');
    const get = async (file: string, header: string) => {
      const answer = await fetch(`${at}/${file}`, { headers: { cookie: header, origin: site } });
      await answer.body?.cancel();
      return answer;
    };
    const good = await get(FILES[0]!, `engawa=x; ${cookie(V1)}`);
    expect(good.status).toBe(200);
    expect(good.headers.get('access-control-allow-origin')).toBe(site);
    expect(good.headers.get('access-control-allow-credentials')).toBe('true');
    const theirsToo = cookie(V1).replace('CloudFront-Policy=', 'CloudFront-Policy=x');
    for (const bad of [
      '',
      cookie('hls/yuki/season-1/ep-1/v2/'),
      cookie(V1, Date.now() - 1000),
      cookie(V1).replace('KLOCAL', 'KOTHER'),
      theirsToo,
    ])
      expect((await get(FILES[0]!, bad)).status).toBe(403);
    expect((await get('hls/yuki/season-1/ep-1/v10/v360/0.m4s', cookie(V1))).status).toBe(403);
    const over = await signing.sign(V1, Date.now() - 1000);
    expect((await get(`${FILES[0]}${over}`, cookie(V1))).status).toBe(403);
    await own.stop();
  });

  test('answers a preflight', async () => {
    const answer = await fetch(`${origin}/${FILES[0]}`, {
      method: 'OPTIONS',
      headers: { origin: 'https://player.example', 'access-control-request-headers': 'range' },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('range');
  });

  test.each<[string, () => string | Promise<string>]>([
    ['no signature', () => `${origin}/${FILES[0]}`],
    ['no signature and no such file', () => `${origin}/${V1}nothing.m4s`],
    ['a signature that has ended', () => signed(FILES[0]!, V1, Date.now() - 1000)],
    ['a signature of another prefix', () => signed(FILES[0]!, 'hls/yuki/season-1/ep-1/v2/')],
    [
      'another key of the same name',
      async () => `${origin}/${FILES[0]}${await signer(theirs.privateKey).sign(V1, Date.now() + HOUR)}`,
    ],
    [
      'a key of another name',
      async () =>
        `${origin}/${FILES[0]}${await signer(ours.privateKey, 'KOTHER').sign(V1, Date.now() + HOUR)}`,
    ],
    [
      'a changed policy',
      async () => {
        const wide = new URL(
          await signer(theirs.privateKey).sign('hls/', Date.now() + HOUR),
          origin,
        ).searchParams.get('Policy')!;
        return (await signed(FILES[0]!)).replace(/Policy=[^&]+/, `Policy=${wide}`);
      },
    ],
    ['a policy given twice', async () => `${await signed(FILES[0]!)}&Policy=x`],
    [
      'another hash algorithm than was signed with',
      async () => (await signed(FILES[0]!)).replace('SHA256', 'SHA1'),
    ],
    [
      'a hash algorithm that nobody knows',
      async () => (await signed(FILES[0]!)).replace('SHA256', 'constructor'),
    ],
    [
      'a file outside hls/',
      async () => `${origin}/sources/secret.mkv${await signer().sign('sources/', Date.now() + HOUR)}`,
    ],
    [
      'a list of the bucket',
      async () => `${origin}/${await signer().sign('hls/', Date.now() + HOUR)}&list-type=2`,
    ],
  ])('refuses %s', async (_, make) => {
    const answer = await fetch(await make());
    expect(answer.status).toBe(403);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await answer.json()).toMatchObject({ status: 403, title: 'Forbidden' });
  });

  test('says the same of a file that is there and of one that is not', async () => {
    const [there, missing] = await Promise.all(
      [FILES[0]!, `${V1}nothing.m4s`].map(async (file) => (await fetch(`${origin}/${file}`)).text()),
    );
    expect(there).toBe(missing);
  });

  // fetch() would tidy these up before they are sent.
  test.each([
    `/hls/../sources/secret.mkv`,
    `/hls/%2e%2e/sources/secret.mkv`,
    `/hls%2f..%2fsources/secret.mkv`,
    `/${V1}..%2f..%2f..%2f..%2f..%2fsources/secret.mkv`,
    `/hls//../sources/secret.mkv`,
    `/hls/./${V1}v360/0.m4s`,
    `//hls/yuki`,
    `http://localhost/hls/yuki`,
    `*`,
  ])('refuses the path %s, though its signature opens everything', async (path) => {
    const policy = { Statement: [{ Resource: '*', Condition: { DateLessThan: { 'AWS:EpochTime': 4e9 } } }] };
    const url = getSignedUrl({
      url: 'http://x/',
      policy: JSON.stringify(policy),
      keyPairId: 'KLOCAL',
      privateKey: ours.privateKey,
    });
    const status = await new Promise((resolve, reject) =>
      ask(origin, { path: path + new URL(url).search }, (answer) => resolve(answer.resume().statusCode))
        .on('error', reject)
        .end(),
    );
    expect(status).toBe(403);
  });

  test.each(['PUT', 'POST', 'DELETE'])('refuses %s', async (method) => {
    expect((await fetch(await signed(FILES[0]!), { method })).status).toBe(403);
  });

  test('counts', async () => {
    const before = cdn.requests();
    await (await fetch(await signed(FILES[0]!))).text();
    await (await fetch(`${origin}/${FILES[0]}`)).text();
    await fetch(`${origin}/${FILES[0]}`, { method: 'OPTIONS' });
    expect(cdn.requests()).toEqual({ served: before.served + 1, refused: before.refused + 1 });
  });
});

describe('CloudFront signatures', () => {
  const key = trustedKey('KLOCAL', ours.publicKey);
  const now = Date.UTC(2026, 3, 1);
  const url = 'https://d111.cloudfront.net/hls/a.m4s?size=1';
  const credentials = { keyPairId: 'KLOCAL', privateKey: ours.privateKey };
  const asked = (address: string, { at = now, ip = '192.0.2.7' } = {}) =>
    refusal({ url: address, ip }, [key], at);

  test.each(['SHA1', 'SHA256'] as const)(
    'a canned policy (Expires) by %s holds for its address until its end',
    (algorithm) => {
      const address = getSignedUrl({ ...credentials, url, dateLessThan: new Date(now + 5000), algorithm });
      expect(address).toContain('Expires=');
      expect(asked(address)).toBeNull();
      expect(asked(address, { at: now + 4999 })).toBeNull();
      expect(asked(address, { at: now + 5000 })).toBe('The policy has ended.');
      expect(asked(address.replace('size=1', 'size=2'))).toBe('The signature does not fit the policy.');
      expect(asked(address.replace(/Expires=\d+/, 'Expires=4000000000'))).toBe(
        'The signature does not fit the policy.',
      );
    },
  );

  test('a custom policy holds between its moments and from its addresses', () => {
    const address = getSignedUrl({
      ...credentials,
      url,
      ipAddress: '192.0.2.0/24',
      dateLessThan: new Date(now + 5000),
      dateGreaterThan: new Date(now - 5000),
    });
    expect(asked(address)).toBeNull();
    expect(asked(address, { at: now - 5000 })).toBe('The policy has yet to begin.');
    expect(asked(address, { at: now + 5000 })).toBe('The policy has ended.');
    expect(asked(address, { ip: '192.0.3.7' })).toBe('The policy is for another IP address.');
    expect(asked(address, { ip: '::1' })).toBe('The policy is for another IP address.');
  });

  test('an elliptic-curve key works too, as in a CloudFront key group', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const address = getSignedUrl({ keyPairId: 'KEC', privateKey, url, dateLessThan: new Date(now + 5000) });
    expect(refusal({ url: address, ip: '' }, [trustedKey('KEC', publicKey)], now)).toBeNull();
    const wide = edgeCdn({ origin: 'https://cdn.test', keys: { KEC: privateKey } });
    const query = await wide.sign(V1, now + 5000);
    const asked = (file: string) => ({ url: wide.file(V1, file, query), ip: '' });
    const trusts = [trustedKey('KEC', publicKey)];
    expect(refusal(asked('v360/0.m4s'), trusts, now)).toBeNull();
    expect(refusal(asked('v360/0.m4s'), trusts, now + 6000)).toBe('The policy has ended.');
  });

  test.each([
    ['two statements', { Statement: [{}, {}] }],
    ['no end', { Statement: [{ Resource: '*', Condition: {} }] }],
    ['no condition', { Statement: [{ Resource: '*' }] }],
    ['not even a list', { Statement: 'all' }],
  ])('a signed policy with %s opens nothing', (_, policy) => {
    expect(asked(getSignedUrl({ ...credentials, url, policy: JSON.stringify(policy) }))).toMatch(
      /one statement with an end/,
    );
  });

  test('wildcards match as an independent matcher says', () => {
    /** The textbook recursion. */
    const matches = (pattern: string, text: string): boolean => {
      if (pattern === '') return text === '';
      if (pattern[0] === '*')
        return matches(pattern.slice(1), text) || (text !== '' && matches(pattern, text.slice(1)));
      return (
        text !== '' &&
        (pattern[0] === '?' || pattern[0] === text[0]) &&
        matches(pattern.slice(1), text.slice(1))
      );
    };
    const characters = fc.string({
      unit: fc.constantFrom('a', 'b', '/', '.', '(', '\\', '\n'),
      maxLength: 7,
    });
    const patterns = fc.string({
      unit: fc.constantFrom('a', 'b', '/', '.', '(', '\\', '*', '?'),
      maxLength: 7,
    });
    fc.assert(
      fc.property(patterns, characters, (pattern, text) => {
        expect(wildcard(pattern).test(text)).toBe(matches(pattern, text));
      }),
      { numRuns: 5000 },
    );
  });
});
