import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { rights } from '../../i18n/admin/en-rights.ts';
import { translator, type Message, type Translate, type UiLanguage } from '../../i18n/i18n.ts';

export type Say = Translate<typeof rights>;
type Words = { readonly [K in keyof typeof rights]: Message };

const catalogues = {
  en: () => import('../../i18n/admin/en-rights.ts').then((m): Words => m.rights),
  ja: () => import('../../i18n/admin/ja-rights.ts').then((m): Words => m.rights),
};

/** The words of licences and holdbacks: a chunk of their own, so that the rest of the dashboard stays small. */
export const speakOfRights = async (language: UiLanguage): Promise<Say> =>
  translator<typeof rights>(await catalogues[language === 'ja' ? 'ja' : 'en'](), language);

export const SayContext = createContext<Say | null>(null);
export function useSay(): Say {
  const say = useContext(SayContext);
  if (!say) throw new Error('useSay() needs a SayContext around it');
  return say;
}
