import type { accountEn } from '../../i18n/account.en.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { useHere, type Head, type Here } from '../../visit.ts';

/** The words of the pages about one's account. */
export type AccountWords = Translate<typeof accountEn>;
export const useAccountWords = (): AccountWords => useHere().words('account');

/** The head of a page about one's account, whose title takes no values. */
export const accountHead =
  (title: 'settingsTitle' | 'profilesTitle' | 'verifyTitle' | 'resetTitle' | 'mailboxTitle') =>
  (_data: unknown, { words, t }: Here): Head => ({
    title: `${words('account')(title)} · ${t('site.name')}`,
  });
