import { Hono } from 'hono';
import * as v from 'valibot';
import { Attempt, JobPage, JobQuery, JobView } from '../../schema/api/ingest.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { listJobs } from './list-jobs.ts';
import { attemptsOf } from './queries/attempts.ts';
import { showJob } from './show-job.ts';

const jobId = accepts('param', v.object({ id: idSchema('job') }));

/** The dashboard's view of jobs; what it does about them is in control-routes.ts. */
export const ingestAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/jobs',
    allow('editor'),
    accepts('query', JobQuery),
    returns('Jobs, newest first; the queue in the order in which it is worked off', { 200: JobPage }),
    async (c) => c.json(await listJobs(c.var.platform, c.req.valid('query'))),
  )
  .get(
    '/api/admin/jobs/:id',
    allow('editor'),
    jobId,
    returns('A job with its tasks, notes and certificate', { 200: JobView }),
    async (c) => c.json(await showJob(c.var.platform, c.req.valid('param').id)),
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
  );
