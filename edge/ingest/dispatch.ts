import type { Id } from '../../schema/ids.ts';
import type { TaskMessage } from '../../schema/jobs/task.ts';
import { periodKeys } from '../platform/content-keys.ts';
import { presentPackage } from '../platform/packages.ts';
import type { Platform } from '../platform/platform.ts';
import { clearJob } from './clear-job.ts';
import { failTask } from './fail-task.ts';
import { basePlan, claimTask, encodeResults, giveBack, readTask, readWork } from './queries/tasks.ts';
import type { TaskRow } from './queries/tasks.ts';
import { seasonEpisodes } from './markers.ts';
import { offerAgainSeconds, type Setback } from './setbacks.ts';
import { taskSpec } from './task-spec.ts';
import { taskToken } from './task-token.ts';
import { waitingFor } from './waits.ts';
import { complain } from '../platform/log.ts';

/** What becomes of the queue's message: nothing is left to do for it, or it is to come again. */
export type Fate = { retryAfter: number | null };
/** How soon a task that waits for another one is tried again; the end of that one offers it at once. */
const HINDERED_SECONDS = 5;
const ACK: Fate = { retryAfter: null };

/**
 * One message: claims the task and hands it to a transcoder. A message for a task that is done, unknown, already leased or of
 * a job that is over changes nothing, however often it comes. A claim that nobody took does not count as an attempt.
 * @param deliveries how often this message was delivered, from 1
 */
export async function dispatch(platform: Platform, taskId: Id<'task'>, deliveries: number): Promise<Fate> {
  const task = await claimTask(platform.db, taskId, platform.now());
  if (!task) return unclaimed(platform, taskId);
  const lease = { taskId, attempt: task.attempt };
  const message = await taskMessage(platform, task).catch(async (error: unknown) => {
    complain({ event: 'task not dispatched', taskId, error });
    const outcome = await failTask(platform, lease, unprepared); // counts: no job may wait for it for ever
    if (typeof outcome === 'object') await clearJob(platform, outcome.stopped);
  });
  if (!message) return ACK;
  const [answer] = await Promise.all([platform.transcoder.post(message), platform.feed.tell(task.jobId)]);
  if (answer === 'accepted') return ACK;
  await giveBack(platform.db, lease, waitingFor[answer], platform.now());
  return { retryAfter: offerAgainSeconds(deliveries) };
}

const unprepared: Setback = {
  problem: 'internal',
  detail: 'The task could not be prepared for the transcoder; the log says why.',
  retryable: true,
};
/**
 * A message that came before its time comes again then (clocks differ), and so does one whose task has to wait for another one to
 * end; every other one is done with.
 */
async function unclaimed(platform: Platform, taskId: Id<'task'>): Promise<Fate> {
  const task = await readTask(platform.db, taskId);
  if (task?.state !== 'waiting' && task?.state !== 'queued') return ACK;
  const early = task.state === 'waiting' ? task.dueAt - platform.now() : 0;
  return { retryAfter: early > 0 ? Math.ceil(early / 1000) : HINDERED_SECONDS };
}

/** Everything a claimed task needs, so that the transcoder keeps no state and looks nothing up. */
async function taskMessage(platform: Platform, task: TaskRow): Promise<TaskMessage> {
  const { secrets, settings } = platform;
  const work = await readWork(platform.db, task.jobId);
  const { jobId, asset } = work;
  const spec = await taskSpec(task, work, {
    keys: async (periods) =>
      asset.keyId === null ? {} : periodKeys(secrets.contentKeys, asset.keyId, asset.id, periods),
    encoded: () => encodeResults(platform.db, jobId),
    basePlan: () => basePlan(platform.db, asset.id),
    basePackage: () => presentPackage(platform.bucket, asset),
    season: () => seasonEpisodes(platform, asset.episodeId),
  });
  return {
    v: 1,
    taskId: task.id,
    jobId,
    assetId: asset.id,
    kind: task.kind,
    attempt: task.attempt,
    token: await taskToken(secrets.auth, task.id, task.attempt),
    callback: `${settings.origin}/api/transcoder/tasks/${task.id}`,
    source: { key: work.sourceKey ?? asset.sourceKey, bytes: work.sourceBytes ?? asset.sourceBytes },
    output: asset.prefix,
    spec,
  };
}
