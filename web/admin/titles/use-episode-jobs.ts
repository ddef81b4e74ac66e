import { useCallback } from 'preact/hooks';
import type { AdminEpisode } from '../../../schema/api/editing.ts';
import type { JobCard } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import { isOver } from '../../../schema/jobs/state.ts';
import type { Answer } from '../../api.ts';
import { useFresh } from '../fresh-hook.ts';
import { jobs as calls } from '../jobs/calls.ts';

type Jobs = ReadonlyMap<Id<'job'>, JobCard>;
/** As many ids as one call takes. */
const MOST = 100;

/** The newest jobs of episodes: of those that viewers do not have yet first, as the others mostly have nothing under way. */
async function jobsOf(episodes: readonly AdminEpisode[]): Promise<Answer<Jobs>> {
  const waiting = episodes.toSorted((a, b) => Number(a.assetId !== null) - Number(b.assetId !== null));
  const ids = waiting.flatMap(({ latestJobId }) => latestJobId ?? []).slice(0, MOST);
  if (ids.length === 0) return { ok: true, value: new Map() };
  const page = await calls.some(ids);
  return page.ok ? { ok: true, value: new Map(page.value.items.map((job) => [job.id, job])) } : page;
}

/** Keeps up with the newest jobs of some episodes while any of them runs. */
export function useEpisodeJobs(titleId: Id<'title'>, episodes: readonly AdminEpisode[]) {
  const running = episodes.map(({ latestJobId }) => latestJobId ?? '').join(' ');
  const jobs = useFresh(
    `jobs of ${titleId} ${running}`,
    () => jobsOf(episodes),
    (found) => [...found.values()].some(({ state }) => !isOver(state)),
  );
  return {
    failure: jobs.failure,
    refresh: jobs.refresh,
    of: useCallback(
      ({ latestJobId }: AdminEpisode) => (latestJobId && jobs.value?.get(latestJobId)) || null,
      [jobs.value],
    ),
  };
}
