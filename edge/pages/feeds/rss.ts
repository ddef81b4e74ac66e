import type { RecentEpisode } from '../../../schema/api/catalog.ts';
import { xml } from './xml.ts';

/**
 * New episodes as RSS 2.0 (https://www.rssboard.org/rss-specification), newest first.
 * @param self the feed's own address, with its query
 */
export function rss(
  items: readonly RecentEpisode[],
  {
    origin,
    self,
    language,
    name,
    about,
    episodeName,
  }: {
    origin: string;
    self: string;
    language: string;
    name: string;
    about: string;
    episodeName: (of: RecentEpisode) => string;
  },
): string {
  const entries = items.map((of) => {
    const { episode, title } = of;
    const picture = episode.still ?? title.backdrop;
    return [
      '<item>',
      `<title>${xml(`${title.names.main} · ${episodeName(of)}`)}</title>`,
      `<link>${xml(`${origin}/watch/${episode.id}`)}</link>`,
      `<guid isPermaLink="false">${episode.id}</guid>`,
      ...(episode.airsAt === null ? [] : [`<pubDate>${new Date(episode.airsAt).toUTCString()}</pubDate>`]),
      ...(episode.synopsis ? [`<description>${xml(episode.synopsis)}</description>`] : []),
      ...title.genres.map((genre) => `<category>${xml(genre)}</category>`),
      ...(picture ? [`<media:thumbnail url="${xml(`${origin}${picture.src}/share.jpg`)}"/>`] : []),
      '</item>',
    ].join('');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><channel>',
    `<title>${xml(name)}</title>`,
    `<link>${xml(origin)}/</link>`,
    `<description>${xml(about)}</description>`,
    `<language>${language}</language>`,
    `<atom:link href="${xml(self)}" rel="self" type="application/rss+xml"/>`,
    ...entries,
    '</channel></rss>',
    '',
  ].join('\n');
}
