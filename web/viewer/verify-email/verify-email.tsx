import { useState } from 'preact/hooks';
import { to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { AccountForm } from '../account/account.tsx';
import { CodeField } from '../account/fields.tsx';
import { useFragment } from '../account/fragment.ts';
import { useAccountWords } from '../account/words.ts';

export type VerifyEmailData = { email: string; verified: boolean };

/** Where the mail of a sign-up leads. */
export default function VerifyEmail({ data }: { data: VerifyEmailData }) {
  const a = useAccountWords();
  const mailed = useFragment();
  const [verified, setVerified] = useState(data.verified);
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
    >
      {(problems) => <CodeField given={mailed['code']} problem={problems['code']} />}
    </AccountForm>
  );
}
