import type { JobView } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import { isOver } from '../../../schema/jobs/state.ts';
import { jobs as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { Heading, Heard, Progress, Section, Shown } from '../parts.tsx';
import { at } from '../places.ts';
import { Certificate } from './certificate.tsx';
import { EarlyWatch, isWatchable } from './early-watch.tsx';
import { jobHeading } from './explain.ts';
import { JobActions } from './job-actions.tsx';
import { Warnings } from './warnings.tsx';
import { Waits } from './job-rows.tsx';
import { JobState } from './job-state.tsx';
import { Live } from './live.tsx';
import { Outcome } from './outcome.tsx';
import { TaskTable } from './task-table.tsx';
import { useSay } from './words.ts';

export function JobPage({ id }: { id: Id<'job'> }) {
  const { t } = useDesk();
  const job = useFresh(
    `job ${id}`,
    () => calls.read(id),
    ({ state }) => !isOver(state),
    (news) => news === null || news === id,
  );
  const trail = [{ href: at('jobs'), name: t('jobs.title') }];
  if (!job.value)
    return (
      <>
        <Heading title={t('job.job', { id })} trail={trail} />
        <Shown of={job}>{() => null}</Shown>
      </>
    );
  return (
    <>
      <Heading title={jobHeading(t, job.value)} trail={trail}>
        {!isOver(job.value.state) && <Live />}
        <JobActions job={job.value} loaded={job} />
      </Heading>
      <Shown of={job}>{(value) => <JobBody job={value} refresh={job.refresh} />}</Shown>
    </>
  );
}

function JobBody({ job, refresh }: { job: JobView; refresh: () => Promise<void> }) {
  const { t, format } = useDesk();
  const say = useSay();
  const heading = jobHeading(t, job);
  return (
    <>
      <Heard text={t('job.heard', { title: heading, state: t(`jobState.${job.state}`) })} />
      <div class="panel">
        <div class="panel__row">
          <JobState job={job} />
          {!isOver(job.state) && <Progress label={t('job.progress')} share={job.progress} />}
        </div>
        {job.waits && <Waits waits={job.waits} />}
        <Outcome job={job} />
        <dl class="facts">
          {job.purpose !== 'encode' && (
            <div>
              <dt>{t('job.purpose')}</dt>
              <dd>{t(`purpose.${job.purpose}`)}</dd>
            </div>
          )}
          <div>
            <dt>{t('job.file')}</dt>
            <dd class="break">
              {job.fileName} <span class="faint">{format.bytes(job.bytes)}</span>
            </dd>
          </div>
          <div>
            <dt>{t('job.began')}</dt>
            <dd>
              {format.dateTime(job.createdAt)}{' '}
              <span class="faint">
                {job.startedBy ? say('list.by', { name: job.startedBy.name }) : say('list.bySystem')}
              </span>
            </dd>
          </div>
          {job.readyAt !== null && !isOver(job.state) && (
            <div>
              <dt>{t('job.left')}</dt>
              <dd>
                {t('job.leftAbout', {
                  time: format.duration(Math.max(1, (job.readyAt - Date.now()) / 1000)),
                })}
              </dd>
            </div>
          )}
          {job.finishedAt !== null && (
            <div>
              <dt>{t('job.took')}</dt>
              <dd>{format.duration((job.finishedAt - job.createdAt) / 1000)}</dd>
            </div>
          )}
          <div>
            <dt>{t('job.version')}</dt>
            <dd>
              {job.version}{' '}
              <span class="faint">{t(job.published ? 'job.isPublished' : 'job.isNotPublished')}</span>
            </dd>
          </div>
        </dl>
      </div>
      {job.certificate && <Warnings warnings={job.certificate.warnings} />}
      {isWatchable(job) && !job.published && <EarlyWatch job={job} />}
      <Section title={t('job.tasks')}>
        {job.tasks.length > 0 ? (
          <TaskTable tasks={job.tasks} onChange={refresh} />
        ) : (
          <p class="faint">{t('job.tasksNone')}</p>
        )}
      </Section>
      <Certificate job={job} />
      {job.notes.length > 0 && (
        <Section title={t('job.notes')}>
          <ul class="notes">
            {job.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
