import type { listEn } from '../../i18n/list.en.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { useHere, type Head, type Here } from '../../visit.ts';

/** The words of what is kept for a profile. */
export type ListWords = Translate<typeof listEn>;
export const useListWords = (): ListWords => useHere().words('list');

/** The name that a page says “yours” with. */
export const whoOf = ({ visit }: Here): string => visit.me?.profile?.name ?? visit.me?.name ?? '';

export const listHead =
  (title: 'list.title' | 'history.title' | 'notices.title') =>
  (_data: unknown, { words, t }: Here): Head => ({
    title: `${words('list')(title)} · ${t('site.name')}`,
  });
