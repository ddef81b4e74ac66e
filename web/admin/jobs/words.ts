import type { jobs } from '../../i18n/admin/en-jobs.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { words } from '../words.tsx';

export type Say = Translate<typeof jobs>;
/** The words of jobs, of comparing versions, and of storage. */
export const { useSay, saying } = words<typeof jobs>({
  en: () => import('../../i18n/admin/en-jobs.ts').then((m) => m.jobs),
  ja: () => import('../../i18n/admin/ja-jobs.ts').then((m) => m.jobs),
});
