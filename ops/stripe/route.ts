import type * as v from 'valibot';
import { read } from './form.ts';
import type { Account } from './state.ts';

export type Method = 'GET' | 'POST' | 'DELETE';
/** One operation of Stripe's API. */
export type Route = {
  method: Method;
  /** `/v1/customers/:id` */
  path: string;
  answer: (account: Account, form: unknown, ids: string[]) => object;
};

/** An operation: what it takes, and what it does. The ids are those of its address, in order. */
export const route = <S extends v.GenericSchema>(
  method: Method,
  path: string,
  takes: S,
  answer: (account: Account, params: v.InferOutput<S>, ...ids: string[]) => object,
): Route => ({ method, path, answer: (account, form, ids) => answer(account, read(takes, form), ...ids) });

/** The ids of an address that is this route's; null: it is another's. */
export function idsOf(path: string, asked: string): string[] | null {
  const want = path.split('/');
  const have = asked.split('/');
  if (want.length !== have.length) return null;
  const ids: string[] = [];
  for (const [i, part] of want.entries()) {
    if (part.startsWith(':')) ids.push(decodeURIComponent(have[i] ?? ''));
    else if (part !== have[i]) return null;
  }
  return ids;
}
