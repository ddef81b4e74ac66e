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
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const text = (field: string) => {
      const value = fields.get(field);
      return typeof value === 'string' ? value.trim() : '';
    };
    setState('saving');
    const kept = await change({
      notes: text('notes') || null,
      rewatched: Number(text('rewatched')) || 0,
      startedAt: momentOf(text('started'), entry.startedAt),
      finishedAt: momentOf(text('finished'), entry.finishedAt),
    });
    setState(kept ? 'saved' : 'idle');
  };
  return (
    <form class="entry__details" onSubmit={(event) => void save(event)} onInput={() => setState('idle')}>
      <FieldFrame label={l('list.notesOf', { name })}>
        {(tied) => (
          <textarea name="notes" rows={3} maxLength={MAX_NOTES} value={entry.notes ?? ''} {...tied} />
        )}
      </FieldFrame>
      <div class="entry__days">
        <Field label={l('list.started')} name="started" type="date" value={dayOf(entry.startedAt)} />
        <Field label={l('list.finished')} name="finished" type="date" value={dayOf(entry.finishedAt)} />
        <Field
          label={l('list.rewatched')}
          name="rewatched"
          type="number"
          min={0}
          max={999}
          value={String(entry.rewatched)}
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
