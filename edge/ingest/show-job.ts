import type { JobView } from '../../schema/api/ingest.ts';
import type { Id } from '../../schema/ids.ts';
import { Problem } from '../http/problem.ts';
import type { Db } from '../platform/db.ts';
import type { Platform } from '../platform/platform.ts';
import { jobView } from './job-view.ts';
import { inLine, jobDetail, type JobDetail } from './queries/job-views.ts';

/** @throws Problem `not-found` */
export async function findJob(db: Db, id: Id<'job'>): Promise<JobDetail> {
  const job = await jobDetail(db, id);
  if (!job) throw new Problem('not-found', 'There is no such job.');
  return job;
}

/** @throws Problem `not-found` */
export const showJob = async ({ db, now }: Platform, id: Id<'job'>): Promise<JobView> =>
  jobView(await findJob(db, id), await inLine(db), now());
