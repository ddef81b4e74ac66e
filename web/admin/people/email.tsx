import { useState } from 'preact/hooks';
import type { Account } from '../../../schema/api/people.ts';
import { Button } from '../../ui/button.tsx';
import { useConfirm } from '../confirm.tsx';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice } from '../parts.tsx';
import { people as calls } from './calls.ts';
import { useSay } from './words.ts';

/** An address, masked until somebody says why they need it. */
export function Email({ of: { id, email } }: { of: Pick<Account, 'id' | 'email'> }) {
  const say = useSay();
  const confirm = useConfirm();
  const [shown, setShown] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const show = async () => {
    const why = await confirm({
      title: say('email.title'),
      text: say('email.text'),
      yes: say('email.show'),
      reason: true,
      look: 'plain',
    });
    if (!why) return;
    const answer = await calls.email(id, why.reason);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) setShown(answer.value.email);
  };
  return (
    <>
      <span class="break">{shown ?? email}</span>{' '}
      {shown === null && (
        <Button small look="plain" onClick={() => void show()}>
          {say('email.show')}
        </Button>
      )}
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}
