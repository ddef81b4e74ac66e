import type { accountEn } from './account.en.ts';
import type { billingEn } from './billing.en.ts';
import type { calendarEn } from './calendar.en.ts';
import { translator, type Message, type Translate, type UiLanguage, type Wording } from './i18n.ts';
import type { importEn } from './import.en.ts';
import type { listEn } from './list.en.ts';
import type { menuEn } from './menu.en.ts';
import type { pagesEn } from './pages.en.ts';
import type { plansEn } from './plans.en.ts';
import type { takedownEn } from './takedown.en.ts';

/** English, by family: what keys and values are checked against. */
type Catalogues = {
  menu: typeof menuEn;
  account: typeof accountEn;
  list: typeof listEn;
  import: typeof importEn;
  calendar: typeof calendarEn;
  /** Pages that stay HTML, and what stands around every page: only the edge has these words. */
  pages: typeof pagesEn;
  plans: typeof plansEn;
  billing: typeof billingEn;
  takedown: typeof takedownEn;
};
/** Words of pages that belong together. A file, and so a chunk, per language: whoever reads a page downloads its words in theirs. */
export type Family = keyof Catalogues;

/** Those of pages that stay HTML: their table is apart (html-families.ts), so that browsers do not load it either. */
const htmlFamilies = ['pages', 'plans', 'billing', 'takedown'] as const satisfies Family[];
export type HtmlFamily = (typeof htmlFamilies)[number];
const isHtml = (family: Family): family is HtmlFamily => (htmlFamilies as readonly Family[]).includes(family);
export type Files<F extends Family> = Record<UiLanguage, () => Promise<Wording<Catalogues[F]>>>;

const files: {
  [F in Exclude<Family, HtmlFamily>]: Files<F>;
} = {
  menu: {
    en: () => import('./menu.en.ts').then((m) => m.menuEn),
    ja: () => import('./menu.ja.ts').then((m) => m.menuJa),
    es: () => import('./es/menu.ts').then((m) => m.menu),
    fr: () => import('./fr/menu.ts').then((m) => m.menu),
    de: () => import('./de/menu.ts').then((m) => m.menu),
    pt: () => import('./pt/menu.ts').then((m) => m.menu),
  },
  account: {
    en: () => import('./account.en.ts').then((m) => m.accountEn),
    ja: () => import('./account.ja.ts').then((m) => m.accountJa),
    es: () => import('./es/account.ts').then((m) => m.account),
    fr: () => import('./fr/account.ts').then((m) => m.account),
    de: () => import('./de/account.ts').then((m) => m.account),
    pt: () => import('./pt/account.ts').then((m) => m.account),
  },
  list: {
    en: () => import('./list.en.ts').then((m) => m.listEn),
    ja: () => import('./list.ja.ts').then((m) => m.listJa),
    es: () => import('./es/list.ts').then((m) => m.list),
    fr: () => import('./fr/list.ts').then((m) => m.list),
    de: () => import('./de/list.ts').then((m) => m.list),
    pt: () => import('./pt/list.ts').then((m) => m.list),
  },
  import: {
    en: () => import('./import.en.ts').then((m) => m.importEn),
    ja: () => import('./import.ja.ts').then((m) => m.importJa),
    es: () => import('./es/import.ts').then((m) => m.imported),
    fr: () => import('./fr/import.ts').then((m) => m.imported),
    de: () => import('./de/import.ts').then((m) => m.imported),
    pt: () => import('./pt/import.ts').then((m) => m.imported),
  },
  calendar: {
    en: () => import('./calendar.en.ts').then((m) => m.calendarEn),
    ja: () => import('./calendar.ja.ts').then((m) => m.calendarJa),
    es: () => import('./es/calendar.ts').then((m) => m.calendar),
    fr: () => import('./fr/calendar.ts').then((m) => m.calendar),
    de: () => import('./de/calendar.ts').then((m) => m.calendar),
    pt: () => import('./pt/calendar.ts').then((m) => m.calendar),
  },
};
export const allFamilies = [...Object.keys(files), ...htmlFamilies] as Family[];
export async function catalogueOf(family: Family, language: UiLanguage): Promise<Record<string, Message>> {
  return isHtml(family)
    ? (await import('./html-families.ts')).htmlFiles[family][language]()
    : files[family][language]();
}

/** The file of a family in a language, for the document's preloads: English and Japanese stand side by side, drafts in a folder each. */
export const fileOf = (family: Family, language: UiLanguage): string =>
  isDraft(language) ? `web/i18n/${language}/${family}.ts` : `web/i18n/${family}.${language}.ts`;
/** That of the words which every page has. */
export const siteFileOf = (language: UiLanguage): string =>
  isDraft(language) ? `web/i18n/${language}/site.ts` : `web/i18n/${language}.ts`;
const isDraft = (language: UiLanguage) => language !== 'en' && language !== 'ja';

/** The words of a family: `words('list')('list.title')`. @throws where they were not loaded (needed.ts) */
export type Words = <F extends Family>(family: F) => Translate<Catalogues[F]>;

/** Loads the words that something needs, in one language. */
export async function loadWords(language: UiLanguage, wanted: readonly Family[]): Promise<Words> {
  const loaded = new Map(
    await Promise.all(
      wanted.map(async (family) => {
        const messages: Record<string, Message> = await catalogueOf(family, language);
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
