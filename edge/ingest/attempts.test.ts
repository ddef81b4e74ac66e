import { expect, it } from 'vitest';
import type { Attempt } from '../../schema/api/ingest.ts';
import type { TaskMessage } from '../../schema/jobs/task.ts';
import { asEditor, uploaded, type World } from './ingest.fixture.ts';
import { resultOf } from './plan.fixture.ts';
import { eachInItsWorld, encoding, LEASE_S, ofKind } from './world.fixture.ts';

let world: World;
eachInItsWorld((made) => (world = made));

const attemptsAt = async ({ taskId }: TaskMessage): Promise<Attempt[]> =>
  (await asEditor('GET', `/api/admin/tasks/${taskId}/attempts`)).json();
const outcomes = async (task: TaskMessage) =>
  (await attemptsAt(task)).map(({ attempt, outcome }) => `${attempt} ${outcome}`);
/** Long enough for a lease to run out and for every wait between attempts. */
const again = async (): Promise<TaskMessage[]> => {
  world.pass(LEASE_S + 1);
  await world.sweep();
  world.pass(LEASE_S);
  await world.sweep();
  return world.take();
};
const failure = {
  problem: 'storage-failed',
  detail: 'S3 said 503.',
  retryable: true,
  log: 'the end of stderr',
};

it('keeps every attempt at a task with its log: failed, lost, handed back, done', async () => {
  await uploaded(world);
  const [first] = await world.take();
  await world.say(first!, 'heartbeat', { progress: 0.5, disk: { now: 1_000, peak: 7_000 } });
  world.pass(3);
  await world.say(first!, 'fail', failure);
  const [second] = await again();
  const [third] = await again(); // nobody heard of the second one
  await world.say(third!, 'release');
  const [fourth] = await world.take();
  await world.work(fourth!);
  await world.work(fourth!); // said twice, kept once

  expect(await outcomes(first!)).toEqual(['1 failed', '2 lost', '3 released', '4 done']);
  const [failed, lost, , done] = await attemptsAt(second!);
  expect(failed).toMatchObject({
    problem: 'storage-failed',
    detail: 'S3 said 503.',
    log: 'the end of stderr',
    diskPeak: 7_000,
  });
  expect(failed!.endedAt - failed!.startedAt!).toBe(3_000);
  expect(lost).toMatchObject({ problem: 'unavailable', log: null, diskPeak: null });
  expect(done).toMatchObject({ problem: null, log: null });
});

it('keeps what FFmpeg said and what it cost with the attempt that is done, once', async () => {
  const { held } = await encoding(world);
  const [sound] = ofKind(held, 'audio');
  const result = { ...resultOf(sound!), cpuSeconds: 1.5, log: 'size= 120kB' };
  await world.say(sound!, 'complete', result);
  expect(await attemptsAt(sound!)).toMatchObject([{ outcome: 'done', cpuSeconds: 1.5, log: 'size= 120kB' }]);
  const { result: kept } = await world.taskRow(sound!.taskId);
  expect(kept).toMatchObject({ kind: 'audio' });
  expect(JSON.stringify(kept)).not.toContain('120kB');
});

it('keeps none where nobody took the task', async () => {
  await uploaded(world);
  world.transcoder = 'busy';
  const [message] = world.queue;
  await world.deliver(message);
  world.transcoder = 'free';
  await world.deliver(message);
  const [probe] = world.taken.splice(0);
  expect(await outcomes(probe!)).toEqual([]);
  await world.work(probe!);
  expect(await outcomes(probe!)).toEqual(['2 done']);
});

it('says of everything under way why it ended, when its job is cancelled or fails', async () => {
  const one = await encoding(world);
  await asEditor('POST', `/api/admin/jobs/${one.upload.jobId}/cancel`);
  for (const task of one.held) expect(await outcomes(task)).toEqual(['1 cancelled']);

  const { held } = await encoding(world);
  const [head, ...rest] = ofKind(held, 'video-chunk');
  await world.say(head!, 'fail', { ...failure, retryable: false });
  expect(await attemptsAt(head!)).toMatchObject([{ outcome: 'failed', log: 'the end of stderr' }]);
  for (const task of rest)
    expect(await attemptsAt(task)).toMatchObject([{ outcome: 'cancelled', problem: null, log: null }]);
});

it('knows no attempts of a task that is not there', async () => {
  expect((await asEditor('GET', '/api/admin/tasks/tsk_nobody/attempts')).status).toBe(404);
});
