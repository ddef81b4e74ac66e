import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Page } from '../../../../schema/api/page.ts';
import { Button } from '../../../ui/button.tsx';
import type { Answer } from '../../../api.ts';
import { useDesk } from '../../desk.ts';
import { useFresh, type Failure } from '../../fresh-hook.ts';
import { usePages } from '../../pages-hook.ts';
import { Empty, FailureNotice, Heading, Shown } from '../../parts.tsx';
import { at } from '../../places.ts';
import { storage as calls } from '../calls.ts';
import { useSay } from '../words.ts';
import { Bytes } from './bytes.tsx';
import { useRemoval } from './removal.tsx';

const views = ['titles', 'versions', 'sources'] as const;
type View = (typeof views)[number];

/** What the media store holds, what of it nobody needs any more, and the ways to be rid of that. */
export function StoragePage({ address: { searchParams } }: { address: URL }) {
  const say = useSay();
  const used = useFresh('storage', calls.used);
  const view = views.find((one) => one === searchParams.get('view')) ?? 'titles';
  return (
    <>
      <Heading title={say('storage.title')} />
      <Shown of={used}>{({ all }) => <Bytes label={say('storage.all')} stored={all} />}</Shown>
      <nav class="tabs" aria-label={say('storage.tabs')}>
        <ul>
          {views.map((one) => (
            <li key={one}>
              <a
                href={one === 'titles' ? at('storage') : `${at('storage')}?view=${one}`}
                {...(one === view ? { 'aria-current': 'page' } : {})}
              >
                {say(`storage.${one}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <View key={view} view={view} onFreed={used.refresh} />
    </>
  );
}

function View({ view, onFreed }: { view: View; onFreed: () => Promise<void> }) {
  switch (view) {
    case 'titles':
      return <Titles />;
    case 'versions':
      return <Versions onFreed={onFreed} />;
    case 'sources':
      return <Sources onFreed={onFreed} />;
    default:
      return view satisfies never;
  }
}

/** A list that goes on page by page, with what stands there when it is empty. */
function useList<T extends { id: string }>(view: View, read: (cursor?: string) => Promise<Answer<Page<T>>>) {
  const { t } = useDesk();
  const say = useSay();
  const first = useFresh(`storage ${view}`, () => read());
  const pages = usePages(view, first.value, read);
  return {
    ...pages,
    refresh: first.refresh,
    around: (table: ComponentChildren) => (
      <Shown of={first}>
        {() =>
          pages.items.length === 0 ? (
            <Empty title={say(`storage.${view}None`)}>
              <p>{say(`storage.${view}NoneText`)}</p>
            </Empty>
          ) : (
            <>
              {table}
              {pages.failure && <FailureNotice failure={pages.failure} />}
              {pages.next && (
                <Button look="outline" disabled={pages.busy} onClick={() => void pages.more()}>
                  {t('desk.more')}
                </Button>
              )}
            </>
          )
        }
      </Shown>
    ),
  };
}

function Titles() {
  const { format } = useDesk();
  const say = useSay();
  const { items, around } = useList('titles', calls.titles);
  const kinds = ['source', 'video', 'audio', 'subtitles', 'pictures', 'total'] as const;
  return around(
    <table class="table table--storage" aria-label={say('storage.titles')}>
      <thead>
        <tr>
          <th scope="col">{say('storage.column.title')}</th>
          {kinds.map((kind) => (
            <th key={kind} scope="col" class="table__end">
              {say(`storage.${kind}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, name, stored }) => (
          <tr key={id}>
            <th scope="row">
              <a href={at('title', { id })}>{name}</a>
            </th>
            {kinds.map((kind) => (
              <td key={kind} class="table__end">
                {format.bytes(stored[kind])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>,
  );
}

type Place = { titleId: string; titleName: string; episodeId: string; season: number; episode: number };
function EpisodeLink({ of }: { of: Place }) {
  const say = useSay();
  return (
    <a href={at('episode', { id: of.titleId, episode: of.episodeId })}>
      {say('storage.episode', { title: of.titleName, season: of.season, episode: of.episode })}
    </a>
  );
}

function Versions({ onFreed }: { onFreed: () => Promise<void> }) {
  const { format } = useDesk();
  const say = useSay();
  const { items, around, refresh } = useList('versions', calls.versions);
  const [failure, setFailure] = useState<Failure | null>(null);
  const removal = useRemoval(setFailure, async () => {
    await Promise.all([refresh(), onFreed()]);
  });
  return (
    <>
      <p class="faint">{say('storage.versionsText')}</p>
      {failure && <FailureNotice failure={failure} />}
      {around(
        <table class="table table--storage" aria-label={say('storage.versions')}>
          <thead>
            <tr>
              <th scope="col">{say('storage.column.title')}</th>
              <th scope="col">{say('storage.column.version')}</th>
              <th scope="col">{say('storage.column.shown')}</th>
              <th scope="col">{say('storage.column.made')}</th>
              <th scope="col" class="table__end">
                {say('storage.column.bytes')}
              </th>
              <th scope="col">
                <span class="only-heard">{say('storage.delete')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => {
              const name = say('storage.versionName', { version: one.version });
              return (
                <tr key={one.id}>
                  <th scope="row">
                    <EpisodeLink of={one} />
                  </th>
                  <td>{name}</td>
                  <td>{say('storage.versionName', { version: one.shownVersion })}</td>
                  <td>{format.date(one.createdAt)}</td>
                  <td class="table__end">{format.bytes(one.bytes)}</td>
                  <td class="table__do">
                    <Button
                      small
                      look="plain"
                      disabled={removal.busy}
                      aria-label={say('storage.deleteThis', { name: `${one.titleName}, ${name}` })}
                      onClick={() => void removal.version(one)}
                    >
                      {say('storage.delete')}
                    </Button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>,
      )}
    </>
  );
}

function Sources({ onFreed }: { onFreed: () => Promise<void> }) {
  const { format } = useDesk();
  const say = useSay();
  const { items, around, refresh } = useList('sources', calls.sources);
  const [failure, setFailure] = useState<Failure | null>(null);
  const removal = useRemoval(setFailure, async () => {
    await Promise.all([refresh(), onFreed()]);
  });
  return (
    <>
      <p class="faint">{say('storage.sourcesText')}</p>
      {failure && <FailureNotice failure={failure} />}
      {around(
        <table class="table table--storage" aria-label={say('storage.sources')}>
          <thead>
            <tr>
              <th scope="col">{say('storage.column.title')}</th>
              <th scope="col">{say('storage.column.file')}</th>
              <th scope="col">{say('storage.column.made')}</th>
              <th scope="col" class="table__end">
                {say('storage.column.bytes')}
              </th>
              <th scope="col">
                <span class="only-heard">{say('storage.delete')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <EpisodeLink of={one} />
                </th>
                <td class="break">{one.fileName}</td>
                <td>{format.date(one.createdAt)}</td>
                <td class="table__end">{format.bytes(one.bytes)}</td>
                <td class="table__do">
                  {one.assetId && (
                    <Button
                      small
                      look="plain"
                      disabled={removal.busy}
                      aria-label={say('storage.deleteThis', { name: one.fileName })}
                      onClick={() =>
                        void removal.source({
                          id: one.assetId!,
                          fileName: one.fileName,
                          bytes: one.bytes,
                        })
                      }
                    >
                      {say('storage.delete')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>,
      )}
    </>
  );
}
