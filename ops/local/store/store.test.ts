import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { composite, mediaStore } from '../../../edge/platform/s3.ts';
import { freePort } from '../ports.ts';
import { startStore } from './server.ts';

const keys = { accessKeyId: 'local', secretAccessKey: 'local-secret' };
const bucket = 'engawa-media';
const MiB = 1024 * 1024;
let folder: string;
let port: number;
let store: Awaited<ReturnType<typeof startStore>>;
const endpoint = () => `http://localhost:${port}`;
/** The edge's client and the transcoder's: both must find S3 here. */
const edge = (secretAccessKey = keys.secretAccessKey) =>
  mediaStore({ endpoint: endpoint(), region: 'us-east-1', bucket, ...keys, secretAccessKey });
const sdk = () =>
  new S3Client({ endpoint: endpoint(), region: 'us-east-1', forcePathStyle: true, credentials: keys });
const get = (Key: string) => sdk().send(new GetObjectCommand({ Bucket: bucket, Key }));
const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex');
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64');
async function send(key: string, id: string, number: number, body: Buffer<ArrayBuffer>) {
  const sum = sha256(body);
  const { url, headers } = await edge().partUrl(key, id, { number, sha256: sum }, 60);
  const answer = await fetch(url, { method: 'PUT', body, headers });
  expect(await answer.text()).toBe('');
  return { number, etag: answer.headers.get('etag')!, sha256: sum };
}
async function upload(key: string, parts: Buffer<ArrayBuffer>[]) {
  const id = await edge().createMultipart(key);
  const etags = [];
  for (const [i, part] of parts.entries()) etags.push(await send(key, id, i + 1, part));
  return { id, etags };
}

beforeAll(async () => {
  // The edge's client hashes with MD5, which workerd's WebCrypto has and Node's has not.
  const digest = crypto.subtle.digest.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'digest').mockImplementation((algorithm, bytes) =>
    algorithm === 'MD5'
      ? Promise.resolve(
          new Uint8Array(
            createHash('md5')
              .update(new Uint8Array(bytes as ArrayBuffer))
              .digest(),
          ).buffer,
        )
      : digest(algorithm, bytes),
  );
  folder = await mkdtemp(join(tmpdir(), 'engawa-store-'));
  port = await freePort();
  store = await startStore({ port, folder, bucket, keys });
});
afterAll(async () => {
  await store.stop();
  await rm(folder, { recursive: true });
});

test('presigned parts add up to one object, and a reader can start anywhere', async () => {
  const parts = [randomBytes(5 * MiB), randomBytes(5 * MiB), randomBytes(1234)];
  const { id, etags } = await upload('sources/a.mkv', parts);
  expect(etags[0]!.etag).toBe(`"${md5(parts[0]!)}"`);
  expect(await edge().parts('sources/a.mkv', id)).toEqual(
    etags.map((part, i) => ({ ...part, bytes: parts[i]!.length })),
  );
  await edge().completeMultipart('sources/a.mkv', id, etags);
  expect(await edge().parts('sources/a.mkv', id)).toEqual([]);
  const whole = Buffer.concat(parts);
  const sums = Buffer.concat(parts.map((part) => createHash('sha256').update(part).digest()));
  expect(await edge().facts('sources/a.mkv')).toEqual({ bytes: whole.length, sha256: `${sha256(sums)}-3` });
  expect(await composite(etags)).toBe(`${sha256(sums)}-3`);
  const read = async (Range?: string) => {
    const answer = await sdk().send(new GetObjectCommand({ Bucket: bucket, Key: 'sources/a.mkv', Range }));
    return Buffer.from(await answer.Body!.transformToByteArray());
  };
  expect((await read()).equals(whole)).toBe(true);
  const seam = 5 * MiB;
  expect((await read(`bytes=${seam - 10}-${seam + 9}`)).equals(whole.subarray(seam - 10, seam + 10))).toBe(
    true,
  );
  expect((await read('bytes=0-0')).equals(whole.subarray(0, 1))).toBe(true);
  expect((await read('bytes=-34')).equals(whole.subarray(-34))).toBe(true);
  await expect(read(`bytes=${whole.length}-`)).rejects.toMatchObject({ name: 'InvalidRange' });
});

test('a part sent twice counts once, as it was sent last', async () => {
  const { id } = await upload('sources/b.mkv', [Buffer.from('first')]);
  const again = await send('sources/b.mkv', id, 1, Buffer.from('second'));
  await edge().completeMultipart('sources/b.mkv', id, [again]);
  expect(await (await get('sources/b.mkv')).Body!.transformToString()).toBe('second');
});

test('a part that was damaged on its way is refused, and can be sent again', async () => {
  const id = await edge().createMultipart('sources/g.mkv');
  const part = Buffer.from('as it was hashed');
  const { url, headers } = await edge().partUrl('sources/g.mkv', id, { number: 1, sha256: sha256(part) }, 60);
  const damaged = await fetch(url, { method: 'PUT', body: 'as it wes hashed', headers });
  expect(damaged.status).toBe(400);
  expect(await damaged.text()).toContain('<Code>BadDigest</Code>');
  await edge().completeMultipart('sources/g.mkv', id, [await send('sources/g.mkv', id, 1, part)]);
  expect(await (await get('sources/g.mkv')).Body!.transformToString()).toBe('as it was hashed');
});

