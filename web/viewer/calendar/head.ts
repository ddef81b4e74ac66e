import { to } from '../../paths.ts';
import type { Head, Here } from '../../visit.ts';

/** One page for search engines: weeks are without end. */
export const head = (_data: unknown, { t, words }: Here): Head => {
  const s = words('pages');
  return {
    title: `${s('calendar.title')} · ${t('site.name')}`,
    description: s('calendar.lead'),
    canonical: to('calendar'),
  };
};
