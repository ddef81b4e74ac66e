import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Id } from '../../schema/ids.ts';
import { and, eq, gte, ne, notInArray } from 'drizzle-orm';
import { jobs, tasks } from '../../schema/db/media.ts';
import { isOver } from '../../schema/jobs/state.ts';
import { clip } from '../../transcoder/testing/media.ts';
import { faults, type Fault } from './faults.ts';
import { stranger } from './findings.ts';
import { World, type WorldOptions } from './world.ts';

export type ChaosReport = {
  faults: Record<string, number>;
  jobs: number;
  /** Jobs that did not get ready by themselves. */
  lost: string[];
  /** Episodes whose published asset is not what its package says. */
  wrong: string[];
  /** Objects that no package names. */
  orphans: string[];
  /** CPU seconds of media work, of a job that nothing happened to, and of one chunk of it. */
  cpu: { spent: number; undisturbed: number; chunk: number };
};

/**
 * Breaks a platform `count` times while it works through jobs, and looks at what is left. Jobs are started as needed: at most
 * two are under way, so that every fault hits somebody. The same seed breaks it the same way, as far as clocks allow.
 */
export async function chaos(
  count: number,
  {
    onFault,
    only,
    ...options
  }: WorldOptions & { onFault?: (done: number, name: string) => void; only?: Fault[] },
): Promise<ChaosReport> {
  const world = await World.start(options);
  try {
    const film = await shortFilm(world.folder);
    const { chunk, ...calm } = await undisturbed(world, film);
    const before = await world.cpu();
    const started: Id<'job'>[] = [];
    const struck: Record<string, number> = {};
    const names = Object.keys(faults) as (keyof typeof faults)[];
    for (let done = 0; done < count; done++) {
      while ((await underWay(world, started)) < 2) started.push((await world.upload(film)).jobId);
      await spared(world);
      const name = only ? 'chosen' : world.dice.pick(names);
      await (only ? only[done % only.length]! : faults[name as keyof typeof faults])(world);
      struck[name] = (struck[name] ?? 0) + 1;
      onFault?.(done + 1, name);
    }
    await settle(world, started);
    const spent = (await world.cpu()) - before;
    const ended = await Promise.all(started.map((id) => world.job(id)));
    const found = await Promise.all(started.map((id) => stranger(world, id)));
    return {
      faults: struck,
      jobs: started.length,
      lost: ended.flatMap(({ job }) =>
        job.state === 'ready' ? [] : [`${job.id}: ${job.state}, ${job.detail}`],
      ),
      wrong: found.flatMap(({ wrong }) => wrong),
      orphans: found.flatMap(({ orphans }) => orphans),
      cpu: { spent, undisturbed: calm.cpu * started.length, chunk },
    };
  } finally {
    await world.stop();
  }
}

/** Pictures, sound and words: a task of every kind. */
async function shortFilm(folder: string): Promise<string> {
  const film = join(folder, 'film.mkv');
  const words = join(folder, 'words.srt');
  await writeFile(words, '1\n00:00:01,000 --> 00:00:04,000\nThe wind is up.\n');
  const more = ['-i', words, '-map', '0:v', '-map', '1:a', '-map', '2:s', '-c:s', 'srt'];
  await clip(folder, 'film.mkv', { seconds: 11, size: '320x180', more });
  return film;
}

/** What a job costs that nothing happens to, and the dearest task of it. */
async function undisturbed(world: World, film: string): Promise<{ cpu: number; chunk: number }> {
  const before = await world.cpu();
  const { jobId } = await world.upload(film);
  await settle(world, [jobId]);
  const { job } = await world.job(jobId);
  if (job.state !== 'ready') throw new Error(`an undisturbed job is ${job.state}: ${job.detail}`);
  const cpu = (await world.cpu()) - before;
  return { cpu, chunk: await world.dearestTask(jobId) };
}

const underWay = async (world: World, started: readonly Id<'job'>[]): Promise<number> => {
  const jobs = await Promise.all(started.slice(-4).map((id) => world.job(id)));
  return jobs.filter(({ job }) => !isOver(job.state)).length;
};

/**
 * Times that one task is struck at the most. A task has five attempts (MAX_ATTEMPTS), and one that fails them all for no fault of its
 * own ends its job by design.
 */
const STRUCK = 3;

/** Until no task is left that has been struck so often. */
async function spared({ edge }: World): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(100)) {
    const struck = await edge.platform.db
      .select({ id: tasks.id })
      .from(tasks)
      .innerJoin(jobs, eq(jobs.id, tasks.jobId))
      .where(
        and(
          gte(tasks.failures, STRUCK),
          ne(tasks.state, 'done'),
          notInArray(jobs.state, ['failed', 'cancelled']),
        ),
      );
    if (struck.length === 0) return;
    await edge.pass(1_000); // its next attempt waits for its back-off
  }
}

const PATIENCE_MS = 120_000;

/** Until every job is over. Where everybody waits for a back-off to pass, it passes. */
export async function settle(world: World, started: readonly Id<'job'>[]): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(100)) {
    const jobs = await Promise.all(started.map((id) => world.job(id)));
    if (jobs.every(({ job }) => isOver(job.state))) return;
    const working = world.transcoders.some((transcoder) => world.edge.heldBy(transcoder).length > 0);
    if (!working) await world.edge.pass(2_000);
  }
}
