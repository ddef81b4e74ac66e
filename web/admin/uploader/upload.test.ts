import { beforeEach, expect, it, vi } from 'vitest';
import type { Upload } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import { problems, problemType, type ProblemCode } from '../../../schema/problem.ts';
import type { Answer } from '../../api.ts';
import { Again, ATTEMPTS } from './backoff.ts';
import { fingerprint, uploadMemory } from './memory.ts';
import { isBusy, uploadQueue } from './queue.ts';
import type { UploadApi } from './send-file.ts';

const PART = 10;
const EPISODE: Id<'episode'> = 'ep_0000test';
const of = { episodeId: EPISODE, titleId: 'ttl_0000test', label: 'Kaze 1' } as const;
const content = Uint8Array.from({ length: 95 }, (_, i) => i);
const file = (name = 'a.mkv') => new File([content], name, { lastModified: 1 });

const ok = <T>(value: T): Answer<T> => ({ ok: true, value });
const refused = (code: ProblemCode): Answer<never> => ({
  ok: false,
  problem: { type: problemType(code), code, ...problems[code] },
});
const offline: Answer<never> = { ok: false, problem: null, offline: true };

/** The API's upload routes and the store behind them, in memory, with faults on demand. */
function fakeSystem() {
  const uploads = new Map<string, Upload & { ledger: Map<number, string> }>();
  const stored = new Map<number, Uint8Array>();
  const faults = { put: [] as (number | 'hang')[], parts: 0, complete: [] as Answer<never>[], forget: 0 };
  const calls = { begin: 0, read: 0, puts: [] as number[], given: [] as string[], waits: [] as number[] };
  let flying = 0;
  let mostFlying = 0;
  const view = (id: string): Upload => {
    const { ledger, ...upload } = uploads.get(id)!;
    return { ...upload, received: [...ledger.keys()] };
  };
  const api: UploadApi = {
    begin: async ({ episodeId, fileName, bytes }) => {
      const id = `upl_000${++calls.begin}` as const;
      const expiresAt = Date.now() + 60_000;
      const size = { bytes, partBytes: PART, parts: Math.ceil(bytes / PART) };
      const end = { state: 'open' as const, assetId: null, jobId: null, received: [], expiresAt };
      uploads.set(id, {
        id,
        episodeId: episodeId as typeof EPISODE,
        fileName,
        ...size,
        ...end,
        ledger: new Map(),
      });
      return ok(view(id));
    },
    read: async (id) => {
      calls.read++;
      return uploads.has(id) ? ok(view(id)) : refused('not-found');
    },
    parts: async (id, { received = [], want = [] }) => {
      if (faults.parts-- > 0) return offline;
      const upload = uploads.get(id)!;
      if (upload.state !== 'open') return refused('conflict');
      for (const { number, etag } of received) upload.ledger.set(number, etag);
      const urls = want.map((number) => ({ number, url: `store:${number}` }));
      return ok({ urls, expiresAt: 0, missing: upload.parts - upload.ledger.size });
    },
    complete: async (id) => {
      const fault = faults.complete.shift();
      if (fault) return fault;
      const upload = uploads.get(id)!;
      if (faults.forget) upload.ledger.delete(faults.forget);
      faults.forget = 0;
      if (upload.ledger.size < upload.parts) return refused('upload-incomplete');
      Object.assign(upload, { state: 'complete', assetId: 'ast_0000test', jobId: 'job_0000test' });
      return ok(view(id));
    },
  };
  const put = async (url: string, part: Blob, signal: AbortSignal, onBytes: (sent: number) => void) => {
    const number = Number(url.split(':')[1]);
    calls.puts.push(number);
    mostFlying = Math.max(mostFlying, ++flying);
    try {
      onBytes(part.size / 2);
      const fault = faults.put.includes(number) ? number : faults.put[0];
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
      if (fault === 'hang')
        await new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        );
      if (fault === number) {
        faults.put.splice(faults.put.indexOf(number), 1);
        throw new Again('503');
      }
      stored.set(number, new Uint8Array(await part.arrayBuffer()));
      return `"${number}"`;
    } finally {
      flying--;
    }
  };
  const wait = async (ms: number, signal: AbortSignal) => {
    calls.waits.push(ms);
    signal.throwIfAborted();
  };
  const giveUp = async (id: string) => {
    calls.given.push(id);
    uploads.get(id)!.state = 'aborted';
  };
  const whole = () => [...stored.entries()].sort(([a], [b]) => a - b).flatMap(([, part]) => [...part]);
  return { uploads, stored, faults, calls, api, put, wait, giveUp, whole, mostFlying: () => mostFlying };
}

