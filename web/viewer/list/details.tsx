import { useState } from 'preact/hooks';
import type { ListChange, ListEntry } from '../../../schema/api/library.ts';
import { MAX_NOTES } from '../../../schema/library-terms.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { useListWords } from './words.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Days stand for noon in UTC: the same day for nearly everybody. */
const dayOf = (at: number | null): string => (at === null ? '' : new Date(at).toISOString().slice(0, 10));
const atOf = (day: string): number | null => (DAY.test(day) ? Date.parse(`${day}T12:00:00Z`) : null);
/** A day that was not touched keeps its moment. */
const momentOf = (day: string, was: number | null) => (day === dayOf(was) ? was : atOf(day));

/** The form’s fields, by their names. */
type Fields = { notes: string; started: string; finished: string; rewatched: string };
const fieldsOf = (entry: ListEntry): Fields => ({
  notes: entry.notes ?? '',
  started: dayOf(entry.startedAt),
  finished: dayOf(entry.finishedAt),
  rewatched: String(entry.rewatched),
});

/** What is said of a title at more length: notes, days, how often it was seen again. */
export function Details({
  name,
  entry,
  change,
}: {
  name: string;
  entry: ListEntry;
  change: (wanted: ListChange) => Promise<boolean>;
}) {
  const l = useListWords();
  const [state, setState] = useState<'idle' | 'saving' | 'saved'>('idle');
  // What is typed stays typed until it is kept, whatever else of the list changes or fails meanwhile.
  const [typed, setTyped] = useState<Partial<Fields>>({});
  const fields = { ...fieldsOf(entry), ...typed };
  const type = ({ target }: Event) => {
    const { name: field, value } = target as HTMLInputElement | HTMLTextAreaElement;
    setTyped((old) => ({ ...old, [field]: value }));
    setState('idle');
  };
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (state === 'saving') return;
    const sent = new FormData(event.currentTarget as HTMLFormElement);
    const text = (field: keyof Fields) => {
      const value = sent.get(field);
      return typeof value === 'string' ? value.trim() : '';
    };
    setState('saving');
    const kept = await change({
      notes: text('notes') || null,
      rewatched: Number(text('rewatched')) || 0,
      startedAt: momentOf(text('started'), entry.startedAt),
      finishedAt: momentOf(text('finished'), entry.finishedAt),
    });
    if (kept) setTyped((now) => (now === typed ? {} : now)); // unless somebody typed on
    setState((now) => (now === 'saving' ? (kept ? 'saved' : 'idle') : now));
  };
  return (
    <form class="entry__details" onSubmit={(event) => void save(event)} onInput={type}>
      <FieldFrame label={l('list.notesOf', { name })}>
        {(tied) => <textarea name="notes" rows={3} maxLength={MAX_NOTES} value={fields.notes} {...tied} />}
      </FieldFrame>
      <div class="entry__days">
        <Field label={l('list.started')} name="started" type="date" value={fields.started} />
        <Field label={l('list.finished')} name="finished" type="date" value={fields.finished} />
        <Field
          label={l('list.rewatched')}
          name="rewatched"
          type="number"
          min={0}
          max={999}
          value={fields.rewatched}
        />
      </div>
      <p class="own__ways">
        <Button type="submit" look="primary" small disabled={state === 'saving'}>
          {l(state === 'saving' ? 'list.saving' : 'list.save')}
        </Button>
        <output>{state === 'saved' && l('list.saved')}</output>
      </p>
    </form>
  );
}
