import type { Wording } from '../i18n.ts';
import type { menuEn } from '../menu.en.ts';

export const menu: Wording<typeof menuEn> = {
  menu: 'Menü von {name}',
  whoWatches: 'Wer schaut?',
  switch: 'Profil wechseln',
  list: 'Meine Liste',
  history: 'Verlauf',
  notices: 'Neu für dich',
  unseen: { one: '{count} neue Folge', other: '{count} neue Folgen' },
  billing: 'Tarif und Zahlungen',
  settings: 'Konto und Einstellungen',
  dashboard: 'Verwaltung',
  signOut: 'Abmelden',
  signIn: 'Anmelden',
  signUp: 'Konto anlegen',
  account: 'Konto',
  display: 'Aussehen der Seite',
  language: 'Sprache',
  theme: 'Farbschema',
  dark: 'Dunkel',
  light: 'Hell',
  system: 'Wie mein Gerät',
};
