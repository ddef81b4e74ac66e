import { addTranslation } from 'media-chrome/utils/i18n.js';
import { translator, type Translate, type UiLanguage, type Wording } from '../i18n/i18n.ts';
import { playerEn } from '../i18n/player.en.ts';

type Words = typeof playerEn;
export type PlayerWords = { t: Translate<Words>; language: UiLanguage };

/** A language's words. The controls library brings its own for some; loading them is enough (media-chrome/lang). */
const load: Record<UiLanguage, () => Promise<Wording<Words>>> = {
  en: async () => playerEn,
  ja: async () => {
    const [{ playerJa }, { controlsJa }] = await Promise.all([
      import('../i18n/player.ja.ts'),
      import('../i18n/controls.ja.ts'),
    ]);
    addTranslation('ja', controlsJa);
    return playerJa;
  },
  es: () => both(import('../i18n/es/player.ts'), import('media-chrome/lang/es.js')),
  fr: () => both(import('../i18n/fr/player.ts'), import('media-chrome/lang/fr.js')),
  de: () => both(import('../i18n/de/player.ts'), import('media-chrome/lang/de.js')),
  pt: () => both(import('../i18n/pt/player.ts'), import('media-chrome/lang/pt.js')),
};
const both = async (ours: Promise<{ player: Wording<Words> }>, theirs: Promise<unknown>) => {
  const [{ player }] = await Promise.all([ours, theirs]);
  return player;
};

/** The player's words, and those of the controls library, in one language. */
export async function playerWords(language: UiLanguage): Promise<PlayerWords> {
  return { t: translator<Words>(await load[language](), language), language };
}
