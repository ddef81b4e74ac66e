import { useState } from 'preact/hooks';
import type { Attempt, TaskView } from '../../../schema/api/ingest.ts';
import type { AttemptOutcome } from '../../../schema/jobs/state.ts';
import { tasks as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { Shown, State, type Tone } from '../parts.tsx';
import { explainFailure } from './explain.ts';

const tones: Record<AttemptOutcome, Tone> = {
  done: 'good',
  failed: 'danger',
  lost: 'warning',
  released: 'quiet',
  cancelled: 'quiet',
  superseded: 'quiet',
};

/** How each attempt at a task went, with its log: read when somebody opens it. */
export function Attempts({ task }: { task: Pick<TaskView, 'id' | 'attempt' | 'state'> }) {
  const { t } = useDesk();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('attempts.title')}</summary>
      {open && <AttemptList key={`${task.attempt} ${task.state}`} taskId={task.id} />}
    </details>
  );
}

function AttemptList({ taskId }: { taskId: TaskView['id'] }) {
  const { t } = useDesk();
  const attempts = useFresh(`attempts ${taskId}`, () => calls.attempts(taskId));
  return (
    <Shown of={attempts}>
      {(list) =>
        list.length > 0 ? (
          <ol class="attempts">
            {list.map((attempt) => (
              <AttemptLine key={attempt.attempt} attempt={attempt} />
            ))}
          </ol>
        ) : (
          <p class="faint">{t('attempts.none')}</p>
        )
      }
    </Shown>
  );
}

function AttemptLine({ attempt }: { attempt: Attempt }) {
  const { t, format } = useDesk();
  const { outcome, problem, detail, log, cpuSeconds, diskPeak, startedAt, endedAt } = attempt;
  const facts = [
    format.dateTime(startedAt ?? endedAt),
    startedAt !== null && format.duration((endedAt - startedAt) / 1000),
    cpuSeconds !== null && t('attempts.cpu', { time: format.duration(cpuSeconds) }),
    diskPeak !== null && t('attempts.disk', { bytes: format.bytes(diskPeak) }),
  ];
  return (
    <li>
      <p class="attempts__head">
        <State tone={tones[outcome]}>{t(`attempt.${outcome}`)}</State>{' '}
        <span class="faint">{facts.filter(Boolean).join(' · ')}</span>
      </p>
      {problem && (
        <p class="break">
          {t(explainFailure(problem).why)} {detail}
        </p>
      )}
      {log && <pre class="log">{log}</pre>}
    </li>
  );
}
