import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../schema/jobs/plan.ts';
import { Heartbeat, TaskFailure, TaskResult, type TaskMessage } from '../schema/jobs/task.ts';
import { ProblemDocument } from '../schema/problem.ts';
import { Desk } from './desk.ts';
import { planGrid } from './plan/grid.ts';
import { transcoderServer } from './server.ts';
import { mediaStore } from './storage/store.ts';
import { performer } from './tasks/perform.ts';
import { clip } from './testing/media.ts';
import {
  encode,
  failureOf,
  fakeEdge,
  keysOf,
  listen,
  makeRig,
  message,
  probeSource,
  resultOf,
  shut,
  type FakeEdge,
  type Rig,
} from './testing/rig.ts';

const never = new AbortController().signal;
const times = { heartbeatMs: 50, leaseMs: 2_000 };
const SECRET = 'a-secret-of-the-tests';
let rig: Rig;
let edge: FakeEdge;
let slow: Plan; // a film whose one chunk takes seconds: there is time to interrupt it
let brief: Plan; // one that takes long enough to be killed in, and is encoded to its end
let quick: Plan;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  rig = await makeRig({ SLOTS: '1' });
  await rig.upload('sources/slow', await clip(rig.folder, 'slow.mp4', { seconds: 20, size: '1280x720' }));
  await rig.upload('sources/brief', await clip(rig.folder, 'brief.mp4', { seconds: 6, size: '640x360' }));
  await rig.upload('sources/quick', await clip(rig.folder, 'quick.mp4', { seconds: 4, size: '128x72' }));
  const one = (plan: Plan) => ({ ...plan, ...planGrid(plan.frames, plan.frameRate, { chunkCount: 1 }) });
  slow = one(await probeSource(rig, 'sources/slow'));
  brief = one(await probeSource(rig, 'sources/brief'));
  quick = one(await probeSource(rig, 'sources/quick'));
});
afterAll(() => rig.close());
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function transcoder(slots = 1): Promise<string> {
  const { store, work } = rig.config;
  edge = await fakeEdge();
  const desk = new Desk(slots, performer(mediaStore(store), work), () => undefined, times);
  const server = transcoderServer(desk, SECRET, () => undefined, work.diskLimit);
  const origin = await listen(server);
  closing.push(
    () => edge.close(),
    () => shut(server),
    () => desk.stop(),
  );
  return origin;
}

const chunk = (plan: Plan, source: string, rest: Partial<TaskMessage> = {}): TaskMessage => {
  const spec = { kind: 'video-chunk', plan, chunk: 0, keys: keysOf(plan.periods) } as const;
  const task = message(spec, { ...rest, source });
  return { ...task, callback: edge.callback(task.taskId) };
};
const post = (origin: string, body: unknown, secret = SECRET) =>
  fetch(`${origin}/tasks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const problemOf = async (answer: Response) => v.parse(ProblemDocument, await answer.json()).code;
const objectsUnder = async (output: string) => {
  const files = await readdir(join(rig.folder, 's3', 'media'), { recursive: true }).catch(() => []);
  return files.filter((name) => name.startsWith(output) && name.includes('._S3rver_object')).sort();
};
/** FFmpeg processes that work in the rig's scratch folder. */
async function encoders(): Promise<number[]> {
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    if (cwd.startsWith(rig.config.work.scratch)) found.push(Number(pid));
  }
  return found;
}
const until = async (what: string, holds: () => boolean | Promise<boolean>) => {
  for (let i = 0; i < 600; i++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it never came to this: ${what}`);
};

