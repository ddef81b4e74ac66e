import { to } from '../../paths.ts';
import type { Head, Here } from '../../visit.ts';
import type { HomeData } from './home.tsx';
import { featured } from './shelves.ts';

export const head = ({ recent, titles }: Pick<HomeData, 'recent' | 'titles'>, { t, visit }: Here): Head => ({
  title: t('home.title'),
  canonical: '/',
  image: featured({ recent, titles })?.title.backdrop?.src ?? null,
  linkedData: {
    '@context': 'https://schema.org',
    '@type': 'WebSite',
    name: t('site.name'),
    url: new URL('/', visit.origin).href,
    potentialAction: {
      '@type': 'SearchAction',
      target: `${new URL(to('search'), visit.origin).href}?q={search_term_string}`,
      'query-input': 'required name=search_term_string',
    },
  },
});
