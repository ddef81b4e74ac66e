import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiProblem } from './api.ts';
import { uploadFile } from './upload.ts';

const PART = 1000;
const UPLOAD = 'upl_0000test';
const EPISODE = 'ep_0000test';

/** The API's upload routes and the store behind them, in memory, with faults on demand. */
function fakeSystem() {
  const stored = new Map<number, Buffer>();
  const ledger = new Map<number, string>();
  const state = {
    bytes: 0,
    complete: false,
    puts: 0,
    begun: 0,
    storeFaults: 0,
    damages: 0,
    fingerprint: '',
    apiFaults: 0,
    forgets: 0,
  };
  const view = () => ({
    id: UPLOAD,
    episodeId: EPISODE,
    fileName: 'a.mkv',
    bytes: state.bytes,
    fingerprint: null,
    publishWhenReady: false,
    track: null,
    after: null,
    receivedParts: ledger.size,
    checksum: null,
    createdAt: 0,
    state: state.complete ? 'complete' : 'open',
    partBytes: PART,
    parts: Math.ceil(state.bytes / PART),
    received: [...ledger.keys()],
    assetId: state.complete ? 'ast_0000test' : null,
    jobId: state.complete ? 'job_0000test' : null,
    expiresAt: 0,
  });
  const server: Server = createServer((request, response) => {
    void (async () => {
      const body = await read(request);
      const answer = (status: number, json: unknown, headers: Record<string, string> = {}) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(json));
      };
      const url = new URL(request.url!, origin());
      if (url.pathname.startsWith('/store/')) {
        state.puts++;
        if (state.storeFaults-- > 0) return void request.socket.destroy();
        const number = Number(url.pathname.split('/').pop());
        const arrived = state.damages-- > 0 ? body.subarray(1) : body; // on its way
        const sum = createHash('sha256').update(arrived).digest('base64');
        if (sum !== request.headers['x-amz-checksum-sha256']) return answer(400, { code: 'BadDigest' });
        stored.set(number, body);
        return answer(200, {}, { etag: `"${createHash('md5').update(body).digest('hex')}"` });
      }
      if (request.headers.authorization !== 'Bearer fresh')
        return answer(401, {
          type: 'https://engawa.dev/problems/invalid-token',
          code: 'invalid-token',
          title: 'The token is not valid',
          status: 401,
        });
      if (state.apiFaults-- > 0) return answer(503, {});
      const json = body.length ? JSON.parse(body.toString()) : {};
      if (url.pathname === '/api/uploads') {
        state.begun++;
        state.bytes = json.bytes;
        state.fingerprint = json.fingerprint;
        return answer(200, view());
      }
      if (url.pathname.endsWith('/parts')) {
        for (const { number, etag } of json.received) ledger.set(number, etag);
        const urls = json.want.map(({ number, sha256 }: { number: number; sha256: string }) => ({
          number,
          url: `${origin()}/store/${number}`,
          headers: { 'x-amz-checksum-sha256': sha256 },
        }));
        return answer(200, { urls, expiresAt: 0, missing: view().parts - ledger.size });
      }
      if (url.pathname.endsWith('/complete')) {
        if (state.forgets) ledger.delete(state.forgets);
        state.forgets = 0;
        state.complete = view().parts === ledger.size;
        if (state.complete) return answer(200, view());
        return answer(409, {
          type: 'https://engawa.dev/problems/upload-incomplete',
          code: 'upload-incomplete',
          title: 'Parts of the upload are missing',
          status: 409,
        });
      }
      return answer(200, view());
    })();
  });
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const whole = () => Buffer.concat([...stored.entries()].sort(([a], [b]) => a - b).map(([, part]) => part));
  return { server, state, ledger, stored, origin, whole };
}
const read = async (request: IncomingMessage) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

