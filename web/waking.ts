import type { ComponentType } from 'preact';

/** A page's module. Each is its own chunk: a viewer downloads the page they open. */
export type PageModule<Data> = { default: ComponentType<{ data: Data }> };

/**
 * Pages that wake up whole: forms, lists that change under one's hands, the player. The others stay HTML (ADR 0060).
 * The page `x` stands in `viewer/x/x.tsx`.
 */
export const wakingPages = {
  watch: () => import('./viewer/watch/watch.tsx'),
  'sign-in': () => import('./viewer/sign-in/sign-in.tsx'),
  'sign-up': () => import('./viewer/sign-up/sign-up.tsx'),
  'verify-email': () => import('./viewer/verify-email/verify-email.tsx'),
  'reset-password': () => import('./viewer/reset-password/reset-password.tsx'),
  settings: () => import('./viewer/settings/settings.tsx'),
  profiles: () => import('./viewer/profiles/profiles.tsx'),
  mailbox: () => import('./viewer/mailbox/mailbox.tsx'),
  list: () => import('./viewer/list/list.tsx'),
  import: () => import('./viewer/import/import.tsx'),
  history: () => import('./viewer/history/history.tsx'),
  notices: () => import('./viewer/notices/notices.tsx'),
} satisfies Record<string, () => Promise<PageModule<never>>>;
export type WakingPage = keyof typeof wakingPages;

/** Whether the browser takes a page over. */
export const wakes = (page: string): page is WakingPage => Object.hasOwn(wakingPages, page);
