import { to } from '../../paths.ts';
import type { Head, Here } from '../../visit.ts';
import type { PlansData } from './plans.tsx';

export const head = (_: PlansData, { t, words }: Here): Head => ({
  title: `${words('plans')('title')} · ${t('site.name')}`,
  description: words('plans')('lead'),
  canonical: to('plans'),
});
