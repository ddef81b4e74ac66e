import type { Wording } from '../i18n.ts';
import type { menuEn } from '../menu.en.ts';

export const menu: Wording<typeof menuEn> = {
  menu: 'Menu de {name}',
  whoWatches: 'Quem está assistindo?',
  switch: 'Trocar de perfil',
  list: 'Minha lista',
  history: 'Histórico',
  notices: 'Novidades para você',
  unseen: { one: '{count} episódio novo', other: '{count} episódios novos' },
  billing: 'Plano e pagamentos',
  settings: 'Conta e configurações',
  dashboard: 'Painel',
  signOut: 'Sair',
  signIn: 'Entrar',
  signUp: 'Criar conta',
  account: 'Conta',
  display: 'Aparência do site',
  language: 'Idioma',
  theme: 'Tema',
  dark: 'Escuro',
  light: 'Claro',
  system: 'Como o dispositivo',
};
