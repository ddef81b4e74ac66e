import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { jobs } from '../../schema/db/media.ts';
import type { Id } from '../../schema/ids.ts';
import type { TaskMessage } from '../../schema/jobs/task.ts';
import { asEditor, uploaded, type World } from './ingest.fixture.ts';
import { resultOf } from './plan.fixture.ts';
import { code, eachInItsWorld, LEASE_S, packageTasks } from './world.fixture.ts';

let world: World;
eachInItsWorld((made) => (world = made));

/** A source that was looked at: the transcoder holds its head and its survey. */
async function looked(headStands = true) {
  world.ways = { look: 'quick', headStands };
  const upload = await uploaded(world);
  const [probe] = await world.take();
  await world.work(probe!);
  const [head, survey] = await world.take();
  return { upload, head: head!, survey: survey! };
}
const remaining = async (jobId: Id<'job'>) =>
  (await world.platform.db.select().from(jobs).where(eq(jobs.id, jobId)))[0]?.remaining;
const names = (messages: readonly TaskMessage[]) =>
  messages.map(({ kind, spec }) => ('chunk' in spec ? `${kind} ${spec.chunk}` : kind));
const rungsOf = ({ spec }: TaskMessage) => ('plan' in spec ? spec.plan.rungs.map(({ id }) => id) : []);
const workAll = async (messages: readonly TaskMessage[]) => {
  for (const message of messages) expect((await world.work(message)).status).toBe(204);
};

describe('a quick look', () => {
  it('sends the head first and the survey beside it, while the job is still probing', async () => {
    const { upload, head, survey } = await looked();
    expect(names([head, survey])).toEqual(['video-chunk 0', 'survey']);
    expect(rungsOf(head)).toEqual(['v240', 'v360']);
    expect((await world.job(upload.jobId)).state).toBe('probing');
  });

  it.each(['first', 'last', 'at once'] as const)('may have its head done %s', async (order) => {
    const { upload, head, survey } = await looked();
    if (order === 'first') await workAll([head]);
    if (order === 'at once') await Promise.all([world.work(head), world.work(survey), world.work(head)]);
    else await workAll([survey]);
    const rest = await world.take();
    expect(names(rest)).toEqual(['audio', 'subtitles', 'pictures', 'video-chunk 1', 'video-chunk 2']);
    expect(await remaining(upload.jobId)).toBe(order === 'last' ? 6 : 5);
    if (order === 'last') await workAll([head]); // by the plan of the look: its rung too many is no fault
    await workAll(rest);
    const [pack] = await world.take();
    // The package is told nothing of the rung that was dropped.
    expect(JSON.stringify(pack!.spec)).not.toContain('v240/');
    await workAll([pack!]);
    expect((await world.job(upload.jobId)).state).toBe('ready');
    expect(await packageTasks(world, upload.jobId)).toHaveLength(1);
  });

  it('may have its head fail and wait while the survey ends', async () => {
    const { upload, head, survey } = await looked();
    await world.say(head, 'fail', { problem: 'storage-failed', detail: 'S3 said 500', retryable: true });
    await workAll([survey]);
    expect(await remaining(upload.jobId)).toBe(6);
    world.pass(5);
    await world.finish();
    expect((await world.job(upload.jobId)).state).toBe('ready');
  });

  it('whose head does not stand has it encoded again, once nobody can be writing it', async () => {
    const { upload, head, survey } = await looked(false);
    await workAll([survey]);
    expect(await remaining(upload.jobId)).toBe(6);
    expect(await code(await world.work(head))).toBe('stale-attempt');
    const rest = await world.take();
    expect(names(rest)).toEqual(['audio', 'subtitles', 'pictures', 'video-chunk 1', 'video-chunk 2']);
    await workAll(rest);
    world.pass(LEASE_S + 6);
    await world.sweep();
    const [again] = await world.take();
    expect(again).toMatchObject({ taskId: head.taskId, attempt: 2 });
    expect(rungsOf(again!)).toEqual(['v360']);
    await workAll([again!]);
    await world.finish();
    expect((await world.job(upload.jobId)).state).toBe('ready');
  });

  it('whose head was done and does not stand has it encoded again at once', async () => {
    const { upload, head, survey } = await looked(false);
    await workAll([head, survey]);
    expect(await remaining(upload.jobId)).toBe(6);
    const rest = await world.take();
    expect(rest.map(({ taskId }) => taskId)).toContain(head.taskId);
    await workAll(rest);
    await world.finish();
    expect((await world.job(upload.jobId)).state).toBe('ready');
  });

  it('needs nothing but pictures after the survey where the head was all there is to encode', async () => {
    const { upload, head, survey } = await looked();
    await workAll([head]);
    const result = resultOf(survey, { chunks: 1 });
    if (result.kind !== 'survey') throw new Error('not a survey');
    const plan = { ...result.plan, audio: [], subtitles: [] };
    expect((await world.say(survey, 'complete', { ...result, plan })).status).toBe(204);
    await workAll(await world.take()); // pictures
    expect((await world.job(upload.jobId)).state).toBe('packaging');
    expect(names(await world.take())).toEqual(['package']);
  });

  it('is cancelled with both', async () => {
    const { upload, head, survey } = await looked();
    await asEditor('POST', `/api/admin/jobs/${upload.jobId}/cancel`);
    for (const message of [head, survey]) expect(await code(await world.work(message))).toBe('stale-attempt');
    world.pass(LEASE_S + 6);
    await world.sweep();
    expect([...world.store.objects]).toEqual([]);
  });

  it.each([
    ['an inexact plan', (plan: object) => ({ ...plan, exact: false })],
    ['a rung that the head was not encoded in', (plan: object) => ({ ...plan, dropped: [] })],
    ['another head', (plan: object) => ({ ...plan, frameRate: [25, 1] })],
  ])('is not followed by a survey with %s', async (_, change) => {
    const { survey } = await looked();
    const result = resultOf(survey);
    if (result.kind !== 'survey') throw new Error('not a survey');
    const answer = await world.say(survey, 'complete', {
      ...result,
      plan: change({ ...result.plan, dropped: ['v240'] }),
    });
    expect(await code(answer)).toBe('invalid-request');
    expect((await world.taskRow(survey.taskId)).state).toBe('leased');
  });
});
