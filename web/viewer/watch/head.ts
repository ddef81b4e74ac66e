import { to } from '../../paths.ts';
import type { Head, Here } from '../../visit.ts';
import { episodeName } from '../cards/words.ts';
import type { WatchData } from './watch.tsx';

export const head = (data: WatchData, here: Here): Head => {
  const { episode, title } = data;
  const { t, visit } = here;
  const path = to('watch', { episode: episode.id });
  const number = t('episode.short', { season: episode.season, number: episode.number });
  return {
    title: `${episodeName(here, episode)} · ${title.names.main} ${number} · ${t('site.name')}`,
    description: episode.synopsis,
    canonical: path,
    image: title.backdrop?.src ?? null,
    type: 'video.episode',
    linkedData: {
      '@context': 'https://schema.org',
      '@type': 'TVEpisode',
      name: episodeName(here, episode),
      episodeNumber: episode.number,
      url: new URL(path, visit.origin).href,
      partOfSeason: { '@type': 'TVSeason', seasonNumber: episode.season },
      partOfSeries: {
        '@type': 'TVSeries',
        name: title.names.main,
        url: new URL(to('title', { slug: title.slug }), visit.origin).href,
      },
      ...(episode.duration === null ? {} : { duration: `PT${Math.round(episode.duration)}S` }),
    },
  };
};
