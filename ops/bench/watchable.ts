import { and, eq } from 'drizzle-orm';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { EarlyWatch } from '../../schema/api/media.ts';
import { tasks } from '../../schema/db/media.ts';
import type { Id } from '../../schema/ids.ts';
import { settle } from '../chaos/chaos.ts';
import { World } from '../chaos/world.ts';
import { longer, type Material } from './art.ts';
import { bounded, median, type Figure } from './figure.ts';
import { jobRun } from './job-run.ts';

const RUNS = 3;
const EPISODE_MINUTES = 24;
const AT_MOST_SECONDS = 5;
const SHARE = 1 / 50;
/** Chunks of the long film that are waited for, to know its pace. */
const PACE_CHUNKS = 4;

/**
 * From the complete upload to the first second that an editor can watch in every rung, of a short film and of one of 24 minutes; and
 * its share of the time to `ready`, by the pace at which the long film's chunks come.
 */
export async function watchable(film: () => Promise<Material>): Promise<Figure[]> {
  const short = await film();
  const long = await longer(short, EPISODE_MINUTES);
  const world = await World.start({
    seed: 1,
    transcoders: 1,
    slots: 2,
    preset: 'veryfast',
    chunkSeconds: 20,
    calm: true,
  });
  try {
    await jobRun(world, short.upload); // everything is warm, as in a house where somebody works
    const waits: number[] = [];
    for (let i = 0; i < RUNS; i++) {
      const { after, jobId } = await firstSecond(world, short.upload);
      waits.push(after);
      await settle(world, [jobId]); // the next one finds nobody at work
    }
    const begun = await firstSecond(world, long.upload);
    const ready = await pace(world, begun.jobId);
    return [
      bounded(
        {
          name: `first watchable second, ${short.seconds} s film (median of ${RUNS})`,
          value: median(waits),
          unit: 's',
        },
        AT_MOST_SECONDS,
      ),
      bounded(
        { name: 'first watchable second, 24-minute film', value: begun.after, unit: 's' },
        AT_MOST_SECONDS,
      ),
      bounded(
        {
          name: `its share of the time to ready, ${Math.round(ready)} s by its pace`,
          value: begun.after / ready,
          unit: '',
        },
        SHARE,
      ),
    ];
  } finally {
    await world.stop();
  }
}

/** Until every rung's playlist lists a segment; seconds from the complete upload. */
async function firstSecond(world: World, film: string): Promise<{ after: number; jobId: Id<'job'> }> {
  const { jobId, completedAt } = await world.upload(film);
  const answer = async (path: string, method = 'GET') => fetch(new URL(path, world.edge.origin), { method });
  for (;;) {
    const early = await answer(`/api/admin/jobs/${jobId}/watch`, 'POST');
    if (early.ok && (await everyRungPlays(v.parse(EarlyWatch, await early.json()), answer)))
      return { after: (Date.now() - completedAt) / 1000, jobId };
    await sleep(40);
  }
}

async function everyRungPlays(
  { masterUrl, available }: EarlyWatch,
  answer: (path: string) => Promise<Response>,
): Promise<boolean> {
  if (available < 1) return false;
  const master = await (await answer(masterUrl)).text();
  const rungs = master.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const lists = await Promise.all(
    rungs.map(async (uri) => (await answer(new URL(uri, masterUrl).href)).text()),
  );
  return rungs.length > 0 && lists.every((list) => list.includes('#EXTINF'));
}

/** Seconds that the whole film will take, by the pace of its first chunks after the head. */
async function pace(world: World, jobId: Id<'job'>): Promise<number> {
  const since = Date.now();
  const { db } = world.edge.platform;
  for (;;) {
    const done = await db
      .select({ part: tasks.part, finishedAt: tasks.finishedAt })
      .from(tasks)
      .where(and(eq(tasks.jobId, jobId), eq(tasks.kind, 'video-chunk'), eq(tasks.state, 'done')));
    const chunks = done.filter(({ part }) => part !== '0');
    const { job } = await world.job(jobId);
    if (chunks.length >= PACE_CHUNKS && job.plan) {
      const each = (Date.now() - since) / 1000 / chunks.length;
      return each * job.plan.chunks.length;
    }
    await sleep(200);
  }
}
