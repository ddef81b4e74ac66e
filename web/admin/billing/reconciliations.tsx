import { useState } from 'preact/hooks';
import type { Reconciliation } from '../../../schema/api/billing-events.ts';
import { Button } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { FailureNotice, Section, Shown, State } from '../parts.tsx';
import { useToasts } from '../toasts.tsx';
import { stripeEvents as calls } from './event-calls.ts';
import { useSay } from './event-words.ts';

/** How the last comparisons with Stripe came out, and another one. */
export function Reconciliations() {
  const say = useSay();
  const toasts = useToasts();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const runs = useFresh('reconciliations', calls.runs, ({ items }) => items[0]?.endedAt === null);
  const compare = async () => {
    setBusy(true);
    const answer = await calls.compare();
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) toasts.say({ text: say('runs.begun'), tone: 'good' });
    await runs.refresh();
  };
  return (
    <Section
      title={say('runs.title')}
      aside={
        <Button small look="outline" disabled={busy} onClick={() => void compare()}>
          {say('runs.now')}
        </Button>
      }
    >
      <p class="faint">{say('runs.lead')}</p>
      {failure && <FailureNotice failure={failure} />}
      <Shown of={runs}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="faint">{say('runs.none')}</p>
          ) : (
            <>
              <Lines runs={items.slice(0, 1)} />
              {items.length > 1 && (
                <details class="more">
                  <summary>{say('runs.earlier')}</summary>
                  <Lines runs={items.slice(1)} />
                </details>
              )}
            </>
          )
        }
      </Shown>
    </Section>
  );
}

const Lines = ({ runs }: { runs: readonly Reconciliation[] }) => (
  <ul class="lines">
    {runs.map((run) => (
      <Line key={run.startedAt} run={run} />
    ))}
  </ul>
);

function Line({ run: { startedAt, endedAt, looked, mended, findings } }: { run: Reconciliation }) {
  const { format } = useDesk();
  const say = useSay();
  return (
    <li class="line">
      <div>
        <p>
          {format.dateTime(startedAt)}{' '}
          <span class="faint small">{say('runs.looked', { count: looked })}</span>
        </p>
        {findings.length > 0 && (
          <details>
            <summary>{say('runs.findings')}</summary>
            <ul>
              {findings.map(({ id, what }) => (
                <li key={id + what} class="small break">
                  <code>{id}</code>: {what}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      {endedAt === null ? (
        <State tone="busy">{say('runs.running')}</State>
      ) : findings.length === 0 ? (
        <State tone="good">{say('runs.clean')}</State>
      ) : (
        <State tone="warning">{say('runs.mended', { count: mended })}</State>
      )}
    </li>
  );
}