let system: ReturnType<typeof fakeSystem>;
/** A tab: its own queue, over the browser's one memory. */
const tab = () =>
  uploadQueue({ ...system, memory: uploadMemory(localStorage, Date.now), now: () => performance.now() });
const state = (queue: ReturnType<typeof tab>, i = 0) => queue.items()[i]?.state;
const until = (check: () => unknown) => vi.waitFor(() => expect(check()).toBe(true));

beforeEach(() => {
  localStorage.clear();
  system = fakeSystem();
});

it('sends every byte once, three parts at a time, and leads to the job', async () => {
  const queue = tab();
  queue.add(file(), of, { publishWhenReady: false });
  await until(() => state(queue) === 'done');
  expect(system.whole()).toEqual([...content]);
  expect(system.calls.puts.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(system.mostFlying()).toBe(3);
  expect(queue.items()[0]).toMatchObject({ jobId: 'job_0000test', sent: 95 });
  expect(queue.leftovers()).toEqual([]);
});

it('tries a part again, with a fresh address, later and later', async () => {
  system.faults.put = [4, 4, 4];
  const queue = tab();
  queue.add(file(), of, { publishWhenReady: false });
  await until(() => state(queue) === 'done');
  expect(system.calls.puts.filter((n) => n === 4)).toHaveLength(4);
  const [first, second, third] = system.calls.waits;
  expect(first).toBeLessThanOrEqual(1_000);
  expect(second).toBeLessThanOrEqual(2_000);
  expect(third).toBeGreaterThanOrEqual(2_000);
  expect(system.whole()).toEqual([...content]);
});

it('stops with a reason when the store never takes a part, and goes on from there when asked', async () => {
  system.faults.put = Array.from({ length: ATTEMPTS }, () => 6);
  const queue = tab();
  queue.add(file(), of, { publishWhenReady: false });
  await until(() => state(queue) === 'stopped');
  expect(queue.items()[0]!.stop).toEqual({ reason: 'store' });
  const before = system.uploads.get('upl_0001')!.ledger.size;
  expect(before).toBeGreaterThan(0);
  system.calls.puts.length = 0;
  queue.resume(queue.items()[0]!.key);
  await until(() => state(queue) === 'done');
  expect(system.calls.puts).toHaveLength(10 - before);
  expect(system.calls.begin).toBe(1);
});

it('says that the file cannot be read any more rather than blaming the store', async () => {
  system.faults.put = Array.from({ length: ATTEMPTS }, () => 1);
  const changed = file();
  const slice = changed.slice.bind(changed);
  vi.spyOn(changed, 'slice').mockImplementation((from, to) => {
    const part = slice(from, to);
    part.slice = () =>
      ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }) as never;
    return part;
  });
  const queue = tab();
  queue.add(changed, of, { publishWhenReady: false });
  await until(() => state(queue) === 'stopped');
  expect(queue.items()[0]!.stop).toEqual({ reason: 'file' });
});

