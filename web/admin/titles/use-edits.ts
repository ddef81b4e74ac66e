import { useState } from 'preact/hooks';
import type { Answer } from '../../api.ts';
import { useDraft, useFirstWrong } from '../form.ts';
import type { Failure } from '../fresh-hook.ts';
import type { Draft } from '../merge.ts';

/** How often a form saves on top of what others saved without a clash, before it says so: they would have to save between each two. */
const TRIES = 4;

type Edited<T> = {
  /** Under which the unsaved edits are kept. */
  key: string;
  /** As it was last read. */
  value: T;
  toDraft: (value: T) => Draft;
  send: (edits: Draft, revision: number) => Promise<Answer<T>>;
  /** Reads it again: after somebody else has saved. */
  read: () => Promise<Answer<T>>;
  /** Shows what was saved, or read. */
  show: (value: T) => void;
};

/**
 * A form over something with a revision. What others saved meanwhile is merged field by field: theirs where only they changed it, mine
 * where only I did; a field that both changed is asked about, and everything typed stays as it is until then (RFC 9110 §13.1.1).
 */
export function useEdits<T extends { revision: number }>(edited: Edited<T>) {
  const { key, value, toDraft } = edited;
  const draft = useDraft(key, toDraft(value));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [choices, setChoices] = useState<Record<string, 'mine' | 'theirs'>>({});
  const form = useFirstWrong(failure);

  const attempt = async (edits: Draft, revision: number, tries: number): Promise<Failure | null> => {
    const answer = await edited.send(edits, revision);
    if (answer.ok) {
      draft.clear();
      setChoices({});
      edited.show(answer.value);
      return null;
    }
    if (answer.problem?.code !== 'changed-meanwhile' || tries >= TRIES) return answer;
    const now = await edited.read();
    if (!now.ok) return now;
    edited.show(now.value);
    if (draft.clashesWith(toDraft(now.value)).length > 0) return null; // asked about above the form
    return attempt(edits, now.value.revision, tries + 1);
  };
  const save = async (event?: Event) => {
    event?.preventDefault();
    if (busy) return;
    const open = draft.clashes.find(({ name }) => !choices[name]);
    if (open) {
      form.current?.querySelector<HTMLElement>('.clashes input')?.focus();
      return;
    }
    const decided = Object.fromEntries(draft.clashes.map(({ name }) => [name, choices[name]!]));
    const edits = draft.clashes.length > 0 ? draft.settle(decided) : draft.edits;
    setChoices({});
    if (Object.keys(edits).length === 0) return setFailure(null);
    setBusy(true);
    const refused = await attempt(edits, value.revision, 1);
    setBusy(false);
    setFailure(refused);
  };
  return {
    ...draft,
    form,
    busy,
    failure,
    save,
    choices,
    choose: (name: string, whose: 'mine' | 'theirs') => setChoices({ ...choices, [name]: whose }),
    revert: () => {
      draft.clear();
      setChoices({});
      setFailure(null);
    },
  };
}
