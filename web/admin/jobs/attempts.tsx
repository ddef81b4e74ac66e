import type { Attempt, TaskView } from '../../../schema/api/ingest.ts';
import type { AttemptOutcome } from '../../../schema/jobs/state.ts';
import { tasks as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { Shown, State, type Tone } from '../parts.tsx';
import { explainFailure } from './explain.ts';
import { LogView } from './log-view.tsx';
import { useReports } from './reports.ts';
import { useSay } from './words.ts';

const tones: Record<AttemptOutcome, Tone> = {
  done: 'good',
  failed: 'danger',
  lost: 'warning',
  released: 'quiet',
  cancelled: 'quiet',
  superseded: 'quiet',
};

/** How each attempt at a task went, with its log; read anew when an attempt has ended. Of one that is under way, what it reports. */
export function Attempts({ task, name }: { task: TaskView; name: string }) {
  const { t, visit } = useDesk();
  const say = useSay();
  const { id, attempt, state } = task;
  const attempts = useFresh(`attempts ${id} ${attempt} ${state}`, () => calls.attempts(id));
  const reports = useReports(task, (at) => new Date(at).toLocaleTimeString(visit.language));
  return (
    <>
      {state === 'leased' && reports !== '' && (
        <>
          <p class="attempts__head">{say('log.live')}</p>
          <LogView text={reports} name={name} />
        </>
      )}
      <Shown of={attempts}>
        {(list) =>
          list.length > 0 ? (
            <ol class="attempts">
              {list.map((attempt) => (
                <AttemptLine key={attempt.attempt} attempt={attempt} name={name} />
              ))}
            </ol>
          ) : (
            <p class="faint">{t('attempts.none')}</p>
          )
        }
      </Shown>
    </>
  );
}

function AttemptLine({ attempt, name }: { attempt: Attempt; name: string }) {
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
      {log && <LogView text={log} name={name} />}
    </li>
  );
}
