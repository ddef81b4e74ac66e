import type { stepUp } from '../i18n/admin/en-step-up.ts';
import { words } from './words.tsx';

export const { useSay, saying } = words<typeof stepUp>({
  en: () => import('../i18n/admin/en-step-up.ts').then((m) => m.stepUp),
  ja: () => import('../i18n/admin/ja-step-up.ts').then((m) => m.stepUp),
});
