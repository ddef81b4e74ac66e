import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { BulkAnswer } from '../../schema/api/editing.ts';
import type { JobCard } from '../../schema/api/ingest.ts';
import { episodes, titles } from '../../schema/db/catalog.ts';
import { asEditor, episode, uploaded, type World } from './ingest.fixture.ts';
import { eachInItsWorld, encoding } from './world.fixture.ts';

let world: World;
eachInItsWorld((made) => (world = made));

type Page = { items: JobCard[]; next: string | null };
const list = async (query: Record<string, string> = {}): Promise<Page> => {
  const answer = await asEditor('GET', `/api/admin/jobs?${new URLSearchParams(query).toString()}`);
  expect(answer.status).toBe(200);
  return answer.json();
};
const ids = ({ items }: Page) => items.map(({ id }) => id);
const bulk = async (action: 'retry' | 'cancel', jobs: readonly string[]) =>
  (await asEditor('POST', '/api/admin/jobs/bulk', { action, ids: jobs })).json<BulkAnswer>();
const upload = async () => {
  const made = await uploaded(world);
  world.pass(1);
  return made;
};

it('the queue is listed in the order in which it is worked off, with how many are before each', async () => {
  const made = [await upload(), await upload(), await upload()].map(({ jobId }) => jobId);
  const first = await list({ tab: 'queue', limit: '2' });
  expect(first.items.map(({ id, ahead }) => [id, ahead])).toEqual([
    [made[0], 0],
    [made[1], 1],
  ]);
  const rest = await list({ tab: 'queue', limit: '2', cursor: first.next! });
  expect(rest.items.map(({ id, ahead }) => [id, ahead])).toEqual([[made[2], 2]]);
  expect(rest.next).toBeNull();
  expect(ids(await list())).toEqual(made.toReversed()); // all: the newest first
  expect((await list({ tab: 'running' })).items).toEqual([]);
});

it('a running job says what works on it, who began it, and how many of its tasks are done', async () => {
  const { upload, held } = await encoding(world);
  await world.say(held[0]!, 'heartbeat', { progress: 0.5, note: 'encoding frame 12 of 24' });
  const [job] = (await list({ tab: 'running' })).items;
  expect(job).toMatchObject({ id: upload.jobId, tasksDone: 1, waits: null, ahead: null, version: 1 });
  expect(job!.tasksAll).toBe(1 + held.length);
  expect(job!.working).toHaveLength(held.length);
  expect(job!.working).toContainEqual(
    expect.objectContaining({ id: held[0]!.taskId, progress: 0.5, note: 'encoding frame 12 of 24' }),
  );
  expect(job!.startedBy).toMatchObject({ id: expect.any(String) });
});

it('the pages of a tab of several states are one list without a gap', async () => {
  const made: string[] = [];
  for (let i = 0; i < 5; i++) {
    const { upload } = await encoding(world);
    made.push(upload.jobId);
    world.pass(1);
  }
  const { upload } = await encoding(world); // `probing` would be another state; two of `encoding` and one of `packaging` do as well
  made.push(upload.jobId);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await list({ tab: 'running', limit: '2', ...(cursor ? { cursor } : {}) });
    seen.push(...ids(page));
    cursor = page.next;
  } while (cursor);
  expect(seen).toEqual(made.toReversed());
});

it('says why nobody works on a job', async () => {
  const { jobId } = await upload();
  const waits = async () => (await list({ ids: jobId })).items[0]!.waits;
  expect(await waits()).toEqual({ for: 'turn', until: null });
  world.transcoder = 'busy';
  await world.deliver(...world.queue.splice(0));
  expect(await waits()).toEqual({ for: 'transcoder', until: null });
  world.transcoder = 'down';
  const [task] = (await world.job(jobId)).tasks;
  await world.deliver({ taskId: task!.id });
  expect(await waits()).toEqual({ for: 'contact', until: null });
  world.transcoder = 'free';
  await world.deliver({ taskId: task!.id });
  expect(await waits()).toBeNull();
  const [message] = world.taken.splice(0);
  await world.say(message!, 'fail', { problem: 'storage-failed', detail: 'away', retryable: true });
  expect(await waits()).toMatchObject({ for: 'retry', until: expect.any(Number) });
});

it('finds jobs by parts of names in any letters, also after a title was renamed; one page after the other', async () => {
  const { db } = world.platform;
  const episodeId = await episode('kaze-no-denrei');
  const [row] = await db.select().from(episodes).where(eq(episodes.id, episodeId));
  await db
    .update(titles)
    .set({ nameMain: 'Kaze no Denrei', nameNative: '風の伝令' })
    .where(eq(titles.id, row!.titleId));
  const one = await uploaded(world, { episodeId });
  world.pass(1);
  const two = await uploaded(world, { episodeId });
  const other = await upload();
  const both = [two.jobId, one.jobId];
  expect(ids(await list({ q: 'DENREI kaze' }))).toEqual(both);
  expect(ids(await list({ q: '風の伝令' }))).toEqual(both);
  expect(ids(await list({ q: '伝令' }))).toEqual(both); // shorter than the index knows
  expect(ids(await list({ q: 'a.mkv' }))).toEqual([other.jobId, ...both]);
  expect(ids(await list({ q: '"%_' }))).toEqual([]);
  expect(ids(await list({ q: 'denrei', tab: 'failed' }))).toEqual([]);
  const first = await list({ q: 'denrei', limit: '1' });
  expect(ids(first)).toEqual([two.jobId]);
  expect(ids(await list({ q: 'denrei', limit: '1', cursor: first.next! }))).toEqual([one.jobId]);
  await db.update(titles).set({ nameMain: 'Umi no Denrei' }).where(eq(titles.id, row!.titleId));
  expect(ids(await list({ q: 'umi' }))).toEqual(both);
  expect(ids(await list({ q: 'kaze' }))).toEqual([]);
});

it('of jobs that are named, only those are given', async () => {
  const [one, , three] = [await upload(), await upload(), await upload()];
  expect(ids(await list({ ids: `${one.jobId},${three.jobId},job_00000000` }))).toEqual([
    three.jobId,
    one.jobId,
  ]);
  expect((await asEditor('GET', '/api/admin/jobs?ids=nonsense')).status).toBe(400);
});

it('changes many at once, each on its own, and says what became of each', async () => {
  const [running, cancelled] = [await upload(), await upload()];
  await asEditor('POST', `/api/admin/jobs/${cancelled.jobId}/cancel`);
  const { items } = await bulk('cancel', [running.jobId, cancelled.jobId, 'job_00000000']);
  expect(items).toEqual([
    { id: running.jobId, fate: 'changed', because: null },
    { id: cancelled.jobId, fate: 'same', because: null },
    { id: 'job_00000000', fate: 'refused', because: 'There is no such job.' },
  ]);
  expect((await world.job(running.jobId)).state).toBe('cancelled');
  const again = await bulk('retry', [running.jobId]);
  expect(again.items).toMatchObject([{ fate: 'refused', because: expect.stringContaining('cancelled') }]);
});

it('jobs of one title only go with it, and nothing of them is found any more', async () => {
  const { jobId, episodeId } = await upload();
  const { db } = world.platform;
  await db.delete(episodes).where(eq(episodes.id, episodeId));
  expect(ids(await list({ q: 'a.mkv' }))).not.toContain(jobId);
});
