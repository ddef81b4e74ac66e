import type { Head, Here } from '../../visit.ts';
import type { SignUpData } from './sign-up.tsx';

export const head = (_data: SignUpData, { t }: Here): Head => ({
  title: `${t('signUp.title')} · ${t('site.name')}`,
});
