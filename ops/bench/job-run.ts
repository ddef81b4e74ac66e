import { asc, eq } from 'drizzle-orm';
import { setTimeout as sleep } from 'node:timers/promises';
import { jobs, tasks } from '../../schema/db/media.ts';
import { isOver, type TaskKind } from '../../schema/jobs/state.ts';
import type { Plan } from '../../schema/jobs/plan.ts';
import type { World } from '../chaos/world.ts';

/** `began`: seconds after the upload was complete. */
export type TaskRun = { kind: TaskKind; part: string; began: number; seconds: number; cpuSeconds: number };
export type JobRun = {
  /** From the moment the upload was complete to the end of the last task, seconds. */
  wall: number;
  plan: Plan;
  /** In the order of their beginning; `seconds` by the clock. */
  tasks: TaskRun[];
};

/** Looking costs the measured machine something, and the times are in the database. */
const LOOK_MS = 500;

/** One film through the whole platform. */
export async function jobRun(world: World, film: string): Promise<JobRun> {
  const { jobId, completedAt } = await world.upload(film);
  const { db } = world.edge.platform;
  for (;;) {
    const [job] = await db
      .select({ state: jobs.state, detail: jobs.detail, plan: jobs.plan })
      .from(jobs)
      .where(eq(jobs.id, jobId));
    if (job && isOver(job.state)) {
      if (job.state !== 'ready' || !job.plan) throw new Error(`the job is ${job.state}: ${job.detail}`);
      const rows = await db.select().from(tasks).where(eq(tasks.jobId, jobId)).orderBy(asc(tasks.startedAt));
      const runs = rows.map(({ kind, part, startedAt, finishedAt, result }) => ({
        kind,
        part,
        began: ((startedAt ?? 0) - completedAt) / 1000,
        seconds: ((finishedAt ?? 0) - (startedAt ?? 0)) / 1000,
        cpuSeconds: result && 'cpuSeconds' in result ? (result.cpuSeconds ?? 0) : 0,
      }));
      const last = Math.max(...rows.map(({ finishedAt }) => finishedAt ?? 0));
      return { wall: (last - completedAt) / 1000, plan: job.plan, tasks: runs };
    }
    await sleep(LOOK_MS);
  }
}
