import type { SearchResult } from '../../../schema/api/search.ts';
import { to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Chips, FacetPanel } from '../browse/facets.tsx';
import { listAddress, type Filter } from '../browse/filter.ts';
import { PosterCard } from '../cards/cards.tsx';
import { SearchBox } from '../site/search-box.tsx';
import { useSiteWords } from '../site/words.ts';

export type SearchData = {
  /** Trimmed; empty: nothing was asked yet. */
  q: string;
  filter: Filter;
  result: SearchResult | null;
};

/** More than this the search does not give (schema/api/search.ts). */
const MOST = 60;

export default function Search({ data: { q, filter, result } }: { data: SearchData }) {
  const s = useSiteWords();
  const address = (other: Filter) => listAddress('search', other, { q });
  const found = result?.items ?? [];
  const narrowed = Object.keys(filter).length > 0;
  return (
    <div class="listing">
      <header class="listing__head">
        <h1 class={q ? 'only-heard' : ''}>{s('search.title')}</h1>
        <SearchBox id="search-page" q={q} kept={filter} large />
        {q ? (
          <p>
            {found.length === 0
              ? s(narrowed ? 'search.noneFiltered' : 'search.none', { q })
              : s(found.length < MOST ? 'search.found' : 'search.foundMost', { count: found.length, q })}
          </p>
        ) : (
          <p>{s('search.lead')}</p>
        )}
      </header>
      {result && (found.length > 1 || narrowed) && (
        <FacetPanel filter={filter} facets={result.facets} address={address} />
      )}
      {result && (
        <div class="listing__body">
          <Chips filter={filter} address={address} />
          {found.length > 0 ? <Found items={found} /> : <Nothing narrowed={narrowed} again={address({})} />}
        </div>
      )}
    </div>
  );
}

function Found({ items }: Pick<SearchResult, 'items'>) {
  const s = useSiteWords();
  return (
    <ul class="grid" id="found">
      {items.map(({ title, matched }) => (
        <li key={title.id}>
          <PosterCard title={title} note={matched && s(`matched.${matched.in}`, { text: matched.text })} />
        </li>
      ))}
    </ul>
  );
}

function Nothing({ narrowed, again }: { narrowed: boolean; again: string }) {
  const s = useSiteWords();
  return (
    <div class="empty">
      <p>{s(narrowed ? 'browse.noneText' : 'search.noneText')}</p>
      <ButtonLink look="outline" href={narrowed ? again : to('browse')}>
        {s(narrowed ? 'browse.clear' : 'search.browse')}
      </ButtonLink>
    </div>
  );
}
