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

/** How each attempt at a task went, with its log; read anew when an attempt has ended. */
export function Attempts({
  task: { id, attempt, state },
}: {
  task: Pick<TaskView, 'id' | 'attempt' | 'state'>;
}) {
  const { t } = useDesk();
  const attempts = useFresh(`attempts ${id} ${attempt} ${state}`, () => calls.attempts(id));
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
      {log && (
        // Long ones scroll, by keys as well.
        <textarea class="log" readOnly rows={rowsOf(log)} aria-label={t('attempts.log')} value={log} />
      )}
    </li>
  );
}

const rowsOf = (log: string): number => Math.min(20, log.split('\n').length + 1);
