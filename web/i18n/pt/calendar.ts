import type { calendarEn } from '../calendar.en.ts';
import type { Wording } from '../i18n.ts';

export const calendar: Wording<typeof calendarEn> = {
  own: 'Um calendário só seu',
  ownText:
    'O que você segue ou assiste, para o seu programa de calendário. Quem tiver o endereço pode lê-lo sem entrar.',
  address: 'Endereço do seu calendário',
  copy: 'Copiar',
  copied: 'O endereço foi copiado.',
  selected: 'O endereço está selecionado: copie-o dali.',
  renew: 'Novo endereço …',
  renewText: 'Programas com o endereço antigo não recebem mais nada: dê a eles o novo.',
  renewDo: 'Criar um novo endereço',
  renewed: 'O endereço é novo.',
  failed: 'Não foi salvo. Verifique a conexão e tente de novo.',
};
