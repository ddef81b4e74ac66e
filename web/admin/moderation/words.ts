import type { moderation } from '../../i18n/admin/en-moderation.ts';
import { words } from '../words.tsx';

/** The words of takedown notices. */
export const { useSay, saying } = words<typeof moderation>({
  en: () => import('../../i18n/admin/en-moderation.ts').then((m) => m.moderation),
  ja: () => import('../../i18n/admin/ja-moderation.ts').then((m) => m.moderation),
});
