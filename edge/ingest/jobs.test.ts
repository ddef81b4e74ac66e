import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { episodes } from '../../schema/db/catalog.ts';
import type { TaskMessage, WrittenObject } from '../../schema/jobs/task.ts';
import { uploaded, type World } from './ingest.fixture.ts';
import { planOf, resultOf } from './plan.fixture.ts';
import { taskToken } from './task-token.ts';
import { code, eachInItsWorld, encoding, LEASE_S, packageTasks, playable } from './world.fixture.ts';

let world: World;
eachInItsWorld((made) => (world = made));

it('brings an upload to a verified, published asset', async () => {
  const upload = await uploaded(world, { publishWhenReady: true });
  expect(await world.job(upload.jobId)).toMatchObject({ state: 'queued', progress: 0 });

  const [probe] = await world.take();
  expect(probe).toMatchObject({
    v: 1,
    kind: 'probe',
    attempt: 1,
    source: { key: `sources/${upload.id}/source`, bytes: 1_000 },
    spec: { kind: 'probe' },
    callback: `${env.PUBLIC_ORIGIN}/api/transcoder/tasks/${probe!.taskId}`,
  });
  expect((await world.job(upload.jobId)).state).toBe('probing');
  expect((await world.say(probe!, 'heartbeat', { progress: 0.5, note: 'reading' })).status).toBe(204);
  expect((await world.job(upload.jobId)).tasks[0]).toMatchObject({ progress: 0.5, note: 'reading' });
  await world.work(probe!);

  const held = await world.take();
  expect(
    held.map(({ spec }) => ('chunk' in spec ? spec.chunk : 'rendition' in spec && spec.rendition)),
  ).toEqual([0, 'a0-ja', 's0-en', false, 1, 2]); // the one without is pictures
  // A chunk gets its own period's key only; 16 bytes, base64url.
  expect(held.map(({ spec }) => Object.keys('keys' in spec ? spec.keys : {}))).toEqual([
    ['0'],
    ['0', '1'],
    ['0', '1'],
    [],
    ['0'],
    ['1'],
  ]);
  const midway = await world.job(upload.jobId);
  for (const message of held) expect(await (await world.work(message)).text()).toBe('');
  const packaging = await world.job(upload.jobId);
  expect(packaging.state).toBe('packaging');
  expect(packaging.progress).toBeGreaterThan(midway.progress);

  const [pack] = await world.take();
  expect(pack!.spec).toMatchObject({ kind: 'package', keyId: 'c1' });
  expect('objects' in pack!.spec && pack!.spec.objects).toHaveLength(3 * 2 + 6 + 2);
  expect((await world.work(pack!)).status).toBe(204);

  const ready = await world.job(upload.jobId);
  expect(ready).toMatchObject({
    state: 'ready',
    progress: 1,
    published: true,
    problem: null,
    notes: ['The cover picture was left out.', 'Raised by 2.1 LU.'],
    certificate: { holds: true, checks: [{ name: 'hashes' }] },
  });
  expect(ready.tasks.map(({ kind, part, state, attempt }) => `${kind} ${part} ${state} ${attempt}`)).toEqual([
    'probe  done 1',
    'video-chunk 0 done 1',
    'video-chunk 1 done 1',
    'video-chunk 2 done 1',
    'audio a0-ja done 1',
    'subtitles s0-en done 1',
    'pictures  done 1',
    'package  done 1',
    'markers  queued 0',
  ]);
  expect(await (await env.BUCKET.get(`packages/${upload.assetId}/1.json`))?.json()).toMatchObject({
    assetId: upload.assetId,
    periods: 2,
  });
  const [row] = await world.platform.db.select().from(episodes).where(eq(episodes.id, upload.episodeId));
  expect(row).toMatchObject({
    assetId: upload.assetId,
    duration: 12,
    audio: ['ja'],
    subtitles: ['en'],
    chapters: [{ title: 'Opening' }],
  });
  expect(await playable(world, upload.episodeId)).toBe(1);
});

