import * as v from 'valibot';

/** A cursor page: `next` goes back in as `?cursor=`; null at the end (RFC 8288 would be a Link header; a field is easier to use). */
export const page = <T extends v.GenericSchema>(item: T) =>
  v.object({ items: v.array(item), next: v.nullable(v.string()) });
export const PageQuery = {
  cursor: v.optional(v.pipe(v.string(), v.maxLength(1_200))),
  limit: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(100)),
  ),
};
export type Page<T> = { items: T[]; next: string | null };
