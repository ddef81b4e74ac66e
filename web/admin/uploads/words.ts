import type { uploading } from '../../i18n/admin/en-uploads.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { words } from '../words.tsx';

export type Say = Translate<typeof uploading>;
/** The words of bringing in files: names understood, what goes where, what goes on from elsewhere. */
export const { useSay, saying } = words<typeof uploading>({
  en: () => import('../../i18n/admin/en-uploads.ts').then((m) => m.uploading),
  ja: () => import('../../i18n/admin/ja-uploads.ts').then((m) => m.uploading),
});
