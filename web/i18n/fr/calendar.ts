import type { calendarEn } from '../calendar.en.ts';
import type { Wording } from '../i18n.ts';

export const calendar: Wording<typeof calendarEn> = {
  own: 'Votre propre calendrier',
  ownText:
    'Ce que vous suivez ou regardez, pour votre logiciel de calendrier. Quiconque a l’adresse peut le lire sans se connecter.',
  address: 'Adresse de votre calendrier',
  copy: 'Copier',
  copied: 'L’adresse est copiée.',
  selected: 'L’adresse est sélectionnée : copiez-la à partir de là.',
  renew: 'Nouvelle adresse …',
  renewText: 'Les logiciels qui ont l’ancienne adresse ne reçoivent plus rien : donnez-leur la nouvelle.',
  renewDo: 'Créer une nouvelle adresse',
  renewed: 'L’adresse est nouvelle.',
  failed: 'Cela n’a pas été enregistré. Vérifiez la connexion et réessayez.',
};
