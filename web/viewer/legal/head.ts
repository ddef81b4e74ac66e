import { to } from '../../paths.ts';
import type { Head, Here } from '../../visit.ts';
import type { LegalData } from './legal.tsx';
import { legalIn } from './texts.ts';

export const head = ({ text }: LegalData, { t, visit, words }: Here): Head => ({
  title: `${words('pages')(`legal.${text}`)} · ${t('site.name')}`,
  description: legalIn(visit.language).texts[text].lead,
  canonical: to('legal', { text }),
});
