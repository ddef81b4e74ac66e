import type { catalog } from '../../i18n/admin/en-catalog.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { words } from '../words.tsx';

export type Say = Translate<typeof catalog>;
/** The words of titles and episodes, beyond those that every page has. */
export const { useSay, saying } = words<typeof catalog>({
  en: () => import('../../i18n/admin/en-catalog.ts').then((m) => m.catalog),
  ja: () => import('../../i18n/admin/ja-catalog.ts').then((m) => m.catalog),
});
