/**
 * Every address a person can open, in one table: the edge mounts it, the client hydrates by its names, links are made from it.
 * `problem` has no address: it stands in the place of a page that could not be shown.
 */
export const paths = {
  home: '/',
  browse: '/browse',
  search: '/search',
  calendar: '/calendar',
  title: '/titles/:slug',
  watch: '/watch/:episode',
  'sign-in': '/sign-in',
  'sign-up': '/sign-up',
  'verify-email': '/verify-email',
  'reset-password': '/reset-password',
  settings: '/account',
  profiles: '/profiles',
  mailbox: '/mailbox',
  list: '/list',
  import: '/list/import',
  history: '/history',
  notices: '/notices',
  plans: '/plans',
  billing: '/account/billing',
  'switch-plan': '/account/billing/switch',
  'cancel-plan': '/account/billing/cancel',
  paying: '/account/billing/return',
  ways: '/watch/:episode/ways',
  legal: '/legal/:text',
} as const;
export type PathName = keyof typeof paths;
export type PageName = PathName | 'problem';

/** The dashboard is a program of its own (web/admin/app.tsx), under one prefix. */
export const dashboardPath = '/admin';

type Parameters<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Parameters<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;
type Values<N extends PathName> = [Parameters<(typeof paths)[N]>] extends [never]
  ? []
  : [values: Record<Parameters<(typeof paths)[N]>, string>];

/** The address of a page: `to('title', { slug })`. */
export function to<N extends PathName>(name: N, ...[values]: Values<N>): string {
  const given: Record<string, string> = values ?? {};
  return paths[name].replaceAll(/:([a-z]+)/g, (_, key: string) => encodeURIComponent(given[key] ?? ''));
}

/** The sign-in page that comes back to `path` afterwards. */
export const signInThen = (path: string, page: 'sign-in' | 'sign-up' = 'sign-in'): string =>
  path === '/' ? to(page) : `${to(page)}?next=${encodeURIComponent(path)}`;
