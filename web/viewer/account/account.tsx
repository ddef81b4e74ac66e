import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useHere } from '../../visit.ts';
import { useJsonForm, type Trouble } from './form.ts';
import { Veranda } from './veranda.tsx';

/** The frame of both forms: heading, trouble, fields, one button, and the way to the other form. */
export function AccountForm({
  action,
  then,
  next,
  heading,
  lead,
  submit,
  busyText,
  other,
  children,
}: {
  action: `/api/${string}`;
  then?: `/api/${string}`;
  next: string;
  heading: string;
  lead: string | null;
  submit: string;
  busyText: string;
  other: { text: string; href: string; label: string };
  children: (problems: Trouble['fields']) => ComponentChildren;
}) {
  const { t } = useHere();
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  // Replaced, so that the way back does not lead to a form that has been sent, with its password in it.
  const { form, busy, trouble, submit: send } = useJsonForm(action, () => location.replace(next), then);
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
        <p class="account-card__other">
          {other.text} <a href={other.href}>{other.label}</a>
        </p>
      </div>
    </div>
  );
}

function TroubleNotice({ trouble: { problem, fields } }: { trouble: Trouble }) {
  const { t } = useHere();
  if (!problem) return <Notice tone="danger" title={t('form.failed')} children={t('form.offline')} />;
  const count = Object.keys(fields).length;
  if (count > 0) return <Notice tone="danger" title={t('form.check', { count })} />;
  return (
    <Notice tone="danger" title={problem.title}>
      {problem.detail}
    </Notice>
  );
}
