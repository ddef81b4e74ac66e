import type { calendarEn } from '../calendar.en.ts';
import type { Wording } from '../i18n.ts';

export const calendar: Wording<typeof calendarEn> = {
  own: 'Un calendario propio',
  ownText:
    'Lo que sigues o estás viendo, para tu programa de calendario. Quien tenga la dirección puede leerlo sin iniciar sesión.',
  address: 'Dirección de tu calendario',
  copy: 'Copiar',
  copied: 'La dirección está copiada.',
  selected: 'La dirección está seleccionada: cópiala desde ahí.',
  renew: 'Dirección nueva …',
  renewText: 'Los programas con la dirección anterior dejan de recibir datos: dales la nueva.',
  renewDo: 'Crear una dirección nueva',
  renewed: 'La dirección es nueva.',
  failed: 'No se ha guardado. Comprueba la conexión e inténtalo de nuevo.',
};
