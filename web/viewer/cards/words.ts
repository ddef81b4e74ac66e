import type { EpisodeCard, TitleCard } from '../../../schema/api/catalog.ts';
import type { Here } from '../../visit.ts';

/** Facts about titles and episodes in words, in the visitor's language. */
export const season = ({ t }: Here, { year, cour }: Pick<TitleCard, 'year' | 'cour'>): string | null => {
  if (year === null) return null;
  // A year is a name, not a quantity: no thousands separator.
  return cour ? t(`cour.${cour}`, { year: String(year) }) : String(year);
};

export const age = ({ t }: Here, rating: TitleCard['ageRating']): string =>
  rating === 'all' ? t('age.all') : t('age.from', { age: rating });

export const episodeName = ({ t }: Here, episode: Pick<EpisodeCard, 'number' | 'name'>): string =>
  episode.name ?? t('episode.number', { number: episode.number });

/** The language's own readers' name for a language tag: `ja` → Japanese, 日本語. */
export function languageName(tag: string, inLanguage: string): string {
  try {
    return new Intl.DisplayNames(inLanguage, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag; // not a well-formed tag
  }
}

export const languageList = ({ visit }: Here, tags: readonly string[]): string =>
  new Intl.ListFormat(visit.language, { type: 'conjunction', style: 'narrow' }).format(
    tags.map((tag) => languageName(tag, visit.language)),
  );

export const minutes = ({ t }: Here, seconds: number): string =>
  t('episode.minutes', { count: Math.max(1, Math.round(seconds / 60)) });

export const day = ({ visit }: Here, at: number): string =>
  new Intl.DateTimeFormat(visit.language, { dateStyle: 'medium', timeZone: visit.timeZone }).format(at);

/** What is known about an episode that cannot be played. */
export const coming = (here: Here, episode: Pick<EpisodeCard, 'airsAt'>): string =>
  episode.airsAt !== null && episode.airsAt > here.visit.now
    ? here.t('episode.airs', { date: day(here, episode.airsAt) })
    : here.t('episode.coming');
