import type { Wording } from '../i18n.ts';
import type { menuEn } from '../menu.en.ts';

export const menu: Wording<typeof menuEn> = {
  menu: 'Menú de {name}',
  whoWatches: '¿Quién está viendo?',
  switch: 'Cambiar de perfil',
  list: 'Mi lista',
  history: 'Historial',
  notices: 'Novedades para ti',
  unseen: { one: '{count} episodio nuevo', other: '{count} episodios nuevos' },
  billing: 'Plan y pagos',
  settings: 'Cuenta y ajustes',
  dashboard: 'Panel',
  signOut: 'Cerrar sesión',
  signIn: 'Iniciar sesión',
  signUp: 'Crear cuenta',
  account: 'Cuenta',
  display: 'Aspecto de este sitio',
  language: 'Idioma',
  theme: 'Tema',
  dark: 'Oscuro',
  light: 'Claro',
  system: 'Como mi dispositivo',
};
