import { useState } from 'preact/hooks';
import type { BulkAnswer } from '../../../schema/api/editing.ts';
import type { JobCard } from '../../../schema/api/ingest.ts';
import { isOver } from '../../../schema/jobs/state.ts';
import { Button } from '../../ui/button.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice, State } from '../parts.tsx';
import { jobs as calls } from './calls.ts';
import { explainFailure, jobHeading } from './explain.ts';
import { useSay } from './words.ts';

/** What `POST /api/admin/jobs/bulk` takes at once. */
const MOST = 100;
const mayRetry = ({ state, problem }: JobCard): boolean =>
  state === 'failed' && explainFailure(problem).way === 'retry';

/** What can be done with the selected jobs, and what became of each. */
export function BulkBar({
  chosen,
  onClear,
  onDone,
}: {
  chosen: readonly JobCard[];
  onClear: () => void;
  onDone: () => Promise<void>;
}) {
  const { t } = useDesk();
  const say = useSay();
  const confirm = useConfirm();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [fates, setFates] = useState<{ of: readonly JobCard[]; items: BulkAnswer['items'] } | null>(null);
  const failed = chosen.filter(mayRetry).slice(0, MOST);
  const running = chosen.filter(({ state }) => !isOver(state)).slice(0, MOST);
  const change = async (action: 'retry' | 'cancel', of: readonly JobCard[]) => {
    setBusy(true);
    const answer = await calls.change({ action, ids: of.map(({ id }) => id) });
    setFailure(answer.ok ? null : answer);
    if (answer.ok) setFates({ of, items: answer.value.items });
    await onDone();
    setBusy(false);
  };
  const cancel = async () => {
    const count = running.length;
    const yes = say('list.cancel', { count });
    const question = { title: say('list.cancelTitle', { count }), text: say('list.cancelText'), yes };
    if (await confirm({ ...question, no: t('job.keep') })) await change('cancel', running);
  };
  return (
    <>
      {chosen.length > 0 && (
        <section class="bulk" aria-label={say('list.do')}>
          <span>{say('list.selected', { count: chosen.length })}</span>
          {failed.length > 0 && (
            <Button small look="outline" disabled={busy} onClick={() => void change('retry', failed)}>
              {say('list.retry', { count: failed.length })}
            </Button>
          )}
          {running.length > 0 && (
            <Button small look="danger" disabled={busy} onClick={() => void cancel()}>
              {say('list.cancel', { count: running.length })}
            </Button>
          )}
          <Button small look="plain" onClick={onClear}>
            {say('list.clear')}
          </Button>
        </section>
      )}
      {failure && <FailureNotice failure={failure} />}
      {fates && <Fates {...fates} onClose={() => setFates(null)} />}
    </>
  );
}

function Fates({
  of,
  items,
  onClose,
}: {
  of: readonly JobCard[];
  items: BulkAnswer['items'];
  onClose: () => void;
}) {
  const { t } = useDesk();
  const say = useSay();
  const refused = items.filter(({ fate }) => fate === 'refused');
  const name = (id: string) => {
    const job = of.find((one) => one.id === id);
    return job ? jobHeading(t, job) : id;
  };
  return (
    <section class="panel fates" aria-live="polite" aria-label={say('list.fates')}>
      <p class="panel__row">
        <State tone="good">{say('list.changed', { count: items.length - refused.length })}</State>
        {refused.length > 0 && <State tone="danger">{say('list.refused', { count: refused.length })}</State>}
        <Button small look="plain" onClick={onClose}>
          {say('list.dismiss')}
        </Button>
      </p>
      {refused.length > 0 && (
        <ul class="notes">
          {refused.map(({ id, because }) => (
            <li key={id}>
              <strong>{name(id)}</strong> {because}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