describe('POST /tasks', () => {
  it('takes a task, keeps its lease, and says what it wrote', async () => {
    const origin = await transcoder();
    const task = chunk(quick, 'sources/quick', { output: 'hls/quick/season-1/ep-1/v1/' });
    const answer = await post(origin, task);
    expect(answer.status).toBe(202);
    const done = await edge.told(task.taskId, 'complete');
    expect(v.is(TaskResult, done.body)).toBe(true);
    const keys = resultOf(done).objects.map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(['v72/init.mp4', 'v72/0.m4s', 'v72/1.m4s']));
    expect(resultOf(done).cpuSeconds).toBeGreaterThan(0);
    expect(resultOf(done).log).toContain('libx264');
    expect(resultOf(done).log).not.toContain('Signature');
    const beats = edge.calls.filter(({ what }) => what === 'heartbeat');
    expect(beats.length).toBeGreaterThan(0);
    for (const { body } of beats) expect(v.is(Heartbeat, body)).toBe(true);
    expect(edge.calls.at(-1)?.what).toBe('complete');
  });

  it('refuses the wrong secret, what is no task, other paths and methods: each with a problem document', async () => {
    const origin = await transcoder();
    const refusals: [Promise<Response>, number, string][] = [
      [post(origin, {}, 'wrong'), 401, 'invalid-token'],
      [fetch(`${origin}/tasks`, { method: 'POST', body: '{}' }), 401, 'invalid-token'],
      [post(origin, 'not json'), 400, 'invalid-request'],
      [post(origin, { v: 1 }), 400, 'invalid-request'],
      [post(origin, { ...chunk(quick, 'sources/quick'), kind: 'audio' }), 400, 'invalid-request'],
      [fetch(`${origin}/tasks`), 405, 'method-not-allowed'],
      [fetch(`${origin}/other`), 404, 'not-found'],
    ];
    for (const [request, status, code] of refusals) {
      const answer = await request;
      expect([answer.status, await problemOf(answer)]).toEqual([status, code]);
    }
    const health = await fetch(`${origin}/health`);
    expect(await health.json()).toEqual({
      ok: true,
      slots: 1,
      running: 0,
      waiting: 0,
      stopping: false,
      disk: { used: 0, limitPerTask: rig.config.work.diskLimit },
    });
  });

  it('works on as many as it has slots, lets as many wait, and is busy beyond that', async () => {
    const origin = await transcoder();
    const tasks = [0, 1, 2].map((n) =>
      chunk(slow, 'sources/slow', { output: `hls/busy/season-1/ep-${n}/v1/` }),
    );
    expect((await post(origin, tasks[0])).status).toBe(202);
    expect((await post(origin, tasks[1])).status).toBe(202);
    const third = await post(origin, tasks[2]);
    expect([third.status, await problemOf(third)]).toEqual([503, 'unavailable']);
    // Leases are held from acceptance on, also of the one that waits.
    await edge.told(tasks[1]!.taskId, 'heartbeat');
    await until('one runs, one waits', async () => {
      const state = (await (await fetch(`${origin}/health`)).json()) as { running: number; waiting: number };
      return state.running === 1 && state.waiting === 1;
    });
  });

  it('knows an attempt that is already here, that is over, and that is older', async () => {
    const origin = await transcoder();
    const task = chunk(quick, 'sources/quick', { attempt: 2 });
    expect((await post(origin, task)).status).toBe(202);
    const again = await post(origin, task);
    expect([again.status, await problemOf(again)]).toEqual([409, 'conflict']);
    const older = await post(origin, { ...task, attempt: 1 });
    expect([older.status, await problemOf(older)]).toEqual([409, 'stale-attempt']);
    await edge.told(task.taskId, 'complete');
    expect((await post(origin, task)).status).toBe(409);
    expect(edge.calls.filter(({ what }) => what === 'complete')).toHaveLength(1);
  });

  it('says why a task failed, and whether another try can help', async () => {
    const origin = await transcoder();
    await rig.upload('sources/letter', 'Just a letter to my aunt.\n'.repeat(400));
    const probe = message({ kind: 'probe' }, { source: 'sources/letter' });
    await post(origin, { ...probe, callback: edge.callback(probe.taskId) });
    const failed = await edge.told(probe.taskId, 'fail');
    expect(v.is(TaskFailure, failed.body)).toBe(true);
    expect(failureOf(failed)).toMatchObject({ problem: 'source-unreadable', retryable: false });
    // A presigned address is a password: it stays out of what is told.
    expect(JSON.stringify(failed.body)).not.toContain('X-Amz-Signature');

    const beyond = message(
      { kind: 'video-chunk', plan: quick, chunk: 99, keys: {} },
      { source: 'sources/quick' },
    );
    await post(origin, { ...beyond, callback: edge.callback(beyond.taskId) });
    expect(failureOf(await edge.told(beyond.taskId, 'fail'))).toMatchObject({ retryable: false });
  });

  it('tells the edge again and again while it is down', async () => {
    const origin = await transcoder();
    let down = 3;
    edge.answer = ({ what }) => (what === 'complete' && down-- > 0 ? 503 : 204);
    const task = chunk(quick, 'sources/quick');
    await post(origin, task);
    const completes = () => edge.calls.filter(({ what }) => what === 'complete').length;
    await until('four calls', () => completes() === 4);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(completes()).toBe(4); // heard, and not said again
  });
});

describe('a lost store', () => {
  it('is a failure that another try can mend', async () => {
    edge = await fakeEdge();
    const gone = createServer((_, response) => response.writeHead(500).end());
    const endpoint = await listen(gone);
    const store = mediaStore({ ...rig.config.store, endpoint });
    const desk = new Desk(1, performer(store, rig.config.work), () => undefined, times);
    closing.push(
      () => edge.close(),
      () => shut(gone),
      () => desk.stop(),
    );
    const probe = message({ kind: 'probe' }, { source: 'sources/quick' });
    desk.accept({ ...probe, callback: edge.callback(probe.taskId) });
    expect(failureOf(await edge.told(probe.taskId, 'fail'))).toMatchObject({
      problem: 'storage-failed',
      retryable: true,
    });
    const task = chunk(quick, 'sources/quick');
    desk.accept(task);
    expect(failureOf(await edge.told(task.taskId, 'fail'))).toMatchObject({ retryable: true });
  });
});

