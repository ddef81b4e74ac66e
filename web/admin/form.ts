import { useEffect, useRef, useState } from 'preact/hooks';
import type { ProblemDocument } from '../../schema/problem.ts';
import type { Answer } from '../api.ts';
import type { Failure } from './fresh-hook.ts';
import { clashes, edited, nothingKept, settled, takenOver, type Draft, type Kept } from './merge.ts';

export type { Draft };

/** What is wrong with the field at `pointer`: the problems of its value and of anything inside it (`/genres/2`). */
export const problemAt = (
  problem: ProblemDocument | null | undefined,
  pointer: string,
): string | undefined => {
  const found = problem?.errors?.filter((e) => e.pointer === pointer || e.pointer.startsWith(`${pointer}/`));
  return found?.length ? found.map((e) => e.detail).join(' ') : undefined;
};

/** Problems that no field of a form shows: they must be said beside it. */
export const unplaced = (problem: ProblemDocument | null, pointers: readonly string[]): string[] =>
  (problem?.errors ?? [])
    .filter((e) => !pointers.some((p) => e.pointer === p || e.pointer.startsWith(`${p}/`)))
    .map((e) => (e.pointer === '' ? e.detail : `${e.pointer}: ${e.detail}`));

/** Words in a field, separated by commas of any script. */
export const listOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,，、\n]/)
      .map((word) => word.trim())
      .filter(Boolean),
  ),
];

/**
 * Edits over what is saved. Only what differs is kept, also in the tab's session storage: an accident, an error or a walk to
 * another page loses nothing typed. What others save meanwhile shows in every field that was not touched; where both changed a
 * field, it is a clash to decide.
 */
export function useDraft(key: string, saved: Draft) {
  const [kept, setKept] = useState<Kept>(() => stored(key));
  const [restored, setRestored] = useState(() => Object.keys(stored(key).edits).length > 0);
  const { edits } = kept;
  const changed = Object.keys(edits).filter((name) => edits[name] !== (saved[name] ?? ''));
  // Browsers fill several fields in one go, before anything is drawn again.
  const latest = useRef(kept);
  const keep = (next: Kept) => {
    latest.current = next;
    setKept(next);
    try {
      if (Object.keys(next.edits).length > 0) sessionStorage.setItem(key, JSON.stringify(next));
      else sessionStorage.removeItem(key);
    } catch {
      // full or forbidden: the fields themselves still hold it
    }
  };
  return {
    draft: { ...saved, ...edits },
    /** Only the fields that differ from what is saved. */
    edits: Object.fromEntries(changed.map((name) => [name, edits[name]!])),
    changes: changed.length,
    /** Whether there are edits from before. */
    restored: restored && changed.length > 0,
    /** What both this form and somebody else changed. */
    clashes: clashes(kept, saved),
    /** Clashes with what somebody has just been seen to have saved, before it is drawn. */
    clashesWith: (theirs: Draft) => clashes(latest.current, theirs),
    /** Fields that others changed while this form was being edited, and that show what they saved. */
    takenOver: takenOver(kept, saved),
    /** Decides clashes; gives the edits that are left. */
    settle: (choices: Record<string, 'mine' | 'theirs'>): Draft => {
      keep(
        Object.entries(choices).reduce(
          (all, [name, whose]) => settled(all, saved, name, whose),
          latest.current,
        ),
      );
      return latest.current.edits;
    },
    set: (name: string, value: string) => keep(edited(latest.current, saved, name, value)),
    clear: () => {
      keep(nothingKept);
      setRestored(false);
    },
  };
}

/** What a native field needs to show and change its value of a draft; its name is the value's pointer. */
export const tie =
  ({ draft, set }: Pick<ReturnType<typeof useDraft>, 'draft' | 'set'>) =>
  (name: string) => ({
    name,
    value: draft[name] ?? '',
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) => set(name, currentTarget.value),
  });

function stored(key: string): Kept {
  try {
    const found = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Kept | null;
    return found?.edits && found.before ? found : nothingKept;
  } catch {
    return nothingKept;
  }
}

/** The first field that was refused gets the focus, wherever it is folded away. */
export function useFirstWrong(failure: Failure | null) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const pointers = failure?.problem?.errors?.map((e) => e.pointer) ?? [];
    const fields = [...(form.current?.elements ?? [])].filter((e) => e.getAttribute('name')?.startsWith('/'));
    const first = fields.find((e) => pointers.some((p) => `${p}/`.startsWith(`${e.getAttribute('name')}/`)));
    for (let at = first?.closest('details'); at; at = at.parentElement?.closest('details')) at.open = true;
    if (first instanceof HTMLElement) first.focus();
  }, [failure]);
  return form;
}

/** Sends a form. Its fields stay as they are whatever happens; the first wrong one gets the focus. */
export function useSave<T>(send: () => Promise<Answer<T>>, done: (value: T) => void) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useFirstWrong(failure);
  const submit = async (event?: Event) => {
    event?.preventDefault();
    if (busy) return;
    setBusy(true);
    const answer = await send();
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) done(answer.value);
  };
  return { form, busy, failure, submit, forget: () => setFailure(null) };
}
