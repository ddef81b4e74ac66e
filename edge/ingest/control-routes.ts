import { Hono } from 'hono';
import * as v from 'valibot';
import { BulkAnswer } from '../../schema/api/editing.ts';
import { JobsChange, JobView } from '../../schema/api/ingest.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { clearJob } from './clear-job.ts';
import { cancel, changeJobs, retry, retryOne } from './control.ts';
import { showJob } from './show-job.ts';

const jobId = accepts('param', v.object({ id: idSchema('job') }));

/** What an editor does about jobs and tasks. */
export const ingestControl = new Hono<AppEnv>()
  .post(
    '/api/admin/jobs/bulk',
    allow('editor'),
    accepts('json', JobsChange),
    returns('Cancels jobs or tries them again, each on its own, and says what became of each', {
      200: BulkAnswer,
    }),
    async (c) => {
      const { platform } = c.var;
      const { action, ids } = c.req.valid('json');
      const items = await changeJobs(platform, action, ids);
      const changed = items.filter(({ fate }) => fate === 'changed').map(({ id }) => id);
      c.executionCtx.waitUntil(
        Promise.all(
          changed.map(async (id) => {
            if (action === 'cancel') await clearJob(platform, id);
            await platform.feed.tell(id);
          }),
        ),
      );
      return c.json({ items });
    },
  )
  .post(
    '/api/admin/jobs/:id/cancel',
    allow('editor'),
    jobId,
    returns('Stops a job for good; it leaves nothing of its own', { 200: JobView }),
    async (c) => {
      const { platform } = c.var;
      const { id } = c.req.valid('param');
      await cancel(platform, id);
      c.executionCtx.waitUntil(Promise.all([clearJob(platform, id), platform.feed.tell(id)]));
      return c.json(await showJob(platform, id));
    },
  )
  .post(
    '/api/admin/jobs/:id/retry',
    allow('editor'),
    jobId,
    returns(
      'Tries a failed job again: with what failed only, where a store or a transcoder was away less than 6 hours ago; else from its plan on',
      { 200: JobView },
    ),
    async (c) => {
      const { platform } = c.var;
      const { id } = c.req.valid('param');
      await retry(platform, id);
      c.executionCtx.waitUntil(platform.feed.tell(id));
      return c.json(await showJob(platform, id));
    },
  )
  .post(
    '/api/admin/tasks/:id/retry',
    allow('editor'),
    accepts('param', v.object({ id: idSchema('task') })),
    returns(
      'Tries one task again: a failed one with its job, a waiting one now, one that is stuck by taking it away from its transcoder, and one that is done by encoding it once more while its job still encodes',
      { 200: JobView },
    ),
    async (c) => {
      const { platform } = c.var;
      const id = await retryOne(platform, c.req.valid('param').id);
      c.executionCtx.waitUntil(platform.feed.tell(id));
      return c.json(await showJob(platform, id));
    },
  );
