import { useState } from 'preact/hooks';
import { to } from '../../paths.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { AccountForm, TroubleNotice } from '../account/account.tsx';
import { CodeField } from '../account/fields.tsx';
import { useFragment } from '../account/fragment.ts';
import { useAct } from '../account/part.tsx';
import { useAccountWords } from '../account/words.ts';

export type VerifyEmailData = { email: string; verified: boolean };

/** Where the mail of a sign-up leads. */
export default function VerifyEmail({ data }: { data: VerifyEmailData }) {
  const a = useAccountWords();
  const mailed = useFragment();
  const [verified, setVerified] = useState(data.verified);
  const [again, setAgain] = useState(false);
  const { act, busy, trouble } = useAct(() => setAgain(true));
  if (verified)
    return (
      <div class="account-page">
        <div class="account-card">
          <Notice tone="good" title={a('verified')}>
            {a('verifiedText')}
          </Notice>
          <ButtonLink look="primary" href={to('home')}>
            {a('home')}
          </ButtonLink>
        </div>
      </div>
    );
  return (
    <AccountForm
      action="/api/me/email/verify"
      done={() => setVerified(true)}
      heading={a('verifyTitle')}
      lead={a('verifyLead', { email: data.email })}
      submit={a('verify')}
      busyText={a('going')}
      ways={
        // The first one is good for ten minutes; people come here from other pages, days later.
        <div class="account-card__ways">
          {trouble && <TroubleNotice trouble={trouble} />}
          {again && !trouble && <Notice tone="good">{a('verifyLead', { email: data.email })}</Notice>}
          <Button look="outline" disabled={busy} onClick={() => void act('/api/me/email/code')}>
            {a('codeAgain')}
          </Button>
        </div>
      }
    >
      {(problems) => <CodeField given={mailed['code']} problem={problems['code']} />}
    </AccountForm>
  );
}
