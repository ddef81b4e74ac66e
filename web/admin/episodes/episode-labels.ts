import type { Say } from '../desk.ts';

/** What the fields of an episode's forms are called. */
export function episodeLabel(t: Say, name: string, language: (code: string) => string): string {
  const [, locale, part] = /^\/translations\/([a-z]{2})\/(name|synopsis)$/.exec(name) ?? [];
  if (locale) return `${t(part === 'name' ? 'episode.name' : 'episode.synopsis')}, ${language(locale)}`;
  switch (name) {
    case '/kind':
      return t('episode.kind');
    case '/airsAt':
      return t('episode.airsAt');
    case '/synopsis':
      return t('episode.synopsis');
    default:
      return t('episode.name');
  }
}

/** A select's value in the words of its option, a time as it is written here. */
export function episodeValue(t: Say, name: string, value: string): string {
  if (name === '/kind') return t(`episodeKind.${value as 'story'}`);
  return name === '/airsAt' ? value.replace('T', ' ') : value;
}
