import { base64url } from 'jose';
import * as v from 'valibot';
import { Problem } from './problem.ts';

/**
 * Cursors of keyset pages: where the last item stood in its list's order, opaque to whoever carries it.
 * They come from outside, so they are checked like anything else.
 */
export const encodeCursor = (key: readonly (string | number)[]): string =>
  base64url.encode(JSON.stringify(key));

/** @throws Problem `invalid-request` for a cursor that this list did not make */
export function decodeCursor<S extends v.GenericSchema>(
  schema: S,
  cursor: string | undefined,
): v.InferOutput<S> | null {
  if (cursor === undefined) return null;
  let key: unknown;
  try {
    key = JSON.parse(new TextDecoder().decode(base64url.decode(cursor)));
  } catch {
    key = undefined;
  }
  const result = v.safeParse(schema, key);
  if (result.success) return result.output;
  const detail = 'is not a cursor of this list; start again without one';
  throw new Problem('invalid-request', {
    detail: `/cursor: ${detail}`,
    errors: [{ pointer: '/cursor', detail }],
  });
}

/**
 * A page out of one row more than it holds: whether that row is there says whether there is a next page.
 * @param rows at most `limit + 1` of them
 */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  key: (row: Row) => readonly (string | number)[],
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(item), next: rows.length > limit && last ? encodeCursor(key(last)) : null };
}
