import { episodeData } from '../../linked-data.ts';
import { to } from '../../paths.ts';
import type { Head, Here } from '../../visit.ts';
import { episodeName } from '../cards/words.ts';
import type { WatchData } from './watch.tsx';

export const head = (data: WatchData, here: Here): Head => {
  const { episode, title } = data;
  const { t } = here;
  const path = to('watch', { episode: episode.id });
  const number = t('episode.short', { season: episode.season, number: episode.number });
  return {
    title: `${episodeName(here, episode)} · ${title.names.main} ${number} · ${t('site.name')}`,
    description: episode.synopsis,
    canonical: path,
    image: title.backdrop?.src ?? null,
    type: 'video.episode',
    linkedData: episodeData(here, data),
  };
};
