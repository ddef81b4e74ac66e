import { useMemo } from 'preact/hooks';
import type { AdminTitle } from '../../../schema/api/editing.ts';
import { Picture } from '../../ui/picture.tsx';
import { useDesk } from '../desk.ts';
import type { usePages } from '../pages-hook.ts';
import { State } from '../parts.tsx';
import { at } from '../places.ts';
import { LongTable, type Column } from '../table/long-table.tsx';
import type { Selection } from '../table/selection.ts';
import { stateTones, titleState } from './title-state.ts';
import { useSay } from './words.ts';

/** All titles; each row leads to its title, and can be chosen to be changed together with others. */
export function CatalogTable({
  titles,
  pages,
  selection,
}: {
  titles: readonly AdminTitle[];
  pages: ReturnType<typeof usePages>;
  selection: Selection;
}) {
  const { t } = useDesk();
  return (
    <LongTable
      label={t('titles.title')}
      rows={titles}
      columns={useColumns()}
      further={pages}
      selection={selection}
      nameOf={({ names }) => names.main}
    />
  );
}

/** Made once: rows that did not change are not drawn again. */
function useColumns(): Column<AdminTitle>[] {
  const { t, format } = useDesk();
  const say = useSay();
  return useMemo(
    () => [
      {
        key: 'poster',
        name: t('art.poster'),
        heard: true,
        width: '2.25rem',
        aside: true,
        cell: ({ poster }) => <Picture image={poster} shape="poster" name="" sizes="2rem" />,
      },
      {
        key: 'title',
        name: t('titles.column.title'),
        width: 'minmax(8rem, 3fr)',
        names: true,
        cell: ({ id, names, originalLanguage }) => (
          <>
            <a href={at('title', { id })}>{names.main}</a>
            {names.native && (
              <span class="faint table__native" lang={originalLanguage}>
                {names.native}
              </span>
            )}
          </>
        ),
      },
      {
        key: 'state',
        name: say('titles.column.state'),
        width: 'minmax(6.5rem, 1.2fr)',
        cell: (title) => (
          <State tone={stateTones[titleState(title)]}>{say(`state.${titleState(title)}`)}</State>
        ),
      },
      {
        key: 'kind',
        name: t('titles.column.kind'),
        width: '5.5rem',
        aside: true,
        cell: ({ kind }) => t(`kind.${kind}`),
      },
      {
        key: 'status',
        name: t('titles.column.status'),
        width: 'minmax(5rem, 7rem)',
        aside: true,
        cell: ({ status }) => t(`status.${status}`),
      },
      {
        key: 'year',
        name: t('titles.column.year'),
        width: '3rem',
        number: true,
        aside: true,
        cell: ({ year }) => (year === null ? '' : String(year)),
      },
      {
        key: 'episodes',
        name: t('titles.column.episodes'),
        width: '4rem',
        number: true,
        aside: true,
        cell: ({ episodes }) => episodes,
      },
      {
        key: 'changed',
        name: t('titles.column.changed'),
        width: 'minmax(5rem, 8rem)',
        aside: true,
        cell: ({ updatedAt }) => (
          <time dateTime={new Date(updatedAt).toISOString()} title={format.dateTime(updatedAt)}>
            {format.ago(updatedAt, Date.now())}
          </time>
        ),
      },
    ],
    [t, format, say],
  );
}
