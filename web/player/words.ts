import { addTranslation } from 'media-chrome/utils/i18n.js';
import { translator, type Translate, type UiLanguage } from '../i18n/i18n.ts';
import { playerEn } from '../i18n/player.en.ts';

export type PlayerWords = { t: Translate<typeof playerEn>; language: UiLanguage };

/** The player's words, and those of the controls library, in one language. */
export async function playerWords(language: UiLanguage): Promise<PlayerWords> {
  if (language === 'en') return { t: translator<typeof playerEn>(playerEn, language), language };
  const [{ playerJa }, { controlsJa }] = await Promise.all([
    import('../i18n/player.ja.ts'),
    import('../i18n/controls.ja.ts'),
  ]);
  addTranslation(language, controlsJa);
  return { t: translator<typeof playerEn>(playerJa, language), language };
}
