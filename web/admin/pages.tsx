import type { ComponentType } from 'preact';
import type { Id } from '../../schema/ids.ts';
import { lazy } from './lazy.tsx';
import type { PlaceName } from './places.ts';

/** What the address says: the values of its place's parameters, and all of it. */
export type PageProps = { values: Readonly<Record<string, string>>; address: URL };

/** The page at each place: a chunk of its own, fetched when somebody goes there. */
export const pages: Record<PlaceName, ComponentType<PageProps>> = {
  overview: lazy(async () => {
    const { OverviewPage } = await import('./overview/overview.tsx');
    return () => <OverviewPage />;
  }),
  titles: lazy(async () => {
    const { TitlesPage } = await import('./titles/titles.tsx');
    return ({ address }: PageProps) => (
      <TitlesPage q={address.searchParams.get('q') ?? ''} find={address.hash === '#search'} />
    );
  }),
  'new-title': lazy(async () => {
    const { NewTitlePage } = await import('./titles/new-title.tsx');
    return () => <NewTitlePage />;
  }),
  title: lazy(async () => {
    const { TitlePage } = await import('./titles/title.tsx');
    return ({ values }: PageProps) => <TitlePage id={values['id'] as Id<'title'>} />;
  }),
  episode: lazy(async () => {
    const { EpisodePage } = await import('./episodes/episode.tsx');
    return ({ values }: PageProps) => (
      <EpisodePage titleId={values['id'] as Id<'title'>} id={values['episode'] ?? ''} />
    );
  }),
  uploads: lazy(async () => {
    const { UploadsPage } = await import('./uploads/uploads.tsx');
    return () => <UploadsPage />;
  }),
  jobs: lazy(async () => {
    const { JobsPage } = await import('./jobs/jobs.tsx');
    return ({ address }: PageProps) => <JobsPage state={address.searchParams.get('state')} />;
  }),
  job: lazy(async () => {
    const { JobPage } = await import('./jobs/job.tsx');
    return ({ values }: PageProps) => <JobPage id={values['id'] as Id<'job'>} />;
  }),
};
