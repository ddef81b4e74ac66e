import { env } from 'cloudflare:workers';
import { and, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobView } from '../../schema/api/ingest.ts';
import { episodes, titles } from '../../schema/db/catalog.ts';
import { assets, tasks } from '../../schema/db/media.ts';
import type { Id } from '../../schema/ids.ts';
import { LEASE_MS } from '../../schema/jobs/state.ts';
import type { TaskMessage, WrittenObject } from '../../schema/jobs/task.ts';
import { dispatch } from './dispatch.ts';
import { asEditor, episode, uploaded, World } from './ingest.fixture.ts';
import { onlyLegalMoves, watchMoves } from './moves.fixture.ts';
import { planOf, resultOf } from './plan.fixture.ts';
import { taskToken } from './task-token.ts';

let world: World;
beforeAll(watchMoves);
afterAll(onlyLegalMoves);
beforeEach(async () => {
  world = await World.make();
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

type TaskId = Id<'task'>;
const LEASE_S = LEASE_MS / 1000;
const ofKind = (messages: TaskMessage[], kind: TaskMessage['kind']) =>
  messages.filter((message) => message.kind === kind);
const packageTasks = (jobId: string) =>
  world.platform.db
    .select()
    .from(tasks)
    .where(and(eq(tasks.jobId, jobId as Id<'job'>), eq(tasks.kind, 'package')));
const code = async (answer: Response) => (await answer.json<{ code: string }>()).code;
/** An uploaded source whose encode tasks the transcoder holds. */
async function encoding(more: Parameters<typeof uploaded>[1] = {}) {
  const upload = await uploaded(world, more);
  const [probe] = await world.take();
  await world.work(probe!);
  return { upload, probe: probe!, held: await world.take() };
}

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
  ).toEqual([0, 'a0-ja', 's0-en', 1, 2]);
  // A chunk gets its own period's key only; 16 bytes, base64url.
  expect(held.map(({ spec }) => Object.keys('keys' in spec ? spec.keys : {}))).toEqual([
    ['0'],
    ['0', '1'],
    ['0', '1'],
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
    'package  done 1',
  ]);
  expect(await (await env.BUCKET.get(`packages/${upload.assetId}.json`))?.json()).toMatchObject({
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
  expect(await playable(upload.episodeId)).toBe(1);
});

async function playable(episodeId: string): Promise<number> {
  const [row] = await world.platform.db
    .select({ count: titles.playableEpisodes })
    .from(titles)
    .innerJoin(episodes, eq(episodes.titleId, titles.id))
    .where(eq(episodes.id, episodeId as Id<'episode'>));
  return row!.count;
}

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
    const { upload, held } = await encoding();
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
    const { upload, held } = await encoding();
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
    const { held } = await encoding();
    const [head] = held;
    expect((await world.say(head!, 'release')).status).toBe(204);
    const [again] = await world.take();
    expect(again!.taskId).toBe(head!.taskId);
    expect(await code(await world.say(head!, 'complete', resultOf(head!)))).toBe('stale-attempt');
    expect((await world.taskRow(head!.taskId)).failures).toBe(0);
    expect((await world.work(again!)).status).toBe(204);
  });

  it('is kept by heartbeats for as long as it takes', async () => {
    const { held } = await encoding();
    for (let i = 0; i < 5; i++) {
      world.pass(LEASE_S - 1);
      for (const message of held)
        expect((await world.say(message, 'heartbeat', { progress: i / 5 })).status).toBe(204);
      await world.sweep();
    }
    for (const message of held) expect((await world.work(message)).status).toBe(204);
  });

  it('takes no token that a transcoder could make with the secret it has', async () => {
    const { held } = await encoding();
    const [task] = held;
    const token = await taskToken(env.TRANSCODER_SECRET, task!.taskId, task!.attempt);
    expect(await code(await world.say({ ...task!, token }, 'heartbeat', { progress: 1 }))).toBe(
      'invalid-token',
    );
  });

  it('takes only its own token', async () => {
    const { held } = await encoding();
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
    const { upload, held } = await encoding();
    const answers = await Promise.all([...held, ...held, ...held].map((message) => world.work(message)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 204));
    expect(await packageTasks(upload.jobId)).toHaveLength(1);
    await world.finish();
    expect((await world.job(upload.jobId)).state).toBe('ready');
  });

  it('counts a task once, though its answer was lost', async () => {
    const { upload, held } = await encoding();
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
    expect((await world.job(jobId)).tasks).toHaveLength(363);
    expect(new Set(world.queue.map(({ taskId }) => taskId))).toHaveLength(362);
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
  const { upload, held } = await encoding();
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

describe('a setback', () => {
  const failure = { problem: 'storage-failed', detail: 'S3 said 500', retryable: true, log: 'tail' };

  it('is tried again after a while, by the queue and not by the cron', async () => {
    const { upload, held } = await encoding();
    const [head] = held;
    expect((await world.say(head!, 'fail', failure)).status).toBe(204);
    expect(world.queue).toEqual([{ taskId: head!.taskId, delaySeconds: 5 }]);
    const task = (await world.job(upload.jobId)).tasks.find(({ id }) => id === head!.taskId);
    expect(task).toMatchObject({
      state: 'waiting',
      attempt: 1,
      problem: 'storage-failed',
      log: 'tail',
      retryAt: Date.now() + 5_000,
    });
    // A message that comes too early comes again in time.
    expect(await world.deliver(world.queue[0])).toMatchObject({ explicitAcks: [], retryMessages: [{}] });
    expect(await dispatch(world.platform, head!.taskId as TaskId, 1)).toEqual({ retryAfter: 5 });
    world.pass(5);
    const [again] = await world.take();
    expect(again).toMatchObject({ taskId: head!.taskId, attempt: 2 });
  });

  it('ends the job the fifth time, with all that is known', async () => {
    const { upload, held } = await encoding();
    let message = held[0]!;
    for (let i = 0; i < 4; i++) {
      expect((await world.say(message, 'fail', failure)).status).toBe(204);
      world.pass(40);
      for (const other of held.slice(1)) await world.say(other, 'heartbeat', { progress: 0.1 });
      [message] = (await world.take()) as [TaskMessage];
    }
    expect((await world.say(message, 'fail', failure)).status).toBe(204);
    const job = await world.job(upload.jobId);
    expect(job).toMatchObject({
      state: 'failed',
      problem: 'attempts-exhausted',
      detail: expect.stringMatching(/5 times.*storage-failed.*S3 said 500/),
    });
    expect(job.tasks.find(({ id }) => id === message.taskId)).toMatchObject({
      state: 'failed',
      attempt: 5,
      log: 'tail',
    });
  });

  it('ends the job when the transcoder disappears five times', async () => {
    const { jobId } = await uploaded(world);
    for (let i = 1; i <= 5; i++) {
      expect(await world.take()).toHaveLength(1);
      world.pass(LEASE_S + 1);
      await world.sweep();
      world.pass(40);
    }
    expect(await world.job(jobId)).toMatchObject({
      state: 'failed',
      problem: 'attempts-exhausted',
      detail: expect.stringContaining('stopped reporting'),
    });
    expect(await world.take()).toEqual([]);
  });

  it('of our own counts too: a job whose tasks cannot be prepared fails, and does not wait for ever', async () => {
    const { upload, held } = await encoding();
    const { platform } = world;
    const keyless = { ...platform, secrets: { ...platform.secrets, contentKeys: { other: 'AAAA' } } };
    await world.say(held[0]!, 'release');
    for (let i = 0; i < 5; i++) {
      expect((await world.job(upload.jobId)).state).toBe('encoding');
      expect(await dispatch(keyless, held[0]!.taskId as TaskId, 1)).toEqual({ retryAfter: null });
      world.pass(40);
    }
    expect(await world.job(upload.jobId)).toMatchObject({ state: 'failed', problem: 'attempts-exhausted' });
  });

  it('that cannot be mended ends the job, and it leaves nothing', async () => {
    const { upload, held } = await encoding();
    const [head, sound] = held;
    await world.work(head!);
    expect(world.store.under('hls/')).toHaveLength(2);
    const final = { problem: 'encode-failed', detail: 'x264 [error]', retryable: false };
    await world.say(sound!, 'fail', final);
    await vi.waitFor(() => expect(world.store.under('hls/')).toEqual([]));
    expect(await world.job(upload.jobId)).toMatchObject({ state: 'failed', problem: 'encode-failed' });

    // Others stop when they hear of it; what they still wrote goes once their leases must have ended.
    expect(await code(await world.say(held[2]!, 'heartbeat', { progress: 0.5 }))).toBe('stale-attempt');
    world.store.objects.set(`${held[2]!.output}s0-en/0.vtt`, 10);
    await world.sweep();
    expect(world.store.under('hls/')).toHaveLength(1);
    const retry = `/api/admin/jobs/${upload.jobId}/retry`;
    expect(await (await asEditor('POST', retry)).json()).toMatchObject({
      code: 'conflict',
      retryAt: expect.any(Number),
    });
    world.pass(LEASE_S + 6);
    await world.sweep();
    expect(world.store.under('hls/')).toEqual([]);
    expect(world.store.under('sources/')).toHaveLength(1);

    expect(await (await asEditor('POST', retry)).json()).toMatchObject({ state: 'encoding', problem: null });
    await world.finish();
    expect((await world.job(upload.jobId)).state).toBe('ready');
    expect(world.store.under('hls/').length).toBeGreaterThan(0);
    await world.sweep();
    expect(world.store.under('hls/').length).toBeGreaterThan(0);
    expect(await code(await asEditor('POST', retry))).toBe('conflict');
  });

  it('of the probe lets the job be tried again at once, from the start', async () => {
    const { jobId } = await uploaded(world);
    const [probe] = await world.take();
    const refusal = { problem: 'source-unreadable', detail: 'not a video', retryable: false };
    await world.say(probe!, 'fail', refusal);
    await vi.waitFor(async () => {
      const retried = await asEditor('POST', `/api/admin/jobs/${jobId}/retry`);
      expect(await retried.json()).toMatchObject({ state: 'queued', problem: null, finishedAt: null });
    });
    await world.finish();
    expect((await world.job(jobId)).state).toBe('ready');
  });
});

it('sends again what was sent and never came', async () => {
  const { jobId } = await uploaded(world);
  world.queue.splice(0); // lost
  await world.sweep();
  expect(world.queue).toEqual([]);
  world.pass(200);
  await world.sweep();
  await world.finish();
  expect((await world.job(jobId)).state).toBe('ready');
});

it('is not kept from clearing one job by the trouble of another', async () => {
  const [troubled, other] = [await encoding(), await encoding()];
  const failure = { problem: 'encode-failed', detail: 'exit code 1', retryable: false };
  for (const { held } of [troubled, other]) {
    await world.work(held[1]!);
    await world.say(held[0]!, 'fail', failure);
  }
  await vi.waitFor(() => expect(world.store.under('hls/')).toEqual([])); // for now: others hold leases
  world.store.forbidden = troubled.held[0]!.output;
  world.pass(LEASE_S + 6);
  await world.sweep();
  const retry = ({ jobId }: { jobId: string }) => asEditor('POST', `/api/admin/jobs/${jobId}/retry`);
  expect(await code(await retry(troubled.upload))).toBe('conflict');
  expect((await retry(other.upload)).status).toBe(200);
});

describe('cancel', () => {
  it('stops a running job and leaves nothing, the source included', async () => {
    const { upload, held } = await encoding();
    await world.work(held[0]!);
    const cancel = `/api/admin/jobs/${upload.jobId}/cancel`;
    expect(await (await asEditor('POST', cancel)).json()).toMatchObject({
      state: 'cancelled',
      problem: 'job-cancelled',
    });
    await vi.waitFor(() => expect(world.store.under('hls/')).toEqual([]));
    expect(await code(await world.say(held[1]!, 'heartbeat', { progress: 0.1 }))).toBe('stale-attempt');
    expect(await code(await world.work(held[1]!))).toBe('stale-attempt'); // too late, and it wrote all the same
    expect(world.store.under('hls/').length).toBeGreaterThan(0);
    world.pass(LEASE_S + 6);
    await world.sweep();
    expect([...world.store.objects]).toEqual([]);
    expect((await asEditor('POST', cancel)).status).toBe(200);
    await world.finish();
    expect((await world.job(upload.jobId)).state).toBe('cancelled');
  });

  it('does not touch a job that is ready', async () => {
    const { jobId } = await uploaded(world);
    await world.finish();
    expect(await code(await asEditor('POST', `/api/admin/jobs/${jobId}/cancel`))).toBe('conflict');
    expect(await code(await asEditor('POST', '/api/admin/jobs/job_0000/cancel'))).toBe('not-found');
  });

  it('and complete at once end in one of the two, whole', async () => {
    const { upload, held } = await encoding();
    const last = held.pop()!;
    for (const message of held) await world.work(message);
    await Promise.all([world.work(last), asEditor('POST', `/api/admin/jobs/${upload.jobId}/cancel`)]);
    const job = await world.job(upload.jobId);
    expect(job.state).toBe('cancelled'); // whichever came first: packaging can be cancelled too
    expect(job.tasks.filter(({ state }) => state !== 'done' && state !== 'failed')).toEqual([]);
  });
});

describe('the publish gate', () => {
  const publish = (episodeId: string, assetId: string) =>
    asEditor('POST', `/api/admin/episodes/${episodeId}/publish`, { assetId });

  it('opens for a verified asset of the episode only', async () => {
    const [upload, other] = [await uploaded(world), await uploaded(world)];
    expect(await code(await publish(upload.episodeId, upload.assetId))).toBe('not-publishable');
    await world.finish();
    expect(await code(await publish(other.episodeId, upload.assetId))).toBe('not-publishable');
    expect(await code(await publish('ep_nowhere', upload.assetId))).toBe('not-found');
    expect((await world.job(upload.jobId)).published).toBe(false);
    const answer = await publish(upload.episodeId, upload.assetId);
    expect(await answer.json()).toMatchObject({ assetId: upload.assetId, latestJobId: upload.jobId });
    expect((await world.job(upload.jobId)).published).toBe(true);
  });

  it('counts an episode once, however often it is published', async () => {
    const episodeId = await episode();
    const first = await uploaded(world, { episodeId, publishWhenReady: true });
    await world.finish();
    await publish(episodeId, first.assetId);
    const second = await uploaded(world, { episodeId, publishWhenReady: true });
    await world.finish();
    expect((await world.job(second.jobId)).published).toBe(true);
    expect((await world.job(first.jobId)).published).toBe(false);
    await Promise.all([publish(episodeId, first.assetId), publish(episodeId, second.assetId)]);
    expect(await playable(episodeId)).toBe(1);
  });

  it('stays shut for a certificate that does not hold', async () => {
    const upload = await uploaded(world, { publishWhenReady: true });
    world.pass(1);
    const [probe] = await world.take();
    await world.work(probe!);
    for (const message of await world.take()) await world.work(message);
    const [pack] = ofKind(await world.take(), 'package');
    const result = resultOf(pack!);
    if (result.kind !== 'package') throw new Error('not a package');
    const checks = [{ name: 'continuous', holds: false, detail: 'v360 misses frame 96' }];
    // It says that it holds; its checks say otherwise.
    await world.say(pack!, 'complete', { ...result, certificate: { ...result.certificate, checks } });
    expect(await world.job(upload.jobId)).toMatchObject({
      state: 'failed',
      problem: 'verification-failed',
      detail: 'continuous: v360 misses frame 96',
      certificate: { checks },
    });
    expect(await code(await publish(upload.episodeId, upload.assetId))).toBe('not-publishable');
    expect(await playable(upload.episodeId)).toBe(0);
    expect(await env.BUCKET.get(`packages/${upload.assetId}.json`)).toBeNull();
  });

  it('does not let an older version that is ready late push a newer one aside', async () => {
    const episodeId = await episode();
    const { held } = await encoding({ episodeId, publishWhenReady: true });
    const newer = await uploaded(world, { episodeId, publishWhenReady: true });
    await world.finish();
    for (const message of held) await world.work(message);
    await world.finish();
    const rows = await world.platform.db.select().from(assets).where(eq(assets.episodeId, episodeId));
    expect(rows.map(({ verified }) => verified)).toEqual([true, true]);
    expect((await world.job(newer.jobId)).published).toBe(true);
  });
});

describe('the list of jobs', () => {
  it('comes in pages, newest first, by state', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      world.pass(i % 2); // some in the same millisecond
      ids.push((await uploaded(world)).jobId);
    }
    await asEditor('POST', `/api/admin/jobs/${ids[2]}/cancel`);
    type List = { items: JobView[]; next: string | null };
    const list = async (query: string) => (await asEditor('GET', `/api/admin/jobs?${query}`)).json<List>();
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: List = await list(`limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(new Set(seen)).toEqual(new Set(ids));
    expect(seen).toHaveLength(5);
    expect((await list('state=cancelled')).items.map(({ id }) => id)).toEqual([ids[2]]);
    expect((await list('state=ready')).items).toEqual([]);
    const refused = await asEditor('GET', '/api/admin/jobs?cursor=rubbish');
    expect(await code(refused)).toBe('invalid-request');
  });
});
