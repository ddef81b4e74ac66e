import { useState } from 'preact/hooks';
import type { AdminTitle } from '../../../schema/api/editing.ts';
import { Button } from '../../ui/button.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice, Section, State } from '../parts.tsx';
import { takedown as calls } from './calls.ts';
import { useRightsChanged } from './changes.ts';
import { useSay } from './words.ts';

/** Takes a title from every viewer, whatever is licensed, or puts it back: for those who may. Others see that it is down. */
export function Takedown({ title }: { title: AdminTitle }) {
  const { format, visit } = useDesk();
  const say = useSay();
  const [downAt, setDownAt] = useState(title.takenDownAt);
  const confirm = useConfirm();
  const changed = useRightsChanged();
  const [failure, setFailure] = useState<Failure | null>(null);
  const may = visit.me?.role === 'admin' || visit.me?.role === 'moderator';
  if (!may && downAt === null) return null;
  const does = downAt === null ? 'down' : 'lift';
  const go = async () => {
    const confirmed = await confirm({
      title: say(`takedown.${does}Title`, { title: title.names.main }),
      text: say(`takedown.${does}Text`),
      yes: say(`takedown.${does}`),
      reason: true,
    });
    if (!confirmed) return;
    const answer = await calls[does](title.id, confirmed.reason);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return;
    setDownAt(does === 'down' ? answer.value.at : null);
    changed();
  };
  return (
    <Section title={say('takedown.title')}>
      <p>
        {downAt === null ? (
          say('takedown.text')
        ) : (
          <State tone="danger">{say('takedown.since', { when: format.dateTime(downAt) })}</State>
        )}
      </p>
      {failure && <FailureNotice failure={failure} />}
      {may && (
        <div class="form__do">
          <Button look={does === 'down' ? 'danger' : 'outline'} onClick={() => void go()}>
            {say(`takedown.${does}`)}
          </Button>
        </div>
      )}
    </Section>
  );
}
