import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Visitor } from '../schema/api/me.ts';
import type { Theme } from './display.ts';
import type { Words } from './i18n/families.ts';
import type { Translate, UiLanguage } from './i18n/i18n.ts';

/** Who is here, and what the edge knows of them: the same at the edge and in the browser, so that both render the same. */
export type Visit = {
  me: Visitor | null;
  language: UiLanguage;
  theme: Theme;
  /** Path and query of this page. */
  path: string;
  /** Where this site answers, for addresses that must be absolute. */
  origin: string;
  /** Milliseconds UTC, when the page was made. */
  now: number;
  /** IANA name, from the edge network. */
  timeZone: string;
};
export type Here = { visit: Visit; t: Translate; words: Words };

/** What stands in a page's `<head>`. */
export type Head = {
  title: string;
  description?: string | null;
  /** Path of the page's one true address; none for pages that search engines should not keep. */
  canonical?: string;
  /** Address of a picture of the catalogue, which cards of links show in its shape for that; else the site's own. */
  image?: string | null;
  type?: 'website' | 'video.tv_show' | 'video.episode' | 'video.movie';
  /** schema.org, as JSON-LD. */
  linkedData?: Record<string, unknown> | readonly Record<string, unknown>[];
};

export const HereContext = createContext<Here | null>(null);

/** The visit and `t()`, inside a page. */
export function useHere(): Here {
  const here = useContext(HereContext);
  if (!here) throw new Error('useHere() needs a HereContext around it');
  return here;
}
