/** Where a text that a title is found by stands: `name` is that of a translation. */
export const textSources = [
  'main',
  'native',
  'english',
  'name',
  'synonym',
  'person',
  'studio',
  'tag',
  'synopsis',
] as const;
export type TextSource = (typeof textSources)[number];
