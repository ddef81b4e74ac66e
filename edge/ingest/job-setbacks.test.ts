import { describe, expect, it, vi } from 'vitest';
import type { Id } from '../../schema/ids.ts';
import type { TaskMessage } from '../../schema/jobs/task.ts';
import { dispatch } from './dispatch.ts';
import { asEditor, uploaded, type World } from './ingest.fixture.ts';
import { code, eachInItsWorld, encoding, LEASE_S } from './world.fixture.ts';

let world: World;
eachInItsWorld((made) => (world = made));

describe('a setback', () => {
  const failure = { problem: 'storage-failed', detail: 'S3 said 500', retryable: true, log: 'tail' };

  it('is tried again after a while, by the queue and not by the cron', async () => {
    const { upload, held } = await encoding(world);
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
    expect(await dispatch(world.platform, head!.taskId as Id<'task'>, 1)).toEqual({ retryAfter: 5 });
    world.pass(5);
    const [again] = await world.take();
    expect(again).toMatchObject({ taskId: head!.taskId, attempt: 2 });
  });

  it('ends the job the fifth time, with all that is known', async () => {
    const { upload, held } = await encoding(world);
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
    const { upload, held } = await encoding(world);
    const { platform } = world;
    const keyless = { ...platform, secrets: { ...platform.secrets, contentKeys: { other: 'AAAA' } } };
    await world.say(held[0]!, 'release');
    for (let i = 0; i < 5; i++) {
      expect((await world.job(upload.jobId)).state).toBe('encoding');
      expect(await dispatch(keyless, held[0]!.taskId as Id<'task'>, 1)).toEqual({ retryAfter: null });
      world.pass(40);
    }
    expect(await world.job(upload.jobId)).toMatchObject({ state: 'failed', problem: 'attempts-exhausted' });
  });

  it('that cannot be mended ends the job, and it leaves nothing', async () => {
    const { upload, held } = await encoding(world);
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
  const [troubled, other] = [await encoding(world), await encoding(world)];
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
    const { upload, held } = await encoding(world);
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
    const { upload, held } = await encoding(world);
    const last = held.pop()!;
    for (const message of held) await world.work(message);
    await Promise.all([world.work(last), asEditor('POST', `/api/admin/jobs/${upload.jobId}/cancel`)]);
    const job = await world.job(upload.jobId);
    expect(job.state).toBe('cancelled'); // whichever came first: packaging can be cancelled too
    expect(job.tasks.filter(({ state }) => state !== 'done' && state !== 'failed')).toEqual([]);
  });
});
