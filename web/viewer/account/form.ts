import { useRef, useState } from 'preact/hooks';
import type { ProblemDocument } from '../../../schema/problem.ts';
import { api } from '../../api.ts';
import { useAccountWords, type AccountWords } from './words.ts';

export type Trouble = { problem: ProblemDocument | null; fields: Record<string, string> };

/** Field name → what is wrong with it, from the JSON pointers of a problem document (`/email` → `email`). */
export const fieldProblems = (problem: ProblemDocument | null): Record<string, string> =>
  Object.fromEntries((problem?.errors ?? []).map(({ pointer, detail }) => [pointer.slice(1), detail]));

/** The shortest password that the API takes (schema/api/accounts.ts). */
const SHORT = 10;

/**
 * What is wrong with each field in the visitor's language, by what was typed: the API says it in English, and for programs.
 * What this does not know keeps the API's words.
 */
export const fieldsInWords = (
  a: AccountWords,
  said: Record<string, string>,
  values: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(said).map(([name, detail]) => {
      const value = (values[name] ?? '').trim();
      if (name in values && value === '') return [name, a('wrong.missing')];
      if (name === 'email') return [name, a('wrong.email')];
      if (name === 'code') return [name, a('wrong.code')];
      if (/password$/i.test(name) && value.length < SHORT) return [name, a('wrong.short')];
      if (/pin$/i.test(name)) return [name, a('wrong.pin')];
      return [name, detail];
    }),
  );

export type FormOptions<T> = {
  method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Where the same fields go next: whoever has signed up signs in. */
  then?: `/api/${string}` | undefined;
  /** What is sent, where that is not the fields as they are. */
  body?: (fields: Record<string, string>) => unknown;
  /** `leaving`: the next page is on its way, and the form stays as it is. */
  done: (value: T) => 'leaving' | void;
  /** Takes a refusal that is the next step rather than trouble; false: it is trouble. */
  refused?: ((problem: ProblemDocument) => boolean) | undefined;
};

/**
 * A form that sends itself as JSON. The fields stay as they are whatever happens: nothing typed is lost.
 * The first wrong field gets the focus.
 */
export function useJsonForm<T>(path: `/api/${string}`, options: FormOptions<T>) {
  const { method = 'POST', then, body = (fields) => fields, done, refused } = options;
  const a = useAccountWords();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const element = form.current;
    if (busy || !element) return;
    setBusy(true);
    const values: Record<string, string> = {};
    for (const [name, value] of new FormData(element)) if (typeof value === 'string') values[name] = value;
    const sent = await api.post<T>(path, body(values), { method });
    const answer = sent.ok && then ? await api.post<T>(then, body(values)) : sent;
    if (answer.ok && done(answer.value) === 'leaving') return;
    if (answer.ok || (answer.problem && refused?.(answer.problem))) {
      setTrouble(null);
      setBusy(false);
      return;
    }
    const fields = fieldsInWords(a, fieldProblems(answer.problem), values);
    setTrouble({ problem: answer.problem, fields });
    setBusy(false);
    const first = Object.keys(fields)[0];
    if (first) element.querySelector<HTMLInputElement>(`[name="${CSS.escape(first)}"]`)?.focus();
  };
  return { form, busy, trouble, submit };
}