test('an upload whose parts do not fit is refused and can still be mended', async () => {
  const { id, etags } = await upload('sources/c.mkv', [randomBytes(5 * MiB), randomBytes(10)]);
  const complete = (parts: typeof etags) => edge().completeMultipart('sources/c.mkv', id, parts);
  await expect(complete([etags[0]!, { ...etags[1]!, etag: '"00"' }])).rejects.toMatchObject({
    code: 'InvalidPart',
  });
  await expect(complete([etags[0]!, { ...etags[1]!, number: 3 }])).rejects.toMatchObject({
    code: 'InvalidPart',
  });
  await expect(complete([etags[0]!, { ...etags[1]!, sha256: etags[0]!.sha256 }])).rejects.toMatchObject({
    code: 'InvalidPart',
  });
  await expect(complete([etags[1]!, etags[0]!])).rejects.toMatchObject({ code: 'InvalidPartOrder' });
  expect(await edge().facts('sources/c.mkv')).toBeNull();
  await complete(etags);
  await expect(complete(etags)).rejects.toMatchObject({ code: 'NotFound' });
  const small = await upload('sources/d.mkv', [randomBytes(10), randomBytes(10)]);
  await expect(edge().completeMultipart('sources/d.mkv', small.id, small.etags)).rejects.toMatchObject({
    code: 'EntityTooSmall',
  });
  await edge().abortMultipart('sources/d.mkv', small.id);
});

test('what is overwritten, aborted or deleted leaves no bytes behind', async () => {
  const before = await readdir(join(folder, 'blobs'));
  const put = (Key: string, Body: Buffer | Readable, ContentLength?: number) =>
    sdk().send(
      new PutObjectCommand({ Bucket: bucket, Key, Body, ContentLength, CacheControl: 'max-age=60' }),
    );
  await put('hls/x/1.m4s', Buffer.from('one'));
  await put('hls/x/1.m4s', Buffer.from('two'));
  await put('hls/x/2.m4s', Readable.from([Buffer.from('th'), Buffer.from('ree')]), 5);
  const answer = await get('hls/x/1.m4s');
  expect(answer.CacheControl).toBe('max-age=60');
  expect(await answer.Body!.transformToString()).toBe('two');
  expect(await readdir(join(folder, 'blobs'))).toHaveLength(before.length + 2);
  await put('../../../../outside', Buffer.from('kept as a name'));
  await sdk().send(
    new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: [{ Key: '../../../../outside' }] } }),
  );
  const { id } = await upload('hls/x/3.m4s', [Buffer.from('never')]);
  await edge().abortMultipart('hls/x/3.m4s', id);
  expect(await edge().clear('hls/')).toBe(2);
  expect((await readdir(join(folder, 'blobs'))).sort()).toEqual(before.sort());
});

test('lists are sorted, by prefix, in pages', async () => {
  for (const key of ['l/b', 'l/a', 'l/é', 'm/a', 'l/a/b'])
    await sdk().send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: key }));
  const keys: string[] = [];
  let next: string | undefined;
  do {
    const page = await sdk().send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: 'l/', MaxKeys: 2, ContinuationToken: next }),
    );
    keys.push(...(page.Contents ?? []).map((object) => object.Key!));
    next = page.NextContinuationToken;
  } while (next);
  expect(keys).toEqual(['l/a', 'l/a/b', 'l/b', 'l/é']);
});

test('nobody gets in without a right signature, or after its time', async () => {
  const part = { number: 1, sha256: sha256(Buffer.from('x')) };
  const { url, headers } = await edge().partUrl('sources/e.mkv', 'u', part, 60);
  const status = async (address: string | URL, init: RequestInit = {}) => (await fetch(address, init)).status;
  expect(await status(`${endpoint()}/${bucket}/l/a`)).toBe(403);
  expect(await status(url, { method: 'PUT', body: 'x', headers })).toBe(404); // a right signature: no such upload
  expect(await status(url, { method: 'PUT', body: 'x' })).toBe(403); // the checksum is part of what was signed
  const second = url.replace('partNumber=1', 'partNumber=2');
  expect(await status(second, { method: 'PUT', body: 'x', headers })).toBe(403);
  expect(await status(url, { method: 'GET' })).toBe(403);
  await expect(edge('another').facts('l/a')).rejects.toThrow('403');
  const stale = new URL(url);
  stale.searchParams.set('X-Amz-Date', '20200101T000000Z');
  expect(await status(stale, { method: 'PUT', body: 'x', headers })).toBe(403);
});

test('a browser may send parts and read their ETag', async () => {
  const part = { number: 1, sha256: sha256(Buffer.from('x')) };
  const { url } = await edge().partUrl('sources/f.mkv', 'u', part, 60);
  const asked = await fetch(url, {
    method: 'OPTIONS',
    headers: {
      origin: 'http://localhost',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'x-amz-checksum-sha256',
    },
  });
  expect(asked.headers.get('access-control-allow-headers')).toContain('x-amz-checksum-sha256');
  expect(asked.status).toBe(204);
  expect(asked.headers.get('access-control-allow-origin')).toBe('*');
  expect(asked.headers.get('access-control-allow-methods')).toContain('PUT');
  expect(asked.headers.get('access-control-expose-headers')).toContain('ETag');
});

test('everything is still there after a restart', async () => {
  await store.stop();
  store = await startStore({ port, folder, bucket, keys });
  expect(await (await get('sources/b.mkv')).Body!.transformToString()).toBe('second');
});
