import { lazy } from '../lazy.tsx';
import type { PageProps } from '../pages.tsx';
import { saying } from './words.ts';

export const planPages = {
  plans: lazy<PageProps>(async (language) => {
    const { PlansPage } = await import('./plans.tsx');
    return saying<PageProps>(() => <PlansPage />)(language);
  }),
  codes: lazy<PageProps>(async (language) => {
    const { CodesPage } = await import('./codes.tsx');
    return saying<PageProps>(() => <CodesPage />)(language);
  }),
};
