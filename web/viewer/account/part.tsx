import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ProblemDocument } from '../../../schema/problem.ts';
import { api } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { TroubleNotice } from './account.tsx';
import { useJsonForm, type FormOptions, type Trouble } from './form.ts';
import { useAccountWords } from './words.ts';

/** One matter of a page about the account. */
export const Part = ({ id, title, children }: { id: string; title: string; children: ComponentChildren }) => (
  <section class="settings__part" aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {children}
  </section>
);

/** A small form within a page. */
export function PartForm<T>({
  action,
  submit,
  look = 'primary',
  cancel,
  children,
  ...options
}: FormOptions<T> & {
  action: `/api/${string}`;
  submit: string;
  look?: 'primary' | 'danger';
  cancel?: () => void;
  children: (problems: Trouble['fields']) => ComponentChildren;
}) {
  const a = useAccountWords();
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  const { form, busy, trouble, submit: send } = useJsonForm<T>(action, options);
  return (
    <form ref={form} class="settings__form" method="post" noValidate onSubmit={(event) => void send(event)}>
      {trouble && <TroubleNotice trouble={trouble} />}
      {children(trouble?.fields ?? {})}
      <div class="settings__ways">
        <Button type="submit" look={look} disabled={!live || busy}>
          {busy ? a('going') : submit}
        </Button>
        {cancel && (
          <Button look="plain" onClick={cancel}>
            {a('cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}

type Act = (path: `/api/${string}`, method?: 'POST' | 'DELETE', body?: unknown) => Promise<void>;

/** One click, one call; `done` afterwards, else what came back stands in `trouble`. */
export function useAct(done: () => void): { act: Act; busy: boolean; trouble: Trouble | null } {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const act: Act = async (path, method = 'POST', body = {}) => {
    setBusy(true);
    const answer = await api.post<unknown>(path, body, { method });
    setTrouble(answer.ok ? null : { problem: answer.problem, fields: {} });
    setBusy(false);
    if (answer.ok) done();
  };
  return { act, busy, trouble };
}

export const asTrouble = (problem: ProblemDocument | null): Trouble => ({ problem, fields: {} });

/** Fields that were left empty are not sent. */
export const filled = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
