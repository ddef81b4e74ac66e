import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { en as deskWords } from '../i18n/admin/en.ts';
import type { en as siteWords } from '../i18n/en.ts';
import { catalogues, translator, type Message, type Translate, type UiLanguage } from '../i18n/i18n.ts';
import type { Visit } from '../visit.ts';
import type { Formats } from './format.ts';
import type { News } from './job-news.ts';
import type { UploadQueue } from './uploader/queue.ts';

/** The site's words and the dashboard's. */
type Words = Omit<typeof siteWords, keyof typeof deskWords> & typeof deskWords;
export type Say = Translate<Words>;

/** What every part of the dashboard may need. */
export type Desk = { visit: Visit; t: Say; format: Formats; uploads: UploadQueue; news: News };
export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('useDesk() needs a DeskContext around it');
  return desk;
}

type DeskMessages = { readonly [K in keyof typeof deskWords]: Message };
/** The dashboard speaks English and Japanese; whoever reads the site in another language works there in English. */
const deskCatalogues = {
  en: () => import('../i18n/admin/en.ts').then((m): DeskMessages => m.en),
  ja: () => import('../i18n/admin/ja.ts').then((m): DeskMessages => m.ja),
};

export async function speak(language: UiLanguage): Promise<Say> {
  const spoken = language === 'ja' ? 'ja' : 'en';
  const [site, desk] = await Promise.all([catalogues[spoken](), deskCatalogues[spoken]()]);
  return translator<Words>({ ...site, ...desk }, spoken);
}
