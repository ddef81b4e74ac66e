import type { Head, Here } from '../../visit.ts';
import type { HomeData } from './home.tsx';
import { featured } from './shelves.ts';

export const head = ({ recent, titles }: HomeData, { t, visit }: Here): Head => ({
  title: t('home.title'),
  canonical: '/',
  image: featured({ recent, titles })?.title.backdrop?.src ?? null,
  linkedData: {
    '@context': 'https://schema.org',
    '@type': 'WebSite',
    name: t('site.name'),
    url: new URL('/', visit.origin).href,
  },
});
