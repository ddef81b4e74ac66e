import { ageRatings, type titleKinds, type titleStatuses, type cours } from '../../schema/catalog-terms.ts';
import type { facetKinds } from '../../schema/db/catalog.ts';

export type FacetKind = (typeof facetKinds)[number];
/** A row of `title_facets`, the title apart. */
export type Facet = { kind: FacetKind; value: string; label: string };

/** Slice of Life and slice of life, ＳＦ and SF are one word. */
export const foldWord = (word: string): string => word.normalize('NFKC').toLowerCase().trim();

/** What a title is narrowed by, of what was set; what is left out was not changed. Languages follow its episodes (title-facts.ts). */
export type Narrowing = {
  genres?: readonly string[] | undefined;
  tags?: readonly string[] | undefined;
  studio?: string | null | undefined;
  kind?: (typeof titleKinds)[number] | undefined;
  status?: (typeof titleStatuses)[number] | undefined;
  year?: number | null | undefined;
  cour?: (typeof cours)[number] | null | undefined;
  ageRating?: (typeof ageRatings)[number] | undefined;
};

/** The rows of a title by facet: for each that was set all it has now, none where it was set to nothing. */
export function facetsOf(given: Narrowing): Map<FacetKind, Facet[]> {
  const made = new Map<FacetKind, Facet[]>();
  const set = (kind: FacetKind, words: readonly (string | number | null)[] | undefined) => {
    if (words === undefined) return;
    const rows = words
      .filter((word) => word !== null)
      .map((word) => ({ kind, value: foldWord(String(word)), label: String(word) }));
    made.set(kind, [...new Map(rows.map((row) => [row.value, row])).values()]);
  };
  const one = <T>(value: T | undefined) => (value === undefined ? undefined : [value]);
  set('genre', given.genres);
  set('tag', given.tags);
  set('studio', one(given.studio));
  set('kind', one(given.kind));
  set('status', one(given.status));
  set('year', one(given.year));
  set('cour', one(given.cour));
  set('rating', given.ageRating && ageRatings.slice(ageRatings.indexOf(given.ageRating)));
  return made;
}

/** What a list was asked to be narrowed by (`TitleFilter` in schema/api/catalog.ts). */
export type Filter = { [K in FacetKind]?: string | number | undefined };

/** A filter as facets that a title must have, each of them. */
export const wantedFacets = (filter: Filter, kinds: readonly FacetKind[]): [FacetKind, string][] =>
  kinds.flatMap((kind) => {
    const value = filter[kind];
    return value === undefined ? [] : [[kind, foldWord(String(value))] as [FacetKind, string]];
  });
