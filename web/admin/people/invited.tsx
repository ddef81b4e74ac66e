import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { FailureNotice } from '../parts.tsx';
import { staff as calls } from './calls.ts';
import { saying, useSay } from './words.ts';

/** Before a closed door: the role that somebody is invited to, for them to take. */
function Invited() {
  const say = useSay();
  const own = useFresh('own invite', calls.own);
  const [failure, setFailure] = useState<Failure | null>(null);
  const invite = own.value?.invite;
  if (!invite) return null;
  const take = async () => {
    const answer = await calls.accept();
    if (answer.ok) location.reload(); // the document knows who one is
    else setFailure(answer);
  };
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      <Notice tone="good" title={say('invited.title', { role: say(`role.${invite.role}`) })}>
        <p>{say('invited.text', { name: invite.by ?? '–' })}</p>
        <Button look="primary" onClick={() => void take()}>
          {say('invited.take')}
        </Button>
      </Notice>
    </>
  );
}

export const invited = saying(Invited);
