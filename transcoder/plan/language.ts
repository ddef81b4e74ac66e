/** BCP 47 from the ISO 639-2 codes of containers (`jpn`, `ger`), `und` where there is none. */
export function languageOf(tag: string | undefined): string {
  try {
    const language = Intl.getCanonicalLocales((tag ?? 'und').replaceAll('_', '-'))[0] ?? 'und';
    return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language) ? language : 'und';
  } catch {
    return 'und';
  }
}

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** What players list a track as: its own title, or the language and what kind of track it is. */
export const trackName = (title: string | undefined, language: string, suffix: string): string =>
  title?.trim() || `${language === 'und' ? 'Unknown' : (names.of(language) ?? language)}${suffix}`;

/** `a0-ja`: which track of its kind in the source, and its language. */
export const trackId = (letter: 'a' | 's', i: number, language: string): string =>
  `${letter}${i}-${language.toLowerCase()}`.slice(0, 40);