let folder: string;
let path: string;
let system: ReturnType<typeof fakeSystem>;
const content = randomBytes(10 * PART + 123);
const api = () => ({ origin: system.origin(), token: () => 'fresh' });
const file = () => ({ episodeId: EPISODE, path, signal: AbortSignal.timeout(20_000) }) as const;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engawa-upload-'));
  path = join(folder, 'a.mkv');
  await writeFile(path, content);
  system = fakeSystem();
  await new Promise<void>((resolve) => system.server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  system.server.closeAllConnections();
  system.server.close();
  await rm(folder, { recursive: true });
});

test('every byte arrives once, in parts, and the ledger knows their ETags', async () => {
  const progress: number[] = [];
  const done = await uploadFile(api(), { ...file(), onProgress: (sent) => progress.push(sent) });
  expect(done).toEqual({ uploadId: UPLOAD, assetId: 'ast_0000test', jobId: 'job_0000test' });
  expect(system.whole().equals(content)).toBe(true);
  expect(system.state.puts).toBe(11);
  expect(system.ledger.get(11)).toMatch(/^"[0-9a-f]{32}"$/);
  expect(progress.at(-1)).toBe(content.length);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
});

test('a store that hangs up and an API that stumbles are tried again', async () => {
  system.state.storeFaults = 3;
  system.state.apiFaults = 2;
  await uploadFile(api(), file());
  expect(system.whole().equals(content)).toBe(true);
  expect(system.state.puts).toBe(14);
});

test('an upload that was begun is finished with only the missing parts', async () => {
  system.state.bytes = content.length;
  for (const number of [1, 2, 5, 11]) {
    const part = content.subarray((number - 1) * PART, number * PART);
    system.stored.set(number, part);
    system.ledger.set(number, `"${createHash('md5').update(part).digest('hex')}"`);
  }
  await uploadFile(api(), file());
  expect(system.state).toMatchObject({ begun: 1, puts: 7 });
  expect(system.whole().equals(content)).toBe(true);
});

test('a part that is missing at the end is sent again', async () => {
  system.state.forgets = 7;
  await uploadFile(api(), file());
  expect(system.state).toMatchObject({ complete: true, puts: 12 });
});

test('a complete upload is not sent again', async () => {
  Object.assign(system.state, { bytes: content.length, complete: true });
  expect(await uploadFile(api(), file())).toMatchObject({ jobId: 'job_0000test' });
  expect(system.state.puts).toBe(0);
});

test('a part that was damaged on its way is sent again', async () => {
  system.state.damages = 2;
  await uploadFile(api(), file());
  expect(system.whole().equals(content)).toBe(true);
  expect(system.state.puts).toBe(13);
});

test('a file that is changed meanwhile is not passed off as what it was', async () => {
  const running = uploadFile(api(), {
    ...file(),
    onPut: (number) => void (number === 5 && writeFile(path, randomBytes(content.length))),
  });
  await expect(running).rejects.toThrow('was changed while it was uploaded');
  expect(system.state.complete).toBe(false);
});

test('a file is known again by what is in it, not by its name or its date', async () => {
  await uploadFile(api(), file());
  const first = system.state.fingerprint;
  expect(first).toBe(createHash('sha256').update(content).digest('hex')); // a small one: of all of it
  system.ledger.clear();
  system.state.complete = false;
  await rename(path, join(folder, 'b.mkv'));
  await uploadFile(api(), { ...file(), path: join(folder, 'b.mkv') });
  expect(system.state.fingerprint).toBe(first);
});

test('a refusal is told in the words of the API, at once', async () => {
  const refused = uploadFile({ origin: system.origin(), token: 'stale' }, file());
  await expect(refused).rejects.toBeInstanceOf(ApiProblem);
  await expect(refused).rejects.toThrow('The token is not valid');
});

test('an abort ends it', async () => {
  const stop = new AbortController();
  const running = uploadFile(api(), {
    ...file(),
    signal: stop.signal,
    onProgress: (sent) => sent > 3000 && stop.abort(new Error('enough')),
  });
  await expect(running).rejects.toThrow('enough');
  expect(system.state.complete).toBe(false);
});
