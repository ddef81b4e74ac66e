import { to } from '../../paths.ts';
import type { Head, Here } from '../../visit.ts';
import type { SearchData } from './search.tsx';

/** Results are for whoever asked: search engines keep the empty page only. */
export const head = ({ q }: SearchData, { t, words }: Here): Head => {
  const s = words('pages');
  return {
    title: `${q ? s('search.titleOf', { q }) : s('search.title')} · ${t('site.name')}`,
    description: s('search.lead'),
    ...(q ? {} : { canonical: to('search') }),
  };
};
