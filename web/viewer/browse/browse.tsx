import type { Facets, TitleCard } from '../../../schema/api/catalog.ts';
import { to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { useHere } from '../../visit.ts';
import { PosterCard } from '../cards/cards.tsx';
import { useSiteWords } from '../site/words.ts';
import { Chips, FacetPanel } from './facets.tsx';
import { defaultSort, listAddress, sorts, type Filter, type Sort } from './filter.ts';

export type BrowseData = {
  filter: Filter;
  sort: Sort;
  /** Whether this is not the first part of the list. */
  further: boolean;
  items: TitleCard[];
  /** Cursor of the next part. */
  next: string | null;
  facets: Facets;
};

/** Everything there is, narrowed step by step. */
export default function Browse({ data }: { data: BrowseData }) {
  const s = useSiteWords();
  const { filter, sort, facets, items, next } = data;
  const sorting = sort === defaultSort ? null : sort;
  const address = (other: Filter) => listAddress('browse', other, { sort: sorting });
  return (
    <div class="listing">
      <header class="listing__head">
        <h1>{s('browse.title')}</h1>
        <p>{s('browse.lead')}</p>
      </header>
      <FacetPanel filter={filter} facets={facets} address={address} />
      <div class="listing__body">
        <Chips filter={filter} address={address} />
        <Sorts filter={filter} sort={sort} />
        {items.length === 0 ? (
          <Nothing filter={filter} />
        ) : (
          <ul class="grid" id="found">
            {items.map((title) => (
              <li key={title.id}>
                <PosterCard title={title} />
              </li>
            ))}
          </ul>
        )}
        {next && (
          <p class="listing__more">
            <ButtonLink
              look="outline"
              href={listAddress('browse', filter, { sort: sorting, cursor: next })}
              rel="next"
              data-more="#found"
            >
              {s('browse.more')}
            </ButtonLink>
          </p>
        )}
      </div>
    </div>
  );
}

function Sorts({ filter, sort }: { filter: Filter; sort: Sort }) {
  const s = useSiteWords();
  return (
    <nav class="sorts" aria-label={s('browse.sort')}>
      <ul>
        {sorts.map((name) => (
          <li key={name}>
            <a
              href={listAddress('browse', filter, { sort: name === defaultSort ? null : name })}
              {...(name === sort ? { 'aria-current': 'true' as const } : {})}
            >
              {s(`sort.${name}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Nothing({ filter }: { filter: Filter }) {
  const s = useSiteWords();
  const { t } = useHere();
  const narrowed = Object.keys(filter).length > 0;
  return (
    <div class="empty">
      <h2>{s(narrowed ? 'browse.none' : 'browse.empty')}</h2>
      <p>{s(narrowed ? 'browse.noneText' : 'browse.emptyText')}</p>
      <ButtonLink look="outline" href={narrowed ? to('browse') : to('home')}>
        {narrowed ? s('browse.clear') : t('problem.home')}
      </ButtonLink>
    </div>
  );
}
