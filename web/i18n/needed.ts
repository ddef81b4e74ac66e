import type { IslandName } from '../islands.ts';
import type { WakingPage } from '../waking.ts';
import type { Family } from './families.ts';

/** The words that what wakes up in the browser is drawn with, beside those that every page has (i18n.ts). */
const needed: { readonly [N in WakingPage | IslandName]?: readonly Family[] } = {
  'sign-in': ['account'],
  'sign-up': ['account'],
  'verify-email': ['account'],
  'reset-password': ['account'],
  settings: ['account', 'menu'],
  profiles: ['account'],
  mailbox: ['account'],
  list: ['list'],
  import: ['import'],
  history: ['list'],
  notices: ['list'],
  'list-button': ['list'],
  'mark-watched': ['list'],
  'own-calendar': ['calendar'],
};

/** Those of some pages and islands, each once. */
export const familiesOf = (names: readonly (WakingPage | IslandName)[]): Family[] => [
  ...new Set(names.flatMap((name) => needed[name] ?? [])),
];
