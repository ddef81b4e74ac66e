import { titleData } from '../../linked-data.ts';
import { to } from '../../paths.ts';
import type { Head, Here } from '../../visit.ts';
import type { TitleData } from './title.tsx';

export const head = ({ title }: TitleData, here: Here): Head => {
  const { t } = here;
  const path = to('title', { slug: title.slug });
  const native = title.names.native ? ` (${title.names.native})` : '';
  return {
    title: `${title.names.main}${native} · ${t('site.name')}`,
    description: title.synopsis,
    canonical: path,
    image: title.backdrop?.src ?? title.poster?.src ?? null,
    type: title.kind === 'movie' ? 'video.movie' : 'video.tv_show',
    linkedData: titleData(here, title),
  };
};
