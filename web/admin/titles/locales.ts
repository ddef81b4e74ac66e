import type { AdminTitle } from '../../../schema/api/editing.ts';
import { languages } from '../../i18n/i18n.ts';
import type { Draft } from '../merge.ts';

/** Where the name in a locale stands: two of them are facts of the title itself. */
export function nameField(
  title: Pick<AdminTitle, 'originalLanguage' | 'localNames'>,
  locale: string,
): string {
  if (locale in title.localNames) return `/localNames/${locale}`;
  if (locale === originalLocale(title)) return '/names/native';
  return locale === 'en' ? '/names/english' : `/localNames/${locale}`;
}
/** ISO 639-1 of what is spoken in the original. */
export const originalLocale = ({ originalLanguage }: Pick<AdminTitle, 'originalLanguage'>): string =>
  originalLanguage.split('-')[0]!;

/** The original first, then the site's languages, then what else the title has, in the order of the alphabet. */
export function localesOf(title: AdminTitle, added: readonly string[] = []): string[] {
  const others = [...Object.keys(title.localNames), ...Object.keys(title.synopsis), ...added].sort();
  return [...new Set([originalLocale(title), ...languages, ...others])];
}

/** Names and synopses in every locale, as form fields. */
export const textsDraft =
  (added: readonly string[] = []) =>
  (title: AdminTitle): Draft => ({
    '/names/native': title.names.native ?? '',
    '/names/english': title.names.english ?? '',
    ...Object.fromEntries(
      localesOf(title, added).flatMap((locale) => [
        ...(nameField(title, locale).startsWith('/localNames/')
          ? [[`/localNames/${locale}`, title.localNames[locale] ?? '']]
          : []),
        [`/synopsis/${locale}`, title.synopsis[locale] ?? ''],
      ]),
    ),
  });

/** What a locale has, of name and synopsis. */
export const coverage = (title: AdminTitle, draft: Draft, locale: string) => ({
  name: Boolean(draft[nameField(title, locale)]?.trim()),
  synopsis: Boolean(draft[`/synopsis/${locale}`]?.trim()),
});

/** Locales that a form has fields of. */
export const localesIn = (draft: Draft): string[] =>
  Object.keys(draft).flatMap((name) => /^\/(?:localNames|synopsis)\/([a-z]{2})$/.exec(name)?.[1] ?? []);
