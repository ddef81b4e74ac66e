import { to } from '../../paths.ts';
import type { Head, Here } from '../../visit.ts';
import type { LegalData } from './legal.tsx';
import { legalCatalogues } from './texts.ts';

export const head = ({ text }: LegalData, { t, visit, words }: Here): Head => ({
  title: `${words('pages')(`legal.${text}`)} · ${t('site.name')}`,
  description: legalCatalogues[visit.language][text].lead,
  canonical: to('legal', { text }),
});
