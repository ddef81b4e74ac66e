import { exports } from 'cloudflare:workers';
import * as v from 'valibot';
import { expect } from 'vitest';
import { ProblemDocument } from '../../schema/problem.ts';
import app from '../app.ts';
import { contracts } from '../http/contract.ts';

// The Worker's own default export; its type is left out of worker-configuration.d.ts (see ops/generate.ts).
const worker = (exports as unknown as { default: Fetcher }).default;
const routes = [...contracts(app)].map(([key, contract]) => {
  const [method, path] = key.split(' ') as [string, string];
  const pattern = path
    .replaceAll(/:[A-Za-z]+(\{[^}]*\})?/g, (_, regex?: string) =>
      regex ? `(?:${regex.slice(1, -1)})` : '[^/]+',
    )
    .replace('*', '.*');
  return { method, pattern: new RegExp(`^${pattern}$`), contract };
});

export type CallInit = Omit<RequestInit, 'body'> & { json?: unknown; body?: BodyInit; token?: string };

/**
 * One request to the Worker, over HTTP, in workerd. Every JSON answer is checked against what its route declares:
 * an undeclared status or another shape fails the test.
 */
export async function call(
  method: string,
  path: string,
  { json, token, ...init }: CallInit = {},
): Promise<Response> {
  const headers = new Headers(init.headers);
  if (token) headers.set('authorization', `Bearer ${token}`);
  if (json !== undefined) headers.set('content-type', 'application/json');
  const answer = await worker.fetch(`https://engawa.test${path}`, {
    redirect: 'manual',
    ...init,
    method,
    headers,
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const body = answer.clone();
  const type = answer.headers.get('content-type') ?? '';
  if (type.startsWith('application/problem+json')) v.parse(ProblemDocument, await body.json());
  else if (path.startsWith('/api/')) {
    const bare = path.split('?')[0]!;
    const route = routes.find((r) => r.method === method && r.pattern.test(bare));
    if (route && answer.status < 300) {
      const schema = route.contract.returns[answer.status];
      expect(
        schema,
        `${method} ${bare} answered ${answer.status}, which it does not declare`,
      ).not.toBeUndefined();
      if (schema) v.parse(schema, await body.json());
    }
  }
  return answer;
}
