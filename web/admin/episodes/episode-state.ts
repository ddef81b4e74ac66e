import type { AdminEpisode } from '../../../schema/api/editing.ts';
import type { JobCard } from '../../../schema/api/ingest.ts';
import { isOver, type JobState } from '../../../schema/jobs/state.ts';

/** What stands behind an episode: nothing, a job on its way, or a video. */
export type EpisodeState =
  | { kind: 'empty' | 'published' | 'unknown' }
  | { kind: 'running'; state: JobState; progress: number }
  | { kind: 'ready' | 'failed' | 'cancelled' };

/**
 * The state of an episode's newest video. `unknown`: its job has not been read yet.
 * Viewers may have an older version beside it: `episode.assetId` says so.
 */
export function episodeState(
  { assetId, latestJobId }: Pick<AdminEpisode, 'assetId' | 'latestJobId'>,
  job: Pick<JobCard, 'id' | 'state' | 'progress' | 'assetId'> | null,
): EpisodeState {
  if (!latestJobId) return { kind: assetId ? 'published' : 'empty' };
  if (job?.id !== latestJobId) return { kind: 'unknown' };
  if (!isOver(job.state)) return { kind: 'running', state: job.state, progress: job.progress };
  if (job.state === 'ready') return { kind: job.assetId === assetId ? 'published' : 'ready' };
  return { kind: job.state === 'failed' ? 'failed' : 'cancelled' };
}
