import type { commands } from '../../i18n/admin/en-commands.ts';
import { words } from '../words.tsx';

/** The words of the palette and of the list of keys. */
export const { useSay, saying } = words<typeof commands>({
  en: () => import('../../i18n/admin/en-commands.ts').then((m) => m.commands),
  ja: () => import('../../i18n/admin/ja-commands.ts').then((m) => m.commands),
});
