import type { calendarEn } from '../calendar.en.ts';
import type { Wording } from '../i18n.ts';

export const calendar: Wording<typeof calendarEn> = {
  own: 'Ein eigener Kalender',
  ownText:
    'Was du verfolgst oder schaust, für dein Kalenderprogramm. Wer die Adresse hat, kann ihn ohne Anmeldung lesen.',
  address: 'Adresse deines Kalenders',
  copy: 'Kopieren',
  copied: 'Die Adresse ist kopiert.',
  selected: 'Die Adresse ist markiert: kopiere sie von dort.',
  renew: 'Neue Adresse …',
  renewText: 'Programme mit der alten Adresse bekommen nichts mehr: gib ihnen die neue.',
  renewDo: 'Neue Adresse erstellen',
  renewed: 'Die Adresse ist neu.',
  failed: 'Das wurde nicht gespeichert. Prüfe die Verbindung und versuche es noch einmal.',
};
