import type { billing } from '../../i18n/admin/en-billing.ts';
import { words } from '../words.tsx';

/** The words of plans, offers, codes and payments. */
export const { useSay, saying } = words<typeof billing>({
  en: () => import('../../i18n/admin/en-billing.ts').then((m) => m.billing),
  ja: () => import('../../i18n/admin/ja-billing.ts').then((m) => m.billing),
});
