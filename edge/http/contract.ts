import type { Hono, MiddlewareHandler, ValidationTargets } from 'hono';
import { validator } from 'hono/validator';
import * as v from 'valibot';
import type { Role } from '../../schema/api/accounts.ts';
import type { Purpose } from './allowances.ts';
import { MAX_JSON_BYTES, readJson } from './body.ts';
import type { AppEnv } from './context.ts';
import { Problem } from './problem.ts';

/** What a route says of itself, gathered from its middleware for docs/openapi.json and for the tests. */
export type Contract = {
  guard?: Guard;
  summary?: string;
  /** What it is limited as, and by what (http/limits.ts). */
  limits?: { purpose: Purpose; by: string }[];
  /** Takes a sign-in of a few minutes ago: `recent()` in http/guards.ts. */
  recent?: boolean;
  /** Answers carry an ETag, and 304 to who has it. */
  cached?: boolean;
  /** Changes heed If-Match (http/if-match.ts). */
  conditional?: boolean;
  /** The content types of a body that is not JSON. */
  body?: readonly string[];
  accepts: Partial<Record<keyof ValidationTargets, v.GenericSchema>>;
  returns: Record<number, v.GenericSchema | null>;
};
/** Who may use a route; http/guards.ts says what each means. */
export type Guard = 'anyone' | 'task' | 'playback' | 'staff' | Role;
const notes = new WeakMap<object, (contract: Contract) => void>();

/** Lets a middleware add to its route's contract. */
export const noted = <M extends object>(middleware: M, write: (contract: Contract) => void): M => {
  notes.set(middleware, write);
  return middleware;
};

const pointer = (path: readonly { key: unknown }[] | undefined) =>
  (path ?? []).map(({ key }) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/**
 * Checks one part of the request against a schema; the handler reads it with `c.req.valid(target)`.
 * @param maxBytes of a JSON body
 * @param optional a JSON body may be left out: it counts as `{}`
 * @throws Problem `invalid-request` with a JSON pointer per wrong field; for JSON also `unsupported-media` and `too-large`
 */
export function accepts<T extends keyof ValidationTargets, S extends v.GenericSchema>(
  target: T,
  schema: S,
  { maxBytes = MAX_JSON_BYTES, optional = false }: { maxBytes?: number; optional?: boolean } = {},
) {
  const parse = (value: unknown): v.InferOutput<S> => {
    const result = v.safeParse(schema, value);
    if (result.success) return result.output;
    const errors = result.issues.map((issue) => ({
      pointer: pointer(issue.path as { key: unknown }[]),
      detail: issue.message,
    }));
    throw new Problem('invalid-request', {
      detail: errors.map((e) => `${e.pointer || '/'}: ${e.detail}`).join('; '),
      errors,
    });
  };
  const json: MiddlewareHandler<AppEnv> = async (c, next) => {
    const leftOut = optional && !c.req.raw.headers.has('content-type'); // RFC 9110 §8.3: whoever sends content says of what type
    c.req.addValidatedData('json', parse(leftOut ? {} : await readJson(c.req.raw, maxBytes)) as object);
    await next();
  };
  const check = target === 'json' ? json : validator(target, parse);
  type In = { [K in T]: v.InferInput<S> };
  type Out = { [K in T]: v.InferOutput<S> };
  return noted(check as unknown as MiddlewareHandler<AppEnv, string, { in: In; out: Out }>, (contract) => {
    if (target === 'query' && contract.cached)
      throw new Error('cached() keeps an answer by its query: it stands after accepts() of that');
    contract.accepts[target] = schema;
  });
}

/** Declares a body that is not JSON, by its content types; the handler reads and checks it. */
export function takes(...contentTypes: string[]): MiddlewareHandler<AppEnv> {
  const declare: MiddlewareHandler<AppEnv> = (_c, next) => next();
  return noted(declare, (contract) => {
    contract.body = contentTypes;
  });
}

/** Declares what a route answers: status → JSON schema, or null for no JSON body. Costs nothing at run time. */
export function returns(
  summary: string,
  answers: Record<number, v.GenericSchema | null>,
): MiddlewareHandler<AppEnv> {
  const declare: MiddlewareHandler<AppEnv> = (_c, next) => next();
  return noted(declare, (contract) => {
    contract.summary = summary;
    contract.returns = answers;
  });
}

/** Every route of an app with its contract, for the OpenAPI script and the tests. */
export function contracts(app: Pick<Hono<AppEnv>, 'routes'>): Map<string, Contract> {
  const all = new Map<string, Contract>();
  for (const { method, path, handler } of app.routes) {
    if (method === 'ALL') continue;
    const key = `${method} ${path}`;
    const contract = all.get(key) ?? { accepts: {}, returns: {} };
    notes.get(handler)?.(contract);
    all.set(key, contract);
  }
  return all;
}
