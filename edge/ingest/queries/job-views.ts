import { and, asc, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { JobCard, TaskView } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import { users } from '../../../schema/db/accounts.ts';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { assets, jobs, jobTexts, tasks } from '../../../schema/db/media.ts';
import type { JobState } from '../../../schema/jobs/state.ts';
import { defaultSettings, type EncodeSettings } from '../../../schema/jobs/settings.ts';
import type { Plan } from '../../../schema/jobs/plan.ts';
import type { Db } from '../../platform/db.ts';
import type { TaskProgress } from '../progress.ts';
import type { TaskRow } from './tasks.ts';

/** What a card says of the job's tasks is worked out from them (job-view.ts). */
export type CardRow = Omit<
  JobCard,
  'progress' | 'readyAt' | 'ahead' | 'waits' | 'working' | 'tasksDone' | 'tasksAll'
>;
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
  version: assets.version,
  startedBy: sql<
    JobCard['startedBy']
  >`iif(${users.id} is null, null, json_array(${users.id}, ${users.name}))`.mapWith((text: string) => {
    const [id, name] = JSON.parse(text) as [string, string];
    return { id, name };
  }),
  createdAt: jobs.createdAt,
  finishedAt: jobs.finishedAt,
};
const cards = (db: Db) =>
  db
    .select(cardColumns)
    .from(jobs)
    .innerJoin(assets, eq(assets.id, jobs.assetId))
    .innerJoin(episodes, eq(episodes.id, jobs.episodeId))
    .innerJoin(titles, eq(titles.id, episodes.titleId))
    .leftJoin(users, eq(users.id, jobs.userId));

/** Where a page of jobs ended: when its last job was made, and which it was. */
export type Position = [number, Id<'job'>];
type Asked = { states: readonly JobState[]; oldestFirst: boolean; after: Position | null; limit: number };
/**
 * By when they were made, from after a position on; one row more than `limit`. Of several states each is read along its index, and no
 * further than the page goes.
 * @param states none: all
 */
export async function jobCards(db: Db, { states, oldestFirst, after, limit }: Asked): Promise<CardRow[]> {
  const by = oldestFirst ? [asc(jobs.createdAt), asc(jobs.id)] : [desc(jobs.createdAt), desc(jobs.id)];
  const page = (state?: JobState) =>
    cards(db)
      .where(and(state ? eq(jobs.state, state) : undefined, beyond(after, oldestFirst)))
      .orderBy(...by)
      .limit(limit + 1);
  const [first, ...others] = states;
  if (!first) return page();
  const rows = await db.batch([page(first), ...others.map(page)]);
  const sign = oldestFirst ? 1 : -1;
  return rows
    .flat()
    .toSorted((a, b) => sign * (a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)))
    .slice(0, limit + 1);
}
const beyond = (after: Position | null, oldestFirst: boolean) => {
  if (!after) return undefined;
  const at = sql`(${jobs.createdAt}, ${jobs.id})`;
  return oldestFirst ? sql`${at} > (${after[0]}, ${after[1]})` : sql`${at} < (${after[0]}, ${after[1]})`;
};

/** Those of `ids` that there are, newest first. */
export const jobCardsOf = (db: Db, ids: readonly Id<'job'>[]): Promise<CardRow[]> =>
  cards(db)
    .where(inArray(jobs.id, [...ids]))
    .orderBy(desc(jobs.createdAt), desc(jobs.id));

/** The trigram index knows nothing shorter. */
const LEAST = 3;
/** How far back is looked for what it does not know. */
const RECENT = 2_000;
/** Jobs whose title or file has every word of `q` in its name, in any letters; newest first, along the index. */
export function jobsFound(
  db: Db,
  q: string,
  { states, after, limit }: Omit<Asked, 'oldestFirst' | 'after'> & { after: number | null },
): Promise<(CardRow & { seq: number })[]> {
  const words = q.split(/\s+/).filter(Boolean);
  const long = words.filter((word) => word.length >= LEAST);
  const phrases = long.map((word) => `"${word.replaceAll('"', '""')}"`).join(' ');
  const anywhere = words
    .filter((word) => !long.includes(word))
    .map((word) => {
      const like = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;
      return sql`concat_ws(' ', ${titles.nameMain}, ${titles.nameNative}, ${titles.nameEnglish}, ${jobs.fileName}, ${assets.fileName}) like ${like} escape '\\'`;
    });
  const found =
    long.length > 0
      ? sql`${jobTexts.id} in (select rowid from job_search where job_search match ${phrases})`
      : sql`${jobTexts.id} > (select max(id) from ${jobTexts}) - ${RECENT}`;
  return db
    .select({ ...cardColumns, seq: jobTexts.id })
    .from(jobTexts)
    .innerJoin(jobs, eq(jobs.id, jobTexts.jobId))
    .innerJoin(assets, eq(assets.id, jobs.assetId))
    .innerJoin(episodes, eq(episodes.id, jobs.episodeId))
    .innerJoin(titles, eq(titles.id, episodes.titleId))
    .leftJoin(users, eq(users.id, jobs.userId))
    .where(
      and(
        found,
        after === null ? undefined : lt(jobTexts.id, after),
        states.length > 0 ? inArray(jobs.state, [...states]) : undefined,
        ...anywhere,
      ),
    )
    .orderBy(desc(jobTexts.id))
    .limit(limit + 1);
}

/** How long a line is counted. */
const IN_LINE = 200;
/** Jobs that wait for their turn, in order: the first of them. */
export const inLine = async (db: Db): Promise<Id<'job'>[]> =>
  (
    await db
      .select({ id: jobs.id })
      .from(jobs)
      .where(eq(jobs.state, 'queued'))
      .orderBy(asc(jobs.createdAt), asc(jobs.id))
      .limit(IN_LINE)
  ).map(({ id }) => id);

const progressColumns = {
  id: tasks.id,
  kind: tasks.kind,
  part: tasks.part,
  state: tasks.state,
  progress: tasks.progress,
  note: tasks.note,
  failures: tasks.failures,
  dueAt: tasks.dueAt,
  startedAt: tasks.startedAt,
  finishedAt: tasks.finishedAt,
};
export type TaskGlance = TaskProgress & Pick<TaskRow, 'id' | 'note' | 'failures' | 'dueAt'>;
export type Under = { plan: Plan | null; tasks: TaskGlance[] };

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
      .leftJoin(users, eq(users.id, jobs.userId))
      .where(eq(jobs.id, id)),
    db
      .select({
        ...progressColumns,
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
