import type { JobCard } from '../../../schema/api/ingest.ts';

/** A failure older than this is history, ms. */
const RECENT_MS = 7 * 86_400_000;

/**
 * Jobs that wait for somebody: failed lately, or ready and not on the site. Only the newest of each episode counts:
 * what was uploaded after it has taken its place.
 * @param lists jobs newest first, overlapping as they like
 */
export function needingAttention(lists: readonly (readonly JobCard[])[], now: number): JobCard[] {
  const newest = new Map<string, JobCard>();
  for (const job of lists.flat()) {
    const known = newest.get(job.episodeId);
    if (!known || known.createdAt <= job.createdAt) newest.set(job.episodeId, job);
  }
  return [...newest.values()]
    .filter(({ state, published, finishedAt, createdAt }) =>
      state === 'failed' ? now - (finishedAt ?? createdAt) < RECENT_MS : state === 'ready' && !published,
    )
    .sort((a, b) => b.createdAt - a.createdAt);
}
