import type { accountEn } from './account.en.ts';
import { translator, type Message, type Translate, type UiLanguage, type Wording } from './i18n.ts';
import type { listEn } from './list.en.ts';
import type { menuEn } from './menu.en.ts';
import type { pagesEn } from './pages.en.ts';

/** English, by family: what keys and values are checked against. */
type Catalogues = {
  menu: typeof menuEn;
  account: typeof accountEn;
  list: typeof listEn;
  /** Pages that stay HTML, and what stands around every page: only the edge has these words. */
  pages: typeof pagesEn;
};
/** Words of pages that belong together. A file, and so a chunk, per language: whoever reads a page downloads its words in theirs. */
export type Family = keyof Catalogues;

const files: {
  [F in Family]: Record<UiLanguage, () => Promise<Wording<Catalogues[F]>>>;
} = {
  menu: {
    en: () => import('./menu.en.ts').then((m) => m.menuEn),
    ja: () => import('./menu.ja.ts').then((m) => m.menuJa),
  },
  account: {
    en: () => import('./account.en.ts').then((m) => m.accountEn),
    ja: () => import('./account.ja.ts').then((m) => m.accountJa),
  },
  list: {
    en: () => import('./list.en.ts').then((m) => m.listEn),
    ja: () => import('./list.ja.ts').then((m) => m.listJa),
  },
  pages: {
    en: () => import('./pages.en.ts').then((m) => m.pagesEn),
    ja: () => import('./pages.ja.ts').then((m) => m.pagesJa),
  },
};
export const allFamilies = Object.keys(files) as Family[];

/** The file of a family in a language, for the document's preloads. */
export const fileOf = (family: Family, language: UiLanguage): string => `web/i18n/${family}.${language}.ts`;

/** The words of a family: `words('list')('list.title')`. @throws where they were not loaded (needed.ts) */
export type Words = <F extends Family>(family: F) => Translate<Catalogues[F]>;

/** Loads the words that something needs, in one language. */
export async function loadWords(language: UiLanguage, wanted: readonly Family[]): Promise<Words> {
  const loaded = new Map(
    await Promise.all(
      wanted.map(async (family) => {
        const messages: Record<string, Message> = await files[family][language]();
        return [family, translator<Record<string, Message>>(messages, language)] as const;
      }),
    ),
  );
  const words: Words = (family) => {
    const found = loaded.get(family);
    if (!found) throw new Error(`the words of “${family}” were not loaded: name it in web/i18n/needed.ts`);
    return found;
  };
  return words;
}
