import type { books } from '../../i18n/admin/en-books.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { words } from '../words.tsx';

export type Say = Translate<typeof books>;
/** The words of the books. */
export const { useSay, saying } = words<typeof books>({
  en: () => import('../../i18n/admin/en-books.ts').then((m) => m.books),
  ja: () => import('../../i18n/admin/ja-books.ts').then((m) => m.books),
});
