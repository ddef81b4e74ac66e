import { signInThen } from '../../paths.ts';
import { Field } from '../../ui/field.tsx';
import { useHere } from '../../visit.ts';
import { AccountForm } from '../account/account.tsx';

export type SignUpData = { next: string };

export default function SignUp({ data: { next } }: { data: SignUpData }) {
  const { t } = useHere();
  return (
    <AccountForm
      action="/api/auth/sign-up"
      then="/api/auth/sign-in"
      next={next}
      heading={t('signUp.welcome')}
      lead={next === '/' ? null : t('signUp.next')}
      submit={t('signUp.submit')}
      busyText={t('signUp.busy')}
      other={{ text: t('signUp.haveAccount'), href: signInThen(next), label: t('nav.signIn') }}
    >
      {(problems) => (
        <>
          <Field
            label={t('signUp.name')}
            hint={t('signUp.nameHint')}
            name="name"
            autocomplete="nickname"
            required
            problem={problems['name']}
          />
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
            hint={t('signUp.passwordHint')}
            name="password"
            type="password"
            autocomplete="new-password"
            required
            problem={problems['password']}
          />
        </>
      )}
    </AccountForm>
  );
}
