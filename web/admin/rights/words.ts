import type { rights } from '../../i18n/admin/en-rights.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { words } from '../words.tsx';

export type Say = Translate<typeof rights>;
/** The words of licences and holdbacks. */
export const { useSay, saying } = words<typeof rights>({
  en: () => import('../../i18n/admin/en-rights.ts').then((m) => m.rights),
  ja: () => import('../../i18n/admin/ja-rights.ts').then((m) => m.rights),
});