describe('the queue', () => {
  it('does nothing for a message that comes again, out of order, or after the task is done', async () => {
    const { jobId } = await uploaded(world);
    const [message] = world.queue.splice(0);
    const three = await world.deliver(message, message, message);
    expect(three).toMatchObject({ explicitAcks: ['0', '1', '2'], retryMessages: [] });
    expect(world.taken).toHaveLength(1);
    const [probe] = world.taken.splice(0);
    await world.work(probe!);
    const before = await world.job(jobId);
    expect(await world.deliver(message)).toMatchObject({ explicitAcks: ['0'], retryMessages: [] });
    expect(await world.job(jobId)).toEqual(before);

    world.queue.reverse();
    await world.finish();
    expect(await world.deliver(message)).toMatchObject({ explicitAcks: ['0'] });
    expect((await world.job(jobId)).state).toBe('ready');
  });

  it('acknowledges what it does not understand, and goes on with the rest', async () => {
    await uploaded(world);
    const [message] = world.queue.splice(0);
    const bodies = [
      'rubbish',
      null,
      { taskId: 7 },
      { taskId: 'job_0000' },
      { taskId: 'tsk_nobody' },
      message,
    ];
    expect((await world.deliver(...bodies)).explicitAcks).toHaveLength(6);
    expect(world.taken).toHaveLength(1);
  });

  it.each(['busy', 'down'] as const)(
    'comes again later where the transcoder is %s, at no cost',
    async (state) => {
      const { jobId } = await uploaded(world);
      const [message] = world.queue.splice(0);
      world.transcoder = state;
      for (let i = 0; i < 8; i++)
        expect(await world.deliver(message)).toMatchObject({
          explicitAcks: [],
          retryMessages: [{ msgId: '0' }],
        });
      const [task] = (await world.job(jobId)).tasks;
      expect(task).toMatchObject({
        state: 'queued',
        attempt: 0,
        note: expect.stringContaining('transcoder'),
      });
      world.transcoder = 'free';
      await world.deliver(message);
      await world.finish();
      expect((await world.job(jobId)).state).toBe('ready');
    },
  );

  it('is offered the next task as soon as one is done', async () => {
    const { upload, held } = await encoding(world);
    const [head, sound] = held;
    await world.say(sound!, 'release');
    world.queue.splice(0); // its message is somewhere, waiting
    await world.work(head!);
    await vi.waitFor(() => expect(world.queue).toMatchObject([{ taskId: sound!.taskId }]));
    expect((await world.job(upload.jobId)).state).toBe('encoding');
  });
});

describe('a claim', () => {
  it('is fenced: who lost it changes nothing any more', async () => {
    const { upload, held } = await encoding(world);
    const [head] = held;
    const answers = {
      heartbeat: { progress: 0.9 },
      complete: resultOf(head!),
      fail: { problem: 'encode-failed', detail: 'no', retryable: false },
      release: undefined,
    };
    const allStale = async () => {
      const before = await world.taskRow(head!.taskId);
      for (const [verb, json] of Object.entries(answers) as [keyof typeof answers, unknown][])
        expect([verb, await code(await world.say(head!, verb, json))]).toEqual([verb, 'stale-attempt']);
      expect(await world.taskRow(head!.taskId)).toEqual(before);
    };
    world.pass(LEASE_S + 1);
    await world.sweep();
    await allStale(); // nobody has it
    world.pass(5);
    const again = (await world.take()).find(({ taskId }) => taskId === head!.taskId)!;
    expect(again.attempt).toBe(2);
    await allStale(); // another one has it
    expect((await world.work(again)).status).toBe(204);
    expect((await world.job(upload.jobId)).state).toBe('encoding');
  });

  it('is not shared by two attempts where one of them was handed back', async () => {
    const { held } = await encoding(world);
    const [head] = held;
    expect((await world.say(head!, 'release')).status).toBe(204);
    const [again] = await world.take();
    expect(again!.taskId).toBe(head!.taskId);
    expect(await code(await world.say(head!, 'complete', resultOf(head!)))).toBe('stale-attempt');
    expect((await world.taskRow(head!.taskId)).failures).toBe(0);
    expect((await world.work(again!)).status).toBe(204);
  });

  it('is kept by heartbeats for as long as it takes', async () => {
    const { held } = await encoding(world);
    for (let i = 0; i < 5; i++) {
      world.pass(LEASE_S - 1);
      for (const message of held)
        expect((await world.say(message, 'heartbeat', { progress: i / 5 })).status).toBe(204);
      await world.sweep();
    }
    for (const message of held) expect((await world.work(message)).status).toBe(204);
  });

  it('takes no token that a transcoder could make with the secret it has', async () => {
    const { held } = await encoding(world);
    const [task] = held;
    const token = await taskToken(env.TRANSCODER_SECRET, task!.taskId, task!.attempt);
    expect(await code(await world.say({ ...task!, token }, 'heartbeat', { progress: 1 }))).toBe(
      'invalid-token',
    );
  });

  it('takes only its own token', async () => {
    const { held } = await encoding(world);
    const [a, b] = held;
    expect(await code(await world.say({ ...a!, token: b!.token }, 'heartbeat', { progress: 1 }))).toBe(
      'invalid-token',
    );
    expect(await code(await world.say({ ...a!, token: 'x' }, 'complete', resultOf(a!)))).toBe(
      'invalid-token',
    );
  });
});

