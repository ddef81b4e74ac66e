import { useState } from 'preact/hooks';
import { ageRatings, titleStatuses } from '../../../schema/catalog-terms.ts';
import type { AdminTitle, BulkAnswer } from '../../../schema/api/editing.ts';
import type { Id } from '../../../schema/ids.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import { listOf } from '../form.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice } from '../parts.tsx';
import { Chosen } from '../table/chosen.tsx';
import type { Selection } from '../table/selection.ts';
import { useToasts } from '../toasts.tsx';
import { bulk, type TitlesChange } from './calls.ts';
import { Fates } from './fates.tsx';
import { useSay } from './words.ts';

/** As many as one call changes. */
const MOST = 200;
const words = ['addGenres', 'removeGenres', 'addTags', 'removeTags'] as const;
const nothing = { addGenres: '', removeGenres: '', addTags: '', removeTags: '' };

/** What can be done to several titles at once. */
export function BulkTitles({
  titles,
  selection,
  refresh,
}: {
  titles: readonly AdminTitle[];
  selection: Selection;
  refresh: () => Promise<void>;
}) {
  const { t } = useDesk();
  const say = useSay();
  const toasts = useToasts();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState(nothing);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [fates, setFates] = useState<BulkAnswer['items']>([]);
  const ids = selection.ids as Id<'title'>[];
  const nameOf = (id: string) => titles.find((title) => title.id === id)?.names.main ?? id;
  const change = async (json: Omit<TitlesChange, 'ids'>) => {
    setBusy(true);
    const answer = await bulk.titles({ ids, ...json });
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) {
      const { items } = answer.value;
      setOpen(false);
      setTyped(nothing);
      setFates(items.filter(({ fate }) => fate !== 'changed'));
      const count = items.filter(({ fate }) => fate === 'changed').length;
      if (count > 0) toasts.undoable(say('bulk.done', { count }), answer, refresh);
    }
    await refresh();
  };
  const choice = <T extends string>(
    name: string,
    options: readonly T[],
    word: (option: T) => string,
    use: (option: T) => void,
  ) => (
    <select
      aria-label={name}
      value=""
      disabled={busy}
      onChange={({ currentTarget }) => {
        const option = options.find((one) => one === currentTarget.value);
        currentTarget.value = '';
        if (option !== undefined) use(option);
      }}
    >
      <option value="">{name} …</option>
      {options.map((option) => (
        <option key={option} value={option}>
          {word(option)}
        </option>
      ))}
    </select>
  );
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      <Chosen selection={selection}>
        <Fates fates={fates} nameOf={nameOf} onClose={() => setFates([])} />
        {ids.length > MOST ? (
          <p class="warn">{say('bulk.tooMany', { count: MOST })}</p>
        ) : (
          <>
            <Button small look="primary" disabled={busy} onClick={() => void change({ draft: false })}>
              {say('publish.now')}
            </Button>
            <Button small look="outline" disabled={busy} onClick={() => void change({ draft: true })}>
              {say('publish.takeBack')}
            </Button>
            {choice(
              t('field.status'),
              titleStatuses,
              (status) => t(`status.${status}`),
              (status) => void change({ status }),
            )}
            {choice(
              t('field.age'),
              ageRatings,
              (age) => (age === 'all' ? t('age.all') : t('age.from', { age })),
              (ageRating) => void change({ ageRating }),
            )}
            <Button small look="outline" aria-expanded={open} onClick={() => setOpen(!open)}>
              {say('bulk.words')}
            </Button>
          </>
        )}
        {open && (
          <form
            class="form form--row chosen__form"
            onSubmit={(event) => {
              event.preventDefault();
              const lists = words.map((name) => [name, listOf(typed[name])] as const);
              void change(Object.fromEntries(lists.filter(([, list]) => list.length > 0)));
            }}
          >
            {words.map((name) => (
              <Field
                key={name}
                label={say(`bulk.${name}`)}
                hint={t('desk.commas')}
                value={typed[name]}
                onInput={({ currentTarget }) => setTyped({ ...typed, [name]: currentTarget.value })}
              />
            ))}
            <Button
              type="submit"
              look="primary"
              disabled={busy || words.every((name) => listOf(typed[name]).length === 0)}
            >
              {say('bulk.wordsNow')}
            </Button>
          </form>
        )}
      </Chosen>
    </>
  );
}
