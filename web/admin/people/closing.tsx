import { useState } from 'preact/hooks';
import type { Account } from '../../../schema/api/people.ts';
import { Button } from '../../ui/button.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice, Section, State } from '../parts.tsx';
import { useToasts } from '../toasts.tsx';
import { people as calls } from './calls.ts';
import { useSay } from './words.ts';

/** Closes an account, with two weeks to think again; or takes that back. */
export function Closing({ of, onDone }: { of: Account; onDone: () => void }) {
  const { format } = useDesk();
  const say = useSay();
  const confirm = useConfirm();
  const toasts = useToasts();
  const [failure, setFailure] = useState<Failure | null>(null);
  const closes = of.closesAt !== null;
  const go = async () => {
    const asked = await confirm(
      closes
        ? {
            title: say('closing.keepSure', { name: of.name }),
            text: say('closing.keepText'),
            yes: say('closing.keep'),
            look: 'plain',
          }
        : {
            title: say('closing.sure', { name: of.name }),
            text: say('closing.text'),
            yes: say('closing.close'),
            reason: true,
            typed: of.name,
          },
    );
    if (!asked) return;
    const answer = closes ? await calls.keep(of.id) : await calls.close(of.id, asked.reason);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return;
    toasts.say({ text: say(closes ? 'closing.kept' : 'closing.closed'), tone: 'good' });
    onDone();
  };
  return (
    <Section title={say('closing.title')}>
      <p>
        {of.closesAt === null ? (
          say('closing.text')
        ) : (
          <>
            <State tone="danger">{say('state.closes', { when: format.dateTime(of.closesAt) })}</State>{' '}
            {of.closesBecause ? say('closing.because', { reason: of.closesBecause }) : say('closing.byOwner')}
          </>
        )}
      </p>
      {failure && <FailureNotice failure={failure} />}
      <div class="form__do">
        <Button look={closes ? 'outline' : 'danger'} onClick={() => void go()}>
          {say(closes ? 'closing.keep' : 'closing.close')}
        </Button>
      </div>
    </Section>
  );
}
