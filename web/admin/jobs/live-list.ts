import { jobTabs, type JobCard } from '../../../schema/api/ingest.ts';
import type { JobState } from '../../../schema/jobs/state.ts';
import type { Asked } from './calls.ts';

/** Whether a job in this state stands in the tab. */
export const fits = (tab: Asked['tab'], state: JobState): boolean =>
  tab === null || (jobTabs[tab] as readonly JobState[]).includes(state);

/**
 * A list of jobs after some of them changed: each in its place, those that left the tab gone, those that came to it where they belong.
 * What is searched for takes in nobody: whether a new one would be found, only the API knows.
 * @param whole the last page of the list is shown: only then does the end of the queue stand here
 */
export function changed(
  items: readonly JobCard[],
  news: readonly JobCard[],
  { tab, q }: Asked,
  whole: boolean,
): JobCard[] {
  const by = new Map(news.map((card) => [card.id, card]));
  const kept = items.flatMap((card) => {
    const now = by.get(card.id) ?? card;
    return fits(tab, now.state) ? [now] : [];
  });
  const known = new Set(items.map(({ id }) => id));
  const came = news.filter((card) => !known.has(card.id) && fits(tab, card.state) && q === '');
  const sign = tab === 'queue' ? 1 : -1;
  const sorted = [...kept, ...came].toSorted(
    (a, b) => sign * (a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
  );
  const last = items.at(-1)?.id;
  const end = whole ? sorted.length : sorted.findIndex(({ id }) => id === last) + 1 || sorted.length;
  return came.length > 0 ? sorted.slice(0, end) : kept;
}
