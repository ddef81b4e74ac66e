import { useRef, useState } from 'preact/hooks';
import type { ListEntry, ListPage } from '../../../schema/api/library.ts';
import { watchStates, type WatchState } from '../../../schema/library-terms.ts';
import { to } from '../../paths.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useHere } from '../../visit.ts';
import { changeEntry, listPage, removeEntry, saidOf } from './calls.ts';
import { Entry } from './entry.tsx';
import { focusBeside } from './focus.ts';
import { addressOf, queryOf, sorts, type Chosen } from './query.ts';
import { Told, type Telling } from './told.tsx';
import { useListWords, whoOf } from './words.ts';

export type ListData = { list: ListPage; chosen: Chosen };
type Item = ListPage['items'][number];

/** What a profile wants to watch, watches and has watched. Reading needs no script: states, sorting and pages are links. */
export default function List({ data }: { data: ListData }) {
  const here = useHere();
  const l = useListWords();
  const { chosen } = data;
  const [items, setItems] = useState(data.list.items);
  const [next, setNext] = useState(data.list.next);
  const [telling, setTelling] = useState<Telling | null>(null);
  const [failed, setFailed] = useState(false);
  const [loading, setLoading] = useState(false);
  const rows = useRef<HTMLUListElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  const put = (titleId: string, entry: ListEntry) =>
    setItems((old) => old.map((item) => (item.entry.titleId === titleId ? { ...item, entry } : item)));
  /** Shown at once; as it was, should it not be kept. */
  const change = async ({ entry }: Item, wanted: Parameters<typeof changeEntry>[1]) => {
    put(entry.titleId, { ...entry, ...(wanted as Partial<ListEntry>) });
    const answer = await changeEntry(entry.titleId, wanted);
    setFailed(!answer.ok);
    put(entry.titleId, answer.ok ? answer.value : entry);
    return answer.ok;
  };
  const remove = async (item: Item, at: number) => {
    const answer = await removeEntry(item.entry.titleId);
    setFailed(!answer.ok);
    if (!answer.ok) return;
    setItems((old) => old.filter(({ entry }) => entry.titleId !== item.entry.titleId));
    const names = rows.current?.querySelectorAll<HTMLElement>('.entry__name a') ?? [];
    focusBeside([...names], at, heading.current);
    const undo = async () => {
      const back = await changeEntry(item.entry.titleId, saidOf(item.entry));
      setFailed(!back.ok);
      if (!back.ok) return;
      setItems((old) => old.toSpliced(at, 0, { ...item, entry: back.value }));
      setTelling(null);
    };
    setTelling({ text: l('list.removed', { name: item.title.names.main }), undo });
  };
  const more = async () => {
    setLoading(true);
    const answer = await listPage(queryOf({ ...chosen, cursor: next }));
    setLoading(false);
    setFailed(!answer.ok);
    if (!answer.ok) return;
    setItems((old) => [...old, ...answer.value.items]);
    setNext(answer.value.next);
  };

  return (
    <div class="own">
      <header class="own__head">
        <h1 ref={heading} tabIndex={-1}>
          {l('list.title')}
        </h1>
        <p>{l('list.lead', { name: whoOf(here) })}</p>
        <ButtonLink look="outline" small href={to('import')}>
          {l('list.import')}
        </ButtonLink>
      </header>
      <noscript>
        <p class="notice notice--warning">{here.t('form.needsScript')}</p>
      </noscript>
      <States chosen={chosen} items={items} all={next === null} />
      {items.length > 1 && <Sorting chosen={chosen} />}
      {failed && (
        <Notice tone="danger" title={l('list.failed')}>
          {l('list.failedText')}
        </Notice>
      )}
      <Told telling={telling} />
      {items.length === 0 ? (
        <Empty state={chosen.state} />
      ) : (
        <ul class="entries" ref={rows}>
          {items.map((item, i) => (
            <li key={item.entry.titleId}>
              <Entry
                {...item}
                change={(wanted) => change(item, wanted)}
                remove={() => void remove(item, i)}
              />
            </li>
          ))}
        </ul>
      )}
      {next !== null && (
        <Button look="outline" disabled={loading} onClick={() => void more()}>
          {loading ? l('list.loading') : l('list.loadMore')}
        </Button>
      )}
    </div>
  );
}

/** The parts of the list, each an address. How many stand in one is said where all of them are here. */
function States({ chosen, items, all }: { chosen: Chosen; items: readonly Item[]; all: boolean }) {
  const l = useListWords();
  const { language } = useHere().visit;
  const count = (state: WatchState | null) => {
    if (!all || (chosen.state !== null && chosen.state !== state)) return null;
    return items.filter(({ entry }) => state === null || entry.state === state).length;
  };
  return (
    <nav class="own__states" aria-label={l('list.states')}>
      <ul>
        {[null, ...watchStates].map((state) => {
          const many = count(state);
          return (
            <li key={state}>
              <a
                href={addressOf({ ...chosen, state })}
                {...(state === chosen.state ? { 'aria-current': 'page' as const } : {})}
              >
                {state === null ? l('list.all') : l(`state.${state}`)}
                {many !== null && <span class="own__count">{many.toLocaleString(language)}</span>}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

const Sorting = ({ chosen }: { chosen: Chosen }) => {
  const l = useListWords();
  return (
    <p class="own__sort">
      <span>{l('list.sort')}</span>
      {sorts.map((sort) => (
        <a
          key={sort}
          href={addressOf({ ...chosen, sort })}
          {...(sort === chosen.sort ? { 'aria-current': 'true' as const } : {})}
        >
          {l(`sort.${sort}`)}
        </a>
      ))}
    </p>
  );
};

function Empty({ state }: { state: WatchState | null }) {
  const l = useListWords();
  return (
    <div class="empty">
      <h2>{state ? l('list.emptyState') : l('list.empty')}</h2>
      <p>{state ? l('list.emptyStateText', { state: l(`state.${state}`) }) : l('list.emptyText')}</p>
      <p class="own__ways">
        <ButtonLink look="primary" href={to('browse')}>
          {l('list.browse')}
        </ButtonLink>
        <ButtonLink look="outline" href={to('import')}>
          {l('list.import')}
        </ButtonLink>
      </p>
    </div>
  );
}
