import { accountEn } from '../../i18n/account.en.ts';
import { accountJa } from '../../i18n/account.ja.ts';
import { translator, type Translate, type UiLanguage } from '../../i18n/i18n.ts';
import { useHere, type Head, type Here } from '../../visit.ts';

/** The words of the pages about one's account: apart from the site's, so that whoever browses does not download them. */
export type AccountWords = Translate<typeof accountEn>;

const words = (language: UiLanguage): AccountWords =>
  translator<typeof accountEn>(language === 'ja' ? accountJa : accountEn, language);
export const useAccountWords = (): AccountWords => words(useHere().visit.language);

/** The head of a page about one's account, whose title takes no values. */
export const accountHead =
  (title: 'settingsTitle' | 'profilesTitle' | 'verifyTitle' | 'resetTitle' | 'mailboxTitle') =>
  (_data: unknown, { visit, t }: Here): Head => ({
    title: `${words(visit.language)(title)} · ${t('site.name')}`,
  });
