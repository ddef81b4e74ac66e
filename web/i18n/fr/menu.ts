import type { Wording } from '../i18n.ts';
import type { menuEn } from '../menu.en.ts';

export const menu: Wording<typeof menuEn> = {
  menu: 'Menu de {name}',
  whoWatches: 'Qui regarde ?',
  switch: 'Changer de profil',
  list: 'Ma liste',
  history: 'Historique',
  notices: 'Du nouveau pour vous',
  unseen: { one: '{count} nouvel épisode', other: '{count} nouveaux épisodes' },
  billing: 'Formule et paiements',
  settings: 'Compte et réglages',
  dashboard: 'Tableau de bord',
  signOut: 'Se déconnecter',
  signIn: 'Se connecter',
  signUp: 'Créer un compte',
  account: 'Compte',
  display: 'Apparence du site',
  language: 'Langue',
  theme: 'Thème',
  dark: 'Sombre',
  light: 'Clair',
  system: 'Comme mon appareil',
};
