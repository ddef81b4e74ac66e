import { useMemo } from 'preact/hooks';
import type { AdminEpisodeCard } from '../../../schema/api/editing.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { go } from '../navigation.ts';
import { usePages } from '../pages-hook.ts';
import { Empty, Heading, Heard, Shown, State } from '../parts.tsx';
import { at } from '../places.ts';
import { LongTable, type Column } from '../table/long-table.tsx';
import { useSelection } from '../table/selection.ts';
import { BulkEpisodes } from '../titles/bulk-episodes.tsx';
import { episodes as calls } from '../titles/calls.ts';
import { Choice } from '../titles/choice.tsx';
import { SearchField } from '../titles/search-field.tsx';
import { withFilter } from '../titles/title-filter.ts';
import { useSay } from '../titles/words.ts';
import { episodeFilterOf, episodeStates } from './episode-filter.ts';

/** Episodes of all titles: by last change, or those that air soon by air time. The filter is the address. */
export function AllEpisodesPage({ address }: { address: URL }) {
  const { t } = useDesk();
  const say = useSay();
  const filter = episodeFilterOf(address.searchParams);
  const key = `episodes ${address.search}`;
  const first = useFresh(key, () => calls.list(filter));
  const pages = usePages(key, first.value, (cursor) => calls.list(filter, cursor));
  const selection = useSelection(pages.items);
  const asked = (next: Readonly<Record<string, string | undefined>>) =>
    go(withFilter(at('episodes'), { ...filter, ...next }), { replace: true });
  return (
    <>
      <Heading title={t('episodes.title')} />
      <search class="filters">
        <SearchField
          label={say('all.search')}
          hint={t('titles.searchHint')}
          q={filter.q ?? ''}
          ask={(q) => asked({ q: q || undefined })}
        />
        <Choice
          label={say('all.state')}
          any={say('filter.any')}
          options={episodeStates}
          value={filter.state}
          word={(state) => say(`all.${state}`)}
          onChange={(state) => asked({ state })}
        />
        <Choice
          label={say('all.airs')}
          any={say('filter.any')}
          options={['soon'] as const}
          value={filter.airs}
          word={() => say('all.soon')}
          onChange={(airs) => asked({ airs })}
        />
      </search>
      <Shown of={first}>
        {() =>
          pages.items.length > 0 ? (
            <>
              <Heard text={say('all.shown', { count: pages.items.length })} />
              <Table episodes={pages.items} pages={pages} selection={selection} />
              <BulkEpisodes
                title={null}
                episodes={pages.items}
                selection={selection}
                refresh={first.refresh}
              />
            </>
          ) : (
            <Empty title={say('filter.nothing')}>
              <ButtonLink href={at('episodes')}>{say('filter.clear')}</ButtonLink>
            </Empty>
          )
        }
      </Shown>
    </>
  );
}

function Table({
  episodes,
  pages,
  selection,
}: {
  episodes: readonly AdminEpisodeCard[];
  pages: ReturnType<typeof usePages>;
  selection: ReturnType<typeof useSelection>;
}) {
  const { t } = useDesk();
  const say = useSay();
  const nameOf = ({ titleName, season, number, name }: AdminEpisodeCard) =>
    `${titleName}, ${say('episode.place', { season, number })} ${name ?? ''}`.trim();
  return (
    <LongTable
      label={t('episodes.title')}
      rows={episodes}
      columns={useColumns()}
      further={pages}
      selection={selection}
      nameOf={nameOf}
    />
  );
}

/** Made once: rows that did not change are not drawn again. */
function useColumns(): Column<AdminEpisodeCard>[] {
  const { t, format } = useDesk();
  const say = useSay();
  return useMemo(
    () => [
      {
        key: 'title',
        name: t('titles.column.title'),
        width: 'minmax(7rem, 2fr)',
        cell: ({ titleId, titleName }) => <a href={at('title', { id: titleId })}>{titleName}</a>,
      },
      {
        key: 'place',
        name: t('episodes.column.number'),
        width: '4.5rem',
        cell: ({ season, number }) => say('episode.place', { season, number }),
      },
      {
        key: 'name',
        name: t('episodes.column.name'),
        width: 'minmax(8rem, 3fr)',
        names: true,
        cell: ({ id, titleId, name, number }) => (
          <a href={at('episode', { id: titleId, episode: id })}>{name ?? t('episode.unnamed', { number })}</a>
        ),
      },
      {
        key: 'state',
        name: t('episodes.column.state'),
        width: 'minmax(6.5rem, 1.3fr)',
        cell: (episode) => <CardState episode={episode} />,
      },
      {
        key: 'airs',
        name: t('episodes.column.airs'),
        width: 'minmax(6rem, 10rem)',
        aside: true,
        cell: ({ airsAt }) => airsAt !== null && format.dateTime(airsAt),
      },
      {
        key: 'changed',
        name: t('titles.column.changed'),
        width: 'minmax(5rem, 8rem)',
        aside: true,
        cell: ({ updatedAt }) => format.ago(updatedAt, Date.now()),
      },
    ],
    [t, format, say],
  );
}

/** What viewers have of it, and what could be published. */
function CardState({ episode }: { episode: AdminEpisodeCard }) {
  const { t, format } = useDesk();
  const say = useSay();
  const { assetId, readyAssetId, publishAt, takenDownAt } = episode;
  if (takenDownAt !== null) return <State tone="danger">{say('state.takenDown')}</State>;
  return (
    <>
      {assetId ? (
        <State tone="good">{t('episodeState.published')}</State>
      ) : readyAssetId ? (
        <State tone="warning">{t('episodeState.ready')}</State>
      ) : (
        <State tone="quiet">{t('episodeState.empty')}</State>
      )}
      {publishAt !== null && (
        <span class="small warn"> {say('episodes.planned', { when: format.dateTime(publishAt) })}</span>
      )}
    </>
  );
}
