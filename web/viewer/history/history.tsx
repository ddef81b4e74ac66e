import { useId, useRef, useState } from 'preact/hooks';
import type { HistoryPage } from '../../../schema/api/library.ts';
import { api } from '../../api.ts';
import { to } from '../../paths.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useHere, type Here } from '../../visit.ts';
import { undoMarked } from '../list/calls.ts';
import { focusBeside } from '../list/focus.ts';
import { Told, type Telling } from '../list/told.tsx';
import { useListWords, whoOf, type ListWords } from '../list/words.ts';
import { byDay, daysAgo } from './days.ts';
import { Watched } from './watched.tsx';

type Item = HistoryPage['items'][number];

/** What a profile has watched, by day. One thing is forgotten at once and can be taken back; everything is asked about first. */
export default function History({ data }: { data: HistoryPage }) {
  const here = useHere();
  const l = useListWords();
  const [items, setItems] = useState(data.items);
  const [next, setNext] = useState(data.next);
  const [telling, setTelling] = useState<Telling | null>(null);
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const asking = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const page = useRef<HTMLDivElement>(null);

  const forget = async (item: Item, name: string) => {
    const { episode, position, duration, completed, at } = item;
    const answer = await api.post(`/api/me/history/${episode.id}`, {}, { method: 'DELETE' });
    setFailed(!answer.ok);
    if (!answer.ok) return;
    const place = items.indexOf(item);
    setItems((old) => old.filter((other) => other !== item));
    const crosses = page.current?.querySelectorAll<HTMLElement>('.watched > .button') ?? [];
    focusBeside([...crosses], place, heading.current);
    const undo = async () => {
      const back = await undoMarked([
        { episodeId: episode.id, progress: { position, duration, completed, at } },
      ]);
      setFailed(!back.ok);
      if (!back.ok) return;
      setItems((old) => old.toSpliced(place, 0, item));
      setTelling(null);
    };
    setTelling({ text: l('history.forgotten', { name }), undo });
  };
  const forgetAll = async () => {
    setBusy(true);
    const answer = await api.post('/api/me/history', {}, { method: 'DELETE' });
    setBusy(false);
    setFailed(!answer.ok);
    asking.current?.close();
    if (!answer.ok) return;
    setItems([]);
    setNext(null);
    setTelling(null);
  };
  const more = async () => {
    setBusy(true);
    const answer = await api.get<HistoryPage>(`/api/me/history?cursor=${encodeURIComponent(next!)}`);
    setBusy(false);
    setFailed(!answer.ok);
    if (!answer.ok) return;
    setItems((old) => [...old, ...answer.value.items]);
    setNext(answer.value.next);
  };

  return (
    <div class="own" ref={page}>
      <header class="own__head">
        <h1 ref={heading} tabIndex={-1}>
          {l('history.title')}
        </h1>
        <p>{l('history.lead', { name: whoOf(here) })}</p>
        {items.length > 0 && (
          <Button look="outline" small onClick={() => asking.current?.showModal()}>
            {l('history.forgetAll')}
          </Button>
        )}
      </header>
      <noscript>
        <p class="notice notice--warning">{here.t('form.needsScript')}</p>
      </noscript>
      {failed && (
        <Notice tone="danger" title={l('list.failed')}>
          {l('list.failedText')}
        </Notice>
      )}
      <Told telling={telling} />
      {items.length === 0 ? (
        <div class="empty">
          <h2>{l('history.empty')}</h2>
          <p>{l('history.emptyText')}</p>
          <ButtonLink look="primary" href={to('browse')}>
            {l('list.browse')}
          </ButtonLink>
        </div>
      ) : (
        byDay(items, here.visit.timeZone).map(({ day, at, items }) => (
          <section key={day} class="own__day" aria-labelledby={`day-${day}`}>
            <h2 id={`day-${day}`}>{dayName(here, l, at)}</h2>
            <ul class="watched-list">
              {items.map((item) => (
                <li key={item.episode.id}>
                  <Watched item={item} forget={(name) => void forget(item, name)} />
                </li>
              ))}
            </ul>
          </section>
        ))
      )}
      {next !== null && (
        <Button look="outline" disabled={busy} onClick={() => void more()}>
          {busy ? l('list.loading') : l('list.loadMore')}
        </Button>
      )}
      <Ask dialog={asking} busy={busy} forget={() => void forgetAll()} />
    </div>
  );
}

function dayName({ visit }: Here, l: ListWords, at: number): string {
  const ago = daysAgo(at, visit.now, visit.timeZone);
  if (ago <= 0) return l('history.today');
  if (ago === 1) return l('history.yesterday');
  return new Intl.DateTimeFormat(visit.language, { dateStyle: 'full', timeZone: visit.timeZone }).format(at);
}

function Ask({
  dialog,
  busy,
  forget,
}: {
  dialog: { current: HTMLDialogElement | null };
  busy: boolean;
  forget: () => void;
}) {
  const l = useListWords();
  const id = useId();
  return (
    <dialog ref={dialog} class="ask" aria-labelledby={id}>
      <h2 id={id}>{l('history.forgetAllTitle')}</h2>
      <p>{l('history.forgetAllText')}</p>
      <p class="own__ways">
        <Button look="danger" disabled={busy} onClick={forget}>
          {l('history.forgetAll')}
        </Button>
        <Button look="outline" onClick={() => dialog.current?.close()}>
          {l('history.keep')}
        </Button>
      </p>
    </dialog>
  );
}
