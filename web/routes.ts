import type { ComponentType } from 'preact';
import type { PageName } from './paths.ts';

/** A page's module. Each is its own chunk: a viewer downloads the page they open. */
export type PageModule<Data> = { default: ComponentType<{ data: Data }> };

/** The page behind each name of paths.ts. The page `x` stands in `viewer/x/x.tsx`. */
export const pages = {
  home: () => import('./viewer/home/home.tsx'),
  title: () => import('./viewer/title/title.tsx'),
  watch: () => import('./viewer/watch/watch.tsx'),
  'sign-in': () => import('./viewer/sign-in/sign-in.tsx'),
  'sign-up': () => import('./viewer/sign-up/sign-up.tsx'),
  'verify-email': () => import('./viewer/verify-email/verify-email.tsx'),
  'reset-password': () => import('./viewer/reset-password/reset-password.tsx'),
  settings: () => import('./viewer/settings/settings.tsx'),
  profiles: () => import('./viewer/profiles/profiles.tsx'),
  mailbox: () => import('./viewer/mailbox/mailbox.tsx'),
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
