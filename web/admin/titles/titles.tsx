import { imageRoles } from '../../../schema/catalog-terms.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { titles as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { go } from '../navigation.ts';
import { usePages } from '../pages-hook.ts';
import { Empty, Heading, Heard, Shown } from '../parts.tsx';
import { at } from '../places.ts';
import { Choice } from './choice.tsx';
import { SearchField } from './search-field.tsx';
import { filterOf, listStates, withFilter, type TitleFilter } from './title-filter.ts';
import { BulkTitles } from './bulk-titles.tsx';
import { CatalogTable } from './catalog-table.tsx';
import { useSelection } from '../table/selection.ts';
import { useSay } from './words.ts';

/** As many rows as a page has at most: every page that comes draws the list once more. */
const PAGE = '100';
const asked = (filter: TitleFilter) => go(withFilter(at('titles'), filter), { replace: true });

/** All titles, by last change; found by a part of any name and by what they lack. Its filter is its address. */
export function TitlesPage({ address }: { address: URL }) {
  const { t } = useDesk();
  const say = useSay();
  const filter = filterOf(address.searchParams);
  const key = `titles ${address.search}`;
  const first = useFresh(key, () => calls.list({ ...filter, limit: PAGE }));
  const pages = usePages(key, first.value, (cursor) => calls.list({ ...filter, cursor, limit: PAGE }));
  const selection = useSelection(pages.items);
  return (
    <>
      <Heading title={t('titles.title')}>
        <ButtonLink look="primary" href={at('new-title')}>
          {t('titles.new')}
        </ButtonLink>
      </Heading>
      <search class="filters">
        <SearchField
          label={t('titles.search')}
          hint={t('titles.searchHint')}
          q={filter.q ?? ''}
          find={address.hash === '#search'}
          ask={(q) => asked({ ...filter, q: q || undefined })}
        />
        <Choice
          label={say('filter.state')}
          any={say('filter.any')}
          options={listStates}
          value={filter.state}
          word={(state) => say(`filter.${state}`)}
          onChange={(state) => asked({ ...filter, state })}
        />
        <Choice
          label={say('filter.without')}
          any={say('filter.any')}
          options={imageRoles}
          value={filter.without}
          word={(role) => t(`art.${role}`)}
          onChange={(without) => asked({ ...filter, without })}
        />
      </search>
      <Shown of={first}>
        {() =>
          pages.items.length > 0 ? (
            <>
              <Heard text={t('titles.shown', { count: pages.items.length })} />
              <CatalogTable titles={pages.items} pages={pages} selection={selection} />
              <BulkTitles titles={pages.items} selection={selection} refresh={first.refresh} />
            </>
          ) : (
            <Nothing filter={filter} />
          )
        }
      </Shown>
    </>
  );
}

function Nothing({ filter }: { filter: TitleFilter }) {
  const { t } = useDesk();
  const say = useSay();
  if (filter.q)
    return (
      <Empty title={t('titles.notFound', { q: filter.q })}>
        <output>{t('titles.notFoundText')}</output>
      </Empty>
    );
  if (filter.state || filter.without)
    return (
      <Empty title={say('filter.nothing')}>
        <ButtonLink href={at('titles')}>{say('filter.clear')}</ButtonLink>
      </Empty>
    );
  return (
    <Empty title={t('titles.none')}>
      <p>{t('titles.noneText')}</p>
      <ButtonLink look="primary" href={at('new-title')}>
        {t('overview.start')}
      </ButtonLink>
    </Empty>
  );
}
