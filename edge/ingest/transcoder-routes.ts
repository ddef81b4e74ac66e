import { Hono } from 'hono';
import * as v from 'valibot';
import { idSchema, type Id } from '../../schema/ids.ts';
import { Heartbeat, TaskFailure, TaskResult } from '../../schema/jobs/task.ts';
import { bearerToken } from '../accounts/identity.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { clearJob } from './clear-job.ts';
import { failTask, type Outcome } from './fail-task.ts';
import { completeTask } from './finish-task.ts';
import { extendLease, jobOf, release, type Lease } from './queries/tasks.ts';
import { offerNext, sendTasks } from './send.ts';
import { attemptOf } from './task-token.ts';

/** A result lists every segment: a two-hour film's package is some 3 MB of JSON. */
const MAX_RESULT_BYTES = 16 * 1024 * 1024;
const byId = accepts('param', v.object({ id: idSchema('task') }));

/** What a transcoder says of a task it was given. Every call is fenced: a claim that does not stand any more gets 409. */
export const transcoderCallbacks = new Hono<AppEnv>()
  .post(
    '/api/transcoder/tasks/:id/heartbeat',
    allow('task'),
    byId,
    accepts('json', Heartbeat),
    returns('The task is being worked on', { 204: null }),
    async (c) => {
      const { platform } = c.var;
      const lease = await claimed(platform, c.req.valid('param').id, c.req.raw.headers);
      const { progress, note = null, disk = null } = c.req.valid('json');
      const jobId = await extendLease(platform.db, lease, { progress, note, disk }, platform.now());
      if (jobId === null) throw stale();
      c.executionCtx.waitUntil(platform.feed.tell(jobId));
      return c.body(null, 204);
    },
  )
  .post(
    '/api/transcoder/tasks/:id/complete',
    allow('task'),
    byId,
    accepts('json', TaskResult, { maxBytes: MAX_RESULT_BYTES }),
    returns('The task is done', { 204: null }),
    async (c) => {
      const { platform } = c.var;
      const lease = await claimed(platform, c.req.valid('param').id, c.req.raw.headers);
      const outcome = await completeTask(platform, lease, c.req.valid('json'));
      fence(outcome !== 'stale');
      c.executionCtx.waitUntil(afterwards(platform, lease, outcome));
      return c.body(null, 204);
    },
  )
  .post(
    '/api/transcoder/tasks/:id/fail',
    allow('task'),
    byId,
    accepts('json', TaskFailure),
    returns('The task could not be done', { 204: null }),
    async (c) => {
      const { platform } = c.var;
      const lease = await claimed(platform, c.req.valid('param').id, c.req.raw.headers);
      const outcome = await failTask(platform, lease, c.req.valid('json'));
      fence(outcome !== 'stale');
      c.executionCtx.waitUntil(afterwards(platform, lease, outcome));
      return c.body(null, 204);
    },
  )
  .post(
    '/api/transcoder/tasks/:id/release',
    allow('task'),
    byId,
    returns('The transcoder stops and hands the task back', { 204: null }),
    async (c) => {
      const { platform } = c.var;
      const lease = await claimed(platform, c.req.valid('param').id, c.req.raw.headers);
      fence(await release(platform.db, lease, 'Handed back by a transcoder that stopped.', platform.now()));
      await sendTasks(platform, [lease.taskId]);
      c.executionCtx.waitUntil(tellOf(platform, lease));
      return c.body(null, 204);
    },
  );

/** @throws Problem `invalid-token` */
async function claimed(platform: Platform, taskId: Id<'task'>, headers: Headers): Promise<Lease> {
  const token = bearerToken(headers);
  const attempt = token && (await attemptOf(platform.secrets.auth, taskId, token));
  if (!attempt) throw new Problem('invalid-token', 'This is not the token of a claim of this task.');
  return { taskId, attempt };
}

/** What the transcoder does not wait for: it has room for the next task, and a job that is over leaves nothing. */
async function afterwards(platform: Platform, lease: Lease, outcome: Outcome): Promise<void> {
  await Promise.all([offerNext(platform), tellOf(platform, lease)]);
  if (typeof outcome === 'object') await clearJob(platform, outcome.stopped);
}

async function tellOf({ db, feed }: Platform, { taskId }: Lease): Promise<void> {
  const jobId = await jobOf(db, taskId);
  if (jobId) await feed.tell(jobId);
}

/** @throws Problem `stale-attempt` */
function fence(stands: boolean): void {
  if (!stands) throw stale();
}
const stale = () =>
  new Problem(
    'stale-attempt',
    'The lease ran out, or the job is over. Stop working on it; nothing was changed.',
  );
