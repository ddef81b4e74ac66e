import type { Facets } from '../../schema/api/catalog.ts';

/** All facets, each by the same question: what can be chosen of a kind, and how many titles it gives. */
export const everyFacet = (of: (kind: keyof Facets) => Facets['genre']): Facets => ({
  genre: of('genre'),
  tag: of('tag'),
  studio: of('studio'),
  kind: of('kind'),
  status: of('status'),
  year: of('year'),
  rating: of('rating'),
  audio: of('audio'),
  subtitle: of('subtitle'),
});
