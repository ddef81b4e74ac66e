import type { TaskView } from '../../../schema/api/ingest.ts';
import { useDesk } from '../desk.ts';
import { Progress, State } from '../parts.tsx';
import { Attempts } from './attempts.tsx';
import { explainFailure, taskName, taskTone } from './explain.ts';

/** Every task of a job, in the order of the pipeline. */
export function TaskTable({ tasks }: { tasks: readonly TaskView[] }) {
  const { t } = useDesk();
  return (
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
          <TaskRow key={task.id} task={task} />
        ))}
      </tbody>
    </table>
  );
}

function TaskRow({ task }: { task: TaskView }) {
  const { t, format } = useDesk();
  const name = taskName(t, format, task);
  return (
    <tr>
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
        {(task.attempt > 1 || task.state === 'done' || task.problem !== null) && <Attempts task={task} />}
      </td>
    </tr>
  );
}
