import { mkdtemp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Plan } from '../schema/jobs/plan.ts';
import { Heartbeat, TaskFailure } from '../schema/jobs/task.ts';
import { readConfig } from './config.ts';
import { Desk } from './desk.ts';
import { planGrid } from './plan/grid.ts';
import { bytesUnder, DiskLimit, watchScratch, type Disk } from './scratch.ts';
import { transcoderServer } from './server.ts';
import { performer, scratchLimit } from './tasks/perform.ts';
import { clip } from './testing/media.ts';
import { fakeEdge, keysOf, listen, makeRig, message, probeSource, shut, type Rig } from './testing/rig.ts';

let rig: Rig;
let plan: Plan; // of a film whose one chunk takes seconds
beforeAll(async () => {
  rig = await makeRig();
  await rig.upload('sources/film', await clip(rig.folder, 'film.mp4', { seconds: 8, size: '1280x720' }));
  const exact = await probeSource(rig, 'sources/film');
  plan = { ...exact, ...planGrid(exact.frames, exact.frameRate, { chunkCount: 1 }) };
});
afterAll(() => rig.close());

/** A transcoder that encodes the film as one chunk, with so much room; what it says of it. */
async function encodeWith(diskLimit: number) {
  const edge = await fakeEdge();
  const perform = performer(rig.store, { ...rig.config.work, diskLimit });
  const desk = new Desk(1, perform, () => undefined, { heartbeatMs: 100, leaseMs: 10_000 });
  const server = transcoderServer(desk, 'a-secret-of-the-tests', () => undefined, diskLimit);
  const origin = await listen(server);
  const spec = { kind: 'video-chunk', plan, chunk: 0, keys: keysOf(plan.periods) } as const;
  const task = message(spec, { source: 'sources/film' });
  desk.accept({ ...task, callback: edge.callback(task.taskId) });
  return {
    edge,
    task,
    health: async () =>
      (await (await fetch(`${origin}/health`)).json()) as { disk: { used: number; limitPerTask: number } },
    [Symbol.asyncDispose]: async () => {
      await desk.stop();
      await shut(server);
      await edge.close();
    },
  };
}

it('says how much of the disk a task takes, while it works', async () => {
  await using at = await encodeWith(10 ** 9);
  const used: number[] = [];
  const watching = setInterval(() => void at.health().then(({ disk }) => used.push(disk.used)), 200);
  await at.edge.told(at.task.taskId, 'complete');
  clearInterval(watching);
  expect(Math.max(...used)).toBeGreaterThan(10_000);
  const beats = at.edge.calls
    .filter(({ what }) => what === 'heartbeat')
    .map(({ body }) => v.parse(Heartbeat, body));
  const peaks = beats.flatMap(({ disk }) => disk?.peak ?? []);
  expect(peaks.at(-1)).toBeGreaterThan(10_000);
  expect(peaks).toEqual(peaks.toSorted((a, b) => a - b));
  expect(await at.health()).toMatchObject({ disk: { used: 0, limitPerTask: 10 ** 9 } });
});

it('stops a task that takes more than it may, and says why no other attempt would help', async () => {
  await using at = await encodeWith(20_000);
  const { body } = await at.edge.told(at.task.taskId, 'fail');
  const failure = v.parse(TaskFailure, body);
  expect(failure).toMatchObject({ problem: 'encode-failed', retryable: false });
  expect(failure.detail).toMatch(/grew to \d+ bytes; 20000 are allowed \(DISK_LIMIT/);
  expect(await readdir(rig.config.work.scratch)).toEqual([]);
});

it('gives each task room for a chunk, more where chunks are longer, unless it is told how much', () => {
  const limit = (more: Record<string, string>) => readConfig({ ...rig.env, ...more }).work.diskLimit;
  expect(limit({ CHUNK_SECONDS: '60' })).toBeGreaterThan(limit({ CHUNK_SECONDS: '30' }));
  expect(limit({ DISK_LIMIT: '5000000' })).toBe(5_000_000);
  expect(() => limit({ DISK_LIMIT: 'much' })).toThrow('DISK_LIMIT');
});

it('measures everything under a folder, remembers the most there was, and is heard no more once stopped', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'engawa-disk-'));
  try {
    await mkdir(join(folder, 'deep'));
    await writeFile(join(folder, 'a'), Buffer.alloc(1000));
    await writeFile(join(folder, 'deep', 'b'), Buffer.alloc(500));
    expect(await bytesUnder(folder)).toBe(1500);
    expect(await bytesUnder(join(folder, 'not there'))).toBe(0);

    const seen: Disk[] = [];
    const until = async (holds: () => boolean) => {
      while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const { signal, stop } = watchScratch(folder, {
      limit: 2_000,
      everyMs: 5,
      onMeasured: (disk) => seen.push(disk),
    });
    await until(() => seen.length > 0);
    await rm(join(folder, 'a'));
    await until(() => seen.at(-1)?.now === 500);
    expect(seen.at(-1)).toEqual({ now: 500, peak: 1500 });
    expect(signal.aborted).toBe(false);
    await writeFile(join(folder, 'c'), Buffer.alloc(1501));
    await until(() => signal.aborted);
    expect(signal.reason).toBeInstanceOf(DiskLimit);
    stop();
    const heard = seen.length;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(seen).toHaveLength(heard);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('gives the sound of a film as long as it may be the room that it takes, and nothing else more', () => {
  const usual = readConfig({ ...rig.env }).work.diskLimit;
  const hours = 6;
  const stereo = plan.audio[0]!;
  const long = {
    ...plan,
    frames: hours * 3600 * 24,
    frameRate: [24, 1] as [number, number],
    audio: [stereo, { ...stereo, id: 'a0-51', channels: 6 }],
  };
  const limit = (rendition: string) =>
    scratchLimit({ kind: 'audio', plan: long, rendition, keys: {} }, usual);
  // 24 bits a sample, before FLAC has made them less: films in 5.1 passed 2.9 GB after an hour and a half.
  const pcm = (channels: number) => hours * 3600 * 48_000 * channels * 3;
  expect(limit(stereo.id)).toBeGreaterThan(pcm(2));
  expect(limit('a0-51')).toBeGreaterThan(pcm(6));
  expect(scratchLimit({ kind: 'video-chunk', plan: long, chunk: 0, keys: {} }, usual)).toBe(usual);
});
