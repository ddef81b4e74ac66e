import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { useConfirm } from '../confirm.tsx';
import type { Failure } from '../fresh-hook.ts';
import { go } from '../navigation.ts';
import { FailureNotice, Section } from '../parts.tsx';
import { at } from '../places.ts';
import { useToasts } from '../toasts.tsx';
import { editing } from './calls.ts';
import type { PartOf } from './title-parts.ts';
import { useSay } from './words.ts';

/** The end of a title that left no trace; of any other, the API says what keeps it and what to do instead. */
export function Erase({ title, loaded }: PartOf) {
  const say = useSay();
  const toasts = useToasts();
  const confirm = useConfirm();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const erase = async () => {
    const name = title.names.main;
    const sure = await confirm({
      title: say('erase.sure', { name }),
      text: say('erase.sureText'),
      yes: say('erase.yes'),
      typed: name,
    });
    if (!sure) return;
    setBusy(true);
    const answer = await editing.erase(title.id, title.revision);
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return loaded.refresh();
    // What is there again is shown: the list that was read meanwhile does not have it.
    toasts.undoable(say('erase.done', { name }), answer, () => go(at('title', { id: title.id })));
    go(at('titles'), { replace: true });
  };
  return (
    <Section title={say('erase.title')}>
      {failure && <FailureNotice failure={failure} />}
      <p class="faint">{say('erase.text')}</p>
      <div class="form__do">
        <Button look="outline" disabled={busy} onClick={() => void erase()}>
          {say('erase.yes')}
        </Button>
      </div>
    </Section>
  );
}
