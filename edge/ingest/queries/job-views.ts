import { and, count, desc, eq, sql, sum } from 'drizzle-orm';
import type { JobCard, TaskView } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { assets, jobs, tasks } from '../../../schema/db/media.ts';
import type { JobState } from '../../../schema/jobs/state.ts';
import { defaultSettings, type EncodeSettings } from '../../../schema/jobs/settings.ts';
import type { Db } from '../../platform/db.ts';
import type { KindProgress } from '../progress.ts';

type CardRow = Omit<JobCard, 'progress'>;
const cardColumns = {
  id: jobs.id,
  state: jobs.state,
  episodeId: jobs.episodeId,
  assetId: jobs.assetId,
  titleId: episodes.titleId,
  titleName: titles.nameMain,
  season: episodes.season,
  episode: episodes.number,
  fileName: assets.fileName,
  bytes: assets.sourceBytes,
  problem: jobs.problem,
  detail: jobs.detail,
  purpose: sql<
    JobCard['purpose']
  >`coalesce(json_extract(${jobs.change}, '$.add.kind'), iif(${jobs.change} is null, 'encode', 'remove'))`,
  readyAt: sql<number | null>`null`,
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

/** Progress by job and kind, of jobs whose state alone does not say it. */
export async function progressOf(db: Db, ids: readonly Id<'job'>[]): Promise<Map<string, KindProgress[]>> {
  const all = new Map<string, KindProgress[]>();
  if (ids.length === 0) return all;
  const rows = await db
    .select({
      jobId: tasks.jobId,
      kind: tasks.kind,
      sum: sum(tasks.progress).mapWith(Number),
      count: count(),
    })
    .from(tasks)
    .where(sql`${tasks.jobId} in (select value from json_each(${JSON.stringify(ids)}))`)
    .groupBy(tasks.jobId, tasks.kind);
  for (const { jobId, ...row } of rows) all.set(jobId, [...(all.get(jobId) ?? []), row]);
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
  notes: string[];
  settings: EncodeSettings;
  certificate: (typeof jobs.$inferSelect)['certificate'];
  tasks: TaskRowView[];
};

export async function jobDetail(db: Db, id: Id<'job'>): Promise<JobDetail | null> {
  const [found, rows] = await db.batch([
    db
      .select({
        ...cardColumns,
        notes: sql<string>`coalesce(json_extract(${jobs.plan}, '$.source.notes'), '[]')`,
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
        kind: tasks.kind,
        part: tasks.part,
        state: tasks.state,
        failures: tasks.failures,
        dueAt: tasks.dueAt,
        progress: tasks.progress,
        note: tasks.note,
        diskNow: tasks.diskNow,
        diskPeak: tasks.diskPeak,
        problem: tasks.problem,
        detail: tasks.detail,
        log: tasks.log,
        startedAt: tasks.startedAt,
        finishedAt: tasks.finishedAt,
        notes: sql<string | null>`json_extract(${tasks.result}, '$.notes')`, // not the whole result: it lists every object
      })
      .from(tasks)
      .where(eq(tasks.jobId, id)),
  ]);
  const [row] = found;
  if (!row) return null;
  const { notes, certificate, settings, ...card } = row;
  return {
    card,
    notes: JSON.parse(notes) as string[],
    certificate,
    settings: settings ?? defaultSettings,
    tasks: rows.map((task) => ({
      ...task,
      notes: task.notes === null ? [] : (JSON.parse(task.notes) as string[]),
    })),
  };
}
