import { beforeEach, expect, it, vi } from 'vitest';
import type { Upload } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import { problems, problemType, type ProblemCode } from '../../../schema/problem.ts';
import type { Answer } from '../../api.ts';
import { Again, ATTEMPTS } from './backoff.ts';
import { FileUnreadable, type Hashing } from './hashing.ts';
import type { PutPart } from './put-part.ts';
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
  const faults = {
    put: [] as (number | 'hang')[],
    parts: 0,
    complete: [] as Answer<never>[],
    forget: 0,
    unreadable: false,
  };
  const calls = {
    made: 0,
    begun: [] as object[],
    puts: [] as number[],
    given: [] as string[],
    waits: [] as number[],
  };
  let flying = 0;
  let mostFlying = 0;
  const view = (id: string): Upload => {
    const { ledger, ...upload } = uploads.get(id)!;
    return { ...upload, received: [...ledger.keys()] };
  };
  const api: UploadApi = {
    begin: async ({ episodeId, fileName, bytes, fingerprint = null, track = null, after = null }) => {
      calls.begun.push({ fileName, after });
      const open = [...uploads.values()].find(
        (known) => known.fingerprint === fingerprint && known.state !== 'aborted',
      );
      if (open) return ok(view(open.id));
      const id = `upl_000${++calls.made}` as const;
      uploads.set(id, {
        id,
        episodeId: episodeId as typeof EPISODE,
        fileName,
        bytes,
        fingerprint,
        state: 'open',
        publishWhenReady: false,
        track: track as Upload['track'],
        after: after as Upload['after'],
        partBytes: PART,
        parts: Math.ceil(bytes / PART),
        receivedParts: 0,
        received: [],
        checksum: null,
        assetId: null,
        jobId: null,
        createdAt: 0,
        expiresAt: 0,
        ledger: new Map(),
      });
      return ok(view(id));
    },
    read: async (id) => (uploads.has(id) ? ok(view(id)) : refused('not-found')),
    parts: async (id, { received = [], want = [] }) => {
      if (faults.parts-- > 0) return offline;
      const upload = uploads.get(id)!;
      if (upload.state !== 'open') return refused('conflict');
      for (const { number, etag } of received) upload.ledger.set(number, etag);
      const urls = want.map(({ number, sha256 }) => ({
        number,
        url: `store:${number}`,
        headers: { 'x-amz-checksum-sha256': sha256 },
      }));
      return ok({ urls, expiresAt: 0, missing: upload.parts - upload.ledger.size });
    },
    complete: async (id) => {
      const fault = faults.complete.shift();
      if (fault) return fault;
      const upload = uploads.get(id)!;
      if (faults.forget) upload.ledger.delete(faults.forget);
      faults.forget = 0;
      if (upload.ledger.size < upload.parts) return refused('upload-incomplete');
      if (upload.after) Object.assign(upload, { state: 'held' });
      else Object.assign(upload, { state: 'complete', assetId: 'ast_0000test', jobId: 'job_0000test' });
      return ok(view(id));
    },
  };
  const hashing: Hashing = {
    part: async (file, [from, to]) => {
      if (faults.unreadable) throw new FileUnreadable();
      const bytes = await file.slice(from, to).arrayBuffer();
      return { bytes, sha256: `sum of ${new Uint8Array(bytes).join()}` };
    },
    fingerprint: async (file) => `print of ${await file.slice(0, 3).text()} ${(file as File).name}`,
  };
  const put: PutPart = async ({ url, headers }, part, signal, onBytes) => {
    const number = Number(url.split(':')[1]);
    calls.puts.push(number);
    mostFlying = Math.max(mostFlying, ++flying);
    try {
      onBytes(part.byteLength / 2);
      expect(headers['x-amz-checksum-sha256']).toBe(`sum of ${new Uint8Array(part).join()}`);
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
      stored.set(number, new Uint8Array(part));
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
  return {
    uploads,
    stored,
    faults,
    calls,
    api,
    hashing,
    put,
    wait,
    giveUp,
    whole,
    mostFlying: () => mostFlying,
  };
}

let system: ReturnType<typeof fakeSystem>;
/** A tab, of whatever browser: what it knows of others is what the API says. */
const tab = () => uploadQueue({ ...system, now: () => performance.now() });
const state = (queue: ReturnType<typeof tab>, i = 0) => queue.items()[i]?.state;
const until = (check: () => unknown) => vi.waitFor(() => expect(check()).toBe(true));

beforeEach(() => {
  system = fakeSystem();
});

it('sends every byte once, several parts at a time, and leads to the job', async () => {
  const queue = tab();
  queue.add(file(), of, { publishWhenReady: false });
  await until(() => state(queue) === 'done');
  expect(system.whole()).toEqual([...content]);
  expect(system.calls.puts.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(system.mostFlying()).toBeGreaterThanOrEqual(3);
  expect(queue.items()[0]).toMatchObject({ jobId: 'job_0000test', sent: 95 });
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
  expect(system.calls.made).toBe(1);
});

it('says that the file cannot be read any more rather than blaming the store', async () => {
  system.faults.unreadable = true;
  const queue = tab();
  queue.add(file(), of, { publishWhenReady: false });
  await until(() => state(queue) === 'stopped');
  expect(queue.items()[0]!.stop).toEqual({ reason: 'file' });
});

it('goes on with what another tab or machine began: only what the ledger misses is sent', async () => {
  system.faults.put = ['hang'];
  const closed = tab();
  closed.add(file(), of, { publishWhenReady: true });
  await until(() => system.calls.puts.length === 3);
  // Two parts had arrived before the tab was closed.
  system.uploads.get('upl_0001')!.ledger.set(1, '"1"').set(10, '"10"');
  system.stored.set(1, content.slice(0, 10)).set(10, content.slice(90));
  system.faults.put = [];
  system.calls.puts.length = 0;
  const reopened = tab();
  reopened.add(new File([content], 'a.mkv', { lastModified: 99 }), of, { publishWhenReady: true });
  await until(() => state(reopened) === 'done');
  expect(system.calls.puts.toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  expect(system.calls.made).toBe(1);
  expect(system.whole()).toEqual([...content]);
});

it('makes all files known at once, a track after its video, and sends them in that order', async () => {
  system.faults.put = ['hang'];
  const queue = tab();
  const video = queue.add(file('a.mkv'), of, { publishWhenReady: false });
  const track = { kind: 'subtitles', language: 'en' } as const;
  queue.add(file('a.ass'), of, { track }, video);
  queue.add(file('b.mkv'), { ...of, episodeId: 'ep_0001test' }, {});
  await until(() => system.calls.begun.length === 3);
  expect(system.calls.begun).toEqual([
    { fileName: 'a.mkv', after: null },
    { fileName: 'a.ass', after: 'upl_0001' },
    { fileName: 'b.mkv', after: null },
  ]);
  expect(queue.items().map((item) => item.state)).toEqual(['sending', 'waiting', 'waiting']);
  system.faults.put = [];
  queue.pause(video);
  await until(() => state(queue, 1) === 'held' && state(queue, 2) === 'done');
  queue.resume(video);
  await until(() => state(queue) === 'done');
});

it('what stopped for want of a line goes on when that is back', async () => {
  system.faults.parts = 100;
  const queue = tab();
  queue.add(file(), of, {});
  await until(() => state(queue) === 'stopped');
  expect(queue.items()[0]!.stop).toEqual({ reason: 'offline' });
  system.faults.parts = 0;
  queue.online();
  await until(() => state(queue) === 'done');
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
  expect(system.calls.made).toBe(1);
});

it('a cancelled upload is given up at the API and forgotten here', async () => {
  system.faults.put = ['hang'];
  const queue = tab();
  queue.add(file(), of, { publishWhenReady: false });
  await until(() => system.calls.puts.length === 3);
  await queue.cancel(queue.items()[0]!.key);
  expect(system.calls.given).toEqual(['upl_0001']);
  expect(queue.items()).toEqual([]);
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
  expect(queue.items()[0]).toMatchObject({ upload: null, sent: 0, stop: { reason: 'refused' } });
  expect(system.calls.given).toEqual(['upl_0001']);
  queue.resume(queue.items()[0]!.key);
  await until(() => state(queue) === 'done');
  expect(system.calls.made).toBe(2);
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
