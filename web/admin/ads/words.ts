import type { ads } from '../../i18n/admin/en-ads.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { words } from '../words.tsx';

export type Say = Translate<typeof ads>;
/** The words of advertising. */
export const { useSay, saying } = words<typeof ads>({
  en: () => import('../../i18n/admin/en-ads.ts').then((m) => m.ads),
  ja: () => import('../../i18n/admin/ja-ads.ts').then((m) => m.ads),
});
