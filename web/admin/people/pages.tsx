import type { ComponentType } from 'preact';
import { lazy } from '../lazy.tsx';
import type { PageProps } from '../pages.tsx';
import { saying } from './words.ts';

/** People, staff and what plays now: chunks of their own. */
export const peoplePages: Record<'people' | 'person' | 'staff' | 'streams', ComponentType<PageProps>> = {
  people: lazy(async (language) => {
    const { PeoplePage } = await import('./people.tsx');
    return saying(({ address }: PageProps) => <PeoplePage address={address} />)(language);
  }),
  person: lazy(async (language) => {
    const { PersonPage } = await import('./person.tsx');
    return saying<PageProps>(({ values }) => <PersonPage id={values['id'] ?? ''} />)(language);
  }),
  staff: lazy(async (language) => {
    const { StaffPage } = await import('./staff.tsx');
    return saying<PageProps>(() => <StaffPage />)(language);
  }),
  streams: lazy(async (language) => {
    const { StreamsPage } = await import('./streams.tsx');
    return saying(({ address }: PageProps) => <StreamsPage address={address} />)(language);
  }),
};
