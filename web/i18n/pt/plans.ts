import type { Wording } from '../i18n.ts';
import type { plansEn } from '../plans.en.ts';

export const plans: Wording<typeof plansEn> = {
  title: 'Planos',
  lead: 'O que cada plano traz, além do que todos com uma conta têm. O que uma licença não permite, nenhum plano abre.',
  base: 'Com qualquer conta',
  yours: 'Seu plano',
  watch: 'Para assistir',
  watchFree: 'Títulos gratuitos',
  watchAll: 'Títulos gratuitos e os de assinantes',
  ads: 'Títulos com publicidade',
  included: 'Incluídos',
  notIncluded: 'Não incluídos',
  streams: 'Reproduções ao mesmo tempo',
  picture: 'Imagem',
  anyHeight: 'A melhor que houver',
  upTo: 'Até {height}p',
  downloads: 'Downloads',
  early: 'Acesso antecipado',
  allowed: 'Onde a licença permite',
  earlyBy: 'Alguns episódios, até {time} antes',
  none: 'Não há outros planos aqui.',
  join: 'Criar uma conta',
  whose: 'Entre para ver qual é o seu',
  see: 'Ver os planos',
};
