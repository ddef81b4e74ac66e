import { useRef, useState } from 'preact/hooks';
import type { ListChange, ListEntry } from '../../../schema/api/library.ts';
import { watchStates, type WatchState } from '../../../schema/library-terms.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { changeEntry, removeEntry, saidOf } from './calls.ts';
import { scores } from './scores.ts';
import { Told, type Telling } from './told.tsx';
import { useListWords } from './words.ts';

export type ListButtonData = { titleId: string; name: string; entry: ListEntry | null };

/**
 * A title's place on the list, on its page: put on it with one press, then its state, score and whether to be told of new episodes.
 * An island: `<Island name="list-button" part={ListButton} data={…} />`, for people who are signed in.
 */
export default function ListButton({ data: { titleId, name, entry: first } }: { data: ListButtonData }) {
  const l = useListWords();
  const [entry, setEntry] = useState(first);
  const [telling, setTelling] = useState<Telling | null>(null);
  const [busy, setBusy] = useState(false);
  const part = useRef<HTMLDivElement>(null);
  /** Where what was pressed is gone with its controls: to the first of those that stand there once they are drawn. */
  const focus = () => setTimeout(() => part.current!.querySelector<HTMLElement>('select, button')!.focus());
  const change = async (wanted: ListChange) => {
    setBusy(true);
    const answer = await changeEntry(titleId, wanted);
    setBusy(false);
    if (answer.ok) setEntry(answer.value);
    setTelling(answer.ok ? null : { text: l('list.failed') });
  };
  const remove = async (taken: ListEntry) => {
    setBusy(true);
    const answer = await removeEntry(titleId);
    setBusy(false);
    if (!answer.ok) return setTelling({ text: l('list.failed') });
    setEntry(null);
    focus();
    setTelling({ text: l('list.removed', { name }), undo: () => change(saidOf(taken)).then(focus) });
  };
  return (
    <div class="list-button" ref={part}>
      {entry ? (
        <>
          <select
            aria-label={l('button.choose')}
            value={entry.state}
            disabled={busy}
            onChange={({ currentTarget }) => void change({ state: currentTarget.value as WatchState })}
          >
            {watchStates.map((state) => (
              <option key={state} value={state} selected={state === entry.state}>
                {l(`state.${state}`)}
              </option>
            ))}
          </select>
          <select
            aria-label={l('list.score', { name })}
            value={entry.score ?? ''}
            disabled={busy}
            onChange={({ currentTarget: { value } }) => void change({ score: value ? Number(value) : null })}
          >
            <option value="" selected={entry.score === null}>
              {l('list.scoreNone')}
            </option>
            {scores.map((score) => (
              <option key={score} value={score} selected={score === entry.score}>
                {score}
              </option>
            ))}
          </select>
          <Button
            look={entry.followed ? 'outline' : 'plain'}
            aria-pressed={entry.followed}
            aria-label={l('list.follow')}
            title={l(entry.followed ? 'list.following' : 'list.follow')}
            disabled={busy}
            onClick={() => void change({ followed: !entry.followed })}
          >
            <Icon name="bell" />
          </Button>
          <Button
            look="plain"
            aria-label={l('list.remove')}
            title={l('list.remove')}
            disabled={busy}
            onClick={() => void remove(entry)}
          >
            <Icon name="cross" />
          </Button>
        </>
      ) : (
        <Button look="outline" disabled={busy} onClick={() => void change({ state: 'planning' }).then(focus)}>
          <Icon name="plus" />
          {l('button.add')}
        </Button>
      )}
      <Told telling={telling} />
    </div>
  );
}
