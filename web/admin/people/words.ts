import type { people } from '../../i18n/admin/en-people.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { words } from '../words.tsx';

export type Say = Translate<typeof people>;
/** The words of people, staff and what plays now. */
export const { useSay, saying } = words<typeof people>({
  en: () => import('../../i18n/admin/en-people.ts').then((m) => m.people),
  ja: () => import('../../i18n/admin/ja-people.ts').then((m) => m.people),
});
