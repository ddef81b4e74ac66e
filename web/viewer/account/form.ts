import { useRef, useState } from 'preact/hooks';
import type { ProblemDocument } from '../../../schema/problem.ts';
import { api } from '../../api.ts';

export type Trouble = { problem: ProblemDocument | null; fields: Record<string, string> };

/** Field name → what is wrong with it, from the JSON pointers of a problem document (`/email` → `email`). */
export const fieldProblems = (problem: ProblemDocument | null): Record<string, string> =>
  Object.fromEntries((problem?.errors ?? []).map(({ pointer, detail }) => [pointer.slice(1), detail]));

/**
 * A form that posts itself as JSON. The fields stay as they are whatever happens: nothing typed is lost.
 * The first wrong field gets the focus.
 * @param then where the same fields go next: whoever has signed up signs in
 */
export function useJsonForm(path: `/api/${string}`, done: () => void, then?: `/api/${string}`) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const element = form.current;
    if (busy || !element) return;
    setBusy(true);
    const fieldValues = Object.fromEntries(new FormData(element));
    const posted = await api.post<unknown>(path, fieldValues);
    const answer = posted.ok && then ? await api.post<unknown>(then, fieldValues) : posted;
    if (answer.ok) return done(); // still busy: the next page is on its way
    const fields = fieldProblems(answer.problem);
    setTrouble({ problem: answer.problem, fields });
    setBusy(false);
    const first = Object.keys(fields)[0];
    if (first) element.querySelector<HTMLInputElement>(`[name="${CSS.escape(first)}"]`)?.focus();
  };
  return { form, busy, trouble, submit };
}
