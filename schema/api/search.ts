import * as v from 'valibot';
import { Facets, Image, Names, TitleCard, TitleFilter, titleKinds } from './catalog.ts';

/** Longer queries are no names of anything. */
export const MAX_QUERY = 100;
const q = v.pipe(v.string(), v.trim(), v.maxLength(MAX_QUERY));

/** `GET /api/search`: what is narrowed as lists are. Nothing to search for finds nothing. */
export const SearchQuery = v.object({
  q,
  ...TitleFilter,
  limit: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,2}$/), v.transform(Number), v.minValue(1), v.maxValue(60)),
  ),
});
export type SearchQuery = v.InferOutput<typeof SearchQuery>;

/** What of a title the words were found in. */
export const matchedIn = ['name', 'synonym', 'person', 'studio', 'tag', 'synopsis'] as const;
/** The best first; at most 60, so there are no further pages. */
export const SearchResult = v.object({
  items: v.array(
    v.object({
      title: TitleCard,
      /** The text that it was found by, and what it is, where that is none of the names shown. */
      matched: v.nullable(v.object({ in: v.picklist(matchedIn), text: v.string() })),
    }),
  ),
  /** Of everything found: how many each value would give, each facet counted as if it were not narrowed by itself. */
  facets: Facets,
});
export type SearchResult = v.InferOutput<typeof SearchResult>;

/** `GET /api/search/suggest`: a few, as one types. */
export const SuggestQuery = v.object({ q });
export const Suggestions = v.object({
  items: v.array(
    v.object({
      slug: v.string(),
      names: Names,
      kind: v.picklist(titleKinds),
      year: v.nullable(v.number()),
      poster: v.nullable(Image),
      /** The name that was typed the beginning of, where it is none of those shown. */
      matched: v.nullable(v.string()),
    }),
  ),
});
export type Suggestions = v.InferOutput<typeof Suggestions>;

/**
 * `POST /api/admin/search/reindex`: the index keeps itself up to date; this mends it at once where that is in doubt.
 * `after`: the `next` of the answer before. `rewrite`: also what looks right.
 */
export const ReindexQuery = v.object({
  after: v.optional(v.pipe(v.string(), v.maxLength(60))),
  rewrite: v.optional(v.boolean()),
});
export const Reindexed = v.object({
  checked: v.number(),
  repaired: v.number(),
  next: v.nullable(v.string()),
});
