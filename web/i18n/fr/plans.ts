import type { Wording } from '../i18n.ts';
import type { plansEn } from '../plans.en.ts';

export const plans: Wording<typeof plansEn> = {
  title: 'Abonnements',
  lead: 'Ce qu’apporte chaque abonnement, en plus de ce que tout compte permet. Ce qu’une licence n’autorise pas, aucun abonnement ne l’ouvre.',
  base: 'Avec tout compte',
  yours: 'Votre abonnement',
  watch: 'À regarder',
  watchFree: 'Titres gratuits',
  watchAll: 'Titres gratuits et titres pour abonnés',
  ads: 'Titres avec publicité',
  included: 'Inclus',
  notIncluded: 'Non inclus',
  streams: 'Lectures simultanées',
  picture: 'Image',
  anyHeight: 'La meilleure disponible',
  upTo: 'Jusqu’à {height}p',
  downloads: 'Téléchargements',
  early: 'Accès anticipé',
  allowed: 'Quand la licence le permet',
  earlyBy: 'Certains épisodes, jusqu’à {time} plus tôt',
  none: 'Il n’y a pas d’autre abonnement ici.',
  join: 'Créer un compte',
  whose: 'Connectez-vous pour voir le vôtre',
  see: 'Voir les abonnements',
};