describe('the barrier', () => {
  it('is passed once, however many come at once', async () => {
    const { upload, held } = await encoding(world);
    const answers = await Promise.all([...held, ...held, ...held].map((message) => world.work(message)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 204));
    expect(await packageTasks(world, upload.jobId)).toHaveLength(1);
    await world.finish();
    expect((await world.job(upload.jobId)).state).toBe('ready');
  });

  it('counts a task once, though its answer was lost', async () => {
    const { upload, held } = await encoding(world);
    for (const message of held.slice(1)) {
      await Promise.all([world.work(message), world.work(message), world.work(message)]);
      await world.work(message);
    }
    expect((await world.job(upload.jobId)).state).toBe('encoding');
    await world.work(held[0]!);
    expect((await world.job(upload.jobId)).state).toBe('packaging');
  });

  it('makes the hundreds of tasks of a film in one batch', async () => {
    const { jobId } = await uploaded(world);
    const [probe] = await world.take();
    const answer = await world.say(probe!, 'complete', { kind: 'probe', plan: planOf(360) });
    expect(answer.status).toBe(204);
    expect((await world.job(jobId)).tasks).toHaveLength(364);
    expect(new Set(world.queue.map(({ taskId }) => taskId))).toHaveLength(363);
  });
});

it.each<[string, (message: TaskMessage) => unknown]>([
  ['another kind', () => ({ kind: 'audio', objects: [] })],
  ['no segments', () => ({ kind: 'video-chunk', objects: [] })],
  ['a segment of another chunk', (m) => changed(m, (o) => ({ ...o, segment: { ...o.segment!, index: 5 } }))],
  ['a wrong key period', (m) => changed(m, (o) => ({ ...o, segment: { ...o.segment!, period: 1 } }))],
  [
    'a rendition nobody planned',
    (m) => changed(m, (o) => ({ ...o, segment: { ...o.segment!, rendition: 'v99' } })),
  ],
  ['a key outside', (m) => changed(m, (o) => ({ ...o, key: '../v2/0.m4s' }))],
  ['an absolute key', (m) => changed(m, (o) => ({ ...o, key: '/etc/passwd' }))],
])('refuses a result with %s', async (_, result) => {
  const { upload, held } = await encoding(world);
  const [head] = held;
  const answer = await world.say(head!, 'complete', result(head!));
  expect(await code(answer)).toBe('invalid-request');
  expect((await world.taskRow(head!.taskId)).state).toBe('leased');
  for (const message of held) await world.work(message);
  expect((await world.job(upload.jobId)).state).toBe('packaging');
});
function changed(message: TaskMessage, change: (object: WrittenObject) => WrittenObject) {
  const result = resultOf(message);
  if (result.kind !== 'video-chunk') throw new Error('not a chunk');
  return { ...result, objects: result.objects.map((object, i) => (i === 0 ? change(object) : object)) };
}

it('refuses a plan that does not hold together', async () => {
  await uploaded(world);
  const [probe] = await world.take();
  const plan = planOf(3);
  plan.chunks.pop();
  const answer = await world.say(probe!, 'complete', { kind: 'probe', plan });
  expect(await answer.json()).toMatchObject({
    code: 'invalid-request',
    detail: expect.stringContaining('the chunks hold 4 of 6 segments'),
  });
});
