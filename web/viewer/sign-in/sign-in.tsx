import { signInThen } from '../../paths.ts';
import { Field } from '../../ui/field.tsx';
import { useHere } from '../../visit.ts';
import { AccountForm } from '../account/account.tsx';

/** `next`: a path on this site, made safe at the edge. */
export type SignInData = { next: string };

export default function SignIn({ data: { next } }: { data: SignInData }) {
  const { t } = useHere();
  return (
    <AccountForm
      action="/api/auth/sign-in"
      next={next}
      heading={t('signIn.welcome')}
      lead={next === '/' ? null : t('signIn.next')}
      submit={t('signIn.submit')}
      busyText={t('signIn.busy')}
      other={{ text: t('signIn.noAccount'), href: signInThen(next, 'sign-up'), label: t('nav.signUp') }}
    >
      {(problems) => (
        <>
          <Field
            label={t('signIn.email')}
            name="email"
            type="email"
            autocomplete="username"
            required
            problem={problems['email']}
          />
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
