import { useId, useState } from 'preact/hooks';
import type { TaskView } from '../../../schema/api/ingest.ts';
import { Button } from '../../ui/button.tsx';
import { tasks as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice, Progress, State } from '../parts.tsx';
import { Attempts } from './attempts.tsx';
import { explainFailure, taskName, taskTone } from './explain.ts';

/** Every task of a job, in the order of the pipeline. */
export function TaskTable({
  tasks,
  onChange,
}: {
  tasks: readonly TaskView[];
  onChange: () => Promise<void>;
}) {
  const { t } = useDesk();
  const [failure, setFailure] = useState<Failure | null>(null);
  const retry = async (id: TaskView['id']) => {
    const answer = await calls.retry(id);
    setFailure(answer.ok ? null : answer);
    await onChange();
  };
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      <table class="table table--tasks" aria-label={t('job.tasks')}>
        <thead>
          <tr>
            <th scope="col">{t('job.column.kind')}</th>
            <th scope="col">{t('job.column.state')}</th>
            <th scope="col">{t('job.column.progress')}</th>
            <th scope="col">{t('job.column.attempt')}</th>
            <th scope="col">{t('job.column.note')}</th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <TaskRow key={task.id} task={task} onRetry={() => void retry(task.id)} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function TaskRow({ task, onRetry }: { task: TaskView; onRetry: () => void }) {
  const { t, format } = useDesk();
  const name = taskName(t, format, task);
  const [open, setOpen] = useState(false);
  const id = useId();
  const has = task.attempt > 0 || task.problem !== null;
  return (
    <>
      <tr class={open ? 'table__opened' : undefined}>
        <th scope="row">{name}</th>
        <td>
          <State tone={taskTone[task.state]}>{t(`taskState.${task.state}`)}</State>
        </td>
        <td class="table__wide">
          {task.state === 'leased' && <Progress label={name} share={task.progress} />}
        </td>
        <td class="table__number">{task.attempt > 0 ? task.attempt : ''}</td>
        <td class="table__note">
          {task.retryAt !== null && (
            <p>{t('job.retryAt', { when: format.ago(Math.max(task.retryAt, Date.now()), Date.now()) })}</p>
          )}
          {task.problem ? (
            <p class={task.state === 'failed' ? 'bad break' : 'break'}>
              {t(explainFailure(task.problem).why)} {task.detail}
            </p>
          ) : (
            <p class="faint break">
              {task.state === 'done' && task.startedAt !== null && task.finishedAt !== null
                ? format.duration((task.finishedAt - task.startedAt) / 1000)
                : task.note}
            </p>
          )}
          {task.disk && task.state === 'leased' && (
            <p class="faint">
              {t('job.disk', { now: format.bytes(task.disk.now), peak: format.bytes(task.disk.peak) })}
            </p>
          )}
          {mayBegin(task) && (
            <Button small look="plain" aria-label={t('job.retryThis', { name })} onClick={onRetry}>
              {t(task.state === 'failed' ? 'job.retry' : 'job.retryNow')}
            </Button>
          )}
          {has && (
            <button
              type="button"
              class="opens"
              aria-expanded={open}
              aria-controls={id}
              aria-label={t('attempts.of', { name })}
              onClick={() => setOpen(!open)}
            >
              {t('attempts.title')}
            </button>
          )}
        </td>
      </tr>
      {open && (
        <tr id={id} class="table__inner">
          <td colSpan={5}>
            <Attempts task={task} name={name} />
          </td>
        </tr>
      )}
    </>
  );
}

/** What stands still, or may: a file that is at fault stays so however often it is read. */
const mayBegin = ({ state, problem, retryAt }: TaskView): boolean =>
  state === 'leased' || retryAt !== null || (state === 'failed' && explainFailure(problem).way === 'retry');
