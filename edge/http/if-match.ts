import type { Context, MiddlewareHandler } from 'hono';
import type { AppEnv } from './context.ts';
import { noted } from './contract.ts';
import { Problem } from './problem.ts';

/** Which revisions of a row a change may start from. `any`: the row has to be there; null: nothing was said, and the last write wins. */
export type Expected = readonly number[] | 'any' | null;

/** Tags in one header: more than any client holds. */
const MOST = 10;

/**
 * What `If-Match` says (RFC 9110 §13.1.1). A revision counts the changes of a row, whichever way an answer about it is encoded, so that
 * a tag means the same after a proxy has made it weak for having compressed the answer, as Cloudflare does
 * (https://developers.cloudflare.com/cache/reference/etag-headers/).
 * @throws Problem `invalid-request` for what is no list of entity tags
 */
export function expectedBy(header: string | undefined): Expected {
  if (header === undefined) return null;
  if (header.trim() === '*') return 'any';
  const tags = header.split(',').map((tag) => /^\s*(?:W\/)?"([^"]*)"\s*$/.exec(tag)?.[1]);
  if (tags.length > MOST || tags.includes(undefined)) {
    const detail = `has to be the revision that the change starts from, in quotes: "7"`;
    throw new Problem('invalid-request', {
      detail: `If-Match: ${detail}`,
      errors: [{ pointer: '/If-Match', detail }],
    });
  }
  return tags.flatMap((tag) => (/^\d{1,15}$/.test(tag!) ? [Number(tag)] : []));
}

export const expected = (c: Context<AppEnv>): Expected => expectedBy(c.req.header('if-match'));

/** Says in an answer which revision it shows, for the `If-Match` of a change that starts from it. */
export function tagged(c: Context<AppEnv>, { revision }: { revision: number }): void {
  c.header('etag', `"${revision}"`);
}

/**
 * @param row as it is now; null: it is not there
 * @param by who changed it last, by name
 */
export function changedMeanwhile(
  row: { updatedAt: number; revision: number } | null,
  by = 'Somebody else',
): Problem {
  return new Problem(
    'changed-meanwhile',
    row
      ? `${by} changed it at ${new Date(row.updatedAt).toISOString()}, and it is at revision ${row.revision} now; nothing of this request was done. Read it again, and send what you still want changed with If-Match: "${row.revision}".`
      : 'There is nothing here any more; nothing of this request was done.',
  );
}

/** Declares that a route heeds `If-Match`; the handler asks `expected(c)`. */
export function conditional(): MiddlewareHandler<AppEnv> {
  const declare: MiddlewareHandler<AppEnv> = (_c, next) => next();
  return noted(declare, (contract) => {
    contract.conditional = true;
  });
}
