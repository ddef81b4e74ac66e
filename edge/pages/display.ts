import type { Context } from 'hono';
import { isLanguage, pickLanguage, themes, type Theme, type UiLanguage } from '../../web/server.tsx';
import { cookieValue, isSecure, setCookie } from '../http/cookies.ts';
import type { AppEnv } from '../http/context.ts';

// How pages look and in which language they are, for whoever asks: by cookies, read before anything is rendered (ADR 0062).

const YEAR_S = 365 * 86_400;

const named = (origin: string, what: 'theme' | 'language') =>
  `${isSecure(origin) ? '__Host-' : ''}engawa-${what}`;
export const isTheme = (text: string | null): text is Theme =>
  (themes as readonly (string | null)[]).includes(text);

/** `chosen`: they said so, on the site or by the address (`?lang=`), rather than their browser. */
export type Display = { theme: Theme; language: UiLanguage; chosen: boolean };

/** The theme that somebody chose, if they did. */
export function chosenTheme(c: Context<AppEnv>): Theme | null {
  const { origin } = c.var.platform.settings;
  const theme = cookieValue(c.req.header('cookie') ?? null, named(origin, 'theme'));
  return isTheme(theme) ? theme : null;
}

export function displayOf(c: Context<AppEnv>): Display {
  const { origin } = c.var.platform.settings;
  const cookies = c.req.header('cookie') ?? null;
  const chosen = [c.req.query('lang'), cookieValue(cookies, named(origin, 'language'))].find(isLanguage);
  return {
    theme: chosenTheme(c) ?? 'dark',
    language: chosen ?? pickLanguage(c.req.header('accept-language')),
    chosen: chosen !== undefined,
  };
}

/** What is told of titles and episodes is in the language that somebody chose as well; then as their browser says. */
export function wantedLanguages(c: Context<AppEnv>): string | undefined {
  const { language, chosen } = displayOf(c);
  const said = c.req.header('accept-language');
  return chosen ? [language, said].filter(Boolean).join(',') : said;
}

/** Keeps a choice in this browser. */
export function keep(c: Context<AppEnv>, what: 'theme' | 'language', value: Theme | UiLanguage): void {
  const { origin } = c.var.platform.settings;
  c.header('set-cookie', setCookie(origin, named(origin, what), value, YEAR_S), { append: true });
}
