import * as v from 'valibot';
import type { Held } from './double.ts';
import { invalid } from './errors.ts';
import type { Account } from './state.ts';

export type Desk = {
  accountOf(key: string | null): Held;
  all(): Held[];
  secret: string;
  origin: string;
};

export type Asked = { of: Held; account: Account; url: URL; ids: string[]; given: unknown; desk: Desk };
export type Action = { method: string; path: RegExp; does: (asked: Asked) => Promise<object> | object };

export function json<S extends v.GenericSchema>(schema: S, given: unknown): v.InferOutput<S> {
  const read = v.safeParse(schema, given);
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw invalid(`${v.getDotPath(issue) ?? 'body'}: ${issue.message}`);
}
