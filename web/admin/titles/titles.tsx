import { useEffect, useRef, useState } from 'preact/hooks';
import { imageRoles } from '../../../schema/catalog-terms.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { titles as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { go } from '../navigation.ts';
import { usePages } from '../pages-hook.ts';
import { Empty, Heading, Heard, Shown } from '../parts.tsx';
import { at } from '../places.ts';
import { filterOf, listStates, withFilter, type TitleFilter } from './title-filter.ts';
import { CatalogTable } from './catalog-table.tsx';
import { useSelection } from '../table/selection.ts';
import { useSay } from './words.ts';

/** How long somebody stops typing before the question is asked, ms. */
const PAUSE_MS = 250;
const asked = (filter: TitleFilter) => go(withFilter(at('titles'), filter), { replace: true });

/** All titles, by last change; found by a part of any name and by what they lack. Its filter is its address. */
export function TitlesPage({ address }: { address: URL }) {
  const { t } = useDesk();
  const say = useSay();
  const filter = filterOf(address.searchParams);
  const key = `titles ${address.search}`;
  const first = useFresh(key, () => calls.list(filter));
  const pages = usePages(key, first.value, (cursor) => calls.list({ ...filter, cursor }));
  const selection = useSelection(pages.items);
  return (
    <>
      <Heading title={t('titles.title')}>
        <ButtonLink look="primary" href={at('new-title')}>
          {t('titles.new')}
        </ButtonLink>
      </Heading>
      <search class="filters">
        <SearchField filter={filter} find={address.hash === '#search'} />
        <FieldFrame label={say('filter.state')}>
          {(tied) => (
            <select
              {...tied}
              value={filter.state ?? ''}
              onChange={({ currentTarget }) =>
                asked({ ...filter, state: listStates.find((state) => state === currentTarget.value) })
              }
            >
              <option value="">{say('filter.any')}</option>
              {listStates.map((state) => (
                <option key={state} value={state}>
                  {say(`filter.${state}`)}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
        <FieldFrame label={say('filter.without')}>
          {(tied) => (
            <select
              {...tied}
              value={filter.without ?? ''}
              onChange={({ currentTarget }) =>
                asked({ ...filter, without: imageRoles.find((role) => role === currentTarget.value) })
              }
            >
              <option value="">{say('filter.any')}</option>
              {imageRoles.map((role) => (
                <option key={role} value={role}>
                  {t(`art.${role}`)}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
      </search>
      <Shown of={first}>
        {() =>
          pages.items.length > 0 ? (
            <>
              <Heard text={t('titles.shown', { count: pages.items.length })} />
              <CatalogTable titles={pages.items} pages={pages} selection={selection} />
            </>
          ) : (
            <Nothing filter={filter} />
          )
        }
      </Shown>
    </>
  );
}

function SearchField({ filter, find }: { filter: TitleFilter; find: boolean }) {
  const { t } = useDesk();
  const q = filter.q ?? '';
  const [typed, setTyped] = useState(q);
  useEffect(() => setTyped(q), [q]);
  const around = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (find) around.current?.querySelector('input')?.focus(); // after the heading, which every new page gives it to
  }, [find]);
  useEffect(() => {
    const text = typed.trim();
    if (text === q) return undefined;
    const timer = setTimeout(() => asked({ ...filter, q: text || undefined }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <div class="search" ref={around}>
      <Field
        label={t('titles.search')}
        hint={t('titles.searchHint')}
        type="search"
        maxLength={100}
        aria-keyshortcuts="Control+K Meta+K"
        data-search
        value={typed}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      />
    </div>
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
