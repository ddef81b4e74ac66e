import type { PageName } from './paths.ts';
import { wakingPages, type PageModule } from './waking.ts';

export type { PageModule } from './waking.ts';

/** The page behind each name of paths.ts: those that wake up, and those that stay the HTML they are. */
export const pages = {
  ...wakingPages,
  home: () => import('./viewer/home/home.tsx'),
  browse: () => import('./viewer/browse/browse.tsx'),
  search: () => import('./viewer/search/search.tsx'),
  calendar: () => import('./viewer/calendar/calendar.tsx'),
  title: () => import('./viewer/title/title.tsx'),
  plans: () => import('./viewer/plans/plans.tsx'),
  billing: () => import('./viewer/billing/billing.tsx'),
  'switch-plan': () => import('./viewer/switch-plan/switch-plan.tsx'),
  'cancel-plan': () => import('./viewer/cancel-plan/cancel-plan.tsx'),
  paying: () => import('./viewer/paying/paying.tsx'),
  ways: () => import('./viewer/ways/ways.tsx'),
  legal: () => import('./viewer/legal/legal.tsx'),
  problem: () => import('./viewer/problem/problem.tsx'),
} satisfies { [N in PageName]: () => Promise<PageModule<never>> };

/** What a page shows, by its name. */
export type PageData<N extends PageName> = Parameters<
  Awaited<ReturnType<(typeof pages)[N]>>['default']
>[0]['data'];

/** The page of a name, with its data's type. */
export const loadPage = <N extends PageName>(name: N): Promise<PageModule<PageData<N>>> =>
  // The table is checked entry by entry above; TypeScript does not follow the correlation through the index.
  pages[name]() as Promise<PageModule<PageData<N>>>;

export const moduleOf = (name: PageName): string => `web/viewer/${name}/${name}.tsx`;
