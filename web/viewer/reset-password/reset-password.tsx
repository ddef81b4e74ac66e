import { useState } from 'preact/hooks';
import { to } from '../../paths.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { AccountForm } from '../account/account.tsx';
import { CodeField, NewPasswordField } from '../account/fields.tsx';
import { useFragment } from '../account/fragment.ts';
import { useStepFocus } from '../account/step.ts';
import { useAccountWords } from '../account/words.ts';

/** `email`: of whoever is signed in already; empty otherwise. */
export type ResetPasswordData = { email: string };

/** Asks for the code that sets a new password, and then for both. */
export default function ResetPassword({ data }: { data: ResetPasswordData }) {
  const a = useAccountWords();
  const mailed = useFragment();
  const [email, setEmail] = useState('');
  const [chosen, setStep] = useState<'ask' | 'finish' | 'done' | null>(null);
  useStepFocus(chosen);
  const step = chosen ?? (mailed['code'] ? 'finish' : 'ask');
  const address = email || (mailed['email'] ?? data.email);
  if (step === 'done')
    return (
      <div class="account-page">
        <div class="account-card">
          <Notice tone="good" title={a('resetDone')}>
            {a('resetDoneText')}
          </Notice>
          <ButtonLink look="primary" href={to('sign-in')}>
            {a('signIn')}
          </ButtonLink>
        </div>
      </div>
    );
  if (step === 'finish')
    return (
      <AccountForm
        key="finish"
        action="/api/auth/reset/finish"
        body={(fields) => ({ ...fields, email: address })}
        done={() => setStep('done')}
        heading={a('resetTitle')}
        lead={a('resetFinishLead', { email: address })}
        submit={a('setPassword')}
        busyText={a('going')}
        ways={
          <div class="account-card__ways">
            <Button look="outline" onClick={() => setStep('ask')}>
              {a('codeAgain')}
            </Button>
          </div>
        }
      >
        {(problems) => (
          <>
            <CodeField given={mailed['code']} problem={problems['code']} />
            <NewPasswordField name="password" problem={problems['password']} />
          </>
        )}
      </AccountForm>
    );
  return (
    <AccountForm
      key="ask"
      action="/api/auth/reset"
      done={() => setStep('finish')}
      heading={a('resetTitle')}
      lead={a('resetLead')}
      submit={a('codeSend')}
      busyText={a('codeSending')}
    >
      {(problems) => (
        <Field
          label={a('email')}
          name="email"
          type="email"
          autocomplete="username"
          required
          value={address}
          onInput={(event) => setEmail(event.currentTarget.value)}
          problem={problems['email']}
        />
      )}
    </AccountForm>
  );
}
