import type { JobCard } from '../../../schema/api/ingest.ts';
import { isOver } from '../../../schema/jobs/state.ts';
import { useDesk } from '../desk.ts';
import { Progress } from '../parts.tsx';
import { at } from '../places.ts';
import { explainFailure, jobHeading, taskName } from './explain.ts';
import { JobState } from './job-state.tsx';
import { useSay } from './words.ts';

type Selection = { selected: ReadonlySet<string>; onSelect: (ids: ReadonlySet<string>) => void };

/** Jobs as a table; each row leads to its job, and those that run say how far each of their tasks is. */
export function JobRows({
  jobs,
  label,
  selection,
}: {
  jobs: readonly JobCard[];
  label: string;
  /** Left out: nothing can be selected. */
  selection?: Selection;
}) {
  const { t } = useDesk();
  const say = useSay();
  const all = jobs.length > 0 && jobs.every(({ id }) => selection?.selected.has(id));
  const toggle = (id: string) => {
    const next = new Set(selection?.selected);
    if (!next.delete(id)) next.add(id);
    selection?.onSelect(next);
  };
  return (
    <table class="table table--jobs" aria-label={label}>
      <thead>
        <tr>
          {selection && (
            <th scope="col" class="table__tick">
              <input
                type="checkbox"
                aria-label={say('list.selectAll')}
                checked={all}
                onChange={() => selection.onSelect(all ? new Set() : new Set(jobs.map(({ id }) => id)))}
              />
            </th>
          )}
          <th scope="col">{t('jobs.column.episode')}</th>
          <th scope="col">{t('jobs.column.state')}</th>
          <th scope="col">{t('jobs.column.progress')}</th>
          <th scope="col">{t('jobs.column.file')}</th>
          <th scope="col">{t('jobs.column.started')}</th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <JobRow
            key={job.id}
            job={job}
            {...(selection && { selected: selection.selected.has(job.id), onToggle: () => toggle(job.id) })}
          />
        ))}
      </tbody>
    </table>
  );
}

function JobRow({
  job,
  selected = false,
  onToggle,
}: {
  job: JobCard;
  selected?: boolean;
  onToggle?: () => void;
}) {
  const { t, format } = useDesk();
  const say = useSay();
  const by = job.startedBy ? say('list.by', { name: job.startedBy.name }) : say('list.bySystem');
  return (
    <tr class={selected ? 'table__selected' : undefined}>
      {onToggle && (
        <td class="table__tick">
          <input
            type="checkbox"
            aria-label={say('list.select', { job: jobHeading(t, job) })}
            checked={selected}
            onChange={onToggle}
          />
        </td>
      )}
      <th scope="row">
        <a href={at('job', { id: job.id })}>
          {job.titleName}{' '}
          <span class="faint">{t('episode.short', { season: job.season, number: job.episode })}</span>
        </a>
        <span class="table__under">
          {say('list.version', { version: job.version })}
          {job.purpose !== 'encode' && ` · ${t(`purpose.${job.purpose}`)}`}
        </span>
      </th>
      <td>
        <JobState job={job} />
      </td>
      <td class="table__wide">
        <How job={job} />
      </td>
      <td class="table__clip" title={job.fileName}>
        {job.fileName} <span class="faint">{format.bytes(job.bytes)}</span>
      </td>
      <td>
        <time dateTime={new Date(job.createdAt).toISOString()} title={format.dateTime(job.createdAt)}>
          {format.ago(job.createdAt, Date.now())}
        </time>
        <span class="table__under">{by}</span>
      </td>
    </tr>
  );
}

/** How far it is, what works on it, and what it waits for. */
function How({ job }: { job: JobCard }) {
  const { t, format } = useDesk();
  const say = useSay();
  if (isOver(job.state))
    return job.state === 'failed' ? <span class="faint">{t(explainFailure(job.problem).why)}</span> : null;
  const left = job.readyAt !== null && (job.readyAt - Date.now()) / 1000;
  return (
    <>
      {job.state !== 'queued' && <Progress label={jobHeading(t, job)} share={job.progress} />}
      <p class="table__under">
        {job.state !== 'queued' && say('list.tasks', { done: job.tasksDone, all: job.tasksAll })}
        {left !== false && ` · ${say('list.left', { time: format.duration(Math.max(1, left)) })}`}
        {job.state === 'queued' && <Place job={job} />}
      </p>
      {job.waits && <Waits waits={job.waits} />}
      {job.working.length > 0 && (
        <ul class="working">
          {job.working.map((task) => {
            const name = taskName(t, format, task);
            return (
              <li key={task.id} title={task.note ?? ''}>
                <span>{name}</span> <Progress label={name} share={task.progress} />
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}

function Place({ job: { ahead } }: { job: JobCard }) {
  const say = useSay();
  if (ahead === null) return <>{say('list.farBack')}</>;
  return <>{ahead === 0 ? say('list.next') : say('list.ahead', { count: ahead })}</>;
}

/** Why nobody works on a job. */
export function Waits({ waits }: { waits: NonNullable<JobCard['waits']> }) {
  const { format } = useDesk();
  const say = useSay();
  const { for: why, until } = waits;
  const when = format.ago(Math.max(until ?? 0, Date.now()), Date.now());
  return (
    <p class={why === 'contact' ? 'table__under warn' : 'table__under'}>
      {why === 'retry' ? say('waits.retry', { when }) : say(`waits.${why}`)}
    </p>
  );
}
