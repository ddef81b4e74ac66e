import type { Translate } from '../../i18n/i18n.ts';
import type { pagesEn } from '../../i18n/pages.en.ts';
import { useHere } from '../../visit.ts';

export type SiteWords = Translate<typeof pagesEn>;

/**
 * The words of the pages that stay HTML, and of what stands around every page: only the edge has them. A page or an island that
 * wakes up must not ask for them.
 */
export const useSiteWords = (): SiteWords => useHere().words('pages');
