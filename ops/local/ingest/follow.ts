import { JobView } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import { isOver } from '../../../schema/jobs/state.ts';
import { ask, pause, type Api } from '../../api.ts';

const EVERY_MS = 1_000;
/** Publishing follows the last task at once; a sweep later at the latest. */
const PUBLISH_MS = 90_000;

export type FollowOptions = { publish: boolean; onView: (job: JobView) => void };

/** Watches a job until it is over and, where that was asked for, published. */
export async function follow(
  api: Api,
  jobId: Id<'job'>,
  { publish, onView }: FollowOptions,
): Promise<JobView> {
  let readySince: number | undefined;
  for (;;) {
    const job = await ask(api, 'GET', `/api/admin/jobs/${jobId}`, JobView);
    onView(job);
    if (job.state === 'ready') readySince ??= performance.now();
    const waits = job.state === 'ready' && publish && !job.published;
    if (isOver(job.state) && !(waits && performance.now() - readySince! < PUBLISH_MS)) return job;
    await pause(EVERY_MS);
  }
}