describe('a task whose lease is lost', () => {
  it.each([
    ['the edge says so', () => 409],
    ['the edge is silent', () => 503],
  ])('is dropped at once when %s: FFmpeg is dead, nothing is written, nothing is said', async (_, status) => {
    const origin = await transcoder();
    const output = 'hls/cancelled/season-1/ep-1/v1/';
    const task = chunk(slow, 'sources/slow', { output });
    await post(origin, task);
    await until('FFmpeg works', async () => (await encoders()).length > 0);
    edge.answer = status;
    await until('FFmpeg is dead', async () => (await encoders()).length === 0);
    await until('the task is gone', async () => {
      const state = (await (await fetch(`${origin}/health`)).json()) as { running: number };
      return state.running === 0;
    });
    expect(await objectsUnder(output)).toEqual([]);
    expect(await readdir(rig.config.work.scratch)).toEqual([]);
    expect(edge.calls.map(({ what }) => what).filter((what) => what !== 'heartbeat')).toEqual([]);
  });
});

/** The program itself, as a container runs it. */
async function program(): Promise<{ origin: string; child: ChildProcess }> {
  const main = join(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], ...rig.env, PORT: '0', HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  closing.push(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });
  const lines = createInterface({ input: child.stdout });
  const origin = await new Promise<string>((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`the transcoder ended with ${code} before it listened`)));
    lines.on('line', (line) => {
      const said = JSON.parse(line) as { event: string; address: { port: number } };
      if (said.event === 'listening') resolve(`http://127.0.0.1:${said.address.port}`);
    });
  });
  return { origin, child };
}

describe('the program', () => {
  it('hands its tasks back on SIGTERM, and ends well', async () => {
    edge = await fakeEdge();
    closing.push(() => edge.close());
    const { origin, child } = await program();
    const tasks = [1, 2].map((n) => chunk(slow, 'sources/slow', { output: `hls/term/season-1/ep-${n}/v1/` }));
    for (const task of tasks) expect((await post(origin, task)).status).toBe(202);
    await until('FFmpeg works', async () => (await encoders()).length > 0);
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    for (const task of tasks) await edge.told(task.taskId, 'release');
    expect(await exit).toEqual([0, null]);
    expect(await encoders()).toEqual([]);
    expect(await objectsUnder('hls/term/')).toEqual([]);
    expect(await readdir(rig.config.work.scratch)).toEqual([]);
  });

  it('does not hand its secrets to FFmpeg', async () => {
    edge = await fakeEdge();
    closing.push(() => edge.close());
    const { origin } = await program();
    await post(origin, chunk(slow, 'sources/slow', { output: 'hls/env/season-1/ep-1/v1/' }));
    await until('FFmpeg works', async () => (await encoders()).length > 0);
    const environment = await readFile(`/proc/${(await encoders())[0]}/environ`, 'utf8');
    expect(environment).toContain('MEDIA_BUCKET');
    expect(environment).not.toMatch(/TRANSCODER_SECRET|S3_SECRET_ACCESS_KEY|S3_ACCESS_KEY_ID/);
  });

  it('killed in the middle of a chunk, leaves a task that the next attempt does to the same bytes', async () => {
    edge = await fakeEdge();
    closing.push(() => edge.close());
    const output = 'hls/killed/season-1/ep-1/v1/';
    const undisturbed = await encode(
      rig,
      chunk(brief, 'sources/brief', { output: 'hls/calm/season-1/ep-1/v1/' }),
    );

    const first = await program();
    const task = chunk(brief, 'sources/brief', { output });
    await post(first.origin, task);
    await until('FFmpeg works', async () => (await encoders()).length > 0);
    const orphans = await encoders();
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    for (const pid of orphans) process.kill(pid, 'SIGKILL'); // with a container, its processes end too

    const second = await program();
    await post(second.origin, { ...task, attempt: 2 });
    const done = resultOf(await edge.told(task.taskId, 'complete'));
    expect(done.objects.map(({ key, sha256 }) => [key, sha256])).toEqual(
      undisturbed.objects.map(({ key, sha256 }) => [key, sha256]),
    );
    expect(await readdir(rig.config.work.scratch)).toEqual([]); // also what the killed one left
    for (const { key, bytes } of done.objects)
      expect(await rig.store.size(output + key, { signal: never })).toBe(bytes);
  });

  it('says what is wrong with its environment, and does not start', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
      env: { PATH: process.env['PATH'], PORT: 'many' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    expect(await once(child, 'close')).toEqual([78, null]);
    expect(said).toMatch(/TRANSCODER_SECRET/);
    expect(said).toMatch(/PORT/);
  });
});
