import type { UiLanguage } from '../../i18n/i18n.ts';
import { legalEn } from '../../i18n/legal.en.ts';
import { legalJa } from '../../i18n/legal.ja.ts';

export const legalTexts = ['terms', 'privacy', 'cookies', 'takedown'] as const;
export type LegalText = (typeof legalTexts)[number];
export const isLegalText = (name: string): name is LegalText =>
  (legalTexts as readonly string[]).includes(name);

/** A text in sections, each a heading with paragraphs; a list of points stands as an array. */
export type Sections = readonly {
  readonly heading: string;
  /** Where other pages lead to: `#withdrawal`. */
  readonly id?: string;
  readonly body: readonly (string | readonly string[])[];
}[];
export type LegalCatalogue = Readonly<
  Record<LegalText, { readonly lead: string; readonly sections: Sections }>
> & {
  readonly contact: string;
  readonly noContact: string;
  /** Of a takedown notice: what its sender states by sending it. */
  readonly statements: { readonly goodFaith: string; readonly accurate: string };
};

/**
 * Legal texts, with the language they are in: English where it is none of these, as a drafted translation would promise what nobody has
 * checked. Only the edge has them.
 */
export const legalIn = (language: UiLanguage): { language: 'en' | 'ja'; texts: LegalCatalogue } =>
  language === 'ja' ? { language, texts: legalJa } : { language: 'en', texts: legalEn };
