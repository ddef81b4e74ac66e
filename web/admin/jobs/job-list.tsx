import type { JobCard } from '../../../schema/api/ingest.ts';
import { isOver } from '../../../schema/jobs/state.ts';
import { useDesk } from '../desk.ts';
import { Progress, State } from '../parts.tsx';
import { at } from '../places.ts';
import { explainFailure, jobHeading, jobTone } from './explain.ts';

/** Jobs as a table; each row leads to its job. */
export function JobTable({ jobs, label }: { jobs: readonly JobCard[]; label: string }) {
  const { t } = useDesk();
  return (
    <table class="table table--jobs" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t('jobs.column.episode')}</th>
          <th scope="col">{t('jobs.column.state')}</th>
          <th scope="col">{t('jobs.column.progress')}</th>
          <th scope="col">{t('jobs.column.file')}</th>
          <th scope="col">{t('jobs.column.started')}</th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </tbody>
    </table>
  );
}

function JobRow({ job }: { job: JobCard }) {
  const { t, format } = useDesk();
  return (
    <tr>
      <th scope="row">
        <a href={at('job', { id: job.id })}>
          {job.titleName}{' '}
          <span class="faint">{t('episode.short', { season: job.season, number: job.episode })}</span>
        </a>
      </th>
      <td>
        <JobState job={job} />
      </td>
      <td class="table__wide">
        {isOver(job.state) ? (
          job.state === 'failed' && <span class="faint">{t(explainFailure(job.problem).why)}</span>
        ) : (
          <Progress label={jobHeading(t, job)} share={job.progress} />
        )}
      </td>
      <td class="table__clip" title={job.fileName}>
        {job.purpose !== 'encode' && `${t(`purpose.${job.purpose}`)} · `}
        {job.fileName} <span class="faint">{format.bytes(job.bytes)}</span>
      </td>
      <td>
        <time dateTime={new Date(job.createdAt).toISOString()} title={format.dateTime(job.createdAt)}>
          {format.ago(job.createdAt, Date.now())}
        </time>
      </td>
    </tr>
  );
}

/** The job's state; a ready one says whether viewers have it. */
export function JobState({ job }: { job: Pick<JobCard, 'state' | 'published'> }) {
  const { t } = useDesk();
  if (job.state === 'ready' && job.published) return <State tone="good">{t('episodeState.published')}</State>;
  if (job.state === 'ready') return <State tone="warning">{t('episodeState.ready')}</State>;
  return <State tone={jobTone[job.state]}>{t(`jobState.${job.state}`)}</State>;
}
