import { useState } from 'preact/hooks';
import type { ProblemDocument } from '../../../schema/problem.ts';
import { signInThen, to } from '../../paths.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useHere } from '../../visit.ts';
import { AccountForm } from '../account/account.tsx';
import { CodeField } from '../account/fields.tsx';
import { useFragment } from '../account/fragment.ts';
import { useStepFocus } from '../account/step.ts';
import { useAccountWords } from '../account/words.ts';
import { PasskeyButton } from './passkey-button.tsx';

/** `next`: a path on this site, made safe at the edge. */
export type SignInData = { next: string };
type Way = 'password' | 'ask-code' | 'code' | 'second-step';

export default function SignIn({ data }: { data: SignInData }) {
  const here = useHere();
  const { t } = here;
  const a = useAccountWords();
  const { next, mailed } = claimed(data.next, useFragment());
  const [chosen, setWay] = useState<Way | null>(null);
  useStepFocus(chosen);
  const [email, setEmail] = useState('');
  const way = chosen ?? (mailed['code'] ? 'code' : 'password');
  const address = email || (mailed['email'] ?? '');
  // Not trouble: the next step.
  const refused = ({ code }: ProblemDocument) => {
    if (code === 'second-factor-required') setWay('second-step');
    return code === 'second-factor-required';
  };
  const other = {
    text: t('signIn.noAccount'),
    href: signInThen(data.next, 'sign-up'),
    label: t('nav.signUp'),
  };
  const addressField = (problem: string | undefined) => (
    <Field
      label={t('signIn.email')}
      name="email"
      type="email"
      autocomplete="username webauthn"
      required
      value={address}
      onInput={(event) => setEmail(event.currentTarget.value)}
      problem={problem}
    />
  );
  if (way === 'second-step')
    return (
      <AccountForm
        key={way}
        action="/api/auth/sign-in/second-step"
        next={next}
        heading={a('secondTitle')}
        lead={a('secondLead')}
        submit={a('goOn')}
        busyText={t('signIn.busy')}
      >
        {(problems) => <CodeField hint={a('secondHint')} problem={problems['code']} anything />}
      </AccountForm>
    );
  if (way === 'ask-code')
    return (
      <AccountForm
        key={way}
        action="/api/auth/code"
        done={() => setWay('code')}
        heading={a('codeTitle')}
        lead={a('codeLead')}
        submit={a('codeSend')}
        busyText={a('codeSending')}
        other={other}
        ways={<Ways label={a('byPassword')} choose={() => setWay('password')} />}
      >
        {(problems) => addressField(problems['email'])}
      </AccountForm>
    );
  if (way === 'code')
    return (
      <AccountForm
        key={way}
        action="/api/auth/sign-in/code"
        body={(fields) => ({ ...fields, email: address })}
        next={next}
        refused={refused}
        heading={a('codeTitle')}
        lead={null}
        submit={t('signIn.submit')}
        busyText={t('signIn.busy')}
        ways={<Ways label={a('codeAgain')} choose={() => setWay('ask-code')} />}
      >
        {(problems) => (
          <>
            <Notice>{a('codeSent', { email: address })}</Notice>
            <CodeField given={mailed['code']} problem={problems['code']} />
          </>
        )}
      </AccountForm>
    );
  return (
    <AccountForm
      key={way}
      action="/api/auth/sign-in"
      next={next}
      refused={refused}
      heading={t('signIn.welcome')}
      lead={next === '/' ? null : t('signIn.next')}
      submit={t('signIn.submit')}
      busyText={t('signIn.busy')}
      other={other}
      ways={
        <>
          <Ways label={a('byCode')} choose={() => setWay('ask-code')}>
            <PasskeyButton next={next} />
          </Ways>
          <p class="account-card__other">
            <a href={to('reset-password')}>{a('forgotten')}</a>
          </p>
        </>
      }
    >
      {(problems) => (
        <>
          {addressField(problems['email'])}
          <Field
            label={t('signIn.password')}
            name="password"
            type="password"
            autocomplete="current-password"
            required
            problem={problems['password']}
          />
        </>
      )}
    </AccountForm>
  );
}

/**
 * Whose a mailed code is. A mail that leads to a page of one's own leads here first, and brings its fragment along (Fetch §4.4: a redirect
 * keeps it); that one goes on to the page. Our own mails name no other page.
 */
const claimed = (next: string, found: ReturnType<typeof useFragment>) =>
  next === '/' || !found['code']
    ? { next, mailed: found }
    : { next: `${next}#${new URLSearchParams(found).toString()}`, mailed: {} as typeof found };

const Ways = ({
  label,
  choose,
  children,
}: {
  label: string;
  choose: () => void;
  children?: preact.ComponentChildren;
}) => (
  <div class="account-card__ways">
    {children}
    <Button look="outline" onClick={choose}>
      {label}
    </Button>
  </div>
);
