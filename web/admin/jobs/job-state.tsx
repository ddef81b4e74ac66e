import type { JobCard } from '../../../schema/api/ingest.ts';
import { useDesk } from '../desk.ts';
import { State } from '../parts.tsx';
import { jobTone } from './explain.ts';

/** The job's state; a ready one says whether viewers have it. */
export function JobState({ job }: { job: Pick<JobCard, 'state' | 'published'> }) {
  const { t } = useDesk();
  if (job.state === 'ready' && job.published) return <State tone="good">{t('episodeState.published')}</State>;
  if (job.state === 'ready') return <State tone="warning">{t('episodeState.ready')}</State>;
  return <State tone={jobTone[job.state]}>{t(`jobState.${job.state}`)}</State>;
}
