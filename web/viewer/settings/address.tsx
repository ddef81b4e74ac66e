import { useEffect, useState } from 'preact/hooks';
import type { Security } from '../../../schema/api/accounts.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TroubleNotice } from '../account/account.tsx';
import { CodeField, PasswordNowField } from '../account/fields.tsx';
import { useFragment } from '../account/fragment.ts';
import { filled, Part, PartForm, useAct } from '../account/part.tsx';
import { useAccountWords } from '../account/words.ts';

/** Confirming the address, and changing it. */
export function Address({ security, changed }: { security: Security; changed: () => void }) {
  const a = useAccountWords();
  return (
    <Part id="address" title={a('emailTitle')}>
      <p>{security.email}</p>
      {!security.emailVerified && <Unverified changed={changed} />}
      <ChangeAddress security={security} changed={changed} />
    </Part>
  );
}

function Unverified({ changed }: { changed: () => void }) {
  const a = useAccountWords();
  const [asked, setAsked] = useState(false);
  const { act, busy, trouble } = useAct(() => setAsked(true));
  return (
    <>
      <Notice tone="warning" title={a('unverified')}>
        {a('unverifiedText')}
      </Notice>
      {trouble && <TroubleNotice trouble={trouble} />}
      {asked ? (
        <PartForm action="/api/me/email/verify" submit={a('verify')} done={changed}>
          {(problems) => <CodeField problem={problems['code']} />}
        </PartForm>
      ) : (
        <Button look="outline" disabled={busy} onClick={() => void act('/api/me/email/code')}>
          {a('codeSend')}
        </Button>
      )}
    </>
  );
}

function ChangeAddress({ security, changed }: { security: Security; changed: () => void }) {
  const a = useAccountWords();
  const mailed = useFragment(); // the mail to a new address leads here
  const [chosen, setStep] = useState<'ask' | 'finish' | 'closed' | null>(null);
  const step = chosen ?? (mailed['code'] ? 'finish' : null);
  const [email, setEmail] = useState('');
  useEffect(() => {
    if (mailed['code']) document.querySelector('#address')?.scrollIntoView();
  }, [mailed]);
  const close = () => setStep('closed');
  if (step === 'finish')
    return (
      <PartForm
        action="/api/me/email"
        method="PUT"
        body={(fields) => ({ ...fields, email: email || mailed['email'] })}
        submit={a('changeEmail')}
        done={() => {
          close();
          changed();
        }}
        cancel={close}
      >
        {(problems) => (
          <>
            <p>{chosen === 'finish' ? a('newEmailSent') : mailed['email']}</p>
            <CodeField given={mailed['code']} problem={problems['code']} />
          </>
        )}
      </PartForm>
    );
  if (step !== 'ask')
    return (
      <Button look="outline" onClick={() => setStep('ask')}>
        {a('changeEmail')}
      </Button>
    );
  return (
    <PartForm
      action="/api/me/email"
      body={filled}
      submit={a('codeSend')}
      done={() => setStep('finish')}
      cancel={close}
    >
      {(problems) => (
        <>
          <Field
            label={a('newEmail')}
            name="email"
            type="email"
            autocomplete="email"
            required
            value={email}
            onInput={(event) => setEmail(event.currentTarget.value)}
            problem={problems['email']}
          />
          {security.hasPassword && <PasswordNowField problem={problems['password']} />}
        </>
      )}
    </PartForm>
  );
}
