import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { episodes, titles } from '../../schema/db/catalog.ts';
import { tasks } from '../../schema/db/media.ts';
import type { Id } from '../../schema/ids.ts';
import type { TaskMessage } from '../../schema/jobs/task.ts';
import type { Marker } from '../../schema/media-facts.ts';
import { asEditor, episode, uploaded, type World } from './ingest.fixture.ts';
import { code, eachInItsWorld, LEASE_S, ofKind } from './world.fixture.ts';

let world: World;
eachInItsWorld((made) => (world = made));

const opening: Marker = { kind: 'opening', start: 1, end: 9, source: 'chapters', first: true };

/** Goes on until the transcoder holds nothing but comparisons of seasons. */
async function upToMarkers(): Promise<TaskMessage[]> {
  const held: TaskMessage[] = [];
  for (;;) {
    const all = await world.take();
    if (all.length === 0) return held;
    held.push(...ofKind(all, 'markers'));
    for (const message of all) if (message.kind !== 'markers') await world.work(message);
  }
}
const markersOf = async (id: Id<'episode'>) =>
  (await world.platform.db.select().from(episodes).where(eq(episodes.id, id)))[0]?.markers;
const found = (...assetIds: string[]) => ({
  kind: 'markers',
  episodes: assetIds.map((assetId) => ({ assetId, markers: [opening] })),
});
const markerTasks = () => world.platform.db.select().from(tasks).where(eq(tasks.kind, 'markers'));

/** Two episodes of one season. */
async function season() {
  const [first, second] = [await episode(), await episode()];
  const [row] = await world.platform.db.select().from(episodes).where(eq(episodes.id, first));
  await world.platform.db
    .update(episodes)
    .set({ titleId: row!.titleId, seasonId: row!.seasonId, number: 2 })
    .where(eq(episodes.id, second));
  expect(await world.platform.db.select().from(titles)).not.toEqual([]);
  return { first, second };
}

it('compares a season when an episode of it is ready, and writes what was found to its episodes', async () => {
  const { first, second } = await season();
  const one = await uploaded(world, { episodeId: first, publishWhenReady: true });
  const [alone] = await upToMarkers();
  expect(alone!.spec).toMatchObject({
    episodes: [{ assetId: one.assetId, chapters: [{ title: 'Opening' }] }],
  });
  await world.say(alone!, 'complete', found());
  const two = await uploaded(world, { episodeId: second });
  const [both] = await upToMarkers();
  expect('episodes' in both!.spec && both!.spec.episodes.map(({ assetId }) => assetId)).toEqual([
    one.assetId,
    two.assetId,
  ]);
  expect((await world.say(both!, 'complete', found(one.assetId, two.assetId, 'ast_other'))).status).toBe(204);
  expect(await markersOf(first)).toEqual([opening]);
  expect(await markersOf(second)).toEqual([opening]);
  expect((await world.job(two.jobId)).state).toBe('ready');
});

it('that fails, or whose transcoder is lost, fails no job, and can be tried again', async () => {
  const { jobId, episodeId, assetId } = await uploaded(world);
  const [task] = await upToMarkers();
  world.pass(LEASE_S + 1);
  await world.sweep();
  world.pass(5);
  const [again] = await upToMarkers();
  await world.say(again!, 'fail', { problem: 'encode-failed', detail: 'x', retryable: false });
  const job = await world.job(jobId);
  expect([job.state, job.tasks.find(({ id }) => id === task!.taskId)?.state]).toEqual(['ready', 'failed']);
  expect(world.store.under('hls/').length).toBeGreaterThan(0);
  expect((await asEditor('POST', `/api/admin/tasks/${task!.taskId}/retry`)).status).toBe(200);
  const [third] = await upToMarkers();
  await world.say(third!, 'complete', found(assetId));
  expect(await markersOf(episodeId)).toEqual([opening]);
});

it('is done for one season at a time, and once for many episodes that are ready together', async () => {
  const { first, second } = await season();
  await uploaded(world, { episodeId: first });
  const [running] = await upToMarkers();
  await uploaded(world, { episodeId: second });
  expect(await upToMarkers()).toEqual([]); // the other one is at work
  await uploaded(world, { episodeId: first });
  expect(await upToMarkers()).toEqual([]);
  expect(await markerTasks()).toHaveLength(2); // one at work, one that waits and will see all
  await world.say(running!, 'complete', found());
  world.pass(200);
  await world.sweep();
  expect(await upToMarkers()).toHaveLength(1);
});

it('is done again when another version is published, whose times need not be the same', async () => {
  const old = await uploaded(world, { publishWhenReady: true });
  const [first] = await upToMarkers();
  await world.say(first!, 'complete', found(old.assetId));
  const next = await uploaded(world, { episodeId: old.episodeId });
  const [second] = await upToMarkers();
  await world.say(second!, 'complete', found(old.assetId));
  await asEditor('POST', `/api/admin/episodes/${old.episodeId}/publish`, { assetId: next.assetId });
  expect(await markersOf(old.episodeId)).toBeNull();
  const [third] = await upToMarkers();
  expect(third!.spec).toMatchObject({ episodes: [{ assetId: next.assetId }] });
  await world.say(third!, 'complete', found(next.assetId));
  expect(await markersOf(old.episodeId)).toEqual([opening]);
});

it('refuses a marker that marks nothing', async () => {
  const { assetId } = await uploaded(world);
  const [task] = await upToMarkers();
  const wrong = { kind: 'markers', episodes: [{ assetId, markers: [{ ...opening, end: 1 }] }] };
  expect(await code(await world.say(task!, 'complete', wrong))).toBe('invalid-request');
});
