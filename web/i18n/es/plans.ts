import type { Wording } from '../i18n.ts';
import type { plansEn } from '../plans.en.ts';

export const plans: Wording<typeof plansEn> = {
  title: 'Planes',
  lead: 'Lo que aporta cada plan, además de lo que tiene cualquiera con una cuenta. Lo que una licencia no permite, ningún plan lo abre.',
  base: 'Con cualquier cuenta',
  yours: 'Tu plan',
  watch: 'Para ver',
  watchFree: 'Títulos gratuitos',
  watchAll: 'Títulos gratuitos y los de suscriptores',
  ads: 'Títulos con publicidad',
  included: 'Incluidos',
  notIncluded: 'No incluidos',
  streams: 'Reproducciones a la vez',
  picture: 'Imagen',
  anyHeight: 'La mejor que haya',
  upTo: 'Hasta {height}p',
  downloads: 'Descargas',
  early: 'Acceso anticipado',
  allowed: 'Donde la licencia las permite',
  earlyBy: 'Algunos episodios, hasta {time} antes',
  none: 'Aquí no hay otros planes.',
  join: 'Crear una cuenta',
  whose: 'Inicia sesión para ver cuál es el tuyo',
  see: 'Ver los planes',
};
