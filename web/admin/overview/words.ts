import type { overview } from '../../i18n/admin/en-overview.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { words } from '../words.tsx';

export type Say = Translate<typeof overview>;
/** The words of the overview. */
export const { useSay, saying } = words<typeof overview>({
  en: () => import('../../i18n/admin/en-overview.ts').then((m) => m.overview),
  ja: () => import('../../i18n/admin/ja-overview.ts').then((m) => m.overview),
});
