import { useState } from 'preact/hooks';
import type { Id } from '../../../schema/ids.ts';
import { Button } from '../../ui/button.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice } from '../parts.tsx';
import { useToasts } from '../toasts.tsx';
import { log } from './calls.ts';
import type { Change } from './grouped.ts';
import { useSay } from './words.ts';

/** Puts a change back, after asking; or says why it is not to be put back here. */
export function UndoButton({
  change,
  what,
  onUndone,
}: {
  change: Change;
  what: string;
  onUndone: () => void;
}) {
  const { format } = useDesk();
  const say = useSay();
  const confirm = useConfirm();
  const toasts = useToasts();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { undo, first } = change;
  if (undo !== 'yes') return <p class="faint small change__do">{say(`undo.${undo}`)}</p>;
  const run = async () => {
    const when = format.dateTime(first.at);
    const yes = await confirm({
      title: say('undo.ask'),
      text: say('undo.askText', { when, what }),
      yes: say('undo.do'),
      look: 'plain',
    });
    if (!yes) return;
    setBusy(true);
    const answer = await log.undo(change.request as Id<'request'>);
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return;
    if (answer.value.request) toasts.undoable(say('undo.done', { what }), answer, onUndone);
    else toasts.say(say('undo.already'));
    onUndone();
  };
  return (
    <div class="change__do">
      <Button small look="outline" disabled={busy} onClick={() => void run()}>
        {busy ? say('undo.doing') : say('undo.do')}
        <span class="only-heard">: {what}</span>
      </Button>
      {failure && <FailureNotice failure={failure} />}
      {failure?.problem?.errors && (
        <ul class="diff__clash">
          {failure.problem.errors.map(({ pointer, detail }) => (
            <li key={pointer}>
              <code>{pointer.split('/').at(-1)}</code> {detail}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
