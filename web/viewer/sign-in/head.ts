import type { Head, Here } from '../../visit.ts';
import type { SignInData } from './sign-in.tsx';

export const head = (_data: SignInData, { t }: Here): Head => ({
  title: `${t('signIn.title')} · ${t('site.name')}`,
});
