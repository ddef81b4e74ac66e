import { to } from '../../paths.ts';

/** What lists of titles can be narrowed by, in the order in which it is offered (schema/api/catalog.ts, TitleFilter). */
export const filterKeys = [
  'genre',
  'year',
  'cour',
  'kind',
  'status',
  'audio',
  'subtitle',
  'rating',
  'studio',
  'tag',
] as const;
export type FilterKey = (typeof filterKeys)[number];
/** As it stands in an address; the API says whether it means something. */
export type Filter = Partial<Record<FilterKey, string>>;
export const sorts = ['trending', 'aired', 'newest', 'updated', 'name'] as const;
export type Sort = (typeof sorts)[number];
export const defaultSort: Sort = 'trending';

/** The filters in a query; empty ones, as forms send them, are none. */
export function filterOf(query: Readonly<Record<string, string | undefined>>): Filter {
  const filter: Filter = {};
  for (const key of filterKeys) if (query[key]) filter[key] = query[key];
  return filter;
}

/** A cour is one of a year: it goes with it. */
export function changed(filter: Filter, key: FilterKey, value: string | null): Filter {
  const next: Filter = { ...filter };
  delete next[key];
  if (key === 'year') delete next.cour;
  return value === null ? next : { ...next, [key]: value };
}

/**
 * The address of a narrowed list; always the same one for the same list, whichever way somebody came to it.
 * @param more what else belongs to it: `q`, `sort`, `cursor`
 */
export function listAddress(
  page: 'browse' | 'search',
  filter: Filter,
  more: Readonly<Record<string, string | null>> = {},
): string {
  const query = new URLSearchParams();
  for (const [key, value] of [
    ...Object.entries(more),
    ...filterKeys.map((key) => [key, filter[key]] as const),
  ])
    if (value) query.set(key, value);
  const text = query.toString();
  return text ? `${to(page)}?${text}` : to(page);
}