it('goes on after a closed tab with what the ledger misses only', async () => {
  system.faults.put = ['hang'];
  const closed = tab();
  closed.add(file(), of, { publishWhenReady: true });
  await until(() => system.calls.puts.length === 3);
  const [[key, leftover]] = tab().leftovers() as [[string, unknown]];
  expect(leftover).toMatchObject({ uploadId: 'upl_0001', fileName: 'a.mkv', bytes: 95, label: 'Kaze 1' });
  expect(key).toBe(fingerprint(file(), EPISODE));

  // Two parts had arrived before the tab was closed.
  system.uploads.get('upl_0001')!.ledger.set(1, '"1"').set(10, '"10"');
  system.stored.set(1, content.slice(0, 10)).set(10, content.slice(90));
  system.faults.put = [];
  system.calls.puts.length = 0;
  const reopened = tab();
  reopened.add(file(), of, { publishWhenReady: true });
  await until(() => state(reopened) === 'done');
  expect(system.calls.puts.toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  expect(system.calls.begin).toBe(1);
  expect(system.whole()).toEqual([...content]);
});

it.each(['aborted', 'gone'])('starts anew when what was remembered is %s', async (how) => {
  const memory = uploadMemory(localStorage, Date.now);
  await system.api.begin({ episodeId: EPISODE, fileName: 'a.mkv', bytes: 95 });
  if (how === 'gone') system.uploads.clear();
  else system.uploads.get('upl_0001')!.state = 'aborted';
  const entry = {
    ...of,
    uploadId: 'upl_0001' as const,
    fileName: 'a.mkv',
    bytes: 95,
    purpose: { publishWhenReady: false },
  };
  memory.remember(fingerprint(file(), EPISODE), { ...entry, expiresAt: Date.now() + 1_000 });
  const queue = tab();
  queue.add(file(), of, { publishWhenReady: false });
  await until(() => state(queue) === 'done');
  expect(queue.items()[0]!.uploadId).toBe('upl_0002');
  expect(system.whole()).toEqual([...content]);
});

it('pauses and goes on', async () => {
  system.faults.put = ['hang'];
  const queue = tab();
  queue.add(file(), of, { publishWhenReady: false });
  await until(() => system.calls.puts.length === 3);
  const { key } = queue.items()[0]!;
  queue.pause(key);
  system.faults.put = [];
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(state(queue)).toBe('paused');
  expect(system.calls.puts).toHaveLength(3);
  queue.resume(key);
  await until(() => state(queue) === 'done');
  expect(system.calls.begin).toBe(1);
});

it('a cancelled upload is given up at the API and forgotten here', async () => {
  system.faults.put = ['hang'];
  const queue = tab();
  queue.add(file(), of, { publishWhenReady: false });
  await until(() => system.calls.puts.length === 3);
  await queue.cancel(queue.items()[0]!.key);
  expect(system.calls.given).toEqual(['upl_0001']);
  expect(queue.items()).toEqual([]);
  expect(tab().leftovers()).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(system.calls.puts).toHaveLength(3);
});

it('one file after the other; a pause lets the next one through', async () => {
  system.faults.put = ['hang'];
  const queue = tab();
  queue.add(file('a.mkv'), of, { publishWhenReady: false });
  queue.add(file('b.mkv'), of, { publishWhenReady: false });
  queue.add(file('b.mkv'), of, { publishWhenReady: false }); // chosen twice
  await until(() => system.calls.puts.length === 3);
  expect(queue.items().map((item) => item.state)).toEqual(['sending', 'waiting']);
  expect(isBusy(queue.items())).toBe(true);
  system.faults.put = [];
  queue.pause(queue.items()[0]!.key);
  await until(() => state(queue, 1) === 'done');
  expect(state(queue, 0)).toBe('paused');
  expect(isBusy(queue.items())).toBe(false);
});

it('looks again when the API misses a part at the end', async () => {
  system.faults.forget = 7;
  const queue = tab();
  queue.add(file(), of, { publishWhenReady: false });
  await until(() => state(queue) === 'done');
  expect(system.calls.puts.filter((n) => n === 7)).toHaveLength(2);
});

it('parts that do not add up are not offered for a resume', async () => {
  system.faults.complete = [refused('upload-mismatch')];
  const queue = tab();
  queue.add(file(), of, { publishWhenReady: false });
  await until(() => state(queue) === 'stopped');
  expect(queue.items()[0]).toMatchObject({ uploadId: null, sent: 0, stop: { reason: 'refused' } });
  queue.resume(queue.items()[0]!.key);
  await until(() => state(queue) === 'done');
  expect(system.calls.begin).toBe(2);
});

it('asks an API that does not answer again, and a refusal never', async () => {
  system.faults.parts = 3;
  const queue = tab();
  queue.add(file(), of, { publishWhenReady: false });
  await until(() => state(queue) === 'done');
  expect(system.calls.waits.length).toBeGreaterThanOrEqual(3);

  system = fakeSystem();
  system.faults.complete = [refused('not-signed-in')];
  const second = tab();
  second.add(file('c.mkv'), of, { publishWhenReady: false });
  await until(() => state(second) === 'stopped');
  expect(second.items()[0]!.stop).toMatchObject({ reason: 'refused', problem: { code: 'not-signed-in' } });
  expect(system.calls.waits).toEqual([]);
});

it('a browser without storage uploads all the same', async () => {
  const denied = {
    getItem: () => {
      throw new Error('denied');
    },
    setItem: () => {
      throw new Error('denied');
    },
  };
  const queue = uploadQueue({
    ...system,
    memory: uploadMemory(denied as unknown as Storage, Date.now),
    now: () => performance.now(),
  });
  queue.add(file(), of, { publishWhenReady: false });
  await until(() => state(queue) === 'done');
  expect(system.whole()).toEqual([...content]);
});
