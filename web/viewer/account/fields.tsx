import { Field } from '../../ui/field.tsx';
import { useAccountWords } from './words.ts';

/** A code that was mailed, or that an app shows. It may be pasted, blanks and all. */
export function CodeField({
  given = '',
  hint,
  problem,
  anything = false,
}: {
  given?: string | undefined;
  hint?: string;
  problem: string | undefined;
  /** Backup codes have letters. */
  anything?: boolean;
}) {
  const a = useAccountWords();
  return (
    <Field
      label={a('code')}
      hint={hint ?? a('codeHint')}
      name="code"
      inputMode={anything ? 'text' : 'numeric'}
      autocomplete="one-time-code"
      autoCapitalize="none"
      spellcheck={false}
      required
      defaultValue={given}
      problem={problem}
    />
  );
}

export function NewPasswordField({ name, problem }: { name: string; problem: string | undefined }) {
  const a = useAccountWords();
  return (
    <Field
      label={a('newPassword')}
      hint={a('newPasswordHint')}
      name={name}
      type="password"
      autocomplete="new-password"
      required
      problem={problem}
    />
  );
}

/** Confirms that it is still them; left out of what is sent where it is empty. */
export function PasswordNowField({ problem }: { problem: string | undefined }) {
  const a = useAccountWords();
  return (
    <Field
      label={a('passwordNow')}
      name="password"
      type="password"
      autocomplete="current-password"
      problem={problem}
    />
  );
}
