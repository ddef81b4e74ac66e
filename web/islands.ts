import type { ComponentType } from 'preact';

/** A part's module: it wakes up alone, within a page that stays HTML. */
export type IslandModule<Data> = { default: ComponentType<{ data: Data }> };

/**
 * The parts of HTML pages that need Preact, by the name that `<Island>` gives them (ADR 0060). Each is a chunk of its own, which only
 * pages that show it load.
 */
export const islands = {
  'list-button': () => import('./viewer/list/list-button.tsx'),
  'mark-watched': () => import('./viewer/list/mark-watched.tsx'),
  'own-calendar': () => import('./viewer/calendar/own-calendar.tsx'),
} satisfies Record<string, () => Promise<IslandModule<never>>>;

export type IslandName = keyof typeof islands;
/** What an island is given, by its name: as JSON carries it. */
export type IslandData<N extends IslandName> = (typeof islands)[N] extends () => Promise<{
  default: ComponentType<{ data: infer Data }>;
}>
  ? Data
  : never;

/** Where the module of each stands, for the document's preloads. */
export const islandModules: Record<IslandName, string> = {
  'list-button': 'web/viewer/list/list-button.tsx',
  'mark-watched': 'web/viewer/list/mark-watched.tsx',
  'own-calendar': 'web/viewer/calendar/own-calendar.tsx',
};
