import { eq } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { jobs } from '../../schema/db/media.ts';
import { KEPT_MS } from '../../schema/jobs/state.ts';
import type { TaskMessage } from '../../schema/jobs/task.ts';
import { asEditor, uploaded, type World } from './ingest.fixture.ts';
import { code, eachInItsWorld, encoding, LEASE_S } from './world.fixture.ts';

let world: World;
eachInItsWorld((made) => (world = made));

const retryJob = (id: string) => asEditor('POST', `/api/admin/jobs/${id}/retry`);
const retryTask = ({ taskId }: TaskMessage) => asEditor('POST', `/api/admin/tasks/${taskId}/retry`);
const away = { problem: 'storage-failed', detail: 'S3 said 500', retryable: true };

describe('a job that failed because the store was away', () => {
  /** All is done but the first task, which fails for good. */
  async function failed() {
    const { upload, held } = await encoding(world);
    let [head, ...others] = held;
    for (const message of others) await world.work(message);
    for (let i = 0; i < 5; i++) {
      await world.say(head!, 'fail', away);
      world.pass(40);
      [head] = await world.take();
    }
    expect((await world.job(upload.jobId)).state).toBe('failed');
    return { upload, first: held[0]! };
  }

  it('keeps what it finished, and a retry goes on with the rest', async () => {
    const { upload, first } = await failed();
    await world.sweep();
    expect(world.store.under('hls/').length).toBeGreaterThan(0);
    expect((await retryTask(first)).status).toBe(200);
    const again = await world.take();
    expect(again.map(({ taskId }) => taskId)).toEqual([first.taskId]);
    await world.work(again[0]!);
    await world.finish();
    expect((await world.job(upload.jobId)).state).toBe('ready');
  });

  it('keeps it for six hours; a retry after that encodes everything again', async () => {
    const { upload } = await failed();
    world.pass(KEPT_MS / 1000);
    await world.sweep();
    expect(world.store.under('hls/')).toEqual([]);
    expect((await retryJob(upload.jobId)).status).toBe(200);
    expect(await world.take()).toHaveLength(6);
  });

  it('does not build on files that are being deleted', async () => {
    const { upload } = await failed();
    world.pass(KEPT_MS / 1000);
    world.store.isDown = true;
    await world.sweep(); // begins to clear, and gets no further
    world.store.isDown = false;
    expect(await code(await retryJob(upload.jobId))).toBe('conflict');
  });
});

describe('one task', () => {
  it('that waits after a setback is tried now', async () => {
    const { held } = await encoding(world);
    await world.say(held[0]!, 'fail', away);
    world.queue.splice(0);
    expect((await retryTask(held[0]!)).status).toBe(200);
    expect((await world.take()).map(({ taskId }) => taskId)).toEqual([held[0]!.taskId]);
  });

  it('that is stuck is taken from its transcoder, once that one writes no more', async () => {
    const { held } = await encoding(world);
    expect((await retryTask(held[0]!)).status).toBe(200);
    expect(await code(await world.say(held[0]!, 'heartbeat', { progress: 0.5 }))).toBe('stale-attempt');
    expect(await world.take()).toEqual([]);
    world.pass(LEASE_S + 6);
    await world.deliver({ taskId: held[0]!.taskId });
    expect(world.taken).toMatchObject([{ taskId: held[0]!.taskId, attempt: 2 }]);
  });

  it('that was taken from its transcoder is not hurried by asking again: that one may still write', async () => {
    const { held } = await encoding(world);
    expect((await retryTask(held[0]!)).status).toBe(200);
    expect((await retryTask(held[0]!)).status).toBe(200);
    expect(await world.take()).toEqual([]);
    world.pass(LEASE_S + 6);
    await world.deliver({ taskId: held[0]!.taskId });
    expect(world.taken).toMatchObject([{ taskId: held[0]!.taskId, attempt: 2 }]);
  });

  it('that was taken from its transcoder, whose job is then cancelled, leaves nothing of what that one still writes', async () => {
    const { upload, held } = await encoding(world);
    for (const message of held.slice(1)) await world.work(message);
    expect((await retryTask(held[0]!)).status).toBe(200);
    await asEditor('POST', `/api/admin/jobs/${upload.jobId}/cancel`);
    await vi.waitFor(() => expect(world.store.under('hls/')).toEqual([]));
    world.store.objects.set(`${held[0]!.output}v360/0.m4s`, 9); // it has not heard yet
    world.pass(LEASE_S + 11);
    await world.sweep();
    expect(world.store.under('hls/')).toEqual([]);
  });

  it('that is done is encoded again while its job encodes, and not after', async () => {
    const { upload, held } = await encoding(world);
    await world.work(held[1]!);
    expect((await retryTask(held[1]!)).status).toBe(200);
    for (const message of held.filter((one) => one !== held[1])) await world.work(message);
    expect((await world.job(upload.jobId)).state).toBe('encoding');
    await world.finish();
    expect((await world.job(upload.jobId)).state).toBe('ready');
    expect(await code(await retryTask(held[1]!))).toBe('conflict');
    expect(await code(await asEditor('POST', '/api/admin/tasks/tsk_nowhere/retry'))).toBe('not-found');
  });
});

describe('encoding again', () => {
  const encode = (assetId: string, settings: object = {}) =>
    asEditor('POST', `/api/admin/assets/${assetId}/encode`, { settings });

  it('makes the next version of the same source, with settings and keys of its own', async () => {
    const one = await uploaded(world);
    await world.finish();
    const answer = await encode(one.assetId, { encryption: 'none', crf: 30 });
    expect(answer.status).toBe(202);
    const [probe] = await world.take();
    expect(probe).toMatchObject({
      source: { key: `sources/${one.id}/source`, bytes: 1_000 },
      output: expect.stringMatching(/v2\/$/),
      spec: { settings: { encryption: 'none', crf: 30 } },
    });
    await world.work(probe!);
    const held = await world.take();
    expect(held.flatMap(({ spec }) => ('keys' in spec ? Object.keys(spec.keys) : []))).toEqual([]);
    for (const message of held) await world.work(message);
    await world.finish();
    const { jobId } = await answer.json<{ jobId: string }>();
    expect((await world.job(jobId)).state).toBe('ready');
  });

  it('that is cancelled leaves the source to the other versions, and the last one takes it along', async () => {
    const one = await uploaded(world);
    const { jobId } = await (await encode(one.assetId)).json<{ jobId: string }>();
    const cancel = async (id: string) => {
      await asEditor('POST', `/api/admin/jobs/${id}/cancel`);
      await vi.waitFor(async () => {
        const [row] = await world.platform.db
          .select()
          .from(jobs)
          .where(eq(jobs.id, id as typeof one.jobId));
        expect(row?.clearedAt).not.toBeNull();
      });
    };
    await cancel(jobId);
    expect(world.store.under('sources/')).toHaveLength(1);
    await cancel(one.jobId);
    expect(world.store.under('sources/')).toEqual([]);
    expect(await code(await encode(one.assetId))).toBe('conflict');
    expect(await code(await encode('ast_nowhere'))).toBe('not-found');
  });
});
