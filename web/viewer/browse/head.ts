import type { Head, Here } from '../../visit.ts';
import type { BrowseData } from './browse.tsx';
import { defaultSort, filterKeys, listAddress } from './filter.ts';
import { filterLabel } from './labels.ts';

/** Lists by one filter are pages of their own; combinations of several are without number, and nothing for search engines. */
export const head = ({ filter, sort, further }: BrowseData, here: Here): Head => {
  const s = here.words('pages');
  const chosen = filterKeys.filter((key) => filter[key] !== undefined);
  const labels = chosen.map((key) => filterLabel(here, s, key, filter[key]!));
  const one = chosen.length < 2 && sort === defaultSort && !further;
  return {
    title: `${[labels.join(', '), s('browse.title')].filter(Boolean).join(' · ')} · ${here.t('site.name')}`,
    description: s('browse.lead'),
    ...(one ? { canonical: listAddress('browse', filter) } : {}),
  };
};
