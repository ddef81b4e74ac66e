import { isLanguage, type UiLanguage } from './i18n/i18n.ts';
import type { Visit } from './visit.ts';

/** The address of a page in a language; without one, as the browser asks (ADR 0061). */
export function inLanguage(path: string, language: UiLanguage | null): string {
  if (!language) return path;
  return `${path}${path.includes('?') ? '&' : '?'}lang=${language}`;
}

/** The language that the address of a visit names. */
export function asked({ path }: Pick<Visit, 'path'>): UiLanguage | null {
  const named = new URL(path, 'https://here.invalid').searchParams.get('lang');
  return isLanguage(named) ? named : null;
}
