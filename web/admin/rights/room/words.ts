import type { ComponentType } from 'preact';
import type { room } from '../../../i18n/admin/en-room.ts';
import type { Translate, UiLanguage } from '../../../i18n/i18n.ts';
import { words } from '../../words.tsx';
import { saying as rightsWords } from '../words.ts';

export type RoomSay = Translate<typeof room>;
const own = words<typeof room>({
  en: () => import('../../../i18n/admin/en-room.ts').then((m) => m.room),
  ja: () => import('../../../i18n/admin/ja-room.ts').then((m) => m.room),
});
/** The words of the rights room: timeline, world, attention. */
export const useRoom = own.useSay;
/** Puts them around a page, and those of licences, which it shows too. */
export const saying =
  <P extends object>(Page: ComponentType<P>) =>
  async (language: UiLanguage): Promise<ComponentType<P>> =>
    rightsWords(await own.saying(Page)(language))(language);
