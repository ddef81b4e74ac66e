import { Hono } from 'hono';
import * as v from 'valibot';
import { AdminEpisode, Publish } from '../../schema/api/editing.ts';
import { Attempt, JobPage, JobQuery, JobView } from '../../schema/api/ingest.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import { isOver } from '../../schema/jobs/state.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import type { Db } from '../platform/db.ts';
import { readPackage } from '../platform/packages.ts';
import type { Platform } from '../platform/platform.ts';
import { clearJob } from './clear-job.ts';
import { jobCard, jobView } from './job-view.ts';
import { attemptsOf } from './queries/attempts.ts';
import { retryJob, stopJob } from './queries/job-stops.ts';
import { jobCards, jobDetail, workOf, type JobDetail } from './queries/job-views.ts';
import { leftoversOf } from './queries/leftovers.ts';
import { adminEpisode, isPublishable, publish } from './queries/publish.ts';
import { sendTasks } from './send.ts';

const jobId = accepts('param', v.object({ id: idSchema('job') }));
const PAGE = 30;

/** The dashboard's view of jobs, and the switch that publishes their assets. */
export const ingestAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/jobs',
    allow('editor'),
    accepts('query', JobQuery),
    returns('Jobs, newest first', { 200: JobPage }),
    async (c) => c.json(await listJobs(c.var.platform, c.req.valid('query'))),
  )
  .get(
    '/api/admin/jobs/:id',
    allow('editor'),
    jobId,
    returns('A job with its tasks, notes and certificate', { 200: JobView }),
    async (c) => c.json(await view(c.var.platform, c.req.valid('param').id)),
  )
  .get(
    '/api/admin/tasks/:id/attempts',
    allow('editor'),
    accepts('param', v.object({ id: idSchema('task') })),
    returns('How each attempt at a task went, with the end of its log; oldest first', {
      200: v.array(Attempt),
    }),
    async (c) => {
      const attempts = await attemptsOf(c.var.platform.db, c.req.valid('param').id);
      if (!attempts) throw new Problem('not-found', 'There is no such task.');
      return c.json(attempts);
    },
  )
  .post(
    '/api/admin/jobs/:id/cancel',
    allow('editor'),
    jobId,
    returns('Stops a job for good; it leaves nothing', { 200: JobView }),
    async (c) => {
      const { platform } = c.var;
      const { id } = c.req.valid('param');
      await cancel(platform, id);
      c.executionCtx.waitUntil(Promise.all([clearJob(platform, id), platform.feed.tell(id)]));
      return c.json(await view(platform, id));
    },
  )
  .post(
    '/api/admin/jobs/:id/retry',
    allow('editor'),
    jobId,
    returns('Tries a failed job again', { 200: JobView }),
    async (c) => {
      const { platform } = c.var;
      const { id } = c.req.valid('param');
      await retry(platform, id);
      c.executionCtx.waitUntil(platform.feed.tell(id));
      return c.json(await view(platform, id));
    },
  )
  .post(
    '/api/admin/episodes/:id/publish',
    allow('editor'),
    accepts('param', v.object({ id: idSchema('episode') })),
    accepts('json', Publish),
    returns('Switches an episode to a verified asset', { 200: AdminEpisode }),
    async (c) => {
      const episodeId = c.req.valid('param').id;
      return c.json(await publishAsset(c.var.platform, episodeId, c.req.valid('json').assetId));
    },
  );

async function found(db: Db, id: Id<'job'>): Promise<JobDetail> {
  const job = await jobDetail(db, id);
  if (!job) throw new Problem('not-found', 'There is no such job.');
  return job;
}

const view = async ({ db, now }: Platform, id: Id<'job'>) => jobView(await found(db, id), now());

const Position = v.tuple([v.number(), idSchema('job')]);

async function listJobs(
  { db, now }: Platform,
  { state, cursor, limit = PAGE }: v.InferOutput<typeof JobQuery>,
): Promise<v.InferOutput<typeof JobPage>> {
  const rows = await jobCards(db, { state, after: decodeCursor(Position, cursor), limit });
  const unsettled = rows.filter((job) => job.state !== 'ready').map(({ id }) => id);
  const work = await workOf(db, unsettled);
  return toPage(
    rows,
    limit,
    (row) => jobCard(row, work.get(row.id), now()),
    (row) => [row.createdAt, row.id],
  );
}

/** Cancelling twice is fine. @throws Problem `conflict` for a job that ended otherwise */
async function cancel(platform: Platform, id: Id<'job'>): Promise<void> {
  const detail = 'An editor cancelled the job.';
  const stop = {
    jobId: id,
    state: 'cancelled',
    problem: 'job-cancelled',
    detail,
    now: platform.now(),
  } as const;
  if (await stopJob(platform.db, stop)) return;
  const { card } = await found(platform.db, id);
  if (card.state !== 'cancelled')
    throw new Problem('conflict', `The job is ${card.state} already; there is nothing to cancel.`);
}

/** @throws Problem `conflict` for a job that has not failed, or whose files are not cleared yet (then with `retryAt`) */
async function retry(platform: Platform, id: Id<'job'>): Promise<void> {
  const tasks = await retryJob(platform.db, id, platform.now());
  if (tasks) return sendTasks(platform, tasks);
  const { card } = await found(platform.db, id);
  const left = await leftoversOf(platform.db, id);
  if (card.state === 'failed' && left)
    throw new Problem('conflict', {
      detail: 'What the failed try wrote is still being deleted. Try again in a minute or two.',
      retryAt: Math.max(left.clearAt, platform.now() + 5_000),
    });
  throw new Problem(
    'conflict',
    isOver(card.state)
      ? `Only a failed job can be tried again; this one is ${card.state}.`
      : 'The job is running.',
  );
}

/** @throws Problem `not-publishable` */
async function publishAsset(platform: Platform, episodeId: Id<'episode'>, assetId: Id<'asset'>) {
  const { db, bucket } = platform;
  const target = { id: assetId, episodeId };
  const episode = await adminEpisode(db, episodeId);
  if (!episode) throw new Problem('not-found', 'There is no such episode.');
  const pack = (await isPublishable(db, target)) ? await readPackage(bucket, assetId, 1) : null;
  if (!pack || !(await publish(db, target, pack, platform.now())))
    throw new Problem(
      'not-publishable',
      'Only an asset of this episode whose certificate holds can be published. Its job shows what is missing.',
    );
  return (await adminEpisode(db, episodeId)) ?? episode;
}
