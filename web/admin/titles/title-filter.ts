import { imageRoles } from '../../../schema/catalog-terms.ts';

export const listStates = ['draft', 'published', 'taken-down'] as const;
/** What the list of titles is narrowed by; it stands in the address, so that a list can be kept and sent. */
export type TitleFilter = {
  q?: string | undefined;
  state?: (typeof listStates)[number] | undefined;
  without?: (typeof imageRoles)[number] | undefined;
};

export function filterOf(query: URLSearchParams): TitleFilter {
  const q = query.get('q')?.trim();
  const state = listStates.find((one) => one === query.get('state'));
  const without = imageRoles.find((one) => one === query.get('without'));
  return { ...(q ? { q } : {}), ...(state ? { state } : {}), ...(without ? { without } : {}) };
}

/** The address of a list that is narrowed so. */
export function withFilter(path: string, filter: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams(
    Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1])),
  ).toString();
  return query ? `${path}?${query}` : path;
}
