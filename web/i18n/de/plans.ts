import type { Wording } from '../i18n.ts';
import type { plansEn } from '../plans.en.ts';

export const plans: Wording<typeof plansEn> = {
  title: 'Tarife',
  lead: 'Was ein Tarif bringt, neben dem, was alle mit einem Konto haben. Was eine Lizenz nicht erlaubt, öffnet kein Tarif.',
  base: 'Mit jedem Konto',
  yours: 'Dein Tarif',
  watch: 'Zum Ansehen',
  watchFree: 'Kostenlose Titel',
  watchAll: 'Kostenlose Titel und die für Abonnenten',
  ads: 'Titel mit Werbung',
  included: 'Enthalten',
  notIncluded: 'Nicht enthalten',
  streams: 'Streams gleichzeitig',
  picture: 'Bild',
  anyHeight: 'Das beste, das es gibt',
  upTo: 'Bis {height}p',
  downloads: 'Downloads',
  early: 'Früher sehen',
  allowed: 'Wo die Lizenz sie erlaubt',
  earlyBy: 'Manche Folgen, bis zu {time} früher',
  none: 'Andere Tarife gibt es hier nicht.',
  join: 'Konto anlegen',
  whose: 'Melde dich an, um deinen zu sehen',
  see: 'Tarife ansehen',
};
