import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useHere } from '../../visit.ts';
import { useJsonForm, type FormOptions, type Trouble } from './form.ts';
import { Veranda } from './veranda.tsx';

type Words = {
  heading: string;
  lead: string | null;
  submit: string;
  busyText: string;
};
/** `next` is where a sign-in leads; replaced, so that the way back does not lead to a form that has been sent, with its password in it. */
type Goal<T> = ({ next: string } | { done: FormOptions<T>['done'] }) &
  Pick<FormOptions<T>, 'method' | 'then' | 'body' | 'refused'>;

/** The frame of the forms that stand alone: heading, trouble, fields, one button, other ways, and the way to another form. */
export function AccountForm<T>({
  action,
  heading,
  lead,
  submit,
  busyText,
  other,
  ways,
  children,
  ...goal
}: Words &
  Goal<T> & {
    action: `/api/${string}`;
    other?: { text: string; href: string; label: string };
    ways?: ComponentChildren;
    children: (problems: Trouble['fields']) => ComponentChildren;
  }) {
  const { t } = useHere();
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  const leave = (next: string) => {
    location.replace(next);
    return 'leaving' as const;
  };
  const {
    form,
    busy,
    trouble,
    submit: send,
  } = useJsonForm<T>(action, { ...goal, done: 'done' in goal ? goal.done : () => leave(goal.next) });
  return (
    <div class="account-page">
      <Veranda />
      <div class="account-card">
        <h1>{heading}</h1>
        {lead && <p class="account-card__lead">{lead}</p>}
        <noscript>
          <p class="notice notice--warning">{t('form.needsScript')}</p>
        </noscript>
        {trouble && <TroubleNotice trouble={trouble} />}
        {/* `method="post"`: should the script fail, no password ends up in an address. */}
        <form ref={form} method="post" noValidate onSubmit={(event) => void send(event)}>
          {children(trouble?.fields ?? {})}
          <Button type="submit" look="primary" disabled={!live || busy}>
            {busy ? busyText : submit}
          </Button>
        </form>
        {ways}
        {other && (
          <p class="account-card__other">
            {other.text} <a href={other.href}>{other.label}</a>
          </p>
        )}
      </div>
    </div>
  );
}

/** Refusals that people meet in forms, in words of their own language. What is missing here keeps the words it came with. */
const refusals = {
  'invalid-credentials': 'refused.credentials',
  'wrong-code': 'refused.code',
  'unverified-address': 'refused.unverified',
  'wrong-pin': 'refused.pin',
  'wrong-password': 'refused.password',
  'too-many-requests': 'problem.tooManyText',
  internal: 'problem.internal',
  unavailable: 'problem.unavailable',
} as const;
const isKnown = (code: string): code is keyof typeof refusals => Object.hasOwn(refusals, code);

/** What came back, in words. */
export function TroubleNotice({ trouble: { problem, fields } }: { trouble: Trouble }) {
  const { t } = useHere();
  if (!problem) return <Notice tone="danger" title={t('form.failed')} children={t('form.offline')} />;
  const count = Object.keys(fields).length;
  if (count > 0) return <Notice tone="danger" title={t('form.check', { count })} />;
  if (isKnown(problem.code)) return <Notice tone="danger" title={t(refusals[problem.code])} />;
  return (
    <Notice tone="danger" title={problem.title}>
      {problem.detail}
    </Notice>
  );
}
