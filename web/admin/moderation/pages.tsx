import type { Id } from '../../../schema/ids.ts';
import { lazy } from '../lazy.tsx';
import type { PageProps } from '../pages.tsx';
import { saying } from './words.ts';

export const moderationPages = {
  moderation: lazy<PageProps>(async (language) => {
    const { NoticesPage } = await import('./notices.tsx');
    return saying(({ address }: PageProps) => <NoticesPage address={address} />)(language);
  }),
  notice: lazy<PageProps>(async (language) => {
    const { NoticePage } = await import('./notice.tsx');
    return saying(({ values }: PageProps) => <NoticePage id={values['id'] as Id<'notice'>} />)(language);
  }),
};
