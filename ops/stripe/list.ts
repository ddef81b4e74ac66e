import { missing } from './errors.ts';

export type Page = {
  limit?: number | undefined;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
};
export type List<T> = { object: 'list'; url: string; has_more: boolean; data: T[] };

/** A page of a list, newest first (https://docs.stripe.com/api/pagination). `all` as it was made: the oldest first. */
export function listOf<T extends { id: string }>(url: string, all: Iterable<T>, page: Page): List<T> {
  const newest = [...all].toReversed();
  const limit = page.limit ?? 10;
  const at = (id: string, param: string) => {
    const found = newest.findIndex((one) => one.id === id);
    if (found < 0) throw missing('object', id, param);
    return found;
  };
  if (page.ending_before) {
    const end = at(page.ending_before, 'ending_before');
    const start = Math.max(0, end - limit);
    return { object: 'list', url, has_more: start > 0, data: newest.slice(start, end) };
  }
  const start = page.starting_after ? at(page.starting_after, 'starting_after') + 1 : 0;
  return {
    object: 'list',
    url,
    has_more: newest.length > start + limit,
    data: newest.slice(start, start + limit),
  };
}

export type Range =
  | number
  | { gt?: number | undefined; gte?: number | undefined; lt?: number | undefined; lte?: number | undefined }
  | undefined;

export function within(range: Range, at: number): boolean {
  if (range === undefined) return true;
  if (typeof range === 'number') return at === range;
  return (
    (range.gt === undefined || at > range.gt) &&
    (range.gte === undefined || at >= range.gte) &&
    (range.lt === undefined || at < range.lt) &&
    (range.lte === undefined || at <= range.lte)
  );
}

/** A list inside an object. */
export const inner = <T>(url: string, data: T[]): List<T> => ({ object: 'list', url, has_more: false, data });
