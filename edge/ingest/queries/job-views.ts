import { and, desc, eq, sql } from 'drizzle-orm';
import type { JobCard, TaskView } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { assets, jobs, tasks } from '../../../schema/db/media.ts';
import type { JobState } from '../../../schema/jobs/state.ts';
import { defaultSettings, type EncodeSettings } from '../../../schema/jobs/settings.ts';
import type { Plan } from '../../../schema/jobs/plan.ts';
import type { Db } from '../../platform/db.ts';
import type { TaskProgress } from '../progress.ts';

export type CardRow = Omit<JobCard, 'progress' | 'readyAt'>;
const cardColumns = {
  id: jobs.id,
  state: jobs.state,
  episodeId: jobs.episodeId,
  assetId: jobs.assetId,
  titleId: episodes.titleId,
  titleName: titles.nameMain,
  season: episodes.season,
  episode: episodes.number,
  // An amendment has a file of its own, if it adds one.
  fileName: sql<string>`coalesce(${jobs.fileName}, ${assets.fileName})`,
  bytes: sql<number>`coalesce(${jobs.sourceBytes}, ${assets.sourceBytes})`,
  problem: jobs.problem,
  detail: jobs.detail,
  purpose: sql<
    JobCard['purpose']
  >`coalesce(json_extract(${jobs.change}, '$.add.kind'), iif(${jobs.change} is null, 'encode', 'remove'))`,
  published: sql<boolean>`${episodes.assetId} is ${jobs.assetId}`.mapWith(Boolean),
  createdAt: jobs.createdAt,
  finishedAt: jobs.finishedAt,
};

/** Newest first, from after a position on; one row more than `limit`. */
export const jobCards = (
  db: Db,
  { state, after, limit }: { state: JobState | undefined; after: [number, Id<'job'>] | null; limit: number },
): Promise<CardRow[]> =>
  db
    .select(cardColumns)
    .from(jobs)
    .innerJoin(assets, eq(assets.id, jobs.assetId))
    .innerJoin(episodes, eq(episodes.id, jobs.episodeId))
    .innerJoin(titles, eq(titles.id, episodes.titleId))
    .where(
      and(
        state ? eq(jobs.state, state) : undefined,
        after ? sql`(${jobs.createdAt}, ${jobs.id}) < (${after[0]}, ${after[1]})` : undefined,
      ),
    )
    .orderBy(desc(jobs.createdAt), desc(jobs.id))
    .limit(limit + 1);

const progressColumns = {
  kind: tasks.kind,
  part: tasks.part,
  state: tasks.state,
  progress: tasks.progress,
  startedAt: tasks.startedAt,
  finishedAt: tasks.finishedAt,
};
export type Under = { plan: Plan | null; tasks: TaskProgress[] };

/** Plan and tasks of jobs whose state alone does not say how far they are. */
export async function workOf(db: Db, ids: readonly Id<'job'>[]): Promise<Map<string, Under>> {
  if (ids.length === 0) return new Map();
  const wanted = sql`(select value from json_each(${JSON.stringify(ids)}))`;
  const [plans, rows] = await db.batch([
    db
      .select({ id: jobs.id, plan: jobs.plan })
      .from(jobs)
      .where(sql`${jobs.id} in ${wanted}`),
    db
      .select({ jobId: tasks.jobId, ...progressColumns })
      .from(tasks)
      .where(sql`${tasks.jobId} in ${wanted}`),
  ]);
  const all = new Map<string, Under>(plans.map(({ id, plan }) => [id, { plan, tasks: [] }]));
  for (const { jobId, ...task } of rows) all.get(jobId)?.tasks.push(task);
  return all;
}

type TaskRowView = Omit<TaskView, 'attempt' | 'retryAt' | 'disk'> & {
  diskNow: number | null;
  diskPeak: number | null;
  failures: number;
  dueAt: number;
  notes: string[];
};
export type JobDetail = {
  card: CardRow;
  plan: Plan | null;
  settings: EncodeSettings;
  certificate: (typeof jobs.$inferSelect)['certificate'];
  tasks: TaskRowView[];
};

export async function jobDetail(db: Db, id: Id<'job'>): Promise<JobDetail | null> {
  const [found, rows] = await db.batch([
    db
      .select({
        ...cardColumns,
        plan: jobs.plan,
        certificate: jobs.certificate,
        settings: jobs.settings,
      })
      .from(jobs)
      .innerJoin(assets, eq(assets.id, jobs.assetId))
      .innerJoin(episodes, eq(episodes.id, jobs.episodeId))
      .innerJoin(titles, eq(titles.id, episodes.titleId))
      .where(eq(jobs.id, id)),
    db
      .select({
        id: tasks.id,
        ...progressColumns,
        failures: tasks.failures,
        dueAt: tasks.dueAt,
        note: tasks.note,
        diskNow: tasks.diskNow,
        diskPeak: tasks.diskPeak,
        problem: tasks.problem,
        detail: tasks.detail,
        log: tasks.log,
        notes: sql<string | null>`json_extract(${tasks.result}, '$.notes')`, // not the whole result: it lists every object
      })
      .from(tasks)
      .where(eq(tasks.jobId, id)),
  ]);
  const [row] = found;
  if (!row) return null;
  const { plan, certificate, settings, ...card } = row;
  return {
    card,
    plan,
    certificate,
    settings: settings ?? defaultSettings,
    tasks: rows.map((task) => ({
      ...task,
      notes: task.notes === null ? [] : (JSON.parse(task.notes) as string[]),
    })),
  };
}
