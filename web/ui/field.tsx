import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';

type Props = {
  label: string;
  hint?: string | undefined;
  /** What is wrong with the value; read out with the field. */
  problem?: string | undefined;
};

/** A labelled text field with its hint and its problem tied to it. */
export function Field({ label, hint, problem, ...input }: Props & InputHTMLAttributes) {
  return (
    <FieldFrame label={label} hint={hint} problem={problem}>
      {(tied) => <input {...input} {...tied} />}
    </FieldFrame>
  );
}

/** The same frame for any native control: `{(tied) => <select {...tied}>…</select>}`. */
export function FieldFrame({
  label,
  hint,
  problem,
  children,
}: Props & {
  children: (tied: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: 'true' }) => ComponentChildren;
}) {
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(problem ? { 'aria-invalid': 'true' } : {}),
      })}
      {hint && (
        <p class="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {problem && (
        <p class="field__problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}
