import type { ComponentType } from 'preact';
import type { Id } from '../../schema/ids.ts';
import { eventPages } from './billing/event-pages.tsx';
import { planPages } from './billing/pages.tsx';
import { bookPages } from './books/pages.tsx';
import { lazy } from './lazy.tsx';
import { peoplePages } from './people/pages.tsx';
import type { PlaceName } from './places.ts';
import { adsPages } from './ads/pages.tsx';
import { moderationPages } from './moderation/pages.tsx';
import { rightsPages } from './rights/room/pages.tsx';
import { saying as jobWords } from './jobs/words.ts';
import { saying } from './titles/words.ts';

/** What the address says: the values of its place's parameters, and all of it. */
export type PageProps = { values: Readonly<Record<string, string>>; address: URL };

/** One page, whichever of its parts is shown: it is not read again from part to part. */
const title = lazy<PageProps>(async (language) => {
  const { TitlePage } = await import('./titles/title.tsx');
  return saying(({ values }: PageProps) => (
    <TitlePage id={values['id'] as Id<'title'>} {...(values['part'] ? { part: values['part'] } : {})} />
  ))(language);
});

/** The page at each place: a chunk of its own, fetched when somebody goes there. */
export const pages: Record<PlaceName, ComponentType<PageProps>> = {
  overview: lazy(async (language) => {
    const { overviewPage } = await import('./overview/overview.tsx');
    const Page = await overviewPage(language);
    return () => <Page />;
  }),
  titles: lazy(async (language) => {
    const { TitlesPage } = await import('./titles/titles.tsx');
    return saying(({ address }: PageProps) => <TitlesPage address={address} />)(language);
  }),
  'new-title': lazy(async (language) => {
    const { NewTitlePage } = await import('./titles/new-title.tsx');
    return saying<PageProps>(() => <NewTitlePage />)(language);
  }),
  title,
  'title-part': title,
  episode: lazy(async (language) => {
    const { EpisodePage } = await import('./episodes/episode.tsx');
    return saying(({ values }: PageProps) => (
      <EpisodePage titleId={values['id'] as Id<'title'>} id={values['episode'] ?? ''} />
    ))(language);
  }),
  episodes: lazy(async (language) => {
    const { AllEpisodesPage } = await import('./episodes/all-episodes.tsx');
    return saying(({ address }: PageProps) => <AllEpisodesPage address={address} />)(language);
  }),
  uploads: lazy(async (language) => {
    const { uploadsPage } = await import('./uploads/uploads.tsx');
    const Page = await uploadsPage(language);
    return () => <Page />;
  }),
  jobs: lazy(async (language) => {
    const { JobsPage } = await import('./jobs/jobs.tsx');
    return jobWords(({ address }: PageProps) => <JobsPage address={address} />)(language);
  }),
  job: lazy(async (language) => {
    const { JobPage } = await import('./jobs/job.tsx');
    return jobWords(({ values }: PageProps) => <JobPage id={values['id'] as Id<'job'>} />)(language);
  }),
  compare: lazy(async (language) => {
    const { ComparePage } = await import('./jobs/compare/compare.tsx');
    return jobWords(({ values, address }: PageProps) => (
      <ComparePage
        titleId={values['id'] ?? ''}
        episodeId={values['episode'] as Id<'episode'>}
        address={address}
      />
    ))(language);
  }),
  storage: lazy(async (language) => {
    const { StoragePage } = await import('./jobs/storage/storage.tsx');
    return jobWords(({ address }: PageProps) => <StoragePage address={address} />)(language);
  }),
  audit: lazy(async (language) => {
    const [{ AuditPage }, { saying: auditWords }] = await Promise.all([
      import('./audit/audit.tsx'),
      import('./audit/words.ts'),
    ]);
    return auditWords(({ address }: PageProps) => <AuditPage address={address} />)(language);
  }),
  ...eventPages,
  ...moderationPages,
  ...adsPages,
  ...rightsPages,
  ...peoplePages,
  ...bookPages,
  ...planPages,
};
