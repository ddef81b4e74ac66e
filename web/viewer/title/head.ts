import { to } from '../../paths.ts';
import type { Head, Here } from '../../visit.ts';
import type { TitleData } from './title.tsx';

export const head = ({ title }: TitleData, { t, visit }: Here): Head => {
  const path = to('title', { slug: title.slug });
  const native = title.names.native ? ` (${title.names.native})` : '';
  return {
    title: `${title.names.main}${native} · ${t('site.name')}`,
    description: title.synopsis,
    canonical: path,
    image: title.backdrop?.src ?? title.poster?.src ?? null,
    type: title.kind === 'movie' ? 'video.movie' : 'video.tv_show',
    linkedData: {
      '@context': 'https://schema.org',
      '@type': title.kind === 'movie' ? 'Movie' : 'TVSeries',
      name: title.names.main,
      alternateName: [title.names.native, title.names.english, ...title.synonyms].filter(Boolean),
      url: new URL(path, visit.origin).href,
      ...(title.synopsis ? { description: title.synopsis } : {}),
      ...(title.poster ? { image: new URL(title.poster.src, visit.origin).href } : {}),
      ...(title.year ? { datePublished: String(title.year) } : {}),
      genre: title.genres,
    },
  };
};
